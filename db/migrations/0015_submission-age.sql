-- Old submissions are deleted each day.
create index submission_by_age on submission (created_at);

-- Letters to staff are deleted with their sign-ins.
create index outbox_of_staff on outbox (created_at) where about in ('sign_in', 'account');
