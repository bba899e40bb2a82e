import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { many, one as oneOf, type Values } from '../../templates/fields.tsx'
import { civilDate } from '../base/japan/civil.ts'
import { readDate, readDates } from '../base/japan/read-date.ts'
import { readTime } from '../base/japan/read-time.ts'
import { ANSWERS, type Asking } from '../base/questions.ts'
import type { Env } from './env.ts'

export { many, oneOf, type Values }

/** The fields of the console that hold a date, in forms and addresses. */
const DATES: readonly string[] = [
  'date',
  'from',
  'to',
  'starts_on',
  'ends_on',
  'until',
  'paused_until',
  'experts_until',
]

/** The fields of the console that hold a time of day. */
const TIMES: readonly string[] = ['starts', 'ends', 'closes_at']

/** A date as it was typed or pasted, as `YYYY-MM-DD`; unchanged if it cannot be read. */
function dateOf(c: Context<Env>, text: string): string {
  return readDate(text, civilDate(c.var.ctx.clock.now())) ?? text
}

/** A text of a field; one that holds dates or times has them as `YYYY-MM-DD` and `HH:MM`. A row's number may lead its name. */
function readField(c: Context<Env>, field: string, text: string): string {
  const name = field.replace(/^\d+\./, '')
  if (TIMES.includes(name)) return readTime(text) ?? text
  if (DATES.includes(name)) return dateOf(c, text)
  return name === 'dates' ? readDates(text, civilDate(c.var.ctx.clock.now())) : text
}

/**
 * Reads a posted form; dates and times become `YYYY-MM-DD` and `HH:MM` however they were typed. The page that answers may send it again. Answers
 * 400 if it cannot be read. Files are left out; `formFiles` reads them.
 */
export async function formValues(c: Context<Env>): Promise<Values> {
  const body = await c.req.parseBody({ all: true }).catch(() => {
    throw new HTTPException(400)
  })
  const values: [string, string | string[]][] = []
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string') values.push([name, readField(c, name, value)])
    else if (Array.isArray(value)) values.push([name, value.filter((one) => typeof one === 'string')])
  }
  const sent = Object.fromEntries(values) // a field called __proto__ is a field like any other
  c.set('frame', { ...c.var.frame, sent })
  return sent
}

/** The files that a form sends in one of its fields. A field without a file sends an empty one, which is left out. */
export async function formFiles(
  c: Context<Env>,
  field: string,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }[]> {
  const body = await c.req.parseBody({ all: true }).catch(() => {
    throw new HTTPException(400)
  })
  const files = [body[field] ?? []].flat().filter((one) => typeof one !== 'string' && (one.name !== '' || one.size > 0))
  return Promise.all(
    (files as File[]).map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  )
}

/** The page number in an address, 1 or more. */
export function pageNumber(text: string): number {
  return Math.min(10_000, Math.max(1, Math.trunc(Number(text)) || 1))
}

/** Answers, companions and support as a form has them, in the shape of the API. */
export function extrasTyped(values: Values): Record<string, unknown> {
  const answers = Object.entries(values).flatMap(([name, value]) =>
    name.startsWith(ANSWERS) ? [[name.slice(ANSWERS.length), value] as const] : [],
  )
  const names = oneOf(values, 'companions')
    .split(/\r?\n/)
    .filter((name) => name.trim() !== '')
  const needs = ['interpreter', 'wheelchair', 'captions', 'sign_language', 'other']
  return {
    answers: answers.length === 0 ? undefined : Object.fromEntries(answers),
    companions: names.length === 0 ? undefined : names.map((name) => ({ name })),
    support: Object.fromEntries(needs.map((need) => [need, oneOf(values, `support.${need}`)])),
  }
}

/** The same for a form that shows all of them: a field left empty takes back what was there. */
export function everyExtra(values: Values, asked: Asking): Record<string, unknown> {
  const { answers, companions = [], support } = extrasTyped(values)
  const empty = Object.fromEntries(asked.questions.map(({ id }) => [id, '']))
  return { answers: { ...empty, ...Object(answers) }, companions, support }
}

/** Form values in the shape of the API: lists stay lists, a ticked box is `true`. */
export function applicationOf(values: Values, session: string): Record<string, unknown> {
  return {
    ...values,
    ...extrasTyped(values),
    session,
    locale: oneOf(values, 'locale') || undefined,
    topics: many(values, 'topics'),
    consent: oneOf(values, 'consent') === 'true',
    waitlist: oneOf(values, 'waitlist') === 'true',
  }
}
