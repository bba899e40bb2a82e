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

-- A paragraph of a desk in the letters of one kind: for a whole programme, a series or one session. The closest one counts.
-- `owner` names it by its scope and id, so that there is one text for each.
create table letter_text (
  id text not null primary key,
  programme text references programme (id),
  series text references series (id) on delete cascade,
  session text references session (id) on delete cascade,
  owner text not null,
  kind text not null,
  text_ja text not null,
  text_en text not null,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  constraint letter_text_once unique (owner, kind),
  constraint letter_text_of_one check (
    case when programme is null then 0 else 1 end + case when series is null then 0 else 1 end
    + case when session is null then 0 else 1 end = 1
  )
);

-- How letters are signed and where answers to them go; empty for what is usual.
alter table house add column sender_ja text not null default '';
alter table house add column sender_en text not null default '';
alter table house add column reply text not null default '';
alter table house add column signature_ja text not null default '';
alter table house add column signature_en text not null default '';
