import { onlyDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { isEntry } from '../base/seating.ts'
import { bookingById } from '../booking/queries.ts'
import { told } from '../booking/write/notify.ts'
import { isOutOfRoom } from '../booking/write/seats.ts'
import { stepped } from '../booking/write/transition.ts'
import type { Ctx } from '../context.ts'
import { placeFor } from '../schedule/availability.ts'
import { note } from '../store/journal.ts'
import { afresh, stands } from '../store/retry.ts'

/** Booked (`again`: it was already), or refused: it waits for nothing or for a draw, there is no room, its day is over, or changed meanwhile. */
export type Promoted = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'full' | 'changed'>

/**
 * Gives a freed place to somebody who waits or was offered it, as agreed on the telephone: also after the booking deadline,
 * when no offers leave any more. Never more than there is room for. For the desk of its prefecture. Throws `NotFound`,
 * `Forbidden`.
 */
export async function promote(ctx: Ctx, id: string): Promise<Promoted> {
  return afresh(async () => {
    const booking = await bookingById(ctx, id)
    if (!booking) throw new NotFound('booking')
    const { session, status } = booking
    onlyDesk(ctx.actor, session.prefecture)
    if (status === 'booked') return ok({ booking: id, again: true })
    const over = session.ends_at === null || ctx.clock.now() >= session.ends_at
    if ((status !== 'waiting' && status !== 'offered') || isEntry(booking) || over) return refused('closed')
    const wanted = { slot: booking.slot?.id ?? null, seats: booking.seats, format: booking.format }
    // The deadline binds the public, not an agreement on the telephone.
    const place = status === 'offered' ? { ok: true as const, slot: wanted.slot } : placeFor(session, wanted, '')
    if (!place.ok) return refused('full')
    const done = await ctx.store.commit(
      ...stepped(
        ctx,
        booking,
        'booked',
        { slot: place.slot },
        told(ctx, booking, 'promoted'),
        note(ctx, 'booking.promoted', id, { session: session.id }),
      ),
    )
    return !isOutOfRoom(done) && stands(done) ? ok({ booking: id, again: false }) : null
  })
}
