import { z } from 'zod'
import { requireDesk } from '../base/actor.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf, line, optional } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { personKey } from '../base/person.ts'
import { sha256 } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import type { Session, Slot } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import { queue } from '../store/outbox.ts'
import { retryOnConflict } from '../store/retry.ts'
import type { Write } from '../store/store.ts'
import { faultsAgainst } from './admit.ts'
import { BookInput, IdempotencyKey, NoteInput } from './input.ts'
import { activeBookingOf, bookingByKey } from './queries.ts'
import { bookingWrites, type Keys } from './write/insert.ts'
import { bumpRevision, expecting, isOutOfRoom, raisingExcess, withSeatRecount } from './write/seats.ts'

/** A booking as the desk enters it from the telephone, the counter or a letter: the e-mail may be missing. */
const EnterInput = BookInput.omit({ first: true, waitlist: true }).extend({
  email: optional(BookInput.shape.email),
  channel: z.enum(['phone', 'counter', 'mail'], 'choice').default('phone'),
  /** What to do where there is no room: nothing, let them wait, or take them all the same, for a reason. */
  full: z.enum(['refuse', 'wait', 'over'], 'choice').default('refuse'),
  over: optional(line(200)),
  note: NoteInput,
})
type EnterInput = z.output<typeof EnterInput>

/**
 * Entered: booked, or waiting; `again` where the same form was sent before. Refused: faulty fields; `full`; `twice` with the
 * booking they have there already; `closed` where it is over, off or taken elsewhere; or changed three times meanwhile.
 */
export type Entered =
  | Ok<{ booking: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'twice', { booking: string }>
  | Refused<'full' | 'closed' | 'changed'>

/** Sessions that the desk still books: also before they open, and after the public's deadline, until they are over. */
const TAKEN: readonly Session['status'][] = ['not_yet_open', 'open', 'few', 'full', 'closed']

type Place = { slot: string | null; status: 'booked' | 'waiting'; over: boolean }

function placeIn(session: Session, slot: Slot | undefined, { seats, full }: EnterInput): Place | null {
  const id = slot?.id ?? null
  if (session.acceptance === 'lottery' && session.draw === null) return { slot: id, status: 'waiting', over: false }
  const left = slot ? slot.remaining : session.remaining
  if (left === null || left >= seats) return { slot: id, status: 'booked', over: false }
  if (full === 'refuse') return null
  return full === 'over' ? { slot: id, status: 'booked', over: true } : { slot: id, status: 'waiting', over: false }
}

function faultsIn(session: Session, slot: Slot | undefined, input: EnterInput): Faults {
  const asked = { ...input, waitlist: false, first: null }
  const { seats, ...faults } = faultsAgainst(session, slot, asked)
  const over = input.full === 'over'
  return {
    ...faults,
    ...(seats && !over && { seats }),
    ...(over && input.over === null && { over: 'required' as const }),
  }
}

async function writes(
  ctx: Ctx,
  id: string,
  session: Session,
  place: Place,
  input: EnterInput,
  keys: Keys,
): Promise<Write[]> {
  const { channel, full: _, over, note: written, ...asked } = input
  const { slot, status } = place
  const kind = status === 'booked' ? ('booked' as const) : ('waiting' as const)
  const act = status === 'booked' ? 'booking.made' : 'booking.waits'
  const as = { slot, status, offer_expires_at: null, note: written }
  const detail = { session: session.id, seats: input.seats, format: input.format, channel }
  return withSeatRecount(
    ctx,
    { session: session.id, slot },
    expecting(ctx, 'session', session),
    ...(status === 'waiting' || session.waiting > 0 || place.over ? [bumpRevision(ctx, session)] : []),
    ...(place.over ? raisingExcess(ctx, { session: session.id, slot }, input.seats) : []),
    ...(await bookingWrites(ctx, id, session, { ...asked, waitlist: false, first: null }, channel, keys, as)),
    ...(input.email === null ? [] : [queue(ctx, { kind, subject: id, sequence: 0, locale: input.locale })]),
    note(ctx, act, id, detail),
    ...(place.over ? [note(ctx, 'booking.over', id, { session: session.id, reason: over })] : []),
  )
}

/**
 * Enters a booking that came by telephone, at the counter or by letter. The public's deadlines do not bind it; its capacity
 * does, unless somebody goes over it deliberately, for a reason that stays on record. The same key enters once. For the
 * desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function enter(ctx: Ctx, given: { session: unknown }, key: unknown): Promise<Entered> {
  const asked = await sessionById(ctx, String(given.session))
  if (!asked) throw new NotFound('session')
  requireDesk(ctx.actor, asked.prefecture)
  const parsed = EnterInput.safeParse(given)
  const known = IdempotencyKey.safeParse(key)
  if (!parsed.success || !known.success) {
    const errors = parsed.success ? {} : faultsOf(parsed.error)
    return refused('invalid', { errors: { ...errors, ...(known.success ? {} : { key: 'key' as const }) } })
  }
  const input = parsed.data
  const keys = { idempotency: await sha256(known.data), input: await sha256(JSON.stringify(input)) }
  return retryOnConflict(async () => {
    const session = await sessionById(ctx, input.session)
    if (!session) throw new NotFound('session')
    const made = await bookingByKey(ctx, keys.idempotency)
    if (made) return made.input_hash === keys.input ? ok({ booking: made.id, again: true }) : refused('changed')
    const other = await activeBookingOf(ctx, session.id, personKey(input))
    if (other) return refused('twice', { booking: other.id })
    if (!TAKEN.includes(session.status) && session.draw !== 'announced') return refused('closed')
    const slot = session.slots.find((one) => one.id === input.slot)
    const errors = faultsIn(session, slot, input)
    if (Object.keys(errors).length > 0) return refused('invalid', { errors })
    const place = placeIn(session, slot, input)
    if (!place) return refused('full')
    const id = newId(ctx.clock.now())
    const done = await ctx.store.commit(...(await writes(ctx, id, session, place, input, keys)))
    if (done.ok) return ok({ booking: id, again: false })
    const meanwhile = ['still_true', 'booking_once', 'booking_key_once', 'booking_number_once'].includes(done.broke)
    if (!isOutOfRoom(done) && !meanwhile) throw new Error(`entering broke ${done.broke}`)
    return null
  })
}
