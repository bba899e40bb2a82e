import type { Actor } from '../base/actor.ts'
import { newId } from '../base/id.ts'
import type { Write, Writer } from './store.ts'

/** An actor as the journal names it: by part or account, never by a person's name. */
export function actorText(actor: Actor): string {
  if (actor.kind === 'system') return actor.name
  return actor.kind === 'staff' ? actor.id : actor.kind
}

/** A line of the journal: who did what to which row. `detail` holds ids and reasons, never personal data. */
export function note(ctx: Writer, act: string, subject: string, detail: Record<string, unknown> = {}): Write {
  const { actor } = ctx
  const now = ctx.clock.now()
  return ctx.store.db.insertInto('journal').values({
    id: newId(now),
    at: now,
    actor: actorText(actor),
    act,
    subject,
    detail: JSON.stringify(detail),
  })
}
