import { seenRevision } from '../base/fields.ts'
import { type Faults, faultsOf, optional } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { accessibleBooking } from './access.ts'
import { staffActs } from './acts-for.ts'
import { isSameMailbox, readdressLetters } from './email/email-change.ts'
import { BookFields, hasKana, KANA_NEEDED } from './input.ts'
import { endLink, linkColumns } from './link.ts'
import { personColumns } from './write/person-columns.ts'

const CorrectInput = BookFields.pick({ company: true, name: true, name_kana: true, phone: true, locale: true })
  .extend({ email: optional(BookFields.shape.email), revision: seenRevision })
  .refine(hasKana, KANA_NEEDED)

/**
 * Corrected, or the `same` as before. Refuses `invalid` with the fault of each field, or `closed` if the booking is
 * over. Refuses `twice` if the person has another booking there, `changed` if it changed since it was read.
 */
export type Corrected =
  | Ok<{ booking: string; same?: true }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'twice' | 'closed' | 'changed'>

/**
 * Corrects who made a booking and how to reach them. A new e-mail address gets a letter with the state of the booking.
 * With it come the calendar entry and a new manage link. The old link stops working, and the old address hears of that
 * alone. Without an address any more, what its holder was not told yet is a call. An address that waits for its
 * confirmation gives way. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function correct(ctx: Ctx, id: string, given: unknown): Promise<Corrected> {
  const booking = await accessibleBooking(ctx, { id })
  const parsed = CorrectInput.safeParse({ ...Object(given), locale: booking.locale })
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  if (!staffActs(booking, ctx.clock.now()).has('correct')) return refused('closed')
  const { revision, locale: _, ...person } = parsed.data
  const names = ['company', 'name', 'name_kana', 'phone', 'email'] as const
  if (names.every((name) => person[name] === booking[name])) return ok({ booking: id, same: true as const })
  const changed = !isSameMailbox(person.email, booking.email)
  const version = booking.token_version + 1
  // The link that went to the other address must not work any more.
  const link = changed && (await linkColumns(ctx, id, version))
  const writes = [
    ...unchanged(ctx, 'booking', { id, revision }),
    ctx.store.db
      .updateTable('booking')
      .set({
        ...person,
        ...link,
        ...personColumns(person),
        revision: revision + 1,
      })
      .where('id', '=', id),
    ...(changed ? await endLink(ctx, 'link.replaced', booking) : []),
    note(ctx, 'booking.corrected', id),
  ]
  const done = await ctx.store.commit(
    ...writes,
    ...(changed ? readdressLetters(ctx, booking, person.email, `corrected ${version}`) : []),
  )
  return done.ok ? ok({ booking: id }) : refusalFor(done, { booking_once: 'twice' })
}
