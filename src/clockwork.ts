import { civilDate } from './base/japan/civil.ts'
import { remind } from './booking/remind.ts'
import { applySuspensions } from './changes/apply-suspensions.ts'
import type { Ctx } from './context.ts'
import { notifySettled } from './interest/notify-settled.ts'
import { type Delivered, deliver } from './mail/deliver.ts'
import type { Mailer } from './mail/mailer.ts'
import { sealTotpSecrets } from './people/seal-totp-secrets.ts'
import { plan } from './planning/plan.ts'
import { forget } from './retention/forget.ts'
import { askSurvey } from './survey/ask.ts'
import { expire } from './waitlist/expire.ts'
import { offer } from './waitlist/offer.ts'
import { isOfferTime } from './waitlist/offer-hours.ts'

/** Claims today's run of a daily job by compare-and-swap. Returns true for one process, false for all others. */
async function firstToday(ctx: Ctx, name: string): Promise<boolean> {
  const { db } = ctx.store
  const today = civilDate(ctx.clock.now())
  const done = await ctx.store.commit(
    db
      .insertInto('chore')
      .values({ name, done_on: '' })
      .onConflict((oc) => oc.column('name').doNothing()),
    db.updateTable('chore').set({ done_on: today }).where('name', '=', name).where('done_on', '<', today),
  )
  return done.ok && done.changed[1] === 1
}

/** Releases today's run of a daily job that failed, then throws its error. */
async function giveBack(ctx: Ctx, name: string, error: unknown): Promise<never> {
  await ctx.store.commit(ctx.store.db.updateTable('chore').set({ done_on: '' }).where('name', '=', name))
  throw error
}

/**
 * Work that runs right after a commit instead of at the next tick. Applies suspensions, notifies people of settled
 * sessions, ends expired offers, offers free places and sends due letters. Parameters as for `tick`.
 */
export async function runDue(
  ctx: Ctx,
  mailer: Mailer | null,
  owner: string,
  stop?: AbortSignal,
): Promise<Delivered | null> {
  let delivered: Delivered | null = null
  try {
    await applySuspensions(ctx)
    await notifySettled(ctx)
    await expire(ctx)
    await offer(ctx)
  } finally {
    if (mailer) delivered = await deliver(ctx, mailer, owner, undefined, stop)
  }
  return delivered
}

/**
 * Runs everything that depends on time once: daily planning, reminders, surveys, forgetting and sealing, then `runDue`. `mailer`
 * is null if no mail is sent. `owner` names this process in the claims of letters; several processes may run at once.
 * `stop` ends the work after the current letter. A failed job is retried at the next tick, and letters are still sent.
 * Returns the counts of due letters, or null without a mailer.
 */
export async function tick(
  ctx: Ctx,
  mailer: Mailer | null,
  owner: string,
  stop?: AbortSignal,
): Promise<Delivered | null> {
  let delivered: Delivered | null = null
  try {
    if (await firstToday(ctx, 'plan')) await plan(ctx).catch((error: unknown) => giveBack(ctx, 'plan', error))
    const daytime = isOfferTime(ctx.config.offerHours, ctx.clock.now())
    if (daytime && (await firstToday(ctx, 'remind')))
      await remind(ctx).catch((error: unknown) => giveBack(ctx, 'remind', error))
    if (daytime && (await firstToday(ctx, 'survey')))
      await askSurvey(ctx).catch((error: unknown) => giveBack(ctx, 'survey', error))
    if (await firstToday(ctx, 'forget')) await forget(ctx).catch((error: unknown) => giveBack(ctx, 'forget', error))
    if (await firstToday(ctx, 'seal'))
      await sealTotpSecrets(ctx).catch((error: unknown) => giveBack(ctx, 'seal', error))
  } finally {
    delivered = await runDue(ctx, mailer, owner, stop)
  }
  return delivered
}

/**
 * Runs `tick` every `seconds` and whenever `nudge` is called, one run at a time. `stop` waits for the current run.
 * `failed` receives errors; the next tick tries again.
 */
export function startClockwork(
  run: (stop: AbortSignal) => Promise<unknown>,
  failed: (error: unknown) => void,
  seconds = 30,
) {
  const ending = new AbortController()
  let again = false
  let running: Promise<unknown> | null = null
  const nudge = () => {
    if (ending.signal.aborted) return
    if (running) {
      again = true
      return
    }
    again = false
    running = run(ending.signal)
      .catch(failed)
      .finally(() => {
        running = null
        if (again) nudge()
      })
  }
  const timer = setInterval(nudge, seconds * 1000)
  nudge()
  return {
    nudge,
    async stop(): Promise<void> {
      ending.abort()
      clearInterval(timer)
      await running
    },
  }
}
