import type { CivilDate } from '../../base/japan/civil.ts'
import type { Ctx } from '../../context.ts'
import type { Gone } from '../../store/acts.ts'
import { expectNone } from '../../store/expectation.ts'
import type { SeriesRow, SessionRow } from '../../store/schema.ts'
import type { Write } from '../../store/store.ts'

/** Why a session is not deleted. `booked`: also if people asked for its date. `series`: it would be made again. */
export type Kept = 'booked' | 'past' | 'series'

const bookingsIn = ({ store: { db } }: Ctx, ids: readonly string[]) =>
  db.selectFrom('booking').select('booking.id').where('session', 'in', ids)

const interestsIn = ({ store: { db } }: Ctx, ids: readonly string[]) =>
  db.selectFrom('interest').select('interest.id').where('session', 'in', ids)

/** Whether anybody ever booked one of these sessions, also if it is over, or asked for its date. Two queries at most. */
export async function hasPeople(ctx: Ctx, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false
  if (await bookingsIn(ctx, ids).limit(1).executeTakeFirst()) return true
  return (await interestsIn(ctx, ids).limit(1).executeTakeFirst()) !== undefined
}

/** Whether a session is one of the days that the figures count: it was held, or would have been. */
export function isPast({ date }: Pick<SessionRow, 'date'>, today: CivilDate): boolean {
  return date !== null && date < today
}

/** What the journal keeps of a session that is deleted. */
export function goneSession({ title_ja, title_en, date }: Pick<SessionRow, 'title_ja' | 'title_en' | 'date'>): Gone {
  return { name: { ja: title_ja, en: title_en }, date }
}

/** What the journal keeps of a series that is deleted. */
export function goneSeries({ title_ja, title_en }: Pick<SeriesRow, 'title_ja' | 'title_en'>): Gone {
  return { name: { ja: title_ja, en: title_en } }
}

/** The writes that delete sessions with all that belongs to them. They break `still_true` if people came to them by then. */
export function deleteSessions(ctx: Ctx, ids: readonly string[]): Write[] {
  if (ids.length === 0) return []
  const { db } = ctx.store
  return [
    expectNone(ctx, bookingsIn(ctx, ids)),
    expectNone(ctx, interestsIn(ctx, ids)),
    db.updateTable('cap').set({ session: null }).where('session', 'in', ids),
    db.deleteFrom('draw').where('session', 'in', ids),
    db.deleteFrom('question').where('session', 'in', ids),
    db.deleteFrom('slot').where('session', 'in', ids),
    db.deleteFrom('session').where('id', 'in', ids),
    refreshFeeds(ctx),
  ]
}

/**
 * The write after which every feed is fetched again, although a session that left it has no row. For the end of a commit
 * that deletes sessions: the last change of any other one is now.
 */
export function refreshFeeds(ctx: Ctx): Write {
  const { db } = ctx.store
  const latest = db.selectFrom('session').select('id').orderBy('updated_at', 'desc').orderBy('id').limit(1)
  return db.updateTable('session').set({ updated_at: ctx.clock.now() }).where('id', '=', latest)
}
