import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { MeetingInput } from '../booking/meeting.ts'
import { notifyAll } from '../booking/write/notify.ts'
import { bumpRevision, expecting, placesOf, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionById } from '../schedule/queries.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'

/** Told (`again`: it is this link already), or refused: not an https address, over, off or not on the web, or changed meanwhile. */
export type Told =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

/**
 * Says where the web meeting of a session takes place: who has a place there is told once in the same commit, and finds it
 * in the letter, the calendar entry and on their own page, and nobody else does. Whoever books later has it in their
 * confirmation. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function sendMeetingLink(ctx: Ctx, id: string, given: unknown): Promise<Told> {
  return retryOnConflict(async () => {
    const session = await sessionById(ctx, id)
    if (!session) throw new NotFound('session')
    requireDesk(ctx.actor, session.prefecture)
    const parsed = MeetingInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    const { url } = parsed.data
    if (session.meeting_url === url) return ok({ session: id, again: true })
    if (!actsFor(session).has('meeting')) return refused('closed')
    const done = await ctx.store.commit(
      ...withSeatRecount(
        ctx,
        placesOf(session),
        expecting(ctx, 'session', session),
        ...notifyAll(ctx, session, {
          ...{ of: ['booked'], formats: ['online'], set: {} },
          ...{ kind: 'meeting', act: 'booking.meeting_told' },
        }),
        // What everybody sees of the session stays as it was.
        ctx.store.db.updateTable('session').set({ meeting_url: url }).where('id', '=', id),
        bumpRevision(ctx, session),
        note(ctx, 'session.meeting_told', id),
      ),
    )
    return isCommitted(done) ? ok({ session: id, again: false }) : null
  })
}
