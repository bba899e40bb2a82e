import type { Ctx } from '../context.ts'
import type { Session } from './session.ts'

/** Whether two values have the same content: texts, numbers, lists and plain objects. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const names = Object.keys(one)
  if (names.length !== Object.keys(other).length || Array.isArray(one) !== Array.isArray(other)) return false
  const [mine, theirs] = [one as Record<string, unknown>, other as Record<string, unknown>]
  for (const name of names) if (!(name in other && isSame(mine[name], theirs[name]))) return false
  return true
}

/** Sessions that are remembered of a database. With their entries in all languages each has about ten kilobytes. */
const MOST = 3000

const kept = new WeakMap<Ctx['store']['db'], Map<string, Session>>()

/**
 * The session that was read before, if nothing of it differs, else this one. So what was written of it for a feed is found
 * by the session itself (`fragments` of `base/recall.ts`). Rows are read all the same, so nothing is older than they are.
 * Nobody may change a session in place. Remembers the latest `most`.
 */
export function sameSession({ store }: Pick<Ctx, 'store'>, session: Session, most = MOST): Session {
  const known = kept.get(store.db) ?? new Map<string, Session>()
  kept.set(store.db, known)
  const before = known.get(session.id)
  const same = before !== undefined && isSame(before, session) ? before : session
  if (before !== undefined) known.delete(session.id)
  known.set(session.id, same)
  const [oldest] = known.size > most ? known.keys() : []
  if (oldest !== undefined) known.delete(oldest)
  return same
}
