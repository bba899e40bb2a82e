import type { CallView } from '../../templates/desk/call.tsx'
import { factRows } from '../../templates/mail/booking-letter.ts'
import { letterTexts } from '../../templates/text/letters.ts'
import { requireReader } from '../base/actor.ts'
import { NotFound } from '../base/outcome.ts'
import { bookingById } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { factsOf, isAboutBooking } from './letters.ts'
import { letterById } from './queries.ts'
import { changeLetters, untoldOf } from './untold.ts'

/** One call of the call list, in the language of the desk. For readers of its prefecture. Throws `NotFound`, `Forbidden`. */
export async function callOf(ctx: Ctx, id: string): Promise<CallView> {
  const row = await letterById(ctx, id)
  const booking = row?.channel === 'phone' && isAboutBooking(row) ? await bookingById(ctx, row.subject) : undefined
  if (!row || !isAboutBooking(row) || !booking) throw new NotFound('call')
  requireReader(ctx.actor, booking.session.prefecture)
  const untold = untoldOf(row, await changeLetters(ctx, [booking.id]), booking)
  const kind = untold?.kind ?? row.kind
  const l = letterTexts(ctx.locale)
  const facts = untold && (await factsOf(ctx, ctx.locale, booking, untold))
  return {
    id,
    isOpen: row.state === 'waiting',
    booking,
    kind,
    heading: l.kinds[kind].heading,
    facts: facts && factRows(facts, l),
  }
}
