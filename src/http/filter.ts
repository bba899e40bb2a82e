import type { Context } from 'hono'
import { PREFECTURES } from '../base/japan/prefecture.ts'
import { NotFound } from '../base/outcome.ts'
import { FORMATS, KINDS, SESSION_STATUSES } from '../base/vocabulary.ts'
import type { Session } from '../schedule/session.ts'
import type { Env } from './env.ts'

const PREFECTURE_CODES = PREFECTURES.map(({ code }) => code)

/** The filter of a calendar page or feed. */
export type CalendarFilter = {
  prefecture?: string | undefined
  kind?: Session['kind'] | undefined
  format?: Session['formats'][number] | undefined
  status?: Session['status'] | undefined
}

/** Parameters that belong to every page, and those that other sites add to links. */
const COMMON = /^(?:lang|utm_\w+|fbclid|gclid|yclid|msclkid|mc_[ce]id|_gl)$/

/**
 * Throws `NotFound` for a parameter that a page does not have. A mistyped filter must not look like one that finds all.
 */
export function requireKnown(c: Context<Env>, ...names: string[]): void {
  const unknown = Object.keys(c.req.query()).filter((name) => !names.includes(name) && !COMMON.test(name))
  if (unknown.length > 0) throw new NotFound('page')
}

/** The value of a filter that is one of these, undefined if it is empty. Throws `NotFound` for any other. */
function known<T extends string>(all: readonly T[], given = ''): T | undefined {
  const found = all.find((one) => one === given)
  if (found === undefined && given !== '') throw new NotFound('page')
  return found
}

/**
 * Reads the filter of a calendar page or feed from its address; `others` are the further parameters of the page. Throws
 * `NotFound` for unknown names and values.
 */
export function calendarFilter(c: Context<Env>, ...others: string[]): CalendarFilter {
  requireKnown(c, 'prefecture', 'kind', 'format', 'status', ...others)
  const query = c.req.query()
  return {
    prefecture: known(PREFECTURE_CODES, query.prefecture),
    kind: known(KINDS, query.kind),
    format: known(FORMATS, query.format),
    status: known(SESSION_STATUSES, query.status),
  }
}
