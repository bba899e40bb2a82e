import { withoutLink } from '../booking/link.ts'
import { bookingById } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { interestById } from '../interest/queries.ts'
import { signInById } from '../people/queries.ts'
import type { OutboxRow } from '../store/schema.ts'
import { interestLetterOf, isAboutBooking, type Letter, letterOf, signInLetterOf } from './letters.ts'

/**
 * Writes the letter of any row of the outbox as things stand now; null where there is nobody to send it to any more.
 */
export async function write(ctx: Ctx, row: OutboxRow, shown = false): Promise<Letter | null> {
  if (isAboutBooking(row)) {
    const booking = await bookingById({ ...ctx, locale: row.locale }, row.subject)
    return booking ? letterOf(ctx, row, shown ? withoutLink(booking) : booking) : null
  }
  if (row.about === 'sign_in') {
    const asked = await signInById(ctx, row.subject)
    return asked ? signInLetterOf(ctx, row, asked) : null
  }
  const interest = await interestById(ctx, row.subject)
  return interest && interest.state !== 'ended' ? interestLetterOf(ctx, row, interest) : null
}
