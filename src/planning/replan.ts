import type { Ctx } from '../context.ts'
import type { Write } from '../store/store.ts'

/** The write by which the clockwork plans once more today: a series or a closure is another than it was this morning. */
export function requestReplan(ctx: Ctx): Write {
  return ctx.store.db.updateTable('chore').set({ done_on: '' }).where('name', '=', 'plan')
}
