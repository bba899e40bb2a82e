-- A new address that the holder of a booking gave. It replaces the old one once its own link was pressed.
create table email_change (
  id text not null primary key,
  booking text not null references booking (id),
  email text not null,
  token_hash text not null,
  secret_id text not null,
  expires_at text not null,
  created_at text not null,
  constraint email_change_token_once unique (token_hash)
);
create index email_change_by_booking on email_change (booking);
-- Those that nobody confirmed are deleted each day.
create index email_change_by_end on email_change (expires_at);
