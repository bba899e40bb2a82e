-- A schedule that somebody takes in. `records` and `unread` are what was read, `decisions` what a person decided, `made` what
-- became of it; all JSON. It is deleted 30 days after its last change.
create table intake (
  id text not null primary key,
  made_by text not null,
  name text not null,
  records text not null,
  unread text not null,
  decisions text not null,
  made text not null,
  state text not null,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  constraint intake_state_is_known check (state in ('open', 'taken', 'taken_out'))
);
