import { emailChangeOf } from '../booking/email/email-change.ts'
import { withoutLink } from '../booking/link.ts'
import { bookingById } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { interestById } from '../interest/queries.ts'
import { accountById, secretariatDesk, signInById } from '../people/queries.ts'
import type { OutboxRow } from '../store/schema.ts'
import {
  accountLetterOf,
  emailLetterOf,
  interestLetterOf,
  isAboutBooking,
  type Letter,
  letterOf,
  signInLetterOf,
} from './letters.ts'

async function aboutEmail(ctx: Ctx, row: OutboxRow): Promise<Letter | null> {
  const booking = await bookingById({ ...ctx, locale: row.locale }, row.subject)
  const change = await emailChangeOf(ctx, row.subject)
  // A later change asks by a letter of its own.
  return booking ? emailLetterOf(ctx, row, booking, change?.id === row.dedupe_key ? change : undefined) : null
}

/**
 * Writes the letter of any outbox row from the current state. Returns null if it has no recipient any more.
 */
export async function write(ctx: Ctx, row: OutboxRow, shown = false): Promise<Letter | null> {
  if (isAboutBooking(row)) {
    const booking = await bookingById({ ...ctx, locale: row.locale }, row.subject)
    return booking ? letterOf(ctx, row, shown ? withoutLink(booking) : booking) : null
  }
  if (row.about === 'email_change') return aboutEmail(ctx, row)
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
