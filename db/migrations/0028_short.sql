-- A short address for print, of a series or a desk: `series:<id>` or `desk:<id>`. It stays when its owner is gone.
create table short_address (
  short text not null primary key,
  owner text not null,
  created_at text not null,
  constraint short_address_once unique (owner)
);
