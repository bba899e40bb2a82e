import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import type { Holding } from '../advisers/free.ts'
import { FORMATS, OVER } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { isActive } from '../store/active.ts'
import { expectNone } from '../store/expectation.ts'
import type { BookingRow, Schema, SessionRow, SlotRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { newSlot } from './session-rows.ts'

/** The times of slots. */
export type Times = Pick<SlotRow, 'starts_at' | 'ends_at' | 'capacity'>[]

/** Whether slots have the same times and capacities, in the same order. */
export function isSameTimes(one: Times, other: Times): boolean {
  const text = (times: Times) => times.map(({ starts_at, ends_at, capacity }) => [starts_at, ends_at, capacity])
  return JSON.stringify(text(one)) === JSON.stringify(text(other))
}

/** The columns of a session that people with a booking rely on. */
export type Relied = Pick<SessionRow, 'venue' | 'formats' | 'acceptance' | 'apply_name' | 'starts_at' | 'ends_at'>

/** Somebody whom a change would take something from. */
export type Affected = Pick<BookingRow, 'id' | 'number' | 'company' | 'name'>

type Rows = ExpressionBuilder<Schema, 'booking'>

/** The slots that are gone or end at another time, the slots that stay, and the new ones. */
function compared(before: readonly SlotRow[], after: Times) {
  const at = new Map(after.map((slot) => [slot.starts_at, slot]))
  const known = new Set(before.map((slot) => slot.starts_at))
  return {
    gone: before.filter((slot) => !at.has(slot.starts_at)),
    stay: before.flatMap((slot) => {
      const now = at.get(slot.starts_at)
      return now ? [{ slot, now }] : []
    }),
    added: after.filter((slot) => !known.has(slot.starts_at)),
  }
}

/**
 * The active bookings of a session that a change would take something from: their place, form, time or turn. A new time,
 * form or seat takes nothing from anybody. null if the change can affect nobody.
 */
function affected(ctx: Ctx, id: string, before: Relied & { slots: SlotRow[] }, after: Relied & { slots: Times }) {
  const [had, has] = [before.formats.split(','), after.formats.split(',')]
  const formats = FORMATS.filter((format) => had.includes(format) && !has.includes(format))
  const { gone, stay } = compared(before.slots, after.slots)
  const lost = [...gone, ...stay.filter(({ slot, now }) => slot.ends_at !== now.ends_at).map(({ slot }) => slot)]
  const otherHours = before.starts_at !== after.starts_at || before.ends_at !== after.ends_at
  const wholeDay = before.slots.length === 0 && (otherHours || after.slots.length > 0)
  const everybody = wholeDay || before.acceptance !== after.acceptance || before.apply_name !== after.apply_name
  const conditions = (eb: Rows): ExpressionWrapper<Schema, 'booking', SqlBool>[] => [
    ...(before.venue === after.venue ? [] : [eb('format', '=', 'onsite')]),
    ...(formats.length === 0 ? [] : [eb('format', 'in', formats)]),
    ...lost.map((slot) => eb('slot', '=', slot.id)),
  ]
  const some = activeIn(ctx, id)
  if (everybody) return some
  const none = before.venue === after.venue && formats.length === 0 && lost.length === 0
  return none ? null : some.where((eb) => eb.or(conditions(eb)))
}

/** A change of what people rely on: who would lose by it, and the writes that it begins with. */
export type Impact = { who: () => Promise<Affected[]>; expectNobody: Write[] }

/**
 * The impact of a change of a session. `expectNobody` breaks `still_true`, and with it the whole commit, if the change
 * would take something from anybody by then. The row is to be locked before.
 */
export function impactOf(
  ctx: Ctx,
  id: string,
  before: Relied & { slots: SlotRow[] },
  after: Relied & { slots: Times },
): Impact {
  const found = affected(ctx, id, before, after)
  if (found === null) return { who: async () => [], expectNobody: [] }
  return { who: () => found.execute(), expectNobody: [expectNone(ctx, found)] }
}

function activeIn(ctx: Ctx, session: string) {
  return ctx.store.db
    .selectFrom('booking')
    .select(['id', 'number', 'company', 'name'])
    .where('session', '=', session)
    .where(isActive)
    .orderBy('number')
}

/** Everybody with an active booking in a session. */
export async function bookedIn(ctx: Ctx, session: string): Promise<Affected[]> {
  return activeIn(ctx, session).execute()
}

/** Breaks `still_true`, and with it the whole commit, if anybody has booked by then. The row is to be locked before. */
export function expectUnbooked(ctx: Ctx, session: string): Write {
  return expectNone(ctx, activeIn(ctx, session))
}

/** How a session would be held at other times: a slot that moves takes its adviser and room along. */
export function heldAfter(session: Omit<Holding, 'slots'>, before: readonly SlotRow[], after: Times): Holding {
  const { gone, stay, added } = compared(before, after)
  const { id, venue, desk, starts_at, ends_at } = session
  const moved = added.map((slot, i) => ({ ...slot, id: gone[i]?.id ?? '' }))
  const kept = stay.map(({ slot, now }) => ({ id: slot.id, starts_at: slot.starts_at, ends_at: now.ends_at }))
  return { id, venue, desk, starts_at, ends_at, slots: [...kept, ...moved] }
}

/**
 * The writes that give a session other slots. Slots at the same time stay. Bookings that are over lose a slot that is gone;
 * nobody else may have it (`expectNobody`).
 */
export function slotWrites(ctx: Ctx, session: string, before: readonly SlotRow[], after: Times): Write[] {
  const { db } = ctx.store
  const { gone, stay, added } = compared(before, after)
  const taken = new Set(before.map(({ id }) => id))
  // A slot keeps its id when its session moves. So the id of a new one may be in use.
  const free = (id: string): string => (taken.has(id) ? free(`${id}-2`) : id)
  const made = added.map((slot) => {
    const row = newSlot(session, slot)
    return { ...row, id: free(row.id) }
  })
  return [
    ...made.map((row) => db.insertInto('slot').values(row)),
    // Who advises in a slot that moves does so at its new time.
    ...gone.flatMap(({ id }, i) => {
      const to = made[i]?.id
      return to === undefined ? [] : [db.updateTable('duty').set({ id: to, slot: to }).where('slot', '=', id)]
    }),
    ...gone.flatMap(({ id }) => [
      db.updateTable('booking').set({ slot: null }).where('slot', '=', id).where('status', 'in', OVER),
      db.deleteFrom('slot').where('id', '=', id),
    ]),
    ...stay
      .filter(({ slot, now }) => slot.ends_at !== now.ends_at || slot.capacity !== now.capacity)
      .map(({ slot, now }) =>
        db.updateTable('slot').set({ ends_at: now.ends_at, capacity: now.capacity }).where('id', '=', slot.id),
      ),
  ]
}
