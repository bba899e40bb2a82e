-- How applications are taken: first come, by the desk's approval, or by lot. A draw is known by its seed: from it and the
-- numbers of the entries anybody can reckon the order again (docs/lottery.md).
alter table series add column acceptance text not null default 'first_come'
  constraint series_acceptance_is_known check (acceptance in ('first_come', 'approval', 'lottery'));
alter table session add column acceptance text not null default 'first_come'
  constraint session_acceptance_is_known check (acceptance in ('first_come', 'approval', 'lottery'));
alter table booking add column draw_order integer;
alter table booking add column drawn text constraint booking_drawn_is_known check (drawn in ('won', 'reserve'));

create table draw (
  session text not null primary key references session (id),
  seed text not null,
  drawn_at text not null,
  announced_at text
);
