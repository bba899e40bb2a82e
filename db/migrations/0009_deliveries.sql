-- A row of the outbox is a delivery: it says what it is about and of which row (`subject`), and by which channel it goes.
-- `about` and `kind` have no check: a new domain queues deliveries without another table.
create table outbox_before as select * from outbox;
drop table outbox;
create table outbox (
  id text not null primary key,
  kind text not null,
  about text not null,
  subject text not null,
  sequence integer not null,
  dedupe_key text not null,
  locale text not null,
  channel text not null,
  state text not null,
  due_at text not null,
  attempts integer not null,
  claimed_by text,
  claimed_until text,
  fault text,
  before text,
  created_at text not null,
  updated_at text not null,
  sent_at text,
  constraint outbox_once unique (subject, about, kind, sequence, dedupe_key),
  constraint outbox_channel_is_known check (channel in ('mail', 'phone', 'webhook', 'sms')),
  constraint outbox_state_is_known check (state in ('waiting', 'claimed', 'sent', 'failed', 'kept', 'superseded'))
);
insert into outbox (id, kind, about, subject, sequence, dedupe_key, locale, channel, state, due_at, attempts, claimed_by,
    claimed_until, fault, before, created_at, updated_at, sent_at)
  select id, kind,
    case when booking is not null then 'booking' when interest is not null then 'interest' else 'sign_in' end,
    coalesce(booking, interest, sign_in),
    sequence, turn, locale, way, state, due_at, attempts, claimed_by,
    claimed_until, fault, was, created_at, updated_at, sent_at
  from outbox_before;
create index outbox_by_due on outbox (channel, state, due_at);
drop table outbox_before;

-- People who asked to be told of a date are notified of it.
create table interest_before as select * from interest;
drop table interest;
create table interest (
  id text not null primary key,
  session text not null references session (id),
  email text,
  person_key text not null,
  locale text not null,
  state text not null,
  token_hash text not null,
  secret_id text not null,
  first_until text,
  created_at text not null,
  updated_at text not null,
  constraint interest_once unique (session, person_key),
  constraint interest_token_once unique (token_hash),
  constraint interest_state_is_known check (state in ('asked', 'confirmed', 'notified', 'ended'))
);
insert into interest (id, session, email, person_key, locale, state, token_hash, secret_id, first_until, created_at,
    updated_at)
  select id, session, email, person_key, locale, case when state = 'told' then 'notified' else state end, token_hash,
    secret_id, first_until, created_at, updated_at
  from interest_before;
drop table interest_before;

-- Who skipped a session: its series no longer has the date, the desk left it out, or the day is closed.
alter table session add column skipped_by text
  constraint session_skipped_by_is_known check (skipped_by in ('series', 'desk', 'closure'));
update session set skipped_by =
  case when reason_ja = '日程の見直し' then 'series' when edited = 1 then 'desk' else 'closure' end
  where state = 'skipped';
