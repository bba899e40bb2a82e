-- Offers that were given up, and then made anonymous or ended by a version that did not keep what they were. Their lines
-- in the journal say it.
update booking set status_before = 'offered'
where status = 'cancelled' and status_before is null and coalesce(ended, '') <> 'called_off' and (
  select journal.act from journal where journal.subject = booking.id and journal.act in (
    'booking.made', 'booking.requested', 'booking.waits', 'booking.entered', 'booking.offered', 'booking.won',
    'booking.accepted', 'booking.promoted', 'booking.approved', 'booking.moved', 'booking.unmarked', 'booking.declined'
  ) order by journal.id desc limit 1
) in ('booking.offered', 'booking.won', 'booking.declined');
