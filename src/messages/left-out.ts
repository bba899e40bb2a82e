import { visiblePrefectures } from '../base/actor.ts'
import { isAnonymous, personKey } from '../base/person.ts'
import { STATUS } from '../base/vocabulary.ts'
import type { Booking } from '../booking/booking.ts'
import { bookingsWithIds } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import type { Target } from './message.ts'
import { gettingMessages } from './queries.ts'

/**
 * A ticked booking whose holder gets no message for it. `ended`: it ended without a visit. `pending`: it has no place yet.
 * `refused`: its holder wants none. `same`: its person gets the message for another ticked booking, `other`.
 */
export type LeftOut = {
  booking: Booking
  why: 'erased' | 'ended' | 'pending' | 'refused' | 'same'
  other: Pick<Booking, 'id' | 'number'> | null
}

/** The ticked bookings that are not among the receivers of a message, each with its reason. None for other targets. */
export async function leftOut(ctx: Ctx, target: Target, receivers: readonly { id: string }[]): Promise<LeftOut[]> {
  if (target.kind !== 'ledger' || !('ids' in target)) return []
  const codes = visiblePrefectures(ctx.actor)
  const found = await bookingsWithIds(ctx, target.ids)
  const own = found.filter(({ session }) => codes === null || codes.includes(session.prefecture))
  const gets = new Set(receivers.map(({ id }) => id))
  const left = own.filter(({ id }) => !gets.has(id))
  if (left.length === 0) return []
  const wanting = await gettingMessages(
    ctx,
    left.map(({ id }) => id),
  )
  const getting = own.filter(({ id }) => gets.has(id))
  return left.map((booking): LeftOut => {
    const other = getting.find((one) => personKey(one) === personKey(booking)) ?? null
    const { status } = booking
    if (isAnonymous(booking)) return { booking, why: 'erased', other: null }
    if (STATUS[status].over && status !== 'attended') return { booking, why: 'ended', other: null }
    if (status !== 'booked' && status !== 'attended') return { booking, why: 'pending', other: null }
    if (!wanting.has(booking.id)) return { booking, why: 'refused', other: null }
    return { booking, why: 'same', other }
  })
}
