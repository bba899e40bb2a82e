-- A short address for print, of a series or a desk: `series:<id>` or `desk:<id>`. It stays when its owner is gone.
create table short_address (
  short text not null primary key,
  owner text not null,
  created_at text not null,
  constraint short_address_once unique (owner)
);

-- 1 if its holder agreed to short messages to their mobile telephone, in place of calls.
alter table booking add column sms integer not null default 0
  constraint booking_sms_is_yes_or_no check (sms in (0, 1));
