import { z } from 'zod'
import { type Faults, faultsOf, optional } from '../base/input.ts'
import { searchKey } from '../base/japan/kana.ts'
import { phoneDigits } from '../base/japan/phone.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { stands } from './afresh.ts'
import { linkLetter, personKey } from './booking.ts'
import { heldBooking } from './held.ts'
import { BookInput } from './input.ts'
import { expecting, lockBooking } from './seats.ts'

const CorrectInput = BookInput.pick({ company: true, name: true, name_kana: true, phone: true }).extend({
  email: optional(BookInput.shape.email),
  revision: z.coerce.number().int(),
})

/** Corrected, or refused: faulty fields, the person has another booking there, over, or changed since it was read. */
export type Corrected =
  | Ok<{ booking: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'twice' | 'closed' | 'changed'>

/**
 * Corrects who made a booking and how to reach them. Where the e-mail is another, the link to the booking goes there. For
 * the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function correct(ctx: Ctx, id: string, given: unknown): Promise<Corrected> {
  const booking = await heldBooking(ctx, { id })
  const parsed = CorrectInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  if (booking.status === 'cancelled' || booking.status === 'lapsed') return refused('closed')
  const { revision, ...person } = parsed.data
  const { sequence, locale } = booking
  const moved = person.email !== null && person.email !== booking.email
  const writes = [
    lockBooking(ctx, id),
    expecting(ctx, 'booking', { id, revision }),
    ctx.store.db
      .updateTable('booking')
      .set({
        ...person,
        phone_digits: phoneDigits(person.phone) ?? '',
        person_key: personKey(person),
        search_key: searchKey(`${person.company} ${person.name} ${person.name_kana}`),
        revision: revision + 1,
      })
      .where('id', '=', id),
    note(ctx, 'booking.corrected', id),
  ]
  let done = await ctx.store.commit(...writes, ...(moved ? [linkLetter(ctx, { id, sequence, locale })] : []))
  // The link was sent within the hour already: at most one leaves in each.
  if (!done.ok && done.broke === 'outbox_once') done = await ctx.store.commit(...writes)
  if (!done.ok && done.broke === 'booking_once') return refused('twice')
  return stands(done) ? ok({ booking: id }) : refused('changed')
}
