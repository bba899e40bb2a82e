import { civilDate } from './base/japan/civil.ts'
import type { Ctx } from './context.ts'
import { deliver } from './mail/deliver.ts'
import type { Mailer } from './mail/mailer.ts'
import { plan } from './schedule/plan.ts'

/** Claims today's turn of a daily chore by compare-and-swap: true for one asker, false for the others. */
async function firstToday(ctx: Ctx, name: string): Promise<boolean> {
  const { db } = ctx.store
  const today = civilDate(ctx.clock.now())
  const done = await ctx.store.commit(
    db.insertInto('chore').values({ name, done_on: '' }).onConflict((oc) => oc.column('name').doNothing()),
    db.updateTable('chore').set({ done_on: today }).where('name', '=', name).where('done_on', '<', today),
  )
  return done.ok && done.changed[1] === 1
}

/**
 * Everything that time sets off, once: the day's planning, and the letters that are due. `mailer` is null where no mail
 * leaves. Harmless in several processes at once; `owner` names this one in the claims of letters.
 */
export async function tick(ctx: Ctx, mailer: Mailer | null, owner: string): Promise<void> {
  if (await firstToday(ctx, 'plan')) await plan(ctx)
  if (mailer) await deliver(ctx, mailer, owner)
}

/**
 * Runs `tick` every half minute and whenever `nudge` is called, one at a time. `stop` ends it after what is under way.
 * `failed` hears what went wrong; the next tick tries again.
 */
export function startClockwork(run: () => Promise<void>, failed: (error: unknown) => void, seconds = 30) {
  let stopped = false
  let again = false
  let running: Promise<void> | null = null
  const go = (): Promise<void> => {
    again = false
    return run()
      .catch(failed)
      .then(() => (again && !stopped ? go() : undefined))
  }
  const nudge = () => {
    if (stopped) return
    if (running) {
      again = true
      return
    }
    running = go().finally(() => {
      running = null
    })
  }
  const timer = setInterval(nudge, seconds * 1000)
  nudge()
  return {
    nudge,
    async stop(): Promise<void> {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
