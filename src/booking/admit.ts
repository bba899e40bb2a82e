import type { z } from 'zod'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { nearestOpen, sessionById } from '../schedule/queries.ts'
import { isBookable, mostSeats, type Session, type Slot, type Status } from '../schedule/session.ts'
import { BookInput, type Faults, faultsOf } from './input.ts'
import type { Refusal } from './refusal.ts'

/**
 * `invalid` with the fault of each field, `unknown` session, or a refusal of the session with up to three open ones to
 * take `nearest` instead.
 */
export type NotAdmitted =
  | Refused<'invalid', { errors: Faults }>
  | Refused<'unknown'>
  | Refused<Refusal, { nearest: Session[] }>

/** What a session's status says to somebody who wants to book it; the others are bookable. */
const REFUSED_BY_STATUS: Partial<Record<Status, Refusal>> = {
  called_off: 'called_off',
  postponed: 'closed',
  skipped: 'closed',
  held: 'closed',
  elsewhere: 'elsewhere',
  undecided: 'undecided',
  not_yet_open: 'closed',
  closed: 'closed',
  full: 'full',
}

/** What an application asks of its session. */
const Asked = BookInput.pick({ slot: true, format: true, seats: true })

function faultsAgainst(session: Session, slot: Slot | undefined, input: z.output<typeof Asked>): Faults {
  const faults: Faults = {}
  if (session.slots.length > 0 && input.slot === null) faults.slot = 'required'
  else if (input.slot !== null && !slot) faults.slot = 'choice'
  if (!session.formats.includes(input.format)) faults.format = 'choice'
  const most = mostSeats(session, slot ?? null)
  if (most !== null && input.seats > most) faults.seats = 'seats'
  return faults
}

/** What stands against seating this party now, or null. */
function refusalOf(ctx: Ctx, session: Session, slot: Slot | null, seats: number): Refusal | null {
  const refusal = REFUSED_BY_STATUS[session.status]
  if (refusal) return refusal
  if (!isBookable(session, slot, ctx.clock.now())) return 'closed'
  const remaining = slot ? slot.remaining : session.remaining
  return remaining !== null && remaining < seats ? 'full' : null
}

/** Whether a party would be seated now: looks and decides, takes no place. */
export async function admit(
  ctx: Ctx,
  input: BookInput,
): Promise<Ok<{ session: Session; slot: Slot | null }> | NotAdmitted> {
  const session = await sessionById(ctx, input.session)
  if (!session) return refused('unknown')
  const slot = session.slots.find((one) => one.id === input.slot)
  const errors = session.status in REFUSED_BY_STATUS ? {} : faultsAgainst(session, slot, input)
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const refusal = refusalOf(ctx, session, slot ?? null, input.seats)
  if (refusal) return refused(refusal, { nearest: await nearestOpen(ctx, session, input.seats) })
  return ok({ session, slot: slot ?? null })
}

/**
 * All that is wrong with an application that could not be read: the fault of each field, and, as far as it can be told,
 * what does not fit its session, so that a person hears of everything at once.
 */
export async function faultsIn(ctx: Ctx, given: unknown, error: z.ZodError): Promise<Faults> {
  const faults = faultsOf(error)
  const asked = Asked.extend({ session: BookInput.shape.session }).safeParse(given)
  const session = asked.success ? await sessionById(ctx, asked.data.session) : undefined
  if (!asked.success || !session || session.status in REFUSED_BY_STATUS) return faults
  const slot = session.slots.find((one) => one.id === asked.data.slot)
  return { ...faultsAgainst(session, slot, asked.data), ...faults }
}

/** What booking would say to this application now, and how it was read; for the confirm page, which takes no place. */
export async function rehearse(ctx: Ctx, given: unknown) {
  const parsed = BookInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: await faultsIn(ctx, given, parsed.error) })
  const admitted = await admit(ctx, parsed.data)
  return admitted.ok ? ok({ ...admitted, input: parsed.data }) : admitted
}
