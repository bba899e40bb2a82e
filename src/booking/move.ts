import { requireDesk } from '../base/actor.ts'
import { isAsShown } from '../base/fingerprint.ts'
import { faultsOf } from '../base/input.ts'
import { type Ok, ok, refused } from '../base/outcome.ts'
import { hasSeats, mayWait } from '../base/seating.ts'
import type { Ctx } from '../context.ts'
import { nearestOpen } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { moveFields, placeFields } from '../schedule/shown.ts'
import { expecting, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { raised } from '../store/raised.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { accessibleBooking, type BookingRef, isStaff, isTold } from './access.ts'
import { holderActs, staffActs } from './acts-for.ts'
import { type Admitted, type Asked, admit, faultsAgainst, type NotAdmitted } from './admit.ts'
import { type Booking, placeOf } from './booking.ts'
import { extrasOnMove } from './extras/move.ts'
import { MoveInput } from './input.ts'
import { confirm } from './write/notify.ts'
import { bumpRevision, isOutOfRoom, withSeatRecount } from './write/seats.ts'

/**
 * Moved (`again`: it is there already), or refused as by `admit`, or `closed` because its own time has passed. `changed`
 * if the booking or its new place is not as `shown`, or after three conflicts.
 */
export type Moved = Ok<{ booking: string; again: boolean }> | NotAdmitted

/**
 * Whether a booking may move to this session at all. It must be of the same kind and programme. A move must not bypass
 * the desk's approval or a draw.
 */
export function movesTo(booking: Booking, session: Session): boolean {
  const { id, kind, programme } = booking.session
  if (session.kind !== kind || session.programme.id !== programme.id) return false
  return session.id === id || session.acceptance === 'first_come'
}

/** A move within the session needs no new place of the day, so a full day does not prevent it. */
function withinSession(
  ctx: Ctx,
  { session, slot: here }: Booking,
  asked: Asked,
  desk: boolean,
): Admitted | NotAdmitted {
  const slot = session.slots.find(({ id }) => id === asked.slot)
  // It has no times to choose from while it is postponed.
  if (session.former !== null) return refused('closed', { nearest: [] })
  const errors = faultsAgainst(session, slot, asked)
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  // The deadline of a place is the one until which somebody may wait for it.
  if (!desk && !mayWait(session, slot ?? null, ctx.clock.now())) return refused('closed', { nearest: [] })
  const full = slot && slot.id !== here?.id && !hasSeats(slot.spare, asked.seats)
  return full ? refused('full', { nearest: [] }) : ok({ session, slot: slot ?? null, status: 'booked' })
}

type Target = Ok<{
  to: Pick<Booking, 'session' | 'slot' | 'format'>
  again: boolean
  said: Pick<MoveInput, 'answers' | 'companions'>
}>

/** The target of the move, `again` if it is there already, or the refusal. */
async function target(ctx: Ctx, booking: Booking, given: unknown, desk: boolean): Promise<Target | NotAdmitted> {
  const now = ctx.clock.now()
  const may = (desk ? staffActs(booking, now) : holderActs(booking, now)).has('move')
  const parsed = MoveInput.safeParse(given)
  if (booking.status !== 'booked') return refused('closed', { nearest: [] })
  if (!parsed.success) {
    return may ? refused('invalid', { errors: faultsOf(parsed.error) }) : refused('closed', { nearest: [] })
  }
  const { seats } = booking
  const here = placeOf(booking)
  const { answers, companions, ...wanted } = parsed.data
  const said = { answers, companions }
  const asked: Asked = {
    ...wanted,
    format: parsed.data.format ?? booking.format,
    seats,
    waitlist: false,
    first: null,
  }
  if (here.session === asked.session && here.slot === asked.slot && booking.format === asked.format) {
    return ok({ to: booking, again: true, said })
  }
  if (!may) return refused('closed', { nearest: [] })
  const admitted =
    here.session === asked.session ? withinSession(ctx, booking, asked, desk) : await admit(ctx, asked, desk)
  if (!admitted.ok) return admitted
  const { session, slot } = admitted
  if (desk) requireDesk(ctx.actor, session.prefecture)
  if (!movesTo(booking, session)) {
    return refused('invalid', { errors: { session: 'choice' as const } })
  }
  return ok({ to: { session, slot, format: asked.format }, again: false, said })
}

/** One attempt: reads, decides, writes. Null if a concurrent commit won. */
async function attempt(ctx: Ctx, ref: BookingRef, given: unknown): Promise<Moved | null> {
  const booking = await accessibleBooking(ctx, ref)
  const found = await target(ctx, booking, given, isStaff(ref))
  if (!found.ok) return found
  if (found.again) return ok({ booking: booking.id, again: true })
  const { session, slot, format } = found.to
  if (!(await isAsShown(ref.shown, moveFields(booking, found.to), placeFields(found.to)))) {
    return refused('changed', { nearest: [] })
  }
  const extras = await extrasOnMove(ctx, booking, session, found.said, isStaff(ref) ? 'desk' : 'form')
  if (Object.keys(extras.faults).length > 0) return refused('invalid', { errors: extras.faults })
  const here = placeOf(booking)
  const same = here.session === session.id
  const there = { session: session.id, slot: slot?.id ?? null }
  const { id } = booking
  const kind = same && here.slot === there.slot ? 'amended' : 'moved'
  const done = await ctx.store.commit(
    ...withSeatRecount(
      ctx,
      [here, there],
      expecting(ctx, 'session', booking.session),
      ...(same ? [] : [expecting(ctx, 'session', session)]),
      ...unchanged(ctx, 'booking', booking),
      ...(session.waiting > 0 ? [bumpRevision(ctx, session)] : []),
      ctx.store.db
        .updateTable('booking')
        .set({ ...there, ...extras.columns, format, format_before: null, ...raised(ctx) })
        .where('id', '=', id),
      ...(await confirm(ctx, booking, kind, isTold(ref))),
      note(ctx, 'booking.moved', id, { from: here, to: there, seats: booking.seats, format }),
    ),
  )
  if (!done.ok && done.broke === 'booking_once') return refused('twice', { nearest: [] })
  if (isOutOfRoom(done)) {
    return refused('full', { nearest: await nearestOpen(ctx, session, booking.seats) })
  }
  return isCommitted(done) ? ok({ booking: id, again: false }) : null
}

/** What `move` would return now, with the target. Changes nothing; for the confirm step. */
export async function previewMove(ctx: Ctx, ref: BookingRef, given: unknown): ReturnType<typeof target> {
  return target(ctx, await accessibleBooking(ctx, ref), given, isStaff(ref))
}

/**
 * Moves a booking in one commit, so that it never holds two places, nor none. The target is another slot, or another
 * first-come session of the same kind and programme. Its holder may move it until the deadlines, the desk of its
 * prefecture beyond them. What the new session asks beyond that is answered with the move (`invalid`); the desk may
 * leave it empty. UID and number stay, SEQUENCE rises, and the letter says what changed. The freed place goes to the
 * waiting list. Idempotent. Throws `NotFound`, `Forbidden`.
 */
export async function move(ctx: Ctx, ref: BookingRef, given: unknown): Promise<Moved> {
  return retryOnConflict(() => attempt(ctx, ref, given), { nearest: [] })
}
