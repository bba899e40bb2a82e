-- What a desk asks the people who book a series, or one session. The kind `companions` asks for the names of those who
-- come along. A question that is no longer asked is retired, so that its answers can still be read.
create table question (
  id text not null primary key,
  series text references series (id) on delete cascade,
  session text references session (id) on delete cascade,
  kind text not null,
  required integer not null,
  position integer not null,
  label_ja text not null,
  label_en text not null,
  options text not null,
  retired_at text,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  constraint question_of_one check ((series is null) <> (session is null)),
  constraint question_required_is_yes_or_no check (required in (0, 1))
);
create index question_by_series on question (series) where series is not null;
create index question_by_session on question (session) where session is not null;

-- The answers of a booking, the names of those who come along, and the support that somebody needs, in JSON.
alter table booking add column answers text not null default '{}';
alter table booking add column companions text not null default '[]';
alter table booking add column support text not null default '{}';
