import { EmailInput } from '../base/fields.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { civilDate } from '../base/japan/civil.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { linkLetter } from './link.ts'
import { upcomingBookingsOf } from './queries.ts'

/** The same answer for every address. Nobody learns from it whose address has a booking. */
export type LinkSent = Ok<{ sent: true }> | Refused<'invalid', { errors: Faults }>

/** Sends the manage link of each coming booking to the address on record, at most once an hour each. */
export async function sendLink(ctx: Ctx, given: unknown): Promise<LinkSent> {
  const parsed = EmailInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const now = ctx.clock.now()
  for (const booking of await upcomingBookingsOf(ctx, parsed.data.email, civilDate(now))) {
    await ctx.store.commit(...(await linkLetter(ctx, booking)))
  }
  return ok({ sent: true })
}
