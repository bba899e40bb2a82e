import { sql } from 'kysely'
import type { Instant } from '../../base/clock.ts'
import { HOLDING } from '../../base/vocabulary.ts'
import type { Ctx } from '../../context.ts'
import { lockRow } from '../../store/expectation.ts'
import { once } from '../../store/once.ts'
import type { Committed, Write } from '../../store/store.ts'
import { text } from '../../store/text.ts'

type Db = Ctx['store']['db']

/** A session, and its slot if it has slots, whose places are taken or freed. */
export type Place = { session: string; slot: string | null }

/** Every place of a session: its slots, or itself if it has none. */
export function placesOf(session: { id: string; slots: readonly { id: string }[] }): Place[] {
  if (session.slots.length === 0) return [{ session: session.id, slot: null }]
  return session.slots.map((slot) => ({ session: session.id, slot: slot.id }))
}

/** Whether a commit found no room left, of the day or of the slot. */
export function isOutOfRoom(done: Committed): boolean {
  return !done.ok && (done.broke === 'session_has_room' || done.broke === 'slot_has_room')
}

/** The number of people with a place. */
function holders(db: Db, column: 'session' | 'slot', id: string) {
  return sql<number>`(${db
    .selectFrom('booking')
    .select(({ fn }) => fn.coalesce(fn.sum<number>('seats'), sql.lit(0)).as('taken'))
    .where(column, '=', id)
    .where('status', 'in', HOLDING)})`
}

/** The seats taken, and the excess that staff allowed, lowered to what is left of it. */
function counters(db: Db, table: 'session' | 'slot', id: string) {
  const taken = holders(db, table, id)
  return {
    seats_taken: taken,
    excess: sql<number>`case when excess = 0 or capacity is null or ${taken} <= capacity then 0
      when ${taken} - capacity < excess then ${taken} - capacity else excess end`,
  }
}

const recountSlot = once((db, { id }: { id: string }) =>
  db
    .updateTable('slot')
    .set(counters(db, 'slot', id))
    .where('id', '=', id),
)

const recountSession = once((db, { id, now }: { id: string; now: Instant }) => {
  const changed = sql<string>`case when seats_taken = ${holders(db, 'session', id)} then seats_changed_at else ${text(now)} end`
  return db
    .updateTable('session')
    .set({ ...counters(db, 'session', id), seats_changed_at: changed })
    .where('id', '=', id)
})

/** Recounts the seats taken, and lowers the excess. */
function recount({ store, clock }: Ctx, table: 'session' | 'slot', id: string): Write {
  if (table === 'slot') return recountSlot.write(store.db, { id })
  return recountSession.write(store.db, { id, now: clock.now() })
}

/** The writes that allow `seats` more people than there is room for; the recount then lowers it. */
export function raisingExcess(ctx: Ctx, { session, slot }: Place, seats: number): Write[] {
  const raised = (table: 'session' | 'slot', id: string): Write =>
    ctx.store.db
      .updateTable(table)
      .set((eb) => ({ excess: eb('excess', '+', seats) }))
      .where('id', '=', id)
  return [raised('session', session), ...(slot === null ? [] : [raised('slot', slot)])]
}

/**
 * Increments a session's revision so that concurrent readers retry. Needed when somebody starts to wait, or takes a
 * place while others wait. Free seats are computed from the waiting list.
 */
export function bumpRevision(ctx: Ctx, session: { id: string }): Write {
  return ctx.store.db
    .updateTable('session')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', session.id)
}

/**
 * The only way to take or free a place: locks, writes, recounts. The database refuses more than the day
 * (`session_has_room`) or the slot (`slot_has_room`) has room for. A move gives both its places: they are locked in the
 * order of their ids, so that moves never deadlock.
 */
export function withSeatRecount(ctx: Ctx, given: Place | readonly Place[], ...writes: Write[]): Write[] {
  const places = [given].flat()
  const sessions = [...new Set(places.map((place) => place.session))].toSorted()
  const slots = [...new Set(places.flatMap((place) => place.slot ?? []))].toSorted()
  return [
    ...sessions.map((id) => lockRow(ctx, 'session', id)),
    ...writes,
    ...sessions.map((id) => recount(ctx, 'session', id)),
    ...slots.map((id) => recount(ctx, 'slot', id)),
  ]
}
