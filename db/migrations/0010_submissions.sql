-- A form that made a row, and is found again when it is sent again: `id` is that of the row, `key_hash` names the account,
-- the act and the key of the form, `input_hash` its content.
create table submission (
  id text not null primary key,
  key_hash text not null,
  input_hash text not null,
  created_at text not null,
  constraint submission_once unique (key_hash)
);
