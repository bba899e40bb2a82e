-- Instants are UTC text YYYY-MM-DDTHH:MM:SS.sssZ, dates YYYY-MM-DD and times HH:MM are Asia/Tokyo, booleans 0 or 1.

create table programme (
  id text not null primary key,
  fiscal_year integer not null,
  name_ja text not null,
  name_en text not null,
  starts_on text not null,
  ends_on text not null,
  constraint programme_once_a_year unique (fiscal_year),
  constraint programme_ends_after_it_starts check (starts_on < ends_on)
);

create table desk (
  id text not null primary key,
  kind text not null,
  name_ja text not null,
  name_en text not null,
  prefecture text,
  region text,
  address text,
  phones text not null,
  hours_ja text,
  hours_en text,
  email text,
  email_use text not null,
  url text,
  topics text not null,
  printed text,
  constraint desk_kind_is_known check (kind in ('local', 'secretariat', 'base', 'bureau')),
  constraint desk_email_use_is_known check (email_use in ('none', 'mail', 'show', 'damaged'))
);

create table venue (
  id text not null primary key,
  prefecture text not null,
  name_ja text not null,
  name_en text not null,
  address text,
  area_only integer not null,
  printed text,
  constraint venue_area_is_yes_or_no check (area_only in (0, 1))
);

create table series (
  id text not null primary key,
  kind text not null,
  desk text not null references desk (id),
  venue text references venue (id),
  prefecture text not null,
  title_ja text not null,
  title_en text not null,
  note_ja text,
  note_en text,
  rule text,
  starts_on text not null,
  until text,
  starts text,
  ends text,
  slot_minutes integer,
  slot_starts text not null,
  slot_capacity integer,
  capacity integer,
  formats text not null,
  closes text not null,
  cancels text not null,
  apply_name text,
  apply_phone text,
  apply_url text,
  apply_url_printed text,
  printed text,
  sample integer not null,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  constraint series_kind_is_known check (kind in ('consultation', 'seminar')),
  constraint series_slots_have_minutes check (slot_starts = '' or slot_minutes > 0),
  constraint series_ends_after_it_starts check (until is null or until >= starts_on)
);

create table series_date (
  series text not null references series (id),
  date text not null,
  printed_weekday text,
  constraint series_date_once unique (series, date)
);

create table closure (
  id text not null primary key,
  date text not null,
  scope text not null,
  reason_ja text not null,
  reason_en text not null,
  state text not null,
  constraint closure_once unique (date, scope),
  constraint closure_state_is_known check (state in ('proposed', 'confirmed', 'lifted'))
);

create table session (
  id text not null primary key,
  uid text not null,
  kind text not null,
  series text references series (id),
  occurrence text,
  programme text not null references programme (id),
  desk text not null references desk (id),
  venue text references venue (id),
  prefecture text not null,
  title_ja text not null,
  title_en text not null,
  note_ja text,
  note_en text,
  date text,
  starts_at text,
  ends_at text,
  formats text not null,
  capacity integer,
  seats_taken integer not null,
  excess integer not null,
  state text not null,
  reason_ja text,
  reason_en text,
  opens_at text not null,
  closes text not null,
  cancels text not null,
  apply_name text,
  apply_phone text,
  apply_url text,
  apply_url_printed text,
  printed text,
  printed_weekday text,
  sample integer not null,
  edited integer not null,
  sequence integer not null,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  constraint session_uid_once unique (uid),
  constraint session_once_an_occurrence unique (series, occurrence),
  constraint session_has_room check (seats_taken <= capacity + excess),
  constraint session_counts_from_zero check (seats_taken >= 0 and excess >= 0),
  constraint session_kind_is_known check (kind in ('consultation', 'seminar')),
  constraint session_state_is_known check (state in ('published', 'skipped', 'called_off', 'postponed')),
  constraint session_hours_have_a_date check (starts_at is null or date is not null),
  constraint session_ends_after_it_starts check (starts_at is null or ends_at > starts_at)
);
create index session_by_date on session (date, prefecture);
create index session_by_prefecture on session (prefecture, date);

create table slot (
  id text not null primary key,
  session text not null references session (id),
  starts_at text not null,
  ends_at text not null,
  capacity integer,
  seats_taken integer not null,
  excess integer not null,
  constraint slot_once_a_time unique (session, starts_at),
  constraint slot_has_room check (seats_taken <= capacity + excess),
  constraint slot_counts_from_zero check (seats_taken >= 0 and excess >= 0),
  constraint slot_ends_after_it_starts check (ends_at > starts_at)
);

create table booking (
  id text not null primary key,
  number text not null,
  uid text not null,
  programme text not null references programme (id),
  session text not null references session (id),
  slot text references slot (id),
  format text not null,
  seats integer not null,
  status text not null,
  channel text not null,
  locale text not null,
  company text not null,
  name text not null,
  name_kana text not null,
  email text,
  phone text not null,
  phone_digits text not null,
  prefecture text not null,
  employees integer,
  industry text,
  corporate_number text,
  topics text not null,
  message text not null,
  consented_at text not null,
  person_key text not null,
  search_key text not null,
  token_hash text not null,
  token_version integer not null,
  secret_id text not null,
  idempotency_hash text,
  input_hash text,
  sequence integer not null,
  revision integer not null,
  created_at text not null,
  updated_at text not null,
  cancelled_at text,
  constraint booking_number_once unique (programme, number),
  constraint booking_uid_once unique (uid),
  constraint booking_token_once unique (token_hash),
  constraint booking_key_once unique (idempotency_hash),
  constraint booking_has_seats check (seats >= 1),
  constraint booking_status_is_known check (status in
    ('booked', 'requested', 'waiting', 'offered', 'cancelled', 'lapsed', 'attended', 'absent')),
  constraint booking_channel_is_known check (channel in ('web', 'api', 'phone', 'counter', 'mail')),
  constraint booking_format_is_known check (format in ('onsite', 'online', 'phone', 'visit'))
);
create unique index booking_once on booking (session, person_key) where status not in ('cancelled', 'lapsed');
-- Recounting a place reads these alone.
create index booking_by_session on booking (session, status, seats);
create index booking_by_slot on booking (slot, status, seats);
create index booking_by_person on booking (person_key, created_at);

-- The last receipt number given for a prefecture and day, so that numbers run 01, 02, … without gaps or doubles.
create table numbering (
  id text not null primary key,
  last integer not null
);

create table outbox (
  id text not null primary key,
  kind text not null,
  booking text not null references booking (id),
  sequence integer not null,
  turn text not null,
  locale text not null,
  state text not null,
  due_at text not null,
  attempts integer not null,
  claimed_by text,
  claimed_until text,
  fault text,
  created_at text not null,
  updated_at text not null,
  sent_at text,
  constraint outbox_once unique (kind, booking, sequence, turn),
  constraint outbox_state_is_known check (state in ('waiting', 'claimed', 'sent', 'failed', 'kept', 'superseded'))
);
create index outbox_by_due on outbox (state, due_at);
create index outbox_by_booking on outbox (booking, id);

create table journal (
  id text not null primary key,
  at text not null,
  actor text not null,
  act text not null,
  subject text not null,
  detail text not null
);
create index journal_by_subject on journal (subject, id);

create table expectation (
  holds integer not null,
  constraint still_true check (holds = 1)
);

-- Work done once a day by whoever comes first.
create table chore (
  name text not null primary key,
  done_on text not null
);
