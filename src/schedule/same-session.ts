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

/**
 * The session that was read before if nothing of it differs, else this one. So what was written of it is found by the
 * session itself (`fragments` of `base/recall.ts`). Nobody may change a session in place.
 */
export function sameSession(session: Session, before: Session | undefined): Session {
  return before !== undefined && isSame(before, session) ? before : session
}
