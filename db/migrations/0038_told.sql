-- Who had been told already when a suspension was ordered or lifted: ids of bookings, with commas.
alter table suspension add column told text not null default '';
