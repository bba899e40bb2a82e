-- Who works at the desks, how they sign in (a link or code by letter, a second factor), the browsers that are signed in
-- (passes), and what the console keeps for them. Of links, codes and passes only hashes are stored.
create table account (
  id text not null primary key,
  email text not null,
  name text not null,
  role text not null,
  prefectures text not null,
  state text not null,
  totp_secret text,
  totp_step integer,
  signed_in_at text,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  constraint account_once unique (email),
  constraint account_role_is_known check (role in ('viewer', 'desk', 'secretariat', 'expert')),
  constraint account_state_is_known check (state in ('active', 'closed'))
);

create table sign_in (
  id text not null primary key,
  account text not null references account (id),
  secret_id text not null,
  token_hash text not null,
  attempts integer not null,
  expires_at text not null,
  used_at text,
  created_at text not null,
  constraint sign_in_token_once unique (token_hash)
);
create index sign_in_by_account on sign_in (account, created_at);

create table pass (
  id text not null primary key,
  account text not null references account (id),
  token_hash text not null,
  proven integer not null,
  agent text not null,
  challenge text,
  created_at text not null,
  seen_at text not null,
  expires_at text not null,
  constraint pass_token_once unique (token_hash),
  constraint pass_is_proven_or_not check (proven in (0, 1))
);
create index pass_by_account on pass (account, expires_at);

create table passkey (
  id text not null primary key,
  account text not null references account (id),
  public_key text not null,
  counter integer not null,
  transports text not null,
  name text not null,
  created_at text not null,
  used_at text
);
create index passkey_by_account on passkey (account);

create table staff_feed (
  id text not null primary key,
  account text not null references account (id),
  prefectures text not null,
  name text not null,
  token_hash text not null,
  created_at text not null,
  constraint staff_feed_token_once unique (token_hash)
);
create index staff_feed_by_account on staff_feed (account);

create table ledger_view (
  id text not null primary key,
  account text not null references account (id),
  name text not null,
  query text not null,
  constraint ledger_view_once unique (account, name)
);

-- What the desk writes down of a booking for itself, and when somebody came.
alter table booking add column note text not null default '';
alter table booking add column came_at text;
create index booking_by_phone on booking (phone_digits);

create table outbox_before as select * from outbox;
drop table outbox;
create table outbox (
  id text not null primary key,
  kind text not null,
  booking text references booking (id),
  interest text references interest (id),
  sign_in text references sign_in (id),
  sequence integer not null,
  turn text not null,
  locale text not null,
  way text not null,
  state text not null,
  due_at text not null,
  attempts integer not null,
  claimed_by text,
  claimed_until text,
  fault text,
  was text,
  created_at text not null,
  updated_at text not null,
  sent_at text,
  constraint outbox_once unique (kind, booking, sequence, turn),
  constraint outbox_once_an_interest unique (kind, interest, turn),
  constraint outbox_once_a_sign_in unique (sign_in),
  constraint outbox_is_about_one check (
    (case when booking is null then 0 else 1 end) + (case when interest is null then 0 else 1 end)
      + (case when sign_in is null then 0 else 1 end) = 1
  ),
  constraint outbox_way_is_known check (way in ('mail', 'phone')),
  constraint outbox_state_is_known check (state in ('waiting', 'claimed', 'sent', 'failed', 'kept', 'superseded'))
);
create index outbox_by_due on outbox (way, state, due_at);
create index outbox_by_booking on outbox (booking, way, state);
insert into outbox (id, kind, booking, interest, sequence, turn, locale, way, state, due_at, attempts, claimed_by,
    claimed_until, fault, was, created_at, updated_at, sent_at)
  select id, kind, booking, interest, sequence, turn, locale, way, state, due_at, attempts, claimed_by, claimed_until,
    fault, was, created_at, updated_at, sent_at
  from outbox_before;
drop table outbox_before;
