import type { Faults } from '../base/input.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import { LIVE, stateColumns } from '../base/vocabulary.ts'
import { notifyAll } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionWrite } from '../schedule/change-session.ts'
import { ReasonInput, reasonColumns, reasonOf } from '../schedule/reason.ts'
import { note } from '../store/journal.ts'
import { changeSession } from './change-session.ts'
import { SCOPES } from './queries.ts'

/** Called off; `again` if it was already. Refuses faulty fields, a session that is over, or `changed`. */
export type CalledOff =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed' | 'busy'>

/**
 * Calls a session off (中止), for a reason. Cancels its bookings, ends its waiting list, and notifies each party once in
 * the same commit. For the desk of its prefecture. Idempotent. Throws `NotFound`, `Forbidden`.
 */
export async function callOff(ctx: Ctx, id: string, given: unknown): Promise<CalledOff> {
  return changeSession(
    ctx,
    id,
    ReasonInput,
    given,
    { scope: SCOPES['call-off'], happens: () => 'called_off' },
    (session, reason) => {
      if (session.status === 'called_off') return 'again'
      if (!actsFor(session).has('call-off')) return refused('closed')
      return [
        ...notifyAll(ctx, session, {
          of: LIVE,
          set: { ...stateColumns('called_off'), cancelled_at: ctx.clock.now() },
          kind: 'called_off',
          act: 'booking.called_off',
          why: reasonOf(reason),
        }),
        sessionWrite(ctx, session.id, { state: 'called_off', ...reasonColumns(reason) }),
        note(ctx, 'session.called_off', id),
      ]
    },
  )
}
