-- An expert (テレワークマネージャー). Its id is that of its account. Lists are separated by commas; `industries` is `*` for all
-- trades. `taken` counts the offers and cases that are open; `excess` is what staff gave beyond `most`.
create table expert (
  id text not null primary key references account (id),
  name text not null,
  name_kana text not null,
  profile_ja text not null,
  profile_en text not null,
  home text not null,
  places text not null,
  formats text not null,
  topics text not null,
  industries text not null,
  stages text not null,
  languages text not null,
  most integer not null,
  most_week integer not null,
  taken integer not null,
  excess integer not null,
  travel_minutes integer not null,
  starts_on text not null,
  ends_on text,
  state text not null,
  paused_until text,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  constraint expert_has_room check (taken <= most + excess),
  constraint expert_counts_from_zero check (taken >= 0 and excess >= 0),
  constraint expert_state_is_known check (state in ('active', 'paused', 'left'))
);

-- The hours of a week in which an expert advises: the day (0 is Sunday), and `HH:MM`.
create table expert_hours (
  expert text not null references expert (id) on delete cascade,
  weekday integer not null,
  starts text not null,
  ends text not null,
  constraint expert_hours_once unique (expert, weekday, starts),
  constraint expert_hours_end_after_they_start check (ends > starts)
);

-- A time at which an expert is away, entered by hand or read from the expert's own calendar.
create table absence (
  id text not null primary key,
  expert text not null references expert (id) on delete cascade,
  starts_at text not null,
  ends_at text not null,
  source text not null,
  feed_uid text,
  created_at text not null,
  constraint absence_ends_after_it_starts check (ends_at > starts_at),
  constraint absence_source_is_known check (source in ('hand', 'feed'))
);
create index absence_by_expert on absence (expert, ends_at);

-- A firm about which an expert is not asked: an employer, a client, one with a stake, or one that the expert declared. One of
-- number and name is set.
create table affiliation (
  id text not null primary key,
  expert text not null references expert (id) on delete cascade,
  corporate_number text not null,
  name_key text not null,
  until text,
  kind text not null,
  created_at text not null,
  constraint affiliation_once unique (expert, corporate_number, name_key),
  constraint affiliation_kind_is_known check (kind in ('employer', 'client', 'stake', 'declared')),
  constraint affiliation_names_a_firm check (corporate_number <> '' or name_key <> '')
);
