import { type Actor, Forbidden, visiblePrefectures } from '../base/actor.ts'
import { addDays, addMonths, type CivilDate } from '../base/japan/civil.ts'
import type { Kind } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { inPrefectures } from '../store/reach.ts'

/**
 * The sessions that figures count: from `from` to `to`, both included. Without prefectures, all that the actor may
 * read.
 */
export type Scope = {
  from: CivilDate
  to: CivilDate
  /** Codes. The actor must be able to read each of them. */
  prefectures?: readonly string[] | undefined
  kind?: Kind | undefined
}

/**
 * The codes to count, null if these are all: the requested ones, else those that the actor may read. Throws `Forbidden`
 * for a code that the actor may not read, and if the actor may read none.
 */
function askedCodes(actor: Actor, asked: readonly string[] = []): readonly string[] | null {
  const codes = visiblePrefectures(actor)
  if (codes === null) return asked.length === 0 ? null : asked
  if (codes.length === 0 || !asked.every((code) => codes.includes(code))) {
    throw new Forbidden('only for staff of these prefectures')
  }
  return asked.length === 0 ? codes : asked
}

/** The dated sessions of a scope. Throws `Forbidden` like `askedCodes`. */
export function sessionsWithin(ctx: Ctx, { from, to, prefectures, kind }: Scope) {
  const codes = askedCodes(ctx.actor, prefectures)
  return ctx.store.db
    .selectFrom('session')
    .where('session.date', '>=', from)
    .where('session.date', '<=', to)
    .where(inPrefectures('session.prefecture', codes))
    .$if(kind !== undefined, (query) => query.where('session.kind', '=', kind ?? 'consultation'))
}

/** The sessions that figures and reports count: those of the scope that are not samples (見本). */
export function countedSessions(ctx: Ctx, scope: Scope) {
  return sessionsWithin(ctx, scope).where('session.sample', '=', 0)
}

/** The first and last day of a month `YYYY-MM`. Throws RangeError if the text is not a month. */
export function daysOfMonth(month: string): Pick<Scope, 'from' | 'to'> {
  return { from: `${month}-01`, to: addDays(`${addMonths(month, 1)}-01`, -1) }
}
