-- An act on many ticked bookings, which goes on when its page is left. `content`: what was asked, so that a form that is
-- sent twice is one order. `shown`: the fingerprints of what the page before it showed.
create table ticked (
  id text not null primary key,
  account text not null references account (id),
  act text not null,
  told integer not null,
  shown text not null,
  content text not null,
  state text not null,
  claimed_by text,
  claimed_until text,
  created_at text not null,
  updated_at text not null,
  constraint ticked_act_is_known check (act in ('absent', 'booked', 'move')),
  constraint ticked_told_is_yes_or_no check (told in (0, 1)),
  constraint ticked_state_is_known check (state in ('waiting', 'finished', 'stopped'))
);
create unique index ticked_once on ticked (account, content) where state = 'waiting';
create index ticked_by_state on ticked (state, created_at);
create index ticked_by_account on ticked (account, updated_at);

-- One of its bookings: the place that it moves to, what became of it, and why it was refused.
create table ticked_booking (
  ticked text not null references ticked (id) on delete cascade,
  booking text not null references booking (id) on delete cascade,
  position integer not null,
  session text,
  slot text,
  format text,
  state text not null,
  why text,
  constraint ticked_booking_once unique (ticked, position),
  constraint ticked_booking_state_is_known check (state in ('waiting', 'done', 'refused'))
);
