-- Whom letters come from, where answers go and how they are signed: for a whole programme, a series or one session. What is
-- empty is as the next one says: the session, its series, its programme, the house. `owner` names it by its scope and id.
create table letter_sender (
  id text not null primary key,
  programme text references programme (id),
  series text references series (id) on delete cascade,
  session text references session (id) on delete cascade,
  owner text not null,
  sender_ja text not null,
  sender_en text not null,
  reply text not null,
  signature_ja text not null,
  signature_en text not null,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  constraint letter_sender_once unique (owner),
  constraint letter_sender_of_one check (
    case when programme is null then 0 else 1 end + case when series is null then 0 else 1 end
    + case when session is null then 0 else 1 end = 1
  )
);

-- A file that letters carry: the logo of a programme, or a document. `owner`: `programme:<id>`, `series:<id>`, or
-- `message:<account>:<key>` for the documents of one message. `place` names owner, purpose and number, which ends at three:
-- of two people who add a file at once, one is told.
create table letter_file (
  id text not null primary key,
  programme text references programme (id),
  series text references series (id) on delete cascade,
  owner text not null,
  purpose text not null,
  place text not null,
  name text not null,
  type text not null,
  bytes integer not null,
  hash text not null,
  created_at text not null,
  constraint letter_file_once unique (place),
  constraint letter_file_purpose_is_known check (purpose in ('logo', 'document')),
  constraint letter_file_type_is_known check (type in ('image/png', 'image/jpeg', 'application/pdf'))
);

-- What a file holds, in base64. A part is so short that a statement with it is one that D1 takes.
create table letter_file_part (
  file text not null references letter_file (id) on delete cascade,
  nth integer not null,
  content text not null,
  constraint letter_file_part_once unique (file, nth)
);

-- The owner of the documents of a message. Null without any.
alter table message add column files text;
