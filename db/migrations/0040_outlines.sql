-- What a session is about: people it is for, hosts, speakers, agenda, and materials for after the day. Each is text, one
-- entry a line.
create table outline (
  id text not null primary key,
  session text not null references session (id) on delete cascade,
  target_ja text not null,
  target_en text not null,
  hosts_ja text not null,
  hosts_en text not null,
  speakers_ja text not null,
  speakers_en text not null,
  agenda_ja text not null,
  agenda_en text not null,
  materials text not null,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  constraint outline_once unique (session)
);
create index outline_with_materials on outline (session) where materials <> '';
