import type { Ctx } from '../context.ts'
import type { Write } from '../store/store.ts'

/** Marks today's `plan` job as not done, so that it runs again after a series or closure changed. */
export function requestReplan(ctx: Ctx): Write {
  return ctx.store.db.updateTable('chore').set({ done_on: '' }).where('name', '=', 'plan')
}
