import type { Schema } from './schema.ts'

/** The tables that hold what must not be lost, in an order in which each comes after those that it refers to. */
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
  'booking',
  'draw',
  'interest',
  'account',
  'sign_in',
  'pass',
  'passkey',
  'staff_feed',
  'ledger_view',
  'survey_answer',
  'numbering',
  'outbox',
  'journal',
  'chore',
] as const satisfies readonly (keyof Schema)[]

/** `migration` says how far the database itself is, `expectation` never holds a row. */
export const NOT_KEPT = ['migration', 'expectation'] as const satisfies readonly (keyof Schema)[]
