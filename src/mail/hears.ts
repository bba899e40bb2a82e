import { chunks } from '../base/chunks.ts'
import { isMobile, phoneDigits } from '../base/japan/phone.ts'
import type { BookingLetterKind, Hears } from '../base/letters.ts'
import type { Booking } from '../booking/booking.ts'
import { bookingsWithIds } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import type { OutboxRow } from '../store/schema.ts'
import { isAboutBooking } from './letters.ts'
import { changeLetters, untoldOf } from './untold.ts'
import { isBroken } from './write.ts'

/** Whether this person has no e-mail, and gets short messages in place of calls. */
export function getsSms({ config }: Pick<Ctx, 'config'>, { sms, email, phone }: Booking): boolean {
  return config.smsUrl !== null && sms === 1 && email === null && isMobile(phoneDigits(phone) ?? '')
}

/** Whether a call becomes a short message. */
function isTexted(ctx: Ctx, { channel, attempts, fault }: OutboxRow, booking: Booking): boolean {
  return channel === 'sms' || (attempts === 0 && fault === null && getsSms(ctx, booking))
}

/** How the last of these letters, in the order of events, reaches its reader. */
function hearsBy(ctx: Ctx, letters: readonly OutboxRow[], booking: Booking): Hears {
  const last = letters.at(-1)
  if (last === undefined || !isAboutBooking(last)) return 'known'
  const { state, channel } = last
  if (state === 'failed') return 'failed'
  if (state === 'superseded') return 'nothing'
  const told = channel === 'mail' || channel === 'sms' ? channel : 'known'
  if (state === 'sent' || state === 'kept') return told
  if (isBroken(ctx, last, booking) || untoldOf(last, letters, booking) === null) return 'nothing'
  return channel === 'mail' ? 'mail' : isTexted(ctx, last, booking) ? 'sms' : 'call'
}

/** How the person of a booking hears of its last change, by what is queued now. One query. */
export async function hearsOf(ctx: Ctx, booking: Booking): Promise<Hears> {
  return hearsBy(ctx, await changeLetters(ctx, [booking.id]), booking)
}

/** Bookings per query: D1 takes a hundred values. */
const PART = 50

/**
 * How many people of these bookings hear by each way of an act whose letters are of these kinds. Those whose last letter
 * is about something else are left out.
 */
export async function hearsOfAct(
  ctx: Ctx,
  kinds: readonly BookingLetterKind[],
  bookings: readonly string[],
): Promise<Record<Hears, number>> {
  const counts = { mail: 0, sms: 0, call: 0, nothing: 0, failed: 0, known: 0 }
  for (const part of chunks([...bookings], PART)) {
    const lettersOf = Map.groupBy(await changeLetters(ctx, part), ({ subject }) => subject)
    const told = part.filter((id) => kinds.some((kind) => kind === lettersOf.get(id)?.at(-1)?.kind))
    for (const booking of await bookingsWithIds(ctx, told)) {
      counts[hearsBy(ctx, lettersOf.get(booking.id) ?? [], booking)] += 1
    }
  }
  return counts
}
