import { requireDesk } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { isAsShown, type Shown } from '../base/fingerprint.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Scope } from '../booking/queries.ts'
import { lookFields } from '../changes/change-session.ts'
import { concerned, expectSameConcerned } from '../changes/queries.ts'
import type { Ctx } from '../context.ts'
import { isLotClosed } from '../schedule/acts-for.ts'
import { sessionById } from '../schedule/queries.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'
import { orThrow } from '../store/store.ts'
import { drawOrder, newSeed } from './lottery.ts'
import { drawOf, entriesOf } from './queries.ts'

/** Entries per commit. */
const BATCH = 40

/**
 * Drawn (`again`: it was already, with that seed), or refused: no lottery, entries still open, or off. Refused as
 * `changed` if the entries are not as `shown`.
 */
export type Drawn = Ok<{ seed: string; numbers: string[]; again: boolean }> | Refused<'closed' | 'changed'>

/** The entries of a draw that is to come. */
export const ENTRIES = { of: ['waiting'] } as const satisfies Scope

/**
 * Draws the lots of a session after its entries are closed. The seed is recorded first; the order of the entries
 * follows from it. Nobody is notified before `announceDraw`. Idempotent, also if interrupted: the recorded seed is used
 * again. For the desk of its prefecture. Returns the numbers in their order. Throws `NotFound`, `Forbidden`.
 */
export async function draw(ctx: Ctx, id: string, shown?: Shown): Promise<Drawn> {
  const session = await sessionById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  if (!isLotClosed(session)) return refused('closed')
  const now = ctx.clock.now()
  const { db } = ctx.store
  const row = { session: id, seed: newSeed(), drawn_at: now, announced_at: null }
  const recorded = await drawOf(ctx, id)
  if (!recorded) {
    const parties = await concerned(ctx, [id], ENTRIES)
    if (!(await isAsShown(shown, lookFields(session, parties)))) return refused('changed')
    const done = await ctx.store.commit(
      ...(shown === undefined ? [] : [expectSameConcerned(ctx, id, ENTRIES, parties)]),
      db
        .insertInto('draw')
        .values(row)
        .onConflict((oc) => oc.doNothing()),
      note(ctx, 'session.drawn', id),
    )
    if (!isCommitted(done)) return refused('changed')
  }
  const { seed } = recorded ?? (await drawOf(ctx, id)) ?? row
  const order = await drawOrder(seed, await entriesOf(ctx, session))
  const places = order
    .map((entry, i) => ({ entry, draw_order: i + 1 }))
    .filter(({ entry }) => entry.draw_order === null)
  for (const part of chunks(places, BATCH)) {
    const writes = part.map(({ entry, draw_order }) =>
      db.updateTable('booking').set({ draw_order }).where('id', '=', entry.id).where('draw_order', 'is', null),
    )
    orThrow(await ctx.store.commit(...writes))
  }
  return ok({ seed, numbers: order.map((entry) => entry.number), again: recorded !== undefined })
}
