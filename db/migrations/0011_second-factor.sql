-- Codes of the authenticator app that were tried since `code_tries_from`. A try counts before it is verified.
alter table account add column code_tries integer;
alter table account add column code_tries_from text;

-- When the second factor was last proven in this browser.
alter table pass add column proven_at text;
