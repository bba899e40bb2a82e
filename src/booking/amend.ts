import { isAsShown } from '../base/fingerprint.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { hasSeats, mayWait, mostSeats, mostSeatsOfAny } from '../base/seating.ts'
import { STATUS } from '../base/vocabulary.ts'
import { withPlacesCount } from '../caps/count.ts'
import type { Ctx } from '../context.ts'
import { bookingFields } from '../schedule/shown.ts'
import { expecting, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { raised } from '../store/raised.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import type { Committed, Write } from '../store/store.ts'
import { accessibleBooking, type BookingRef, isStaff, isTold } from './access.ts'
import { holderActs, staffActs } from './acts-for.ts'
import { type Booking, placeOf } from './booking.ts'
import { emailChangeOf, emailChangeWrites, isSameMailbox, withdrawEmailChange } from './email/email-change.ts'
import { amendExtras } from './extras/amend.ts'
import type { ExtrasColumns } from './extras/check.ts'
import { AmendInput } from './input.ts'
import { confirm } from './write/notify.ts'
import { personColumns } from './write/person-columns.ts'
import { bumpRevision, isOutOfRoom, withSeatRecount } from './write/seats.ts'

/**
 * Amended. `same`: it was so already. `told`: a letter says so. `asked`: a new e-mail address waits for its
 * confirmation. Refuses `invalid` with the fault of each field, `full` without room for more people. Refuses `closed`
 * if it is over, or past the deadline for more people or another form. Refuses `capped` beyond the places that one
 * source may hold. Refuses `twice` if the person has another booking there. Refuses `changed` after three conflicts, or
 * if the place changes and the booking is not as `shown`.
 */
export type Amended =
  | Ok<{ booking: string; asked?: true; told?: true; same?: true }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed' | 'twice' | 'full' | 'capped'>

/** The booking as it is to be. An e-mail address is asked first. */
type Wanted = Omit<AmendInput, 'email' | keyof ExtrasColumns>

/** What does not fit the session, by field. What stays as it is always fits. */
function faultsIn(booking: Booking, asked: Wanted): Faults {
  const { session, slot } = booking
  const faults: Faults = {}
  if (asked.name_kana === '' && booking.name_kana !== '' && booking.locale !== 'en') faults.name_kana = 'required'
  if (asked.format !== booking.format && !session.formats.includes(asked.format)) faults.format = 'choice'
  const most = slot === null ? mostSeatsOfAny(session) : mostSeats(session, slot)
  if (most !== null && asked.seats > Math.max(most, booking.seats)) faults.seats = 'seats'
  return faults
}

/** Whether the holder, or the desk, may change it now. */
function mayAmend(ctx: Ctx, ref: BookingRef, booking: Booking): boolean {
  return (isStaff(ref) ? staffActs : holderActs)(booking, ctx.clock.now()).has('amend')
}

/**
 * Why its place cannot become what is asked for, or null. Fewer people are possible until it can be cancelled. The
 * public's deadline does not bind the desk.
 */
function placeRefusal(ctx: Ctx, booking: Booking, { seats, format }: Wanted, desk: boolean): 'closed' | 'full' | null {
  const { session, slot } = booking
  const more = seats - booking.seats
  if (more <= 0 && format === booking.format) return null
  // No deadline runs while there is no day.
  if (!desk && session.former === null && !mayWait(session, slot, ctx.clock.now())) return 'closed'
  return more > 0 && STATUS[booking.status].holds && !hasSeats((slot ?? session).remaining, more) ? 'full' : null
}

/** The writes of another number of people or another form, with the letter that says so. */
async function placeWrites(
  ctx: Ctx,
  booking: Booking,
  { seats, format }: Wanted,
  write: Write,
  told: boolean,
): Promise<Write[]> {
  const { id, session } = booking
  const writes = withSeatRecount(
    ctx,
    placeOf(booking),
    expecting(ctx, 'session', session),
    ...unchanged(ctx, 'booking', booking),
    // What is left for others is computed from who waits.
    ...(session.waiting > 0 ? [bumpRevision(ctx, session)] : []),
    write,
    ...(await confirm(ctx, booking, 'amended', told)),
    note(ctx, 'booking.amended', id, { seats, format }),
  )
  return seats > booking.seats ? withPlacesCount(ctx, id, ...writes) : writes
}

/** Whether a form asks for nothing new, except perhaps another address. */
function isAsItIs(booking: Booking, asked: Wanted): boolean {
  const fields = Object.keys(asked) as (keyof Wanted)[]
  return fields.every((field) => asked[field] === booking[field])
}

/**
 * What an address in the form means. `ask`: it is asked for its confirmation. `keep`: it is the present one, and another
 * that was asked is withdrawn. Null for nothing: none is given, or it was asked before and the form changes something else.
 */
function meantBy(booking: Booking, email: string | undefined, asked: string | undefined, alone: boolean) {
  if (email === undefined) return null
  if (isSameMailbox(email, booking.email)) return email === booking.email && asked === undefined ? null : 'keep'
  return !alone && asked !== undefined && isSameMailbox(email, asked) ? null : 'ask'
}

/** The columns of what is asked for. Another number of people or form raises SEQUENCE; a form once lost is not kept. */
function columnsOf(ctx: Ctx, booking: Booking, asked: Wanted) {
  const { seats, format, revision } = booking
  const reformed = asked.format !== format
  return {
    ...(reformed && { format_before: null }),
    ...asked,
    ...personColumns({ ...booking, ...asked }),
    ...(reformed || asked.seats !== seats ? raised(ctx) : { revision: revision + 1 }),
  }
}

/** The answer, with the letters that leave. */
function amended({ id }: Booking, { asked, told }: { asked: boolean; told: boolean }): Amended {
  return ok({ booking: id, ...(asked && { asked: true as const }), ...(told && { told: true as const }) })
}

/** The answers, companions and support that are given. */
function extrasAmong(given: Partial<AmendInput>): Parameters<typeof amendExtras>[3] {
  const names = ['answers', 'companions', 'support'] as const
  return Object.fromEntries(names.flatMap((name) => (name in given ? [[name, given[name]]] : [])))
}

/** Which rule a commit broke; null if none. */
function brokenBy(done: Committed): 'twice' | 'capped' | 'full' | null {
  if (!done.ok && done.broke === 'booking_once') return 'twice'
  if (!done.ok && done.broke === 'cap_kept') return 'capped'
  return isOutOfRoom(done) ? 'full' : null
}

/** The writes about another address, or about the present one. */
async function addressWrites(
  ctx: Ctx,
  booking: Booking,
  meant: ReturnType<typeof meantBy>,
  email: string | undefined,
): Promise<Write[]> {
  if (meant === 'keep') return withdrawEmailChange(ctx, booking.id)
  return meant === 'ask' && email !== undefined ? emailChangeWrites(ctx, booking, email) : []
}

async function attempt(ctx: Ctx, ref: BookingRef, given: Partial<AmendInput>): Promise<Amended | null> {
  const booking = await accessibleBooking(ctx, ref)
  if (!mayAmend(ctx, ref, booking)) return refused('closed')
  const { company, name, name_kana, phone, message, seats, format } = booking
  const { email, answers: _, companions: __, support: ___, ...rest } = given
  const asked: Wanted = { company, name, name_kana, phone, message, seats, format, ...rest }
  const extras = await amendExtras(ctx, booking, asked.seats, extrasAmong(given), isStaff(ref) ? 'desk' : 'form')
  const same = isAsItIs(booking, asked) && Object.keys({ ...extras.columns, ...extras.faults }).length === 0
  const address = meantBy(booking, email, (await emailChangeOf(ctx, booking.id))?.email, same)
  if (same && address === null) return ok({ booking: booking.id, same: true as const })
  const moved = asked.seats !== seats || asked.format !== format
  // Who only corrects a name is not disturbed by a change of the place.
  if (moved && !(await isAsShown(ref.shown, bookingFields(booking)))) return refused('changed')
  const errors = { ...faultsIn(booking, asked), ...extras.faults }
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const why = placeRefusal(ctx, booking, asked, isStaff(ref))
  if (why !== null) return refused(why)
  const write = ctx.store.db
    .updateTable('booking')
    .set({ ...columnsOf(ctx, booking, asked), ...extras.columns, ...(address === 'keep' && { email }) })
    .where('id', '=', booking.id)
  const done = await ctx.store.commit(
    ...(moved
      ? await placeWrites(ctx, booking, asked, write, isTold(ref))
      : [...unchanged(ctx, 'booking', booking), write, note(ctx, 'booking.amended', booking.id)]),
    ...(await addressWrites(ctx, booking, address, email)),
  )
  const broken = brokenBy(done)
  if (broken !== null) return refused(broken)
  return isCommitted(done)
    ? amended(booking, { asked: address === 'ask', told: moved && booking.email !== null })
    : null
}

/**
 * Changes the person, message, answers, companions, support, number of people and form of a booking. Its holder may
 * until it can no longer be cancelled; the desk of its prefecture until its session is over. What is not given stays.
 * More people and another form need room, and for its holder the time in which the place may be booked. A letter or a
 * call confirms either. Another e-mail address waits for the link sent to it; the present one withdraws that. Throws
 * `NotFound` for an unknown token, `Forbidden`.
 */
export async function amend(ctx: Ctx, ref: BookingRef, given: unknown): Promise<Amended> {
  const parsed = AmendInput.partial().safeParse(given)
  if (!parsed.success) {
    const may = mayAmend(ctx, ref, await accessibleBooking(ctx, ref))
    return may ? refused('invalid', { errors: faultsOf(parsed.error) }) : refused('closed')
  }
  const names = Object.keys(Object(given))
  const present = Object.fromEntries(Object.entries(parsed.data).filter(([name]) => names.includes(name)))
  return retryOnConflict(() => attempt(ctx, ref, present))
}
