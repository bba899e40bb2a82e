import { sql } from 'kysely'
import { addDays, civilDate, instantAt } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { withinReach } from '../store/reach.ts'
import type { BookingRow, CapRow } from '../store/schema.ts'

/** A booking of a source, and whose it is. */
export type SourceBooking = Pick<BookingRow, 'id' | 'number' | 'company' | 'name'>

/** A cap that refused something, with the newest bookings of its source that the actor may read. */
export type ReachedCap = Omit<CapRow, 'key_hash' | 'session'> & { bookings: SourceBooking[] }

/** The most caps of a list, and the bookings of each. */
const MOST = 100
const BOOKINGS = 5

/** The bookings of the sources of these caps, the newest first, with the prefectures of their sessions. */
function counted(ctx: Ctx, keys: readonly string[]) {
  return (
    ctx.store.db
      .selectFrom('cap_booking')
      .innerJoin('booking', 'booking.id', 'cap_booking.booking')
      .innerJoin('session', 'session.id', 'booking.session')
      // As literals, because D1 binds at most a hundred values.
      .where(
        'cap_booking.key_hash',
        'in',
        keys.map((key) => sql.lit(key)),
      )
  )
}

/** The bookings of these sources that the actor may read, the newest first. */
function readable(ctx: Ctx, keys: readonly string[]) {
  return counted(ctx, keys)
    .select(['cap_booking.key_hash', 'booking.id', 'booking.number', 'booking.company', 'booking.name'])
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('booking.id', 'desc')
}

/** A day's cap is over at midnight; one on the places that a source holds is listed for two days. */
function current(ctx: Ctx) {
  const today = civilDate(ctx.clock.now())
  return ctx.store.db
    .selectFrom('cap')
    .where('cap.refused_at', '>=', instantAt(addDays(today, -1), '00:00'))
    .where('cap.day', 'in', [today, ''])
}

/**
 * The caps of today that refused an application or withheld a letter, the newest first. Only those of prefectures that
 * the actor may read: where the source asked last, or has a booking. Two queries.
 */
export async function reachedCaps(ctx: Ctx): Promise<ReachedCap[]> {
  const { db } = ctx.store
  const booked = db
    .selectFrom('cap_booking')
    .innerJoin('booking', 'booking.id', 'cap_booking.booking')
    .innerJoin('session as elsewhere', 'elsewhere.id', 'booking.session')
    .select(sql.lit(1).as('one'))
    .where('cap_booking.key_hash', '=', sql.ref<string>('cap.key_hash'))
    .where(withinReach(ctx, 'elsewhere.prefecture'))
  const caps = await current(ctx)
    .leftJoin('session', 'session.id', 'cap.session')
    .select(['cap.id', 'cap.day', 'cap.counted', 'cap.source', 'cap.key_hash', 'cap.mask'])
    .select(['cap.n', 'cap.most', 'cap.extra', 'cap.refused', 'cap.refused_at'])
    .where((eb) => eb.or([withinReach(ctx, 'session.prefecture'), eb.exists(booked)]))
    .orderBy('cap.refused_at', 'desc')
    .orderBy('cap.id')
    .limit(MOST)
    .execute()
  if (caps.length === 0) return []
  const keys = [...new Set(caps.map((cap) => cap.key_hash))]
  const bookings = await readable(ctx, keys)
    .limit(MOST * BOOKINGS)
    .execute()
  return caps.map(({ key_hash, ...cap }) => {
    const own = bookings.filter((one) => one.key_hash === key_hash).slice(0, BOOKINGS)
    return { ...cap, bookings: own.map(({ id, number, company, name }) => ({ id, number, company, name })) }
  })
}

/** A cap that refused something, with the prefectures of the desks that it concerns. Undefined for any other. */
export async function reachedCap(ctx: Ctx, id: string): Promise<(CapRow & { prefectures: string[] }) | undefined> {
  const cap = await current(ctx).selectAll('cap').where('cap.id', '=', id).executeTakeFirst()
  if (!cap) return undefined
  const asked = ctx.store.db
    .selectFrom('session')
    .select('prefecture')
    .where('id', '=', cap.session ?? '')
  const rows = await counted(ctx, [cap.key_hash]).select('session.prefecture').union(asked).execute()
  return { ...cap, prefectures: rows.map((row) => row.prefecture) }
}

/** The newest bookings of the source of a cap that the actor may read. */
export function bookingsOfCap(ctx: Ctx, cap: CapRow): Promise<SourceBooking[]> {
  return readable(ctx, [cap.key_hash]).limit(BOOKINGS).execute()
}
