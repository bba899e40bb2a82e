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
