-- Who wants to be told once a session without a date or hours is settled; letters go to them as well as to bookings.
create table interest (
  id text not null primary key,
  session text not null references session (id),
  email text,
  person_key text not null,
  locale text not null,
  state text not null,
  token_hash text not null,
  secret_id text not null,
  first_until text,
  created_at text not null,
  updated_at text not null,
  constraint interest_once unique (session, person_key),
  constraint interest_token_once unique (token_hash),
  constraint interest_state_is_known check (state in ('asked', 'confirmed', 'told', 'ended'))
);

create table outbox_before as select * from outbox;
drop table outbox;
create table outbox (
  id text not null primary key,
  kind text not null,
  booking text references booking (id),
  interest text references interest (id),
  sequence integer not null,
  turn text not null,
  locale text not null,
  way text not null,
  state text not null,
  due_at text not null,
  attempts integer not null,
  claimed_by text,
  claimed_until text,
  fault text,
  was text,
  created_at text not null,
  updated_at text not null,
  sent_at text,
  constraint outbox_once unique (kind, booking, sequence, turn),
  constraint outbox_once_an_interest unique (kind, interest, turn),
  constraint outbox_is_about_one check ((booking is null) <> (interest is null)),
  constraint outbox_way_is_known check (way in ('mail', 'phone')),
  constraint outbox_state_is_known check (state in ('waiting', 'claimed', 'sent', 'failed', 'kept', 'superseded'))
);
create index outbox_by_due on outbox (way, state, due_at);
create index outbox_by_booking on outbox (booking, way, state);
insert into outbox (id, kind, booking, sequence, turn, locale, way, state, due_at, attempts, claimed_by, claimed_until,
    fault, was, created_at, updated_at, sent_at)
  select id, kind, booking, sequence, turn, locale, way, state, due_at, attempts, claimed_by, claimed_until,
    fault, was, created_at, updated_at, sent_at
  from outbox_before;
drop table outbox_before;
