-- The visits that a firm may have in a programme, and the last day on which one may apply for an expert. Null is the usual day.
alter table programme add column visits integer not null default 3
  constraint programme_visits_are_known check (visits between 0 and 30);
alter table programme add column experts_until text;

-- Firms that were erased at their own request are erased again, as people are.
drop index journal_by_erasure;
create index journal_by_erasure on journal (subject, act)
  where act in ('booking.erased', 'interest.ended', 'request.erased');
