-- When the number of people with a place last changed. The private feeds of desks show that number.
alter table session add column seats_changed_at text not null default '';
update session set seats_changed_at =
  coalesce((select max(booking.updated_at) from booking where booking.session = session.id), updated_at);

-- Feeds say when any session last changed.
create index session_by_change on session (updated_at);

-- What a session or booking was before it was called off, cancelled or converted, so that it can be given back. Of bookings that
-- ended before, their letters say it.
alter table session add column state_before text
  constraint session_state_before_is_known check (state_before in ('published', 'skipped', 'postponed'));
alter table booking add column status_before text
  constraint booking_status_before_is_known check (status_before in ('booked', 'requested', 'waiting', 'offered'));
alter table booking add column format_before text
  constraint booking_format_before_is_known check (format_before in ('onsite', 'online', 'phone', 'visit'));
update booking set status_before = (
  select max(case
    when outbox.before like '{"status":"booked"%' then 'booked'
    when outbox.before like '{"status":"requested"%' then 'requested'
    when outbox.before like '{"status":"waiting"%' then 'waiting'
    when outbox.before like '{"status":"offered"%' then 'offered'
  end)
  from outbox where outbox.about = 'booking' and outbox.subject = booking.id and outbox.kind = 'called_off'
) where ended = 'called_off';
update booking set status_before = 'booked'
  where ended = 'cancelled_by_desk' and exists (
    select 1 from outbox where outbox.about = 'booking' and outbox.subject = booking.id and outbox.kind = 'cancelled'
  );
