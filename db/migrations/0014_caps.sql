-- What one source (an e-mail address, a telephone, a network) has of what is capped: `n` of at most `most`. `key_hash`
-- names the source without revealing it. `day` is empty for the places that it holds, which belong to no day.
create table cap (
  id text not null primary key,
  day text not null,
  counted text not null,
  source text not null,
  key_hash text not null,
  mask text not null,
  n integer not null,
  most integer not null,
  extra integer not null,
  refused integer not null,
  refused_at text,
  session text references session (id),
  constraint cap_once unique (day, counted, source, key_hash),
  constraint cap_kept check (n <= most)
);
-- The few that refused something are listed.
create index cap_refused on cap (refused_at) where refused_at is not null;

-- The sources that a booking of the public came from, while it may still be held.
create table cap_booking (
  booking text not null references booking (id),
  source text not null,
  key_hash text not null,
  constraint cap_booking_once unique (booking, source)
);
create index cap_booking_by_source on cap_booking (key_hash, source);
