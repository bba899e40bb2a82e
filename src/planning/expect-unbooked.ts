import type { Ctx } from '../context.ts'
import { isActive } from '../store/active.ts'
import { expectNone } from '../store/expectation.ts'
import type { Write } from '../store/store.ts'

/**
 * The bookings that prevent a change: `active` ones, or any that there `ever` was. The time and slot of an old one are
 * history.
 */
export type Reliance = 'active' | 'ever'

/** Breaks `still_true`, and with it the whole commit, if a session has such bookings. The row is to be locked before. */
export function expectUnbooked(ctx: Ctx, session: string, reliance: Reliance): Write {
  const bookings = ctx.store.db.selectFrom('booking').select('id').where('session', '=', session)
  return expectNone(ctx, reliance === 'ever' ? bookings : bookings.where(isActive))
}
