import { type SqlBool, sql } from 'kysely'
import { chunks } from '../base/chunks.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import { ownEndSql } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { withinReach } from '../store/reach.ts'
import type { BookingRow, ConsultationRow } from '../store/schema.ts'

/** Bookings of one statement: D1 binds at most 100 parameters. */
const PART = 90

/** A booking whose people came to an adviser, and whose record is a draft or is not begun. */
export type Unwritten = Pick<BookingRow, 'id' | 'number' | 'company' | 'name' | 'session' | 'slot'> & {
  date: CivilDate | null
  record: ConsultationRow['state'] | null
}

/**
 * Consultations from a day on that are over and not recorded yet, the newest day first. Only of people who came, at places
 * with an adviser, of prefectures for which the actor may write. One query.
 */
export async function unwritten(ctx: Ctx, from: CivilDate): Promise<Unwritten[]> {
  if (ctx.actor.kind === 'staff' && ctx.actor.role === 'viewer') return []
  return (
    ctx.store.db
      .selectFrom('session')
      .innerJoin('booking', 'booking.session', 'session.id')
      .leftJoin('consultation', 'consultation.id', 'booking.id')
      .select(['booking.id', 'booking.number', 'booking.company', 'booking.name', 'booking.session', 'booking.slot'])
      .select(['session.date', 'consultation.state as record'])
      .where('session.date', '>=', from)
      .where('session.state', '=', 'published')
      .where('session.sample', '=', 0)
      .where(withinReach(ctx, 'session.prefecture'))
      // Follows from the last condition. So the bookings of a session without an adviser are not read.
      .where('session.id', 'in', (eb) =>
        eb.selectFrom('duty').select('duty.session').where('duty.adviser_key', '<>', ''),
      )
      .where('booking.status', '=', 'attended')
      .where('booking.phone', '<>', '')
      .where(sql<SqlBool>`coalesce(${ownEndSql}, '9') <= ${ctx.clock.now()}`)
      .where((eb) => eb.or([eb('consultation.state', 'is', null), eb('consultation.state', '=', 'draft')]))
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('duty')
            .select('duty.id')
            .whereRef('duty.session', '=', 'session.id')
            .where('duty.adviser_key', '<>', '')
            .where((eb) => eb.or([eb('duty.slot', 'is', null), eb('duty.slot', '=', eb.ref('booking.slot'))])),
        ),
      )
      .orderBy('session.date', 'desc')
      .orderBy('booking.id')
      .execute()
  )
}

/** The ids of the bookings whose people came. */
export function cameIn(lines: readonly Pick<BookingRow, 'id' | 'status'>[]): string[] {
  return lines.filter(({ status }) => status === 'attended').map(({ id }) => id)
}

/** The states of the records of bookings, by their ids. Bookings without one are left out. One query for 90. */
export async function recordStates(
  ctx: Ctx,
  bookings: readonly string[],
): Promise<ReadonlyMap<string, ConsultationRow['state']>> {
  const found = new Map<string, ConsultationRow['state']>()
  for (const ids of chunks([...bookings], PART)) {
    const rows = ctx.store.db.selectFrom('consultation').select(['id', 'state']).where('id', 'in', ids)
    for (const { id, state } of await rows.execute()) found.set(id, state)
  }
  return found
}
