/**
 * Who acts. `public` is anybody on the web or API, `system` the clockwork, seed and command line.
 */
export type Actor = { kind: 'public' } | { kind: 'system'; name: 'clockwork' | 'seed' | 'cli' }

/** Thrown where an actor may not do what was asked; the doors answer 403. */
export class Forbidden extends Error {
  override name = 'Forbidden'
}

/** The first line of every act that is not for everybody. Throws `Forbidden`. */
export function onlySystem(actor: Actor): void {
  if (actor.kind !== 'system') throw new Forbidden('only for staff')
}
