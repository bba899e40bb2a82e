/**
 * What staff may do: `viewer` reads, `desk` tends the sessions and bookings of its own prefectures, `secretariat` those of
 * all, `expert` the requests matched to them (docs/domain.md rule 11).
 */
export const ROLES = ['viewer', 'desk', 'secretariat', 'expert'] as const
export type Role = (typeof ROLES)[number]

/**
 * Who acts. `public` is anybody on the web or API, `system` the clockwork, seed and command line, `staff` somebody who
 * signed in, with the codes of their prefectures.
 */
export type Actor =
  | { kind: 'public' }
  | { kind: 'system'; name: 'clockwork' | 'seed' | 'cli' }
  | { kind: 'staff'; id: string; role: Role; prefectures: readonly string[] }

/** Thrown where an actor may not do what was asked; the doors answer 403. */
export class Forbidden extends Error {
  override name = 'Forbidden'
}

/** The first line of every act that only the clockwork and the command line may do. Throws `Forbidden`. */
export function requireSystem(actor: Actor): void {
  if (actor.kind !== 'system') throw new Forbidden('only for the system')
}

/** Whether an actor tends what belongs to all of these prefectures (codes). */
export function canManage(actor: Actor, ...prefectures: readonly string[]): boolean {
  if (actor.kind !== 'staff') return actor.kind === 'system'
  if (actor.role === 'secretariat') return true
  return actor.role === 'desk' && prefectures.every((code) => actor.prefectures.includes(code))
}

/** The first line of every act of a desk: only for who tends all of these prefectures. Throws `Forbidden`. */
export function requireDesk(actor: Actor, ...prefectures: readonly string[]): void {
  if (!canManage(actor, ...prefectures)) throw new Forbidden('only for the desk of this prefecture')
}

/** The codes of the prefectures whose sessions and bookings an actor may read; null where these are all. */
export function visiblePrefectures(actor: Actor): readonly string[] | null {
  if (actor.kind === 'system') return null
  if (actor.kind !== 'staff' || actor.role === 'expert') return []
  return actor.role === 'secretariat' ? null : actor.prefectures
}

/** The first line of every view of the console: only for who may read what belongs to this prefecture. Throws `Forbidden`. */
export function requireReader(actor: Actor, prefecture: string): void {
  const codes = visiblePrefectures(actor)
  if (codes !== null && !codes.includes(prefecture)) throw new Forbidden('only for staff of this prefecture')
}

/** The first line of what only the secretariat and the command line may do. Throws `Forbidden`. */
export function requireSecretariat(actor: Actor): void {
  const may = actor.kind === 'staff' ? actor.role === 'secretariat' : actor.kind === 'system'
  if (!may) throw new Forbidden('only for the secretariat')
}

/** The id of the account that acts, for what is everybody's own. Throws `Forbidden` where nobody signed in. */
export function requireAccount(actor: Actor): string {
  if (actor.kind !== 'staff') throw new Forbidden('only for who signed in')
  return actor.id
}
