-- How a booking ended without a visit. Bookings that ended before take it from their lines in the journal.
alter table booking add column ended text constraint booking_ended_is_known check (ended in
  ('cancelled', 'cancelled_by_desk', 'called_off', 'offer_over', 'turned_down', 'unanswered', 'session_over'));
update booking set ended =
  case
    when exists (select 1 from journal where journal.subject = booking.id and journal.act = 'booking.called_off')
      then 'called_off'
    when exists (select 1 from journal where journal.subject = booking.id and journal.act = 'booking.cancelled'
      and journal.actor <> 'public') then 'cancelled_by_desk'
    else 'cancelled'
  end
  where status = 'cancelled';
update booking set ended =
  case
    when exists (select 1 from journal where journal.subject = booking.id and journal.act = 'booking.turned_down')
      then 'turned_down'
    when exists (select 1 from journal where journal.subject = booking.id
      and journal.act in ('booking.offered', 'booking.won')) then 'offer_over'
    when exists (select 1 from journal where journal.subject = booking.id and journal.act = 'booking.requested')
      then 'unanswered'
    else 'offer_over'
  end
  where status = 'lapsed';
