-- A message of a desk to many people at once. Its letters and calls are rows of the outbox, whose column `before` names it.
-- `target`: the people of a session, a slot or a series, or those whom somebody chose in the ledger.
create table message (
  id text not null primary key,
  target text not null,
  target_id text not null,
  prefectures text not null,
  subject_ja text not null,
  body_ja text not null,
  subject_en text,
  body_en text,
  created_at text not null,
  constraint message_target_is_known check (target in ('session', 'slot', 'series', 'ledger'))
);
create index outbox_of_message on outbox (before, channel, state) where kind = 'message';

-- 1 if its holder asked not to get messages. It holds for all bookings of that person.
alter table booking add column no_messages integer not null default 0
  constraint booking_no_messages_is_yes_or_no check (no_messages in (0, 1));
create index booking_without_messages on booking (person_key) where no_messages = 1;
