import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Instant } from '../base/clock.ts'
import { type CivilDate, civilDate } from '../base/japan/civil.ts'
import type { SessionStatus } from '../base/vocabulary.ts'
import type { Schema } from '../store/schema.ts'

type Rows = ExpressionBuilder<Schema, 'session' | 'programme'>

/** Whether a session has no day for now: it is postponed, or was called off while it was. As `former` of a session. */
export const isWithoutDay = sql<SqlBool>`(session.state = 'postponed' or (session.state = 'called_off' and coalesce(session.state_before, '') = 'postponed'))`

/** The day of a session, null while it is postponed, and the day from which it was postponed, else null. */
export const DAY_COLUMNS = [
  sql<CivilDate | null>`case when ${isWithoutDay} then null else session.date end`.as('date'),
  sql<CivilDate | null>`case when ${isWithoutDay} then session.date end`.as('postponed_from'),
] as const

/** A day or hour of a session, null while it is postponed. */
export const unlessPostponed = (column: Expression<string | null>) =>
  sql<string | null>`case when ${isWithoutDay} then null else ${column} end`

/** Whether a session is over for good at the instant `now`. One that is postponed is so with its programme. */
export function isOverForGood(eb: Rows, now: Instant): Expression<SqlBool> {
  return eb.or([
    eb.and([eb('session.state', '<>', 'postponed'), isOverRow(eb, now)]),
    eb('programme.ends_on', '<', civilDate(now)),
  ])
}

/** Whether the day or the programme of a session has passed at the instant `now`. */
function isOverRow(eb: Rows, now: Instant): Expression<SqlBool> {
  const lastDay = eb.fn.coalesce('session.date', 'programme.ends_on')
  return eb.or([
    eb('session.ends_at', '<=', now),
    eb.and([eb('session.ends_at', 'is', null), eb(lastDay, '<', civilDate(now))]),
  ])
}

/** What must be true of the rows of a published session for one of the statuses that the clock decides. */
function necessary(eb: Rows, status: SessionStatus, now: Instant): Expression<SqlBool> | null {
  const today = civilDate(now)
  const lastDay = eb.fn.coalesce('session.date', 'programme.ends_on')
  if (status === 'held') return isOverRow(eb, now)
  const ahead = eb.or([
    eb('session.ends_at', '>', now),
    eb.and([eb('session.ends_at', 'is', null), eb(lastDay, '>=', today)]),
  ])
  if (status === 'elsewhere') return eb.and([ahead, eb('session.apply_name', 'is not', null)])
  const here = eb.and([ahead, eb('session.apply_name', 'is', null)])
  if (status === 'undecided')
    return eb.and([here, eb.or([eb('session.date', 'is', null), eb('session.starts_at', 'is', null)])])
  if (status === 'not_yet_open') return eb.and([here, eb('session.opens_at', '>', now)])
  const opened = eb.and([here, eb('session.date', 'is not', null), eb('session.opens_at', '<=', now)])
  if (status === 'closed') return opened
  const inYear = eb.and([opened, eb('session.date', '<=', eb.ref('programme.ends_on'))])
  if (status === 'full') return inYear
  if (status !== 'few' && status !== 'open') return null
  const hasSeats = eb.or([
    eb('session.acceptance', '=', 'lottery'),
    eb('session.capacity', 'is', null),
    eb('session.seats_taken', '<', eb.ref('session.capacity')),
  ])
  return eb.and([inYear, hasSeats])
}

/**
 * Which rows may have one of these statuses now. A status that depends on a deadline or on the
 * waiting list is checked again after reading. Others are exact.
 */
export function mayHaveStatus(eb: Rows, statuses: readonly SessionStatus[], now: Instant): Expression<SqlBool> {
  if (statuses.length === 0) return sql<SqlBool>`1 = 0`
  return eb.or(
    [...new Set(statuses)].map((status) => {
      const computed = necessary(eb, status, now)
      if (computed) return eb.and([eb('session.state', '=', 'published'), computed])
      return eb(sql<string>`session.state`, '=', status)
    }),
  )
}
