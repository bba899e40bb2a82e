import { newId } from '../base/id.ts'
import type { Write, Writer } from './store.ts'

/** A line of the journal: who did what to which row. `detail` holds ids and reasons, never personal data. */
export function note(ctx: Writer, act: string, subject: string, detail: Record<string, unknown> = {}): Write {
  const { actor } = ctx
  const now = ctx.clock.now()
  return ctx.store.db.insertInto('journal').values({
    id: newId(now),
    at: now,
    actor: actor.kind === 'system' ? actor.name : actor.kind,
    act,
    subject,
    detail: JSON.stringify(detail),
  })
}
