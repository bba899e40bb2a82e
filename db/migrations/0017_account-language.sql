-- The language of a person's letters: the one in which they use the console. Null until it is known.
alter table account add column locale text;
update account set locale = (
  select outbox.locale from outbox join sign_in on sign_in.id = outbox.subject
  where outbox.kind = 'sign_in' and sign_in.account = account.id
  order by outbox.created_at desc, outbox.id desc limit 1
);
