-- Years after the end of a programme until its people are forgotten. Null: as RETENTION_YEARS says. Two people who edit the
-- same programme: the second is told.
alter table programme add column retention_years integer
  constraint programme_retention_is_known check (retention_years between 1 and 30);
alter table programme add column revision integer not null default 0;
