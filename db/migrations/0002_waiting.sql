-- Until when an offered place is held, and what a letter says of the time and place before a move.
alter table booking add column offer_expires_at text;
alter table outbox add column was text;
create index booking_waiting on booking (status, session, created_at);
