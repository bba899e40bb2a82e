import { fingerprint, isAsShown, shownIn } from '../../base/fingerprint.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import { enter } from '../../booking/enter.ts'
import type { Ctx } from '../../context.ts'
import { type BookingRead, type BookingsLook, bookingsFields, lookAtBookings, type TableRefusal } from './look.ts'

/** A row that was entered: its booking, or why it was not. */
export type RowTaken = { row: BookingRead; booking: string | null; why: string | null }

/**
 * Taken in, row by row. Refuses a table that is not read. Refuses `consent` without the tick that these people agreed.
 * Refuses `changed` if the page showed something else.
 */
export type BookingsTaken =
  | Ok<{ look: BookingsLook; rows: RowTaken[] }>
  | Refused<TableRefusal>
  | Refused<'consent' | 'changed', { look: BookingsLook }>

/**
 * Enters bookings that were kept elsewhere, in the order of the table, each as a desk enters one (`enter`). Rows
 * that are not ready stay out; one that finds no room meanwhile is not entered. The letters say where the booking is now.
 * Idempotent: a row that was entered before is there already. For desks. Throws `Forbidden`.
 */
export async function takeInBookings(
  ctx: Ctx,
  table: readonly (readonly string[])[],
  given: { consent?: unknown; shown?: unknown },
): Promise<BookingsTaken> {
  const look = await lookAtBookings(ctx, table)
  if (typeof look === 'string') return refused(look)
  if (given.consent !== true) return refused('consent', { look })
  if (!(await isAsShown(shownIn(given), bookingsFields(look)))) return refused('changed', { look })
  const rows: RowTaken[] = []
  for (const row of look.rows) rows.push(await takeIn(ctx, row))
  return ok({ look, rows })
}

async function takeIn(ctx: Ctx, row: BookingRead): Promise<RowTaken> {
  const { session, fate, other } = row
  if (session === null || fate !== 'ready') return { row, booking: other?.id ?? null, why: fate }
  const done = await enter(ctx, { ...row.input, session: session.id }, await fingerprint([row.cells, session.id]))
  if (done.ok) return { row, booking: done.booking, why: done.again ? 'again' : null }
  return { row, booking: done.why === 'twice' ? done.booking : null, why: done.why === 'twice' ? 'again' : done.why }
}
