import { chunks } from '../base/chunks.ts'
import { type Instant, plusMinutes } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import type { Write } from '../store/store.ts'
import { holderOf } from './expert.ts'

const QUARTER = 15 * 60_000

/** Rows of one statement, each with three values: D1 binds at most 100. */
const PART = 30

/** The quarter hours that a time touches, with the way there and back. */
export function quartersOf(from: Instant, to: Instant, travelMinutes = 0): Instant[] {
  const first = Math.floor(Date.parse(plusMinutes(from, -travelMinutes)) / QUARTER)
  const end = Math.ceil(Date.parse(plusMinutes(to, travelMinutes)) / QUARTER)
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => new Date((first + i) * QUARTER).toISOString())
}

/**
 * The writes that take an expert's time for a session, with the way there and back. They break `holder_is_in_one_place` if
 * the expert is elsewhere in any of it, also as the adviser of a consultation day. No lock is needed.
 */
export function taking(
  ctx: Pick<Ctx, 'store'>,
  expert: string,
  { from, to, travelMinutes = 0 }: { from: Instant; to: Instant; travelMinutes?: number },
  session: string,
): Write[] {
  const holder = holderOf(expert)
  const rows = quartersOf(from, to, travelMinutes).map((at) => ({ holder, at, session }))
  return chunks(rows, PART).map((part) => ctx.store.db.insertInto('busy').values(part))
}

/** The writes that free the time that a session takes: of one expert, or of all. */
export function freeing(ctx: Pick<Ctx, 'store'>, session: string, expert?: string): Write[] {
  const all = ctx.store.db.deleteFrom('busy').where('session', '=', session)
  return [expert === undefined ? all : all.where('holder', '=', holderOf(expert))]
}
