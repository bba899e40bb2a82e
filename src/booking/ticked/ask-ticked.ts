import * as z from 'zod'
import { requireAccount, requireDesk } from '../../base/actor.ts'
import { chunks } from '../../base/chunks.ts'
import { shownIn } from '../../base/fingerprint.ts'
import { newId } from '../../base/id.ts'
import { type Faults, faultsOf, word } from '../../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import { sha256 } from '../../base/token.ts'
import { FORMATS, TICKED_MOST, TOGETHER } from '../../base/vocabulary.ts'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import { bookingsWithIds } from '../queries.ts'

const PlaceInput = z.object({
  session: word(100),
  slot: word(200).nullable(),
  format: z.enum(FORMATS, 'choice'),
})

/** An act on ticked bookings. `places`: where each of them moves, by its id. `told`: nobody needs a call. */
const TickedInput = z.object({
  act: z.enum(TOGETHER, 'choice'),
  ids: z.array(word(100)).min(1, 'required').max(TICKED_MOST, 'choice'),
  told: z.boolean().default(false),
  places: z.record(z.string(), PlaceInput).default({}),
})

/** Asked for: its id. Refused: faulty fields, or `changed` after three conflicts. */
export type TickedAsked = Ok<{ ticked: string }> | Refused<'invalid', { errors: Faults }> | Refused<'changed'>

/** Rows in one statement: D1 binds at most 100 parameters. */
const ROWS = 12

/**
 * Asks for an act on many bookings. `runTicked` does it, each booking in a commit of its own, as this account. While the
 * same one waits, it is not asked for twice. For the desk of all their prefectures. Throws `NotFound`, `Forbidden`.
 */
export async function askTicked(ctx: Ctx, given: unknown): Promise<TickedAsked> {
  requireDesk(ctx.actor)
  const account = requireAccount(ctx.actor)
  const parsed = TickedInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { act, told, places, ...input } = parsed.data
  const ids = [...new Set(input.ids)]
  const bookings = await bookingsWithIds(ctx, ids)
  requireDesk(ctx.actor, ...bookings.map(({ session }) => session.prefecture))
  const known = ids.filter((id) => bookings.some((booking) => booking.id === id))
  if (known.length === 0) throw new NotFound('booking')
  const now = ctx.clock.now()
  const id = newId(now)
  const shown = JSON.stringify(shownIn(given) ?? null)
  const content = await sha256(JSON.stringify([act, known, told, places, shown]))
  const { db } = ctx.store
  const rows = known.map((booking, position) => {
    const { session, slot, format } = places[booking] ?? { session: null, slot: null, format: null }
    return { ticked: id, booking, position, session, slot, format, state: 'waiting' as const }
  })
  return retryOnConflict(async () => {
    const same = await db
      .selectFrom('ticked')
      .select('id')
      .where('account', '=', account)
      .where('content', '=', content)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    if (same) return ok({ ticked: same.id })
    const done = await ctx.store.commit(
      db.insertInto('ticked').values({
        id,
        account,
        act,
        told: told ? 1 : 0,
        shown,
        content,
        state: 'waiting',
        created_at: now,
        updated_at: now,
      }),
      ...chunks(rows, ROWS).map((some) => db.insertInto('ticked_booking').values(some)),
      note(ctx, 'ticked.asked', id, { act, ids: known }),
    )
    return isCommitted(done, ['ticked_once']) ? ok({ ticked: id }) : null
  })
}
