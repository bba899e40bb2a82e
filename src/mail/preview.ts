import type { Preview } from '../../templates/desk/change-preview.tsx'
import type { BookingLetterKind } from '../base/letters.ts'
import { type Format, stateColumns } from '../base/vocabulary.ts'
import { type Booking, wasText } from '../booking/booking.ts'
import { bookingById } from '../booking/queries.ts'
import { concerned } from '../changes/queries.ts'
import { shiftedBy } from '../changes/shift.ts'
import type { Ctx } from '../context.ts'
import type { Localized } from '../schedule/session.ts'
import { letterOf } from './letters.ts'

/** Previews a change of some sessions; `changed` returns a booking after it. */
export async function preview(
  ctx: Ctx,
  kind: BookingLetterKind,
  sessions: readonly string[],
  changed: (booking: Booking) => Booking,
  formats?: readonly Format[],
): Promise<Preview> {
  const parties = await concerned(ctx, sessions, formats)
  const first = parties.find((party) => party.email !== null)
  const booking = first && (await bookingById(ctx, first.id))
  const row = booking && { id: 'preview', kind, locale: booking.locale, before: wasText(booking) }
  return {
    parties,
    calls: parties.filter((party) => party.email === null),
    letter: row ? await letterOf(ctx, row, changed(booking)) : null,
  }
}

/** A booking after its session is called off. */
export const asCalledOff =
  (reason: Localized) =>
  (booking: Booking): Booking => ({
    ...booking,
    ...stateColumns('called_off'),
    session: { ...booking.session, status: 'called_off', reason },
  })

/** A booking after its session moves to another day or hour; without a day it is postponed. */
export const asRescheduled =
  (date: string | null, starts: string | null, reason: Localized) =>
  (booking: Booking): Booking => {
    const session = shiftedBy(booking.session, date, starts)
    const slot = session.slots.find((one) => one.id === booking.slot?.id) ?? null
    return { ...booking, slot, session: { ...session, reason } }
  }

/** A booking after its session is converted to another format. */
export const asConverted =
  (format: Format, reason: Localized) =>
  (booking: Booking): Booking => ({ ...booking, format, session: { ...booking.session, reason } })

/** A booking after its session moves to another venue. */
export const asRelocated =
  (venue: Booking['session']['venue'], reason: Localized) =>
  (booking: Booking): Booking => ({ ...booking, session: { ...booking.session, venue, reason } })
