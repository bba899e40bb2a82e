import type { Preview } from '../../templates/desk/change-preview.tsx'
import type { BookingLetterKind } from '../base/letters.ts'
import type { Format } from '../base/vocabulary.ts'
import { type Booking, wasText } from '../booking/booking.ts'
import { bookingById } from '../booking/queries.ts'
import { concerned } from '../changes/queries.ts'
import { shiftedBy } from '../changes/shift.ts'
import type { Ctx } from '../context.ts'
import type { Localized } from '../schedule/session.ts'
import { letterOf } from './letters.ts'

/** Looks ahead at a change of some sessions; `changed` says how a booking stands afterwards. */
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

/** How a booking stands once its session is called off. */
export const asCalledOff =
  (reason: Localized) =>
  (booking: Booking): Booking => ({
    ...booking,
    status: 'cancelled',
    session: { ...booking.session, status: 'called_off', reason },
  })

/** How a booking stands once its session is on another day or time of day; without a day it is postponed. */
export const asRescheduled =
  (date: string | null, starts: string | null, reason: Localized) =>
  (booking: Booking): Booking => {
    const session = shiftedBy(booking.session, date, starts)
    const slot = session.slots.find((one) => one.id === booking.slot?.id) ?? null
    return { ...booking, slot, session: { ...session, reason } }
  }

/** How a booking stands once what is held in person is held in another form. */
export const asConverted =
  (format: Format, reason: Localized) =>
  (booking: Booking): Booking => ({ ...booking, format, session: { ...booking.session, reason } })

/** How a booking stands once its session is held at another place. */
export const asRelocated =
  (venue: Booking['session']['venue'], reason: Localized) =>
  (booking: Booking): Booking => ({ ...booking, session: { ...booking.session, venue, reason } })
