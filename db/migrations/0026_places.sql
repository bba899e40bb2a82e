-- What people need to find a venue: the room, the way there, parking, a map, whether one gets in without steps. When it was
-- retired. Null: nothing is said.
alter table venue add column room_ja text;
alter table venue add column room_en text;
alter table venue add column access_ja text;
alter table venue add column access_en text;
alter table venue add column parking_ja text;
alter table venue add column parking_en text;
alter table venue add column map_url text;
alter table venue add column step_free integer
  constraint venue_step_free_is_yes_or_no check (step_free in (0, 1));
alter table venue add column retired_at text;

-- Closures that were entered together, for a range of days, have the same batch. A scope may also be `venue:` and an id.
alter table closure add column batch text;
create index closure_by_batch on closure (batch) where batch is not null;
