import { type Actor, Forbidden } from '../../base/actor.ts'

/** Whether the actor may export personal data: the desk and the secretariat, never viewers. */
export function mayExport(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'staff' && (actor.role === 'desk' || actor.role === 'secretariat'))
}

/** First line of every act that exports personal data. Throws `Forbidden`. */
export function requireExporter(actor: Actor): void {
  if (!mayExport(actor)) throw new Forbidden('only for who may export personal data')
}
