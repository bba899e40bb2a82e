import { requireSecretariat } from '../../base/actor.ts'
import { type Ok, ok, type Refused } from '../../base/outcome.ts'
import { TRIAL } from '../../base/vocabulary.ts'
import type { Ctx } from '../../context.ts'
import { refreshFeeds } from '../../planning/ending/unbooked.ts'
import { expectNone, expectSome, lockRow } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'

/** Gone. Refused `others`: people who are not staff have booked there. */
export type TrialEnded = Ok<object> | Refused<'others'>

/**
 * Deletes the session on trial with its bookings and their letters. What the journal says of them stays. It stays
 * itself if other people than staff have booked there: they must hear of it first. Idempotent. For the secretariat.
 * Throws `Forbidden`.
 */
export async function endTrial(ctx: Ctx): Promise<TrialEnded> {
  requireSecretariat(ctx.actor)
  const { db } = ctx.store
  const mine = db.selectFrom('session').select('id').where('id', '=', TRIAL).where('sample', '=', 1)
  if (!(await mine.executeTakeFirst())) return ok({})
  const bookings = db.selectFrom('booking').select('id').where('session', '=', TRIAL)
  const interests = db.selectFrom('interest').select('id').where('session', '=', TRIAL)
  const others = bookings
    .where('email', 'is not', null)
    .where((eb) => eb(eb.fn<string>('lower', ['email']), 'not in', db.selectFrom('account').select('email')))
  const done = await ctx.store.commit(
    // Locks the session: people who book meanwhile wait, and find it gone.
    lockRow(ctx, 'session', TRIAL),
    expectSome(ctx, mine),
    expectNone(ctx, others),
    expectNone(ctx, interests),
    db.deleteFrom('outbox').where('about', 'in', ['booking', 'email_change']).where('subject', 'in', bookings),
    db.deleteFrom('submission').where('id', 'in', bookings),
    db.deleteFrom('email_change').where('booking', 'in', bookings),
    db.deleteFrom('consultation').where('id', 'in', bookings),
    db.deleteFrom('cap_booking').where('booking', 'in', bookings),
    db.updateTable('cap').set({ session: null }).where('session', '=', TRIAL),
    db.deleteFrom('booking').where('session', '=', TRIAL),
    db.deleteFrom('draw').where('session', '=', TRIAL),
    db.deleteFrom('slot').where('session', '=', TRIAL),
    db.deleteFrom('session').where('id', '=', TRIAL),
    refreshFeeds(ctx),
    note(ctx, 'session.trial_ended', TRIAL),
  )
  return done.ok ? ok({}) : refusalFor(done, { still_true: 'others' })
}
