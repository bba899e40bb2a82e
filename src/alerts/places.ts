import { chunks } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import { addDays, civilDate } from '../base/japan/civil.ts'
import { FREE } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { type SessionFilter, sessions } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import type { Write } from '../store/store.ts'
import { ALERT_DAYS } from './alert.ts'

/** Sessions that are read at once. */
const PAGE = 500

/** Rows of a statement: D1 binds a hundred values at most. */
const ROWS = 45

/** A session that has a free place, and since when. */
export type FreePlace = { session: Session; since: Instant }

/** What a look at the schedule found: the free places, and the writes that note what changed since. */
export type Look = { free: FreePlace[]; writes: Write[] }

async function* ahead(ctx: Ctx, filter: SessionFilter): AsyncGenerator<Session> {
  const today = civilDate(ctx.clock.now())
  const until = addDays(today, Math.max(...ALERT_DAYS))
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof sessions>> = await sessions(
      ctx,
      { ...filter, from: today, to: until },
      { limit: PAGE, after },
    )
    yield* page.sessions
    after = page.next
  } while (after !== null)
}

/**
 * Looks which sessions of these prefectures, and with `web` which on the web, have a free place. `known` is what the last
 * look noted. With `all` it also takes out what is no more among them. Reads only.
 */
export async function lookAtPlaces(
  ctx: Ctx,
  { prefectures, web }: { prefectures: readonly string[]; web: boolean },
  known: ReadonlyMap<string, Instant>,
  { all }: { all: boolean },
): Promise<Look> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const seen = new Map<string, Session>()
  for await (const session of ahead(ctx, { prefectures })) seen.set(session.id, session)
  if (web) for await (const session of ahead(ctx, { format: 'online' })) seen.set(session.id, session)
  const free = [...seen.values()].filter(({ status }) => FREE.includes(status))
  const isFree = new Set(free.map(({ id }) => id))
  const fresh = free.filter(({ id }) => !known.has(id)).map(({ id }) => ({ session: id, free_since: now }))
  const gone = [...known.keys()].filter((id) => !isFree.has(id) && (all || seen.has(id)))
  return {
    free: free.map((session) => ({ session, since: known.get(session.id) ?? now })),
    writes: [
      ...chunks(fresh, ROWS).map((rows) =>
        db
          .insertInto('alert_place')
          .values(rows)
          .onConflict((oc) => oc.column('session').doNothing()),
      ),
      ...chunks(gone, ROWS).map((ids) => db.deleteFrom('alert_place').where('session', 'in', ids)),
    ],
  }
}
