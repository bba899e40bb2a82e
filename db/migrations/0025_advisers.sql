-- Who advises, and in which room: in a whole session, or in one of its slots, whose row comes first field by field. The
-- row of a series is for the dates that are still to be made. A room counts only at the venue it was chosen for.
create table duty (
  id text not null primary key,
  series text references series (id) on delete cascade,
  session text references session (id) on delete cascade,
  slot text references slot (id) on delete cascade,
  adviser text references account (id),
  name text not null,
  room text not null,
  venue text references venue (id),
  adviser_key text not null,
  room_key text not null,
  created_at text not null,
  updated_at text not null,
  constraint duty_of_one check ((series is null) <> (session is null))
);
create index duty_by_session on duty (session) where session is not null;
create index duty_by_adviser on duty (adviser) where adviser is not null;

-- The quarter hours in which an adviser or a room is taken. Nobody and nothing is in two places at once.
create table busy (
  holder text not null,
  at text not null,
  session text not null references session (id) on delete cascade,
  constraint holder_is_in_one_place unique (holder, at)
);
create index busy_by_session on busy (session);

-- What was said in the consultation of a booking, under its id, and what comes next. Figures count it; the words go with the person.
create table consultation (
  id text not null primary key references booking (id) on delete cascade,
  state text not null,
  topics text not null,
  advised text not null,
  next_step text not null,
  minutes integer,
  author text,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  final_at text,
  constraint consultation_state_is_known check (state in ('draft', 'final'))
);

-- A private feed of a desk, or of the days on which its owner advises.
alter table staff_feed add column own integer not null default 0
  constraint staff_feed_own_is_yes_or_no check (own in (0, 1));
