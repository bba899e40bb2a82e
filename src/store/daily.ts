import { plusMinutes } from '../base/clock.ts'
import { civilDate } from '../base/japan/civil.ts'
import { orThrow, type Writer } from './store.ts'

/** How far the clocks of two processes may differ, in minutes. A job done later than that was done by a wrong clock. */
const SKEW = 5

/** The write that marks today's run of a daily job as not done, so that it runs again. */
export function undone(ctx: Pick<Writer, 'store'>, name: string) {
  return ctx.store.db.updateTable('chore').set({ done_on: '' }).where('name', '=', name)
}

/** Claims today's run of a daily job by compare-and-swap. Returns true for one process, false for all others. */
async function claimToday(ctx: Writer, name: string): Promise<boolean> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const today = civilDate(now)
  const [, claimed = 0] = orThrow(
    await ctx.store.commit(
      db
        .insertInto('chore')
        .values({ name, done_on: '' })
        .onConflict((oc) => oc.column('name').doNothing()),
      db
        .updateTable('chore')
        .set({ done_on: today, done_at: now })
        .where('name', '=', name)
        .where((eb) => eb.or([eb('done_on', '<', today), eb('done_at', '>', plusMinutes(now, SKEW))])),
    ),
  )
  return claimed === 1
}

/**
 * Runs a job of this name once a day (Asia/Tokyo), in one of all processes. A job that fails is not done: its error is
 * thrown, and the next call runs it again. A job that a clock marked as done ahead of its day also runs again: `run` is to
 * be idempotent.
 */
export async function daily(ctx: Writer, name: string, run: () => Promise<unknown>): Promise<void> {
  if (!(await claimToday(ctx, name))) return
  try {
    await run()
  } catch (error) {
    await ctx.store.commit(undone(ctx, name))
    throw error
  }
}
