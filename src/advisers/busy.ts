import { sql } from 'kysely'
import { chunks } from '../base/chunks.ts'
import { clockText } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import type { Committed, Write } from '../store/store.ts'

/** The constraint that breaks if an adviser or a room would be in two places at once. */
export const TAKEN = 'holder_is_in_one_place'

/** Whether a commit broke `TAKEN`. */
export function isTaken(done: Committed): boolean {
  return !done.ok && done.broke === TAKEN
}

/** Sessions of one statement, which binds each twice: D1 binds at most 100 parameters. */
const PART = 45

/** The quarter hours of a day, as rows of begin and end. */
const QUARTERS = sql.raw(
  `(values ${Array.from({ length: 96 }, (_, i) => `('${clockText(i * 15)}', '${clockText(i * 15 + 15)}')`).join(', ')})`,
)

/**
 * A query for who and what the sessions take while they are held: `session`, `holder`, `starts_at`, `ends_at`. The holder
 * is null without an adviser or a room, the times without hours. The ids are bound twice.
 */
export const holders = (sessions: readonly string[]) => {
  const own = (column: 'adviser_key' | 'room_key') =>
    column === 'adviser_key'
      ? sql`coalesce(nullif(own.adviser_key, ''), nullif(whole.adviser_key, ''))`
      : sql`coalesce(
          case when coalesce(own.venue, '') = coalesce(session.venue, '') then nullif(own.room_key, '') end,
          case when coalesce(whole.venue, '') = coalesce(session.venue, '') then nullif(whole.room_key, '') end)`
  const from = sql`from session
    left join slot on slot.session = session.id
    left join duty as whole on whole.session = session.id and whole.slot is null
    left join duty as own on own.slot = slot.id
    where session.id in (${sql.join([...sessions])})
      and exists (select 1 from duty where duty.session = session.id)`
  const times = sql`coalesce(slot.starts_at, session.starts_at) as starts_at, coalesce(slot.ends_at, session.ends_at) as ends_at`
  return sql`select session.id as session, ${own('adviser_key')} as holder, ${times} ${from}
    union all
    select session.id, 'room:' || coalesce(session.venue, session.desk) || ':' || ${own('room_key')}, ${times} ${from}`
}

/**
 * The writes that take the advisers and rooms of sessions as they are by then. They free what these held before. For
 * the end of a commit that changes the time, state or venue of a session, or who advises there. They break `TAKEN`.
 */
export function busyWrites(ctx: Pick<Ctx, 'store'>, ...sessions: readonly string[]): Write[] {
  if (sessions.length === 0) return []
  const { db } = ctx.store
  const day = sql`case every.which when 0 then substr(held.starts_at, 1, 10) else substr(held.ends_at, 1, 10) end`
  const begins = sql`${day} || 'T' || every.begins || ':00.000Z'`
  const ends = sql`${day} || 'T' || every.ends || ':00.000Z'`
  const taking = (ids: readonly string[]) =>
    db
      .insertInto('busy')
      .columns(['holder', 'at', 'session'])
      .expression(sql`select distinct held.holder, ${begins}, held.session
      from (${holders(ids)}) as held
      join session on session.id = held.session and session.state = 'published'
      join (select which.column1 as which, quarter.column1 as begins, quarter.column2 as ends
        from (values (0), (1)) as which cross join ${QUARTERS} as quarter) as every
        on ${begins} < held.ends_at and ${ends} > held.starts_at
      where held.holder is not null
      order by 1, 2`)
  const parts = chunks([...sessions], PART)
  return [...parts.map((ids) => db.deleteFrom('busy').where('session', 'in', ids)), ...parts.map(taking)]
}
