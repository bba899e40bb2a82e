import { hmac } from '../../src/base/token.ts'
import { book } from '../../src/booking/book.ts'
import { isAboutBooking } from '../../src/mail/letters.ts'
import { importSeries } from '../../src/planning/import-series.ts'
import { plan } from '../../src/planning/plan.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import type { BookingRow } from '../../src/store/schema.ts'
import { emptySchedule, seminar, series } from '../schedule/fixtures.ts'
import { application, freshKey, type World, type world } from '../world.ts'

/** Fridays in Mito as published, and one seminar on the web for thirty people, without slots. */
export async function mito(options: Parameters<typeof world>[0] = {}): Promise<World> {
  const w = await emptySchedule(options)
  await importSeries(w.system, series())
  await publishSession(w.system, seminar())
  await plan(w.system)
  return w
}

/** An application for the seminar, which has no slots. */
export const forSeminar = (changes: Record<string, unknown> = {}) =>
  application({ session: 'seminar', slot: null, format: 'online', ...changes })

/** Books through the real act under a key of its own. Returns its answer. */
export function ask(w: World, given: Record<string, unknown> = application(), key: string = freshKey()) {
  return book(w.ctx, given, { channel: 'web', key })
}

/** Books through the real act. Returns the booking's id and token; throws if it is refused. */
export async function booked(
  w: World,
  given?: Record<string, unknown>,
  key?: string,
): Promise<{ id: string; token: string }> {
  const done = await ask(w, given, key)
  if (!done.ok) throw new Error(`not booked: ${JSON.stringify(done)}`)
  return { id: done.booking, token: await hmac(w.ctx.config.secrets[0] ?? '', `${done.booking}.1`) }
}

/** Bookings in the order of their numbers. */
export const bookings = (w: World): Promise<BookingRow[]> =>
  w.ctx.store.db.selectFrom('booking').selectAll().orderBy('number').execute()

export async function bookingRow(w: World, id: string): Promise<BookingRow> {
  return w.ctx.store.db.selectFrom('booking').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Letters about bookings in the order they were queued. */
export async function letters(w: World) {
  const { db } = w.ctx.store
  const rows = await db.selectFrom('outbox').selectAll().orderBy('created_at').orderBy('sequence').execute()
  return rows.filter(isAboutBooking)
}

/** The journal's lines about bookings. */
export async function journal(w: World): Promise<{ act: string; subject: string; detail: Record<string, unknown> }[]> {
  const { db } = w.ctx.store
  const rows = await db.selectFrom('journal').selectAll().where('act', 'like', 'booking.%').orderBy('at').execute()
  return rows.map(({ act, subject, detail }) => ({ act, subject, detail: JSON.parse(detail) }))
}

/** Deletes every booking and its rows, so that a property can start again. */
export async function emptied(w: World): Promise<void> {
  const { db, commit } = w.ctx.store
  const tables = ['outbox', 'booking', 'numbering', 'journal'] as const
  const counters = ['session', 'slot'] as const
  await commit(
    ...tables.map((table) => db.deleteFrom(table)),
    ...counters.map((table) => db.updateTable(table).set({ seats_taken: 0 })),
  )
}

/**
 * What breaks the law in these rows, empty where all is right: counters that differ from what holds a place, more
 * people than a day or slot has room for, a number or person or key twice, a booking without its letter or its line.
 */
export async function unlawful(w: Pick<World, 'rows'>): Promise<unknown[]> {
  const holding = `status in ('booked', 'requested', 'offered', 'attended', 'absent')`
  const counted = (table: 'session' | 'slot') => `
    select '${table}' as what, id,
      seats_taken || ' of ' || coalesce(cast(capacity as text), 'any') || ', counted ' || people as how
    from (
      select id, seats_taken, capacity, excess,
        (select coalesce(sum(seats), 0) from booking where booking.${table} = ${table}.id and ${holding}) as people
      from ${table}
    ) as counted where seats_taken <> people or people > capacity + excess`
  const twice = (columns: string, where = '1 = 1') => `
    select '${columns}' as what, min(id) as id, count(*) || ' times' as how
    from booking where ${where} group by ${columns} having count(*) > 1`
  const without = (what: string, found: string) => `
    select 'without ${what}' as what, id, status as how from booking where not exists (${found})`
  const found: unknown[] = []
  for (const query of [
    counted('session'),
    counted('slot'),
    twice('programme, number'),
    twice('idempotency_hash', 'idempotency_hash is not null'),
    twice('session, person_key', "status not in ('cancelled', 'lapsed')"),
    without(
      'letter',
      "select 1 from outbox where subject = booking.id and kind in ('booked', 'waiting', 'requested', 'entered')",
    ),
    without(
      'line',
      "select 1 from journal where subject = booking.id and act in ('booking.made', 'booking.waits', 'booking.requested', 'booking.entered')",
    ),
  ]) {
    found.push(...(await w.rows(query)))
  }
  return found
}
