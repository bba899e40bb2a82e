import type { Instant } from '../base/clock.ts'
import { isOpenRequest, LIVE_MATCH } from '../base/vocabulary.ts'
import { isAhead } from '../booking/acts-for.ts'
import { type Booking, isCancellable, placeOf } from '../booking/booking.ts'
import { bookingsWithIds } from '../booking/queries.ts'
import { statusWrite } from '../booking/write/insert.ts'
import { withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { freeing } from '../experts/busy.ts'
import type { MatchRow, RequestRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { recountVisits } from './entitlement.ts'
import { withLoads } from './load.ts'

/** What hangs on a request: the bookings of its visits, and the offers and cases of experts that are open. */
export type Hanging = { bookings: Booking[]; matches: Pick<MatchRow, 'id' | 'expert' | 'state'>[] }

/** What hangs on a request. */
export async function hangingOn(ctx: Ctx, request: string): Promise<Hanging> {
  const { db } = ctx.store
  const visits = await db.selectFrom('visit').select('booking').where('request', '=', request).execute()
  const matches = await db
    .selectFrom('match')
    .select(['id', 'expert', 'state'])
    .where('request', '=', request)
    .where('state', 'in', LIVE_MATCH)
    .execute()
  const ids = visits.map(({ booking }) => booking)
  return { matches, bookings: await bookingsWithIds(ctx, ids) }
}

/** The visits of a request that are still to come. */
export function visitsAhead({ bookings }: Hanging, at: Instant): Booking[] {
  return bookings.filter((booking) => isAhead(booking, at))
}

/** The writes that cancel a visit and free its experts. One that is cancelled too late counts as used. */
function visitOff(ctx: Ctx, booking: Booking, at: Instant): Write[] {
  const late = ctx.store.db.updateTable('visit').set({ late_cancel: 1 }).where('booking', '=', booking.id)
  return [
    statusWrite(ctx, booking, 'cancelled', { cancelled_at: at }),
    ...(isCancellable(booking, at) ? [] : [late]),
    ...freeing(ctx, booking.session.id),
  ]
}

/**
 * The writes that end all that hangs on a request as of `at`, before `more`. An open one is withdrawn, visits ahead are
 * cancelled, offers withdrawn, cases ended. Experts and visits are counted again. The caller locks the request.
 */
export function withdrawalOf(
  ctx: Ctx,
  request: Pick<RequestRow, 'id' | 'firm' | 'state'>,
  hanging: Hanging,
  at: Instant,
  ...more: Write[]
): Write[] {
  const { db } = ctx.store
  const ahead = visitsAhead(hanging, at)
  const withdrawn = db
    .updateTable('request')
    .set((eb) => ({
      state: 'withdrawn',
      finished_at: at,
      sequence: eb('sequence', '+', 1),
      revision: eb('revision', '+', 1),
      updated_at: ctx.clock.now(),
    }))
    .where('id', '=', request.id)
  const ended = hanging.matches.map(({ id, state }) =>
    db
      .updateTable('match')
      .set((eb) => ({
        state: state === 'offered' ? 'withdrawn' : 'ended',
        answered_at: eb.fn.coalesce('answered_at', eb.val(at)),
        revision: eb('revision', '+', 1),
      }))
      .where('id', '=', id),
  )
  const writes = [
    ...(isOpenRequest(request) ? [withdrawn] : []),
    ...ended,
    ...ahead.flatMap((booking) => visitOff(ctx, booking, at)),
    ...more,
  ]
  const experts = hanging.matches.map(({ expert }) => expert)
  return [
    ...withLoads(ctx, experts, ...withSeatRecount(ctx, ahead.map(placeOf), ...writes)),
    recountVisits(ctx, request.firm),
  ]
}
