-- A firm that asked for an expert. It is known by any of its keys.
create table firm (
  id text not null primary key,
  first_seen text not null
);

-- A number, or a telephone with a name, as a hash under a secret.
create table firm_key (
  key_hash text not null primary key,
  secret_id text not null,
  firm text not null references firm (id) on delete cascade
);
create index firm_key_by_firm on firm_key (firm);

-- The visits that a firm may have in a fiscal year. `excess` is what staff gave beyond `allowed`.
create table entitlement (
  firm text not null references firm (id) on delete cascade,
  programme text not null references programme (id),
  allowed integer not null,
  used integer not null,
  excess integer not null,
  constraint entitlement_once unique (firm, programme),
  constraint firm_has_visits_left check (used <= allowed + excess),
  constraint entitlement_counts_from_zero check (used >= 0 and excess >= 0)
);

-- A firm's matter (案件), from application to end. `topics` begins with the main one, `formats` is in the order of the wish,
-- `wished` is JSON. `round` says which time experts are asked.
create table request (
  id text not null primary key,
  number text not null,
  programme text not null references programme (id),
  firm text not null references firm (id),
  organisation text not null,
  company text not null,
  corporate_number text,
  prefecture text not null,
  municipality text not null,
  address text not null,
  employees integer,
  industry text,
  name text not null,
  name_kana text not null,
  email text,
  phone text not null,
  phone_digits text not null,
  locale text not null,
  stage text,
  topics text not null,
  formats text not null,
  wished text not null,
  wishes_former integer not null,
  wishes_second integer not null,
  message text not null,
  channel text not null,
  from_desk text references desk (id),
  from_booking text references booking (id),
  state text not null,
  hold text,
  round integer not null,
  outcome text,
  consented_at text not null,
  token_hash text not null,
  token_version integer not null,
  secret_id text not null,
  idempotency_hash text,
  input_hash text,
  applied_at text not null,
  matched_at text,
  first_at text,
  finished_at text,
  sequence integer not null,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  constraint request_number_once unique (programme, number),
  constraint request_token_once unique (token_hash),
  constraint request_key_once unique (idempotency_hash),
  constraint request_state_is_known check (
    state in ('matching', 'held', 'matched', 'advising', 'finished', 'unmatched', 'withdrawn')
  ),
  constraint request_organisation_is_known check (organisation in ('company', 'sole', 'npo', 'municipality')),
  constraint request_wishes_former_is_yes_or_no check (wishes_former in (0, 1)),
  constraint request_wishes_second_is_yes_or_no check (wishes_second in (0, 1))
);
create unique index firm_has_one_request on request (firm) where state in ('matching', 'held', 'matched', 'advising');
create index request_by_state on request (state, applied_at);

-- The offer of a request to an expert (打診). `parts` is the explained score of that moment, as JSON.
create table match (
  id text not null primary key,
  request text not null references request (id) on delete cascade,
  expert text not null references expert (id),
  role text not null,
  round integer not null,
  state text not null,
  score integer not null,
  parts text not null,
  offered_at text not null,
  expires_at text not null,
  answered_at text,
  why text,
  chosen_by text not null,
  token_hash text not null,
  secret_id text not null,
  revision integer not null,
  constraint match_asked_once unique (request, expert, role, round),
  constraint match_token_once unique (token_hash),
  constraint match_state_is_known check (
    state in ('offered', 'accepted', 'declined', 'expired', 'withdrawn', 'ended', 'released')
  ),
  constraint match_chosen_by_is_known check (chosen_by in ('auto', 'staff'))
);
create unique index request_has_one on match (request, role) where state in ('offered', 'accepted');
create index match_by_expert on match (expert, state);
create index match_by_end on match (state, expires_at);

-- One consultation of a request. It is held in a session of its own, as its booking.
create table visit (
  id text not null primary key,
  request text not null references request (id) on delete cascade,
  nth integer not null,
  session text not null references session (id),
  booking text not null references booking (id),
  minutes integer not null,
  late_cancel integer not null,
  constraint visit_once unique (request, nth),
  constraint visit_session_once unique (session),
  constraint visit_late_cancel_is_yes_or_no check (late_cancel in (0, 1))
);

-- An expert at a visit, with the object of the expert's own calendar.
create table visit_expert (
  uid text not null primary key,
  visit text not null references visit (id) on delete cascade,
  expert text not null references expert (id),
  role text not null,
  sequence integer not null,
  constraint visit_expert_once unique (visit, expert)
);
create index visit_expert_by_expert on visit_expert (expert);

-- What an expert writes after a visit, under its id (報告).
create table report (
  id text not null primary key references visit (id) on delete cascade,
  expert text not null references expert (id),
  state text not null,
  title text not null,
  background text not null,
  advice text not null,
  next_steps text not null,
  client_words text not null,
  topics text not null,
  people integer,
  minutes integer,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  filed_at text,
  constraint report_state_is_known check (state in ('draft', 'filed', 'returned', 'approved'))
);

-- The request whose visit a session is; null for all that the public sees. A rebuilt table would be needed for a key: slots and
-- bookings refer to it.
alter table session add column request text;
create index session_by_request on session (request) where request is not null;
