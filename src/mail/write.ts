import { withoutLink } from '../booking/link.ts'
import { bookingById } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { interestById } from '../interest/queries.ts'
import { accountById, secretariatDesk, signInById } from '../people/queries.ts'
import type { OutboxRow } from '../store/schema.ts'
import { accountLetterOf, interestLetterOf, isAboutBooking, type Letter, letterOf, signInLetterOf } from './letters.ts'

/**
 * Writes the letter of any outbox row from the current state. Returns null if it has no recipient any more.
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
  if (row.about === 'account') {
    const account = await accountById(ctx, row.subject)
    return account ? accountLetterOf(ctx, row, account, await secretariatDesk(ctx)) : null
  }
  const interest = await interestById(ctx, row.subject)
  const ended = interest?.state === 'ended' && row.kind !== 'interest_over'
  return interest && !ended ? interestLetterOf(ctx, row, interest) : null
}
