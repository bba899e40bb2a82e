-- Journal lines of people who were erased at their own request. They are read each day, because a restored backup may
-- bring the people back.
create index journal_by_erasure on journal (subject, act) where act in ('booking.erased', 'interest.ended');
