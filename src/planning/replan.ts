import type { Ctx } from '../context.ts'
import { undone } from '../store/daily.ts'
import type { Write } from '../store/store.ts'

/** Marks today's `plan` job as not done, so that it runs again after a series or closure changed. */
export function requestReplan(ctx: Ctx): Write {
  return undone(ctx, 'plan')
}
