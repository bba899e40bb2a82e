-- Two people who put the same venue right: the second is told.
alter table venue add column revision integer not null default 0;
