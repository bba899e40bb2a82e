import { type Instant, plusMinutes } from './clock.ts'

/**
 * The role of an account (docs/domain.md rule 11). `viewer` reads. `desk` manages the sessions and bookings of its own
 * prefectures. `secretariat` manages those of all. `expert` works on the requests matched to them.
 */
export const ROLES = ['viewer', 'desk', 'secretariat', 'expert'] as const
export type Role = (typeof ROLES)[number]

/**
 * The actor of an act. `public` is anybody on the web or API. `system` is the clockwork, the seed and the command line.
 * `staff` is a person who signed in, with the codes of their prefectures. `provenAt`: when their browser last proved it.
 */
export type Actor =
  | { kind: 'public' }
  | { kind: 'system'; name: 'clockwork' | 'seed' | 'cli' }
  | { kind: 'staff'; id: string; role: Role; prefectures: readonly string[]; provenAt?: Instant | null }

/** Thrown if the actor may not do what was asked. Routes answer 403. */
export class Forbidden extends Error {
  override name = 'Forbidden'
}

/** First line of every act that only the clockwork and the command line may do. Throws `Forbidden`. */
export function requireSystem(actor: Actor): void {
  if (actor.kind !== 'system') throw new Forbidden('only for the system')
}

/** Whether the actor may change what belongs to all of these prefectures (codes). */
export function canManage(actor: Actor, ...prefectures: readonly string[]): boolean {
  if (actor.kind !== 'staff') return actor.kind === 'system'
  if (actor.role === 'secretariat') return true
  return actor.role === 'desk' && prefectures.every((code) => actor.prefectures.includes(code))
}

/** First line of every act of a desk: the actor must manage all of these prefectures (codes). Throws `Forbidden`. */
export function requireDesk(actor: Actor, ...prefectures: readonly string[]): void {
  if (!canManage(actor, ...prefectures)) throw new Forbidden('only for the desk of this prefecture')
}

/** Codes of the prefectures whose sessions and bookings the actor may read; null if these are all. */
export function visiblePrefectures(actor: Actor): readonly string[] | null {
  if (actor.kind === 'system') return null
  if (actor.kind !== 'staff' || actor.role === 'expert') return []
  return actor.role === 'secretariat' ? null : actor.prefectures
}

/** First line of every view of the console: the actor must be able to read this prefecture. Throws `Forbidden`. */
export function requireReader(actor: Actor, prefecture: string): void {
  const codes = visiblePrefectures(actor)
  if (codes !== null && !codes.includes(prefecture)) throw new Forbidden('only for staff of this prefecture')
}

/** First line of every act that only the secretariat and the command line may do. Throws `Forbidden`. */
export function requireSecretariat(actor: Actor): void {
  const may = actor.kind === 'staff' ? actor.role === 'secretariat' : actor.kind === 'system'
  if (!may) throw new Forbidden('only for the secretariat')
}

/** First line of every act on an expert's own time: for the expert, the secretariat and the system. Throws `Forbidden`. */
export function requireExpert(actor: Actor, expert: string): void {
  const own = actor.kind === 'staff' && actor.role === 'expert' && actor.id === expert
  if (!own) requireSecretariat(actor)
}

/** The id of the account that acts, for rows that belong to one account. Throws `Forbidden` if nobody is signed in. */
export function requireAccount(actor: Actor): string {
  if (actor.kind !== 'staff') throw new Forbidden('only for who signed in')
  return actor.id
}

/** Minutes for which a proof of who somebody is counts as fresh. */
const FRESH_MINUTES = 10

/** Thrown if an act needs a fresh proof of who acts. Routes ask for it and keep what was typed. */
export class StaleProof extends Error {
  override name = 'StaleProof'
}

/** Whether the actor needs no further proof of who acts for a while. */
export function isProven({ actor, clock }: { actor: Actor; clock: { now(): Instant } }): boolean {
  if (actor.kind !== 'staff') return actor.kind === 'system'
  const { provenAt = null } = actor
  const now = clock.now()
  // A clock that went back must not make an old proof fresh.
  return provenAt !== null && provenAt >= plusMinutes(now, -FRESH_MINUTES) && provenAt <= plusMinutes(now, 1)
}

/**
 * First line, after the permission, of acts that change factors, addresses and rights of accounts, and of exports of
 * people. Somebody who finds a console open may not do these. The system is never asked. Throws `StaleProof` or
 * `Forbidden`.
 */
export function requireFreshProof(by: { actor: Actor; clock: { now(): Instant } }): void {
  if (by.actor.kind === 'public') throw new Forbidden('only for who signed in')
  if (!isProven(by)) throw new StaleProof('needs a fresh proof of who acts')
}
