-- The link by which an invited person signs in for the first time is a sign-in that lasts longer and has no code.
alter table sign_in add column purpose text not null default 'sign_in'
  constraint sign_in_purpose_is_known check (purpose in ('sign_in', 'invitation'));

-- The link by which the first account is made. There is one at most: each start makes another one and ends the former.
create table first_link (
  id text not null primary key,
  token_hash text not null,
  expires_at text not null,
  created_at text not null,
  constraint first_link_is_one check (id = 'first')
);

-- Codes that stand in for a second factor once each. Only their hashes are kept.
create table recovery_code (
  id text not null primary key,
  account text not null references account (id),
  code_hash text not null,
  created_at text not null,
  used_at text,
  constraint recovery_code_once unique (account, code_hash)
);

-- Who runs this house, as pages and letters say it. There is one row once somebody has said it.
create table house (
  id text not null primary key,
  name_ja text not null,
  name_en text not null,
  operator_ja text not null,
  operator_en text not null,
  phone text not null,
  email text not null,
  address text not null,
  privacy_ja text not null,
  privacy_en text not null,
  revision integer not null default 0,
  updated_at text not null,
  constraint house_is_one check (id = 'house')
);

-- The page of who did what reads the lines of one person, the newest first. Ids begin with the moment they were made at.
create index journal_by_actor on journal (actor, id);
