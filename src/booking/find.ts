import { type Faults, faultsOf } from '../base/input.ts'
import { phoneDigits } from '../base/japan/phone.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { FindInput } from './input.ts'
import { tokenOf } from './link.ts'
import { bookingByNumber } from './queries.ts'

/** The token of the manage link, or refused: faulty fields, or `unknown`, whichever of number and telephone is wrong. */
export type Found = Ok<{ token: string }> | Refused<'invalid', { errors: Faults }> | Refused<'unknown'>

/**
 * Finds a booking of a running programme by its number and telephone, for people without e-mail. Width and hyphens do
 * not matter. Its route is throttled: a number is easily guessed, a number with its telephone is not.
 */
export async function findByNumber(ctx: Ctx, given: unknown): Promise<Found> {
  const parsed = FindInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { number, phone } = parsed.data
  const booking = await bookingByNumber(ctx, number, phoneDigits(phone) ?? '')
  const token = booking ? await tokenOf(ctx, booking) : null
  return token === null ? refused('unknown') : ok({ token })
}
