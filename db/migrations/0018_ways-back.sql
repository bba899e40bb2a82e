-- When the number of people with a place last changed. The private feeds of desks show that number.
alter table session add column seats_changed_at text not null default '';
update session set seats_changed_at =
  coalesce((select max(booking.updated_at) from booking where booking.session = session.id), updated_at);

-- Feeds say when any session last changed.
create index session_by_change on session (updated_at);
