import { fingerprint } from '../../../src/base/fingerprint.ts'
import type { Together } from '../../../src/base/vocabulary.ts'
import { attendanceOf } from '../../../src/booking/attend.ts'
import { bookingById } from '../../../src/booking/queries.ts'
import { askTicked } from '../../../src/booking/ticked/ask-ticked.ts'
import { publishSession } from '../../../src/planning/publish-session.ts'
import { type ActorName, as, withAccounts } from '../../acts.ts'
import { seminar } from '../../schedule/fixtures.ts'
import type { World } from '../../world.ts'
import { booked, forSeminar, mito } from '../fixtures.ts'

/** When the day of these bookings has come. */
export const THEIR_DAY = '2026-12-15T08:00:00.000Z'

/** Accounts, and two seminars of Ibaraki on one day: all are booked in the first, and may move to the second. */
export async function twoSeminars(count: number, options: Parameters<typeof mito>[0] = {}) {
  const w = await withAccounts(await mito({ env: { SMTP_URL: 'smtp://localhost' }, ...options }))
  for (const id of ['here', 'there']) {
    await publishSession(w.system, seminar({ id, prefecture: '08', date: '2026-12-15', capacity: 100 }))
  }
  const ids: string[] = []
  for (let i = 0; i < count; i++) ids.push((await booked(w, forSeminar({ session: 'here' }))).id)
  return { w, ids }
}

/** Asks for an act on these bookings. Returns its id. */
export async function asked(
  w: World,
  act: Together,
  ids: readonly string[],
  { who = 'desk', ...more }: { who?: ActorName; shown?: string[]; to?: string } = {},
): Promise<string> {
  const place = { session: more.to ?? 'there', slot: null, format: 'online' }
  const places = act === 'move' ? Object.fromEntries(ids.map((id) => [id, place])) : {}
  const done = await askTicked(as(w, who), { act, ids, places, shown: more.shown })
  if (!done.ok) throw new Error(`not asked: ${JSON.stringify(done)}`)
  return done.ticked
}

/** The fingerprints of what a look at their attendance shows. */
export async function shownOf(w: World, ids: readonly string[]): Promise<string[]> {
  const found = await Promise.all(ids.map((id) => bookingById(w.ctx, id)))
  return Promise.all(found.map(async (booking) => (booking ? fingerprint(attendanceOf(booking)) : '')))
}
