import type { z } from 'zod'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { isBookable, mayWait, mostSeats } from '../base/seating.ts'
import type { Ctx } from '../context.ts'
import { hasFirstRight } from '../interest/interest.ts'
import { interestByToken } from '../interest/queries.ts'
import { nearestOpen, sessionById } from '../schedule/queries.ts'
import type { Session, Slot, Status } from '../schedule/session.ts'
import { BookInput } from './input.ts'
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

/** What a session says by its status; the deadlines bind the public, the desk may give a place until the day is over. */
function refusedBy({ status }: Session, desk: boolean): Refusal | undefined {
  return desk && (status === 'not_yet_open' || status === 'closed') ? undefined : REFUSED_BY_STATUS[status]
}

/** What an application asks of its session. */
const Asked = BookInput.pick({ session: true, slot: true, format: true, seats: true, waitlist: true, first: true })
/** What an application asks of its session, read. */
export type Asked = z.output<typeof Asked>

/** What does not fit the session, by field; empty where all does. */
export function faultsAgainst(session: Session, slot: Slot | undefined, input: Asked): Faults {
  const faults: Faults = {}
  if (session.slots.length > 0 && input.slot === null && !input.waitlist) faults.slot = 'required'
  else if (input.slot !== null && !slot) faults.slot = 'choice'
  if (!session.formats.includes(input.format)) faults.format = 'choice'
  const most = mostSeats(session, slot ?? null)
  if (most !== null && input.seats > most) faults.seats = 'seats'
  return faults
}

/** What stands against seating this party now, or null. */
function refusalOf(ctx: Ctx, session: Session, slot: Slot | null, seats: number, desk = false): Refusal | null {
  const refusal = refusedBy(session, desk)
  if (refusal) return refusal
  if (!desk && !isBookable(session, slot, ctx.clock.now())) return 'closed'
  const remaining = slot ? slot.remaining : session.remaining
  return remaining !== null && remaining < seats ? 'full' : null
}

/** Where a party goes: `slot` is null in a session without slots, or where it waits for any of them. */
export type Admitted = Ok<{ session: Session; slot: Slot | null; status: 'booked' | 'requested' | 'waiting' }>

/** The first slot that can be booked and has room for so many. */
function firstFree(session: Session, seats: number, now: string): Slot | null {
  const fits = (slot: Slot) => isBookable(session, slot, now) && (slot.remaining === null || slot.remaining >= seats)
  return session.slots.find(fits) ?? null
}

/** The session as who was told of its settling first finds it: open before it opens to everybody. */
export async function openedFirst(ctx: Ctx, session: Session, token: string | null): Promise<Session> {
  if (session.status !== 'not_yet_open' || token === null) return session
  const interest = await interestByToken(ctx, token)
  const now = ctx.clock.now()
  const inTime = session.closes_at !== null && now < session.closes_at
  const may = inTime && interest?.session === session.id && hasFirstRight(interest, now)
  return may ? { ...session, status: session.remaining === 0 ? 'full' : 'open' } : session
}

/**
 * Whether a party would be seated now: looks and decides, takes no place. With `waitlist` it is seated where there is
 * room (in the first slot that has, where it asks for none) and waits where there is none. `desk`: the deadlines of the
 * public do not bind.
 */
export async function admit(ctx: Ctx, input: Asked, desk = false): Promise<Admitted | NotAdmitted> {
  const found = await sessionById(ctx, input.session)
  if (!found) return refused('unknown')
  const session = await openedFirst(ctx, found, input.first)
  const { seats } = input
  const lottery = session.acceptance === 'lottery'
  // An entry waits for the draw, however many there are.
  const waitlist = input.waitlist || lottery
  const asked = session.slots.find((one) => one.id === input.slot)
  const standing = refusedBy(session, desk) !== undefined && !(waitlist && session.status === 'full')
  const errors = standing ? {} : faultsAgainst(session, asked, { ...input, waitlist })
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const now = ctx.clock.now()
  if (lottery && !(session.status in REFUSED_BY_STATUS) && isBookable(session, asked ?? null, now)) {
    return ok({ session, slot: asked ?? null, status: 'waiting' })
  }
  const slot = asked ?? (waitlist ? firstFree(session, seats, now) : null)
  const refusal =
    waitlist && slot === null && session.slots.length > 0
      ? (refusalOf(ctx, session, null, seats) ?? 'full')
      : refusalOf(ctx, session, slot, seats, desk)
  if (refusal === 'full' && waitlist && mayWait(session, asked ?? null, now)) {
    return ok({ session, slot: asked ?? null, status: 'waiting' })
  }
  if (refusal) return refused(refusal, { nearest: await nearestOpen(ctx, session, input.seats) })
  return ok({ session, slot, status: session.acceptance === 'approval' ? 'requested' : 'booked' })
}

/**
 * All that is wrong with an application that could not be read: the fault of each field, and, as far as it can be told,
 * what does not fit its session, so that a person hears of everything at once.
 */
export async function faultsIn(ctx: Ctx, given: unknown, error: z.ZodError): Promise<Faults> {
  const faults = faultsOf(error)
  const asked = Asked.safeParse(given)
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
