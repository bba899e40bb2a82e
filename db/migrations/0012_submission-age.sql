-- Old submissions are deleted each day.
create index submission_by_age on submission (created_at);
