import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { requireReader } from '../base/actor.ts'
import { PREFECTURES } from '../base/japan/prefecture.ts'
import { NotFound } from '../base/outcome.ts'
import { FORMATS, KINDS, SESSION_STATUSES } from '../base/vocabulary.ts'
import type { Session } from '../schedule/session.ts'
import type { Env } from './env.ts'
import { isReading } from './look.ts'

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

/** The pages of the console that have no filter: lists, records and the day. */
const UNFILTERED =
  /^\/desk(?:\/(?:series|desks|venues|closures|suspensions|programme|caps|people|mine)(?:\/[^/]+)?|\/(?:sessions|bookings|experts)\/(?!new$|places$)[^/]+)?\/?$/

/** Throws `NotFound` for a filter of a page of the console that has none. */
export const noFilter = createMiddleware<Env>(async (c, next) => {
  const marked = /^\/desk\/?$/.test(c.req.path) ? ['called', 'marked', 'mine'] : []
  const edited = c.req.path === '/desk/closures' ? ['edit'] : []
  if (isReading(c) && UNFILTERED.test(c.req.path)) requireKnown(c, 'done', 'reload', 'look', ...marked, ...edited)
  await next()
})

/** A cursor of a list of sessions; anything else is left out, so that the list begins with the first. */
export function cursorIn(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9]{4}-[0-9]{2}-[0-9]{2}[\w.:-]{0,200}$/.test(text) ? text : undefined
}

/** The value of a filter that is one of these, undefined if it is empty. Throws `NotFound` for any other. */
export function known<T extends string>(all: readonly T[], given = ''): T | undefined {
  const found = all.find((one) => one === given)
  if (found === undefined && given !== '') throw new NotFound('page')
  return found
}

/**
 * The prefecture of a filter of the console, undefined if it is empty. Throws `NotFound` for an unknown code. Throws
 * `Forbidden` for one that the actor may not read: an empty list would say that nothing is there.
 */
export function readablePrefecture(c: Context<Env>, given = ''): string | undefined {
  const code = known(PREFECTURE_CODES, given)
  if (code !== undefined) requireReader(c.var.ctx.actor, code)
  return code
}

/**
 * Reads the filter of a feed from its address; `others` are the further parameters. Throws `NotFound` for unknown names
 * and values.
 */
export function feedFilter(c: Context<Env>, ...others: string[]): Omit<CalendarFilter, 'status'> {
  requireKnown(c, 'prefecture', 'kind', 'format', ...others)
  const query = c.req.query()
  return {
    prefecture: known(PREFECTURE_CODES, query.prefecture),
    kind: known(KINDS, query.kind),
    format: known(FORMATS, query.format),
  }
}

/** The filter of a calendar page: that of a feed, and the status. */
export function calendarFilter(c: Context<Env>, ...others: string[]): CalendarFilter {
  return { ...feedFilter(c, 'status', ...others), status: known(SESSION_STATUSES, c.req.query('status')) }
}
