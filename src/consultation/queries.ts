import { advisesAt, type OwnDuty } from '../advisers/queries.ts'
import { type Actor, canManage, Forbidden, requireReader } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import { timeOf } from '../base/hours.ts'
import { instantAt } from '../base/japan/civil.ts'
import { NotFound } from '../base/outcome.ts'
import { isAnonymous } from '../base/person.ts'
import type { BookingStatus } from '../base/vocabulary.ts'
import type { Booking } from '../booking/booking.ts'
import { bookingById, bookingsWithIds } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import type { BookingRow, ConsultationRow } from '../store/schema.ts'

/** The states of a booking whose people are there, or will be. */
const THERE: readonly BookingStatus[] = ['booked', 'attended', 'absent']

/** The record of a consultation, with the name of who saved it last. */
export type Consultation = ConsultationRow & { author_name: string | null }

/** The record of the consultation of a booking, or undefined. */
export async function consultationOf(ctx: Ctx, booking: string): Promise<Consultation | undefined> {
  return ctx.store.db
    .selectFrom('consultation')
    .leftJoin('account', 'account.id', 'consultation.author')
    .selectAll('consultation')
    .select('account.name as author_name')
    .where('consultation.id', '=', booking)
    .executeTakeFirst()
}

/** Whether the actor advises at the place of a booking. */
async function advises(ctx: Ctx, actor: Actor, { session, slot }: Booking): Promise<boolean> {
  return actor.kind === 'staff' && advisesAt(ctx, actor.id, { session: session.id, slot: slot?.id ?? null })
}

/** The booking of a record, for the desk of its prefecture and for who advises there. Throws `NotFound`, `Forbidden`. */
export async function recordedBooking(ctx: Ctx, id: string): Promise<Booking> {
  const booking = await bookingById(ctx, id)
  if (!booking) throw new NotFound('booking')
  if (!canManage(ctx.actor, booking.session.prefecture) && !(await advises(ctx, ctx.actor, booking))) {
    throw new Forbidden('only for the desk of this prefecture and who advises there')
  }
  return booking
}

/** The same, also for those who may read the bookings of the prefecture. Throws `NotFound`, `Forbidden`. */
export async function readableRecord(ctx: Ctx, id: string): Promise<{ booking: Booking; mayWrite: boolean }> {
  const booking = await bookingById(ctx, id)
  if (!booking) throw new NotFound('booking')
  const { prefecture } = booking.session
  if (canManage(ctx.actor, prefecture) || (await advises(ctx, ctx.actor, booking))) return { booking, mayWrite: true }
  requireReader(ctx.actor, prefecture)
  return { booking, mayWrite: false }
}

/** Why a consultation cannot be recorded. The people are erased, not booked, or absent; it has no day, or has not begun. */
export type WhyNotRecorded = 'erased' | 'nobody' | 'absent' | 'undated' | 'early'

/** When the consultation of a booking begins: its hour, or the morning of its day if it has no hours. Null without a day. */
function beginsAt(booking: Booking): Instant | null {
  const { date, former } = booking.session
  return timeOf(booking)?.starts_at ?? (date === null || former !== null ? null : instantAt(date, '00:00'))
}

/**
 * Why the consultation of a booking cannot be recorded now. Null if it can: it has begun, and the people came or nobody
 * has recorded yet whether they did.
 */
export function whyNotRecorded(ctx: Pick<Ctx, 'clock'>, booking: Booking): WhyNotRecorded | null {
  if (isAnonymous(booking)) return 'erased'
  if (booking.status === 'absent') return 'absent'
  if (booking.status !== 'attended' && booking.status !== 'booked') return 'nobody'
  const begins = beginsAt(booking)
  if (begins === null) return 'undated'
  return ctx.clock.now() < begins ? 'early' : null
}

/** How many people have a place in each slot, and in each session without slots, by their ids. Queries of 90 sessions. */
export async function seatsAt(ctx: Ctx, sessions: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  for (const ids of chunks([...sessions], 90)) {
    const rows = await ctx.store.db
      .selectFrom('booking')
      .select((eb) => [eb.fn.coalesce('slot', 'session').as('place'), eb.fn.sum<number | string>('seats').as('seats')])
      .where('session', 'in', ids)
      .where('status', 'in', THERE)
      .groupBy('place')
      .execute()
    for (const { place, seats } of rows) found.set(place, Number(seats))
  }
  return found
}

/** A time of an adviser: the people who come, and whether their consultation is recorded, or can be now. */
export type OwnTime = OwnDuty & {
  parties: { booking: Booking; record: ConsultationRow['state'] | null; recordable: boolean }[]
}

/** A booking at one of these times, and whether its consultation is recorded. */
type Party = Pick<BookingRow, 'id' | 'slot' | 'session'> & { record: ConsultationRow['state'] | null }

/** The parties of the times at which somebody advises. Five queries for 90 sessions. */
export async function partiesAt(ctx: Ctx, duties: readonly OwnDuty[]): Promise<OwnTime[]> {
  const rows: Party[] = []
  for (const sessions of chunks([...new Set(duties.map(({ session }) => session))], 90)) {
    const those = ctx.store.db
      .selectFrom('booking')
      .leftJoin('consultation', 'consultation.id', 'booking.id')
      .select(['booking.id', 'booking.slot', 'booking.session', 'consultation.state as record'])
      .where('booking.session', 'in', sessions)
      .where('booking.status', 'in', THERE)
      .orderBy('booking.created_at')
      .orderBy('booking.id')
    rows.push(...(await those.execute()))
  }
  const bookings = await bookingsWithIds(
    ctx,
    rows.map(({ id }) => id),
  )
  const found = new Map(bookings.map((booking) => [booking.id, booking]))
  return duties.map((duty) => ({
    ...duty,
    parties: rows.flatMap(({ id, slot, session, record }) => {
      const booking = found.get(id)
      if (!booking || session !== duty.session || slot !== duty.slot) return []
      return [{ booking, record, recordable: whyNotRecorded(ctx, booking) === null }]
    }),
  }))
}
