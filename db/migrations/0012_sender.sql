-- The sender finds the few sign-in letters among all that wait.
create index outbox_sign_in on outbox (channel, state, due_at) where about = 'sign_in';

-- When the job was done by the clock of the process that did it: a clock that ran ahead does not skip a day.
alter table chore add column done_at text;
