import type { Schema } from './schema.ts'

/** The tables with rows that must not be lost. Each comes after the tables that it refers to. */
export const TABLES = [
  'programme',
  'desk',
  'venue',
  'series',
  'series_date',
  'closure',
  'suspension',
  'session',
  'slot',
  'question',
  'booking',
  'message',
  'letter_text',
  'short_address',
  'draw',
  'interest',
  'account',
  'sign_in',
  'pass',
  'passkey',
  'recovery_code',
  'house',
  'staff_feed',
  'ledger_view',
  'duty',
  'busy',
  'consultation',
  'survey_answer',
  'submission',
  'cap',
  'cap_booking',
  'email_change',
  'numbering',
  'outbox',
  'journal',
  'chore',
] as const satisfies readonly (keyof Schema)[]

/** `migration` holds the state of the database itself; `expectation` never holds a row; a start makes `first_link`. */
export const NOT_KEPT = ['migration', 'expectation', 'first_link'] as const satisfies readonly (keyof Schema)[]
