import type * as z from 'zod'
import type { Faults } from '../base/input.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import { notifyAll } from '../booking/write/notify.ts'
import { placesOf, raisingExcess } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { tellHeldAgain } from '../interest/follow-session.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionWrite } from '../schedule/change-session.ts'
import { type Beside, BesideShape, besideDetail, clashesWith, NOTHING_BESIDE } from '../schedule/clashes.ts'
import { ReasonInput, reasonColumns, reasonOf } from '../schedule/reason.ts'
import type { Session } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import { longerWrites } from '../waitlist/answer-time.ts'
import { changeSession, type Look } from './change-session.ts'
import { formsBack } from './conversion.ts'
import { concerned, SCOPES } from './queries.ts'

/** Held again; `again` if it is not called off. Refuses faulty fields, a session that is over, `busy`
 * if its adviser or room is taken by now, or `changed`. */
export type HeldAgain =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed' | 'busy'>

const HoldInput = ReasonInput.extend(BesideShape)

/** What else its desk and its venue have at its time by now. */
export async function clashesOnReturn(ctx: Ctx, session: Session): Promise<Beside> {
  const { date, starts_at, ends_at } = session
  return date === null ? NOTHING_BESIDE : clashesWith(ctx, session, { date, starts_at, ends_at })
}

const LOOK: Look<z.output<typeof HoldInput>> = {
  scope: SCOPES['hold-again'],
  clashes: clashesOnReturn,
  happens: () => 'held_again',
}

/**
 * Holds a session that was called off by a slip, for a reason. Everybody whom that had cancelled gets their place or turn
 * back, and one letter in the same commit. Offers and requests get new time to answer. People who had
 * asked for its date wait for it again. Until its day is over. For the
 * desk of its prefecture. Idempotent. Throws `NotFound`, `Forbidden`.
 */
export async function holdAgain(ctx: Ctx, id: string, given: unknown): Promise<HeldAgain> {
  return changeSession(ctx, id, HoldInput, given, LOOK, async (session, reason) => {
    if (session.status !== 'called_off') return session.status === 'held' ? refused('closed') : 'again'
    if (!actsFor(session).has('hold-again')) return refused('closed')
    const { db } = ctx.store
    const row = await db.selectFrom('session').select('state_before').where('id', '=', id).executeTakeFirst()
    const state = row?.state_before ?? 'published'
    const parties = await concerned(ctx, [id], SCOPES['hold-again'])
    const seats = parties.reduce((sum, party) => sum + party.seats, 0)
    // Converted back while it was called off: so are those who come back.
    const forms = session.formats_before === null ? formsBack(ctx, session) : []
    return [
      // Nobody else came meanwhile. People beyond the capacity come back too; the recount lowers the excess.
      ...placesOf(session).flatMap((place) => raisingExcess(ctx, place, seats)),
      ...notifyAll(ctx, session, {
        of: ['cancelled'],
        set: 'status_before',
        kind: 'held_again',
        act: 'booking.restored',
        why: reasonOf(reason),
      }),
      ...forms,
      ...(session.former === null ? await longerWrites(ctx, session) : []),
      ...tellHeldAgain(ctx, session),
      sessionWrite(ctx, session.id, {
        state,
        ...(state === 'skipped' && { skipped_by: 'desk' }),
        // The reason of the postponement went when it was called off. This one is not why it has no day.
        ...(state === 'postponed' ? { reason_ja: null, reason_en: null } : reasonColumns(reason)),
      }),
      note(ctx, 'session.held_again', id, besideDetail(reason)),
    ]
  })
}
