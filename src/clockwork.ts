import { civilDate } from './base/japan/civil.ts'
import { remind } from './booking/remind.ts'
import { applySuspensions } from './changes/apply-suspensions.ts'
import type { Ctx } from './context.ts'
import { notifySettled } from './interest/notify-settled.ts'
import { type Delivered, deliver } from './mail/deliver.ts'
import type { Mailer } from './mail/mailer.ts'
import { plan } from './planning/plan.ts'
import { forget } from './retention/forget.ts'
import { askSurvey } from './survey/ask.ts'
import { expire } from './waitlist/expire.ts'
import { offer } from './waitlist/offer.ts'
import { isOfferTime } from './waitlist/offer-hours.ts'

/** Claims today's turn of a daily chore by compare-and-swap: true for one asker, false for the others. */
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

/** Gives back today's turn of a chore that failed, then throws what it failed with. */
async function giveBack(ctx: Ctx, name: string, error: unknown): Promise<never> {
  await ctx.store.commit(ctx.store.db.updateTable('chore').set({ done_on: '' }).where('name', '=', name))
  throw error
}

/**
 * What should not wait for the next tick where something has just happened: sessions that a suspension reaches, offers
 * that end, free places offered to those who wait, and the letters that are due. As `tick`, but for the chores of the day.
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
 * Everything that time sets off, once: the day's planning, reminders, surveys and people to be forgotten, then the errands. `mailer` is null
 * where no mail leaves. Harmless in several processes at once; `owner` names this one in the claims of letters. `stop`
 * ends it after the letter under way. What fails is tried again at the next tick, and the letters leave all the same.
 * Returns what became of the letters that were due.
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
  } finally {
    delivered = await runDue(ctx, mailer, owner, stop)
  }
  return delivered
}

/**
 * Runs `tick` every half minute and whenever `nudge` is called, one at a time. `stop` ends it after what is under way.
 * `failed` hears what went wrong; the next tick tries again.
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
