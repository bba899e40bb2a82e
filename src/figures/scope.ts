import { type Actor, Forbidden, reach } from '../base/actor.ts'
import { addDays, addMonths, type CivilDate } from '../base/japan/civil.ts'
import type { Kind } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'

/** What figures are asked of: sessions on the days from `from` to `to`, both included; without prefectures, all one may read. */
export type Scope = {
  from: CivilDate
  to: CivilDate
  /** Codes; where given, none of them may lie outside the asker's reach. */
  prefectures?: readonly string[] | undefined
  kind?: Kind | undefined
}

/**
 * The codes of the prefectures that a question of an actor is about, null where these are all: those asked for, else those
 * within reach. Throws `Forbidden` for one out of reach, and for who reads no prefecture at all.
 */
function askedCodes(actor: Actor, asked: readonly string[] = []): readonly string[] | null {
  const codes = reach(actor)
  if (codes === null) return asked.length === 0 ? null : asked
  if (codes.length === 0 || !asked.every((code) => codes.includes(code))) {
    throw new Forbidden('only for staff of these prefectures')
  }
  return asked.length === 0 ? codes : asked
}

/** The dated sessions of a scope; every figure is drawn from them. Throws `Forbidden` as `askedCodes` does. */
export function sessionsWithin(ctx: Ctx, { from, to, prefectures, kind }: Scope) {
  const codes = askedCodes(ctx.actor, prefectures)
  return ctx.store.db
    .selectFrom('session')
    .where('session.date', '>=', from)
    .where('session.date', '<=', to)
    .$if(codes !== null, (query) => query.where('session.prefecture', 'in', codes ?? []))
    .$if(kind !== undefined, (query) => query.where('session.kind', '=', kind ?? 'consultation'))
}

/** The scope of a month `YYYY-MM`. Throws RangeError where the text is none. */
export function daysOfMonth(month: string): Pick<Scope, 'from' | 'to'> {
  return { from: `${month}-01`, to: addDays(`${addMonths(month, 1)}-01`, -1) }
}
