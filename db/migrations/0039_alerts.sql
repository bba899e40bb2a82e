-- A person who asked to be told when a place frees. `kinds` has commas between them, `weekdays` is digits (0 is Sunday).
-- Only places that freed after `since` count. `told_on` is the day of the last letter: at most one leaves a day.
create table alert (
  id text not null primary key,
  email text,
  person_key text not null,
  locale text not null,
  prefecture text not null,
  web integer not null,
  kinds text not null,
  weekdays text not null,
  ends_on text not null,
  state text not null,
  since text not null,
  told_on text,
  token_hash text not null,
  secret_id text not null,
  created_at text not null,
  updated_at text not null,
  constraint alert_token_once unique (token_hash),
  constraint alert_web_or_not check (web in (0, 1)),
  constraint alert_state_is_known check (state in ('asked', 'confirmed', 'ended'))
);
create unique index alert_once on alert (person_key, prefecture) where state = 'confirmed';
create index alert_by_state on alert (state, id);
create index alert_by_person on alert (person_key);

-- The sessions that had a free place at the last look, and since when.
create table alert_place (
  session text not null primary key references session (id) on delete cascade,
  free_since text not null
);

-- Alerts that people ended are ended again if a backup is restored.
drop index journal_by_erasure;
create index journal_by_erasure on journal (subject, act)
  where act in ('booking.erased', 'interest.ended', 'request.erased', 'alert.ended');
