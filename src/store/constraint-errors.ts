/** Unique constraints by the columns that SQLite reports. No two share all columns. */
const BY_COLUMNS: Record<string, string> = {
  'migration.name': 'migration_once',
  'programme.fiscal_year': 'programme_once_a_year',
  'series_date.series, series_date.date': 'series_date_once',
  'closure.date, closure.scope': 'closure_once',
  'session.uid': 'session_uid_once',
  'session.series, session.occurrence': 'session_once_an_occurrence',
  'slot.session, slot.starts_at': 'slot_once_a_time',
  'booking.programme, booking.number': 'booking_number_once',
  'booking.uid': 'booking_uid_once',
  'booking.token_hash': 'booking_token_once',
  'booking.idempotency_hash': 'booking_key_once',
  'booking.session, booking.person_key': 'booking_once',
  'account.email': 'account_once',
  'sign_in.token_hash': 'sign_in_token_once',
  'recovery_code.account, recovery_code.code_hash': 'recovery_code_once',
  'pass.token_hash': 'pass_token_once',
  'staff_feed.token_hash': 'staff_feed_token_once',
  'busy.holder, busy.at': 'holder_is_in_one_place',
  'ledger_view.account, ledger_view.name': 'ledger_view_once',
  'submission.key_hash': 'submission_once',
  'cap.day, cap.counted, cap.source, cap.key_hash': 'cap_once',
  'cap_booking.booking, cap_booking.source': 'cap_booking_once',
  'ticked.account, ticked.content': 'ticked_once',
  'ticked_booking.ticked, ticked_booking.position': 'ticked_booking_once',
  'email_change.token_hash': 'email_change_token_once',
  'letter_text.owner, letter_text.kind': 'letter_text_once',
  'letter_sender.owner': 'letter_sender_once',
  'letter_file.place': 'letter_file_once',
  'letter_file_part.file, letter_file_part.nth': 'letter_file_part_once',
  'short_address.owner': 'short_address_once',
  'outline.session': 'outline_once',
  'api_key.token_hash': 'api_key_once',
  'interest.session, interest.person_key': 'interest_once',
  'interest.token_hash': 'interest_token_once',
  'alert.token_hash': 'alert_token_once',
  'alert.person_key, alert.prefecture': 'alert_once',
  'expert_hours.expert, expert_hours.weekday, expert_hours.starts': 'expert_hours_once',
  'affiliation.expert, affiliation.corporate_number, affiliation.name_key': 'affiliation_once',
  'entitlement.firm, entitlement.programme': 'entitlement_once',
  'request.programme, request.number': 'request_number_once',
  'request.token_hash': 'request_token_once',
  'request.idempotency_hash': 'request_key_once',
  'request.firm': 'firm_has_one_request',
  'match.request, match.expert, match.role, match.round': 'match_asked_once',
  'match.token_hash': 'match_token_once',
  'match.request, match.role': 'request_has_one',
  'visit.request, visit.nth': 'visit_once',
  'visit.session': 'visit_session_once',
  'visit_expert.visit, visit_expert.expert': 'visit_expert_once',
  'outbox.subject, outbox.about, outbox.kind, outbox.sequence, outbox.dedupe_key': 'outbox_once',
}

/** The name of the constraint that an engine's error reports, or null for other errors. */
export function brokenConstraint(error: unknown): string | null {
  const message = error instanceof Error ? error.message : ''
  const named = error instanceof Error && 'constraint' in error && 'code' in error ? error : null
  if (named) return named.code === '23514' || named.code === '23505' ? String(named.constraint) : null
  const check = /CHECK constraint failed: (\w+)/.exec(message)
  if (check) return check[1] ?? null
  const unique = /UNIQUE constraint failed: ([\w., ]+)/.exec(message)
  return unique ? (BY_COLUMNS[unique[1] ?? ''] ?? null) : null
}
