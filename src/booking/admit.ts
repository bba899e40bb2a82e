import type { z } from 'zod'
import type { Instant } from '../base/clock.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Answering } from '../base/questions.ts'
import { emptiest, hasSeats, isBookable, isRunning, mayWait, mostSeats } from '../base/seating.ts'
import type { Acceptance } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { hasEarlyAccess } from '../interest/interest.ts'
import { interestRowByToken } from '../interest/queries.ts'
import { nearestOpen, publicSessionById } from '../schedule/queries.ts'
import type { Session, Slot } from '../schedule/session.ts'
import { checkExtras } from './extras/check.ts'
import { BookFields, BookInput } from './input.ts'
import type { Refusal } from './refusal.ts'

/**
 * Refuses `invalid` with the fault of each field, or an `unknown` session. Otherwise refuses with the reason and up to
 * three open sessions (`nearest`) to book instead.
 */
export type NotAdmitted =
  | Refused<'invalid', { errors: Faults }>
  | Refused<'unknown'>
  | Refused<Refusal, { nearest: Session[] }>

/** Why a session of this status cannot be booked; the statuses left out can be. */
const REFUSED_BY_STATUS: Partial<Record<Session['status'], Refusal>> = {
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

/** Why the session's status refuses everybody, or undefined. The desk may book before it opens, and until the day is over. */
function refusedBy({ status }: Session, desk: boolean): Refusal | undefined {
  return desk && (status === 'not_yet_open' || status === 'closed') ? undefined : REFUSED_BY_STATUS[status]
}

/** What an application asks of its session. */
const Asked = BookFields.pick({ session: true, slot: true, format: true, seats: true, waitlist: true, first: true })
/** The parsed part of an application. */
export type Asked = z.output<typeof Asked>

/** What does not fit the session, by field; empty if everything fits. */
export function faultsAgainst(session: Session, slot: Slot | undefined, input: Asked): Faults {
  const faults: Faults = {}
  if (session.slots.length > 0 && input.slot === null && !input.waitlist) faults.slot = 'required'
  else if (input.slot !== null && !slot) faults.slot = 'choice'
  if (!session.formats.includes(input.format)) faults.format = 'choice'
  const most = mostSeats(session, slot ?? null)
  if (most !== null && input.seats > most) faults.seats = 'seats'
  return faults
}

/** The place of a party. `slot` is null in a session without slots, or if the party waits for any slot. */
type Seat = { slot: Slot | null; status: 'booked' | 'requested' | 'waiting' }
export type Admitted = Ok<{ session: Session } & Seat>

/** The session as seen by people with early access: `open` or `full` before the public opening time. */
export async function withEarlyAccess(ctx: Ctx, session: Session, token: string | null): Promise<Session> {
  if (session.status !== 'not_yet_open' || token === null) return session
  const interest = await interestRowByToken(ctx, token)
  const now = ctx.clock.now()
  const inTime = session.closes_at !== null && now < session.closes_at
  const may = inTime && interest?.session === session.id && hasEarlyAccess(interest, now)
  return may ? { ...session, status: session.remaining === 0 ? 'full' : 'open' } : session
}

/** A party that asks for a place. `slot` is the slot it names, null if it names none; `waitlist`: it may wait instead. */
type Party = { session: Session; slot: Slot | null; seats: number; waitlist: boolean; desk: boolean; now: Instant }

/** Whether the party fits in the slot, or in the session if there is none. */
function fits({ session, seats }: Party, slot: Slot | null): boolean {
  return hasSeats((slot ?? session).remaining, seats)
}

/** A full session or slot refuses the party, unless it may wait there. */
function fullOrWaiting({ session, slot, waitlist, now }: Party): Seat | Refusal {
  return waitlist && mayWait(session, slot, now) ? { slot, status: 'waiting' } : 'full'
}

/** The emptiest slot that is open and has room for the party, otherwise the waiting list. */
function inAnySlot(party: Party): Seat | Refusal {
  const { session, now } = party
  const open = session.slots.filter((slot) => isBookable(session, slot, now) && fits(party, slot))
  const free = emptiest(open, ({ remaining }) => remaining)
  if (free) return { slot: free, status: 'booked' }
  return isRunning(session) ? fullOrWaiting(party) : 'closed'
}

/** First come, first served: a place while there is room. */
function firstCome(party: Party): Seat | Refusal {
  const { session, slot, waitlist, desk, now } = party
  if (waitlist && slot === null && session.slots.length > 0) return inAnySlot(party)
  if (session.status === 'full') return fullOrWaiting(party)
  if (!desk && !isBookable(session, slot, now)) return 'closed'
  return fits(party, slot) ? { slot, status: 'booked' } : fullOrWaiting(party)
}

/** By approval: first come, and the place is held until the desk answers the request. */
function approval(party: Party): Seat | Refusal {
  const seat = firstCome(party)
  return typeof seat !== 'string' && seat.status === 'booked' ? { ...seat, status: 'requested' } : seat
}

/** By lottery: every entry waits for the draw, however many there are. */
function lottery(party: Party): Seat | Refusal {
  const { session, slot, now } = party
  if (isBookable(session, slot, now)) return { slot, status: 'waiting' }
  return firstCome(party)
}

const DECISIONS: Record<Acceptance, (party: Party) => Seat | Refusal> = { first_come: firstCome, approval, lottery }

/**
 * The place that a party would get now; takes none. With `waitlist` the party waits if there is no room, and gets the
 * emptiest slot if it names none. `desk`: the public's deadlines do not apply.
 */
export async function admit(ctx: Ctx, input: Asked, desk = false): Promise<Admitted | NotAdmitted> {
  const found = await publicSessionById(ctx, input.session)
  if (!found) return refused('unknown')
  const session = await withEarlyAccess(ctx, found, input.first)
  // Nobody hears the refusal of what was tried at once.
  const nearest = async () => (ctx.atOnce ? [] : nearestOpen(ctx, session, input.seats))
  const refuse = async (why: Refusal) => refused(why, { nearest: await nearest() })
  const waitlist = input.waitlist || session.acceptance === 'lottery'
  const refusal = refusedBy(session, desk)
  if (refusal && !(refusal === 'full' && waitlist)) return refuse(refusal)

  const slot = session.slots.find(({ id }) => id === input.slot)
  const errors = faultsAgainst(session, slot, { ...input, waitlist })
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const party = { session, slot: slot ?? null, seats: input.seats, waitlist, desk, now: ctx.clock.now() }
  const seat = DECISIONS[session.acceptance](party)
  return typeof seat === 'string' ? refuse(seat) : ok({ session, ...seat })
}

/**
 * All faults of an application that could not be parsed, so that a person sees them at once. Includes what does not fit
 * the session, if that much can be read.
 */
export async function faultsIn(ctx: Ctx, given: unknown, error: z.ZodError, by: Answering): Promise<Faults> {
  const faults = faultsOf(error)
  const { shape } = BookFields
  const typed = Object(given)
  const [id, seats] = [shape.session.safeParse(typed.session), shape.seats.safeParse(typed.seats)]
  const session = id.success ? await publicSessionById(ctx, id.data) : undefined
  if (!session || session.status in REFUSED_BY_STATUS) return faults
  const answers = shape.answers.safeParse(typed.answers).data
  const companions = seats.success ? shape.companions.safeParse(typed.companions).data : undefined
  const extras = await checkExtras(ctx, session, { seats: seats.data ?? 1, answers, companions }, by)
  // A missing format or number of people does not hide a missing time.
  const format = shape.format.safeParse(typed.format).data ?? session.formats[0]
  const asked = Asked.safeParse({ ...typed, format, seats: seats.data ?? 1 })
  if (!asked.success) return { ...extras.faults, ...faults }
  const slot = session.slots.find((one) => one.id === asked.data.slot)
  return { ...faultsAgainst(session, slot, asked.data), ...extras.faults, ...faults }
}

/** What `book` would return for this application of a form now, with the parsed input. Takes no place. */
export async function previewBooking(ctx: Ctx, given: unknown) {
  const parsed = BookInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: await faultsIn(ctx, given, parsed.error, 'form') })
  const admitted = await admit(ctx, parsed.data)
  if (!admitted.ok) {
    if (admitted.why !== 'invalid') return admitted
    const session = await publicSessionById(ctx, parsed.data.session)
    const unanswered = session ? (await checkExtras(ctx, session, parsed.data, 'form')).faults : {}
    return refused('invalid', { errors: { ...admitted.errors, ...unanswered } })
  }
  const { asked, extras, faults } = await checkExtras(ctx, admitted.session, parsed.data, 'form')
  if (Object.keys(faults).length > 0) return refused('invalid', { errors: faults })
  return ok({ ...admitted, input: parsed.data, asked, extras })
}
