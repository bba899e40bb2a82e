import { type Expression, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Write } from '../store/store.ts'
import { HOLDING } from './booking.ts'

/** The session, and where there are slots the slot, whose places are taken or freed. */
export type Place = { session: string; slot: string | null }

/** Takes the row lock that makes every other taker of this session wait (PostgreSQL; harmless elsewhere). */
function lock(ctx: Ctx, place: Place): Write {
  return ctx.store.db
    .updateTable('session')
    .set((eb) => ({ seats_taken: eb.ref('seats_taken') }))
    .where('id', '=', place.session)
}

/** Makes whoever else changes this booking wait (PostgreSQL; harmless elsewhere); for changes that touch no place. */
export function lockBooking(ctx: Ctx, id: string): Write {
  return ctx.store.db
    .updateTable('booking')
    .set((eb) => ({ revision: eb.ref('revision') }))
    .where('id', '=', id)
}

/** Breaks `still_true` unless what was read still stands: a row with this id and revision. */
export function expecting(ctx: Ctx, table: 'session' | 'booking', row: { id: string; revision: number }): Write {
  const { db } = ctx.store
  const stands = db
    .selectFrom(table)
    .select(sql.lit(1).as('one'))
    .where('id', '=', row.id)
    .where('revision', '=', row.revision)
  return db
    .insertInto('expectation')
    .columns(['holds'])
    .expression(
      db.selectNoFrom(sql.lit(0).as('holds')).where(({ not, exists }) => not(exists(stands as Expression<unknown>))),
    )
}

function recountSession(ctx: Ctx, place: Place): Write {
  return ctx.store.db
    .updateTable('session')
    .set((eb) => ({
      seats_taken: eb
        .selectFrom('booking')
        .select((one) => one.fn.coalesce(one.fn.sum<number>('seats'), sql.lit(0)).as('taken'))
        .where('session', '=', place.session)
        .where('status', 'in', HOLDING),
    }))
    .where('id', '=', place.session)
}

function recountSlot(ctx: Ctx, slot: string): Write {
  return ctx.store.db
    .updateTable('slot')
    .set((eb) => ({
      seats_taken: eb
        .selectFrom('booking')
        .select((one) => one.fn.coalesce(one.fn.sum<number>('seats'), sql.lit(0)).as('taken'))
        .where('slot', '=', slot)
        .where('status', 'in', HOLDING),
    }))
    .where('id', '=', slot)
}

/**
 * The only way to take or free a place: lock, the given writes, then recount what holds a place, where the database
 * itself refuses more than the day (`session_has_room`) or the slot (`slot_has_room`) has room for.
 */
export function seated(ctx: Ctx, place: Place, ...writes: Write[]): Write[] {
  return [
    lock(ctx, place),
    ...writes,
    recountSession(ctx, place),
    ...(place.slot === null ? [] : [recountSlot(ctx, place.slot)]),
  ]
}
