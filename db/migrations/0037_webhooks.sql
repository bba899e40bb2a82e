-- An address that hears what happens to sessions: those of one desk, or all (`desk` is null). `types` has a comma before and
-- after each type. Secrets are sealed. `secret_before` signs too until `before_until`.
create table webhook (
  id text not null primary key,
  desk text references desk (id) on delete cascade,
  url text not null,
  types text not null,
  secret text not null,
  secret_before text,
  before_until text,
  state text not null,
  answered_at text,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  constraint webhook_state_is_known check (state in ('active', 'paused', 'stopped'))
);

-- What an address is to hear, written in the commit that caused it. It stays when its session is deleted.
create table webhook_delivery (
  id text not null primary key,
  webhook text not null references webhook (id) on delete cascade,
  type text not null,
  session text not null,
  sequence integer not null,
  happened_at text not null,
  state text not null,
  due_at text not null,
  attempts integer not null,
  claimed_by text,
  claimed_until text,
  fault text,
  sent_at text,
  updated_at text not null,
  constraint webhook_delivery_state_is_known check (state in ('waiting', 'claimed', 'sent', 'failed'))
);
create index webhook_delivery_by_due on webhook_delivery (webhook, state, due_at);

-- Whether webhooks last heard that a session is full.
create table webhook_place (
  session text not null primary key references session (id) on delete cascade,
  full_told integer not null,
  told_at text not null,
  constraint webhook_place_is_full_or_not check (full_told in (0, 1))
);

-- A key by which the system of a partner reads and books for a desk. Only its hash is kept.
create table api_key (
  id text not null primary key,
  desk text not null references desk (id) on delete cascade,
  name text not null,
  scope text not null,
  token_hash text not null,
  hint text not null,
  used_on text,
  revoked_at text,
  created_at text not null,
  constraint api_key_once unique (token_hash),
  constraint api_key_scope_is_known check (scope in ('read', 'book'))
);
