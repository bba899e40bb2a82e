import { onlyDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { MeetingInput } from '../booking/meeting.ts'
import { allTold } from '../booking/write/notify.ts'
import { expecting, placesOf, seated, stirred } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import { note } from '../store/journal.ts'
import { afresh, stands } from '../store/retry.ts'

/** Told (`again`: it is this link already), or refused: not an https address, over or called off, or changed meanwhile. */
export type Told =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

/**
 * Says where the web meeting of a session takes place: who has a place there is told once in the same commit, and finds it
 * in the letter, the calendar entry and on their own page, and nobody else does. Whoever books later has it in their
 * confirmation. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function tellMeeting(ctx: Ctx, id: string, given: unknown): Promise<Told> {
  return afresh(async () => {
    const session = await sessionById(ctx, id)
    if (!session) throw new NotFound('session')
    onlyDesk(ctx.actor, session.prefecture)
    const parsed = MeetingInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    const { url } = parsed.data
    if (session.meeting_url === url) return ok({ session: id, again: true })
    if (session.status === 'held' || session.status === 'called_off') return refused('closed')
    const done = await ctx.store.commit(
      ...seated(
        ctx,
        placesOf(session),
        expecting(ctx, 'session', session),
        ...allTold(ctx, session, {
          ...{ of: ['booked'], formats: ['online'], set: {} },
          ...{ kind: 'meeting', act: 'booking.meeting_told' },
        }),
        // What everybody sees of the session stays as it was.
        ctx.store.db.updateTable('session').set({ meeting_url: url }).where('id', '=', id),
        stirred(ctx, session),
        note(ctx, 'session.meeting_told', id),
      ),
    )
    return stands(done) ? ok({ session: id, again: false }) : null
  })
}
