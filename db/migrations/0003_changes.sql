-- Who has no e-mail is told by telephone: the same rows, done by a person. Suspensions put sessions held in person on the
-- web or the telephone; what they were before is kept for the day the suspension is lifted.
alter table outbox add column way text not null default 'mail' constraint outbox_way_is_known check (way in ('mail', 'phone'));
drop index outbox_by_due;
create index outbox_by_due on outbox (way, state, due_at);
drop index outbox_by_booking;
create index outbox_by_booking on outbox (booking, way, state);

create table suspension (
  id text not null primary key,
  prefectures text not null,
  starts_on text not null,
  ends_on text not null,
  format text not null,
  reason_ja text not null,
  reason_en text not null,
  state text not null,
  created_at text not null,
  updated_at text not null,
  constraint suspension_state_is_known check (state in ('in_force', 'lifted')),
  constraint suspension_format_is_known check (format in ('online', 'phone')),
  constraint suspension_ends_after_it_starts check (starts_on <= ends_on)
);

alter table session add column suspension text references suspension (id);
alter table session add column formats_before text;
alter table session add column meeting_url text;
alter table booking add column meeting_url text;
alter table booking add column surveyed integer not null default 0;
