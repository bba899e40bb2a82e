import type { Context } from 'hono'
import { faultText } from '../../templates/fields.tsx'
import { texts } from '../../templates/text/index.ts'
import type { ErrorStatus } from '../../templates/text/public/error.ts'
import type { Faults } from '../base/input.ts'
import type { Locale } from '../base/locale.ts'
import { REFUSALS } from '../booking/refusal.ts'
import type { Env } from './env.ts'

/** The stable codes of problem documents: refusals of bookings, and errors of any request. */
export const PROBLEM_CODES = [
  ...REFUSALS,
  'used_up',
  'invalid',
  'unknown',
  'unauthorized',
  'forbidden',
  'method',
  'too_large',
  'unsupported',
  'too_many',
  'busy',
  'fault',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** The statuses that come with each code, and what it means for a program. */
export const PROBLEMS: Readonly<Record<ProblemCode, { statuses: readonly number[]; means: string }>> = {
  full: { statuses: [409], means: 'no room is left; `nearest` has other sessions' },
  twice: { statuses: [409], means: 'the person has a booking there; its link was sent to the address on record' },
  closed: { statuses: [409], means: 'it is too late, or its state does not allow it' },
  called_off: { statuses: [409], means: 'the session is called off' },
  elsewhere: { statuses: [409], means: 'the session is booked elsewhere, see its `apply`' },
  undecided: { statuses: [409], means: 'the session has no date or no hours yet' },
  changed: { statuses: [409], means: 'it is not as it was shown, or somebody else changed it; read it again' },
  capped: { statuses: [429], means: 'as many bookings as one source may make a day; see `Retry-After`' },
  used_up: { statuses: [409], means: 'the firm has used its visits of the year; `used` says how many' },
  invalid: { statuses: [400, 422], means: 'the input cannot be read or is wrong; `errors` says what, by field' },
  unknown: { statuses: [404], means: 'there is no such row' },
  unauthorized: { statuses: [401], means: 'no token or key, or one that is unknown or revoked' },
  forbidden: { statuses: [403], means: 'the token or key does not open this' },
  method: { statuses: [405], means: 'the path has other methods, see `Allow`' },
  too_large: { statuses: [413], means: 'the body is too large' },
  unsupported: { statuses: [415], means: 'the body is not JSON' },
  too_many: { statuses: [429], means: 'too many requests; see `Retry-After`' },
  busy: { statuses: [503], means: 'nothing was written; try again after `Retry-After`' },
  fault: { statuses: [500], means: 'a fault of this server; nothing was written' },
}

function titleOf(locale: Locale, status: number, code: ProblemCode): string {
  const t = texts(locale)
  const refusal = REFUSALS.find((one) => one === code)
  if (refusal) return t.refusals[refusal].what
  if (code === 'invalid') return t.apiInvalid
  return t.fault[status in t.fault ? (status as ErrorStatus) : status === 401 ? 403 : 400].what
}

/** Answers with a problem document (RFC 9457) in the language of the request. */
export function problem(
  c: Context<Env>,
  status: number,
  code: ProblemCode,
  more: {
    errors?: Record<string, string>
    nearest?: unknown[]
    locale?: Locale
    /** The refusal in words, if it is not that of a booking. */
    title?: string
    used?: number
  } = {},
): Response {
  const { locale = c.var.ctx.locale, title, ...rest } = more
  c.set('refused', code)
  const body = { type: 'about:blank', title: title ?? titleOf(locale, status, code), status, code, ...rest }
  c.header('Cache-Control', 'no-store')
  return c.body(JSON.stringify(body), status as 400, { 'Content-Type': 'application/problem+json' })
}

/** Field errors in words, by field. */
export function faultTexts(
  locale: Locale,
  faults: Faults,
  /** The names of fields that the form does not have. */
  more: Record<string, string> = {},
): Record<string, string> {
  const t = texts(locale)
  const labels: Record<string, string> = { ...t.book.labels, ...more }
  return Object.fromEntries(
    Object.entries(faults).map(([field, fault]) => [field, faultText(t, field, fault, labels[field] ?? field)]),
  )
}
