import { endOverAlerts } from './alerts/end-over.ts'
import { tellAlerts } from './alerts/tell.ts'
import { requireSystem } from './base/actor.ts'
import { remind } from './booking/remind.ts'
import { runTicked } from './booking/ticked/run-ticked.ts'
import { refold } from './booking/write/refold.ts'
import { applySuspensions } from './changes/apply-suspensions.ts'
import { giveFormatsBack } from './changes/give-formats-back.ts'
import type { Ctx } from './context.ts'
import { endOverInterests } from './interest/end-over.ts'
import { notifySettled } from './interest/notify-settled.ts'
import { dropCalls } from './mail/drop-calls.ts'
import { giveBackSms } from './mail/sms/give-back.ts'
import { sealTotpSecrets } from './people/seal-totp-secrets.ts'
import { plan } from './planning/plan.ts'
import { forget } from './retention/forget.ts'
import { daily } from './store/daily.ts'
import { askSurvey } from './survey/ask.ts'
import { endOver } from './waitlist/end-over.ts'
import { expire } from './waitlist/expire.ts'
import { offer } from './waitlist/offer.ts'
import { isOfferTime } from './waitlist/offer-hours.ts'
import { forgetDeliveries } from './webhooks/forget-deliveries.ts'
import { tellPlaces } from './webhooks/tell-places.ts'

/** Runs the jobs one after the other, also after one that failed. Throws what failed. */
async function runEach(jobs: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failed: unknown[] = []
  for (const job of jobs) await job().catch((error: unknown) => failed.push(error))
  if (failed.length === 1) throw failed[0]
  if (failed.length > 1) throw new AggregateError(failed, [...new Set(failed.map(String))].join('; '))
}

/**
 * Work that runs right after a commit instead of at the next tick. Applies and lifts suspensions, notifies people of
 * settled sessions, ends expired offers and offers free places. Does what was asked for ticked bookings. It queues
 * letters and sends none: no job waits for a mail server. A job that fails stops no other; its error is thrown at the
 * end. For the clockwork.
 */
export async function runDue(ctx: Ctx): Promise<void> {
  requireSystem(ctx.actor)
  await runEach([
    () => giveFormatsBack(ctx),
    () => applySuspensions(ctx),
    () => notifySettled(ctx),
    () => expire(ctx),
    () => offer(ctx),
    () => runTicked(ctx),
  ])
}

/** Reminders by letter and by telephone. A call with nothing to tell stands in the way of none. */
async function remindAll(ctx: Ctx): Promise<void> {
  await dropCalls(ctx)
  await remind(ctx)
}

/**
 * Runs everything that depends on time once, except sending. By day: planning, reminders, surveys, what ends with its
 * session, free places. Then forgetting, sealing, search texts, what webhooks hear of places, and `runDue`. Without a gateway, short
 * messages are calls again. Several processes may run it at once. A job that fails is retried at the next tick; its
 * error is thrown at the end. For the clockwork.
 */
export async function tick(ctx: Ctx): Promise<void> {
  requireSystem(ctx.actor)
  const byDay = [
    () => daily(ctx, 'remind', () => remindAll(ctx)),
    () => daily(ctx, 'survey', () => askSurvey(ctx)),
    () => endOver(ctx),
    () => endOverInterests(ctx),
    () => endOverAlerts(ctx),
    () => tellAlerts(ctx),
  ]
  await runEach([
    () => daily(ctx, 'plan', () => plan(ctx)),
    ...(isOfferTime(ctx.config.offerHours, ctx.clock.now()) ? byDay : []),
    () => giveBackSms(ctx),
    () => daily(ctx, 'forget', () => forget(ctx)),
    () => daily(ctx, 'seal', () => sealTotpSecrets(ctx)),
    () => daily(ctx, 'refold', () => refold(ctx)),
    () => daily(ctx, 'webhooks', () => forgetDeliveries(ctx)),
    () => tellPlaces(ctx),
    () => runDue(ctx),
  ])
}

/**
 * Calls `run` every `seconds` and whenever `nudge` is called, one call at a time. The clockwork and the sender each have
 * one. `stop` tells `run` to end and waits for it. `failed` receives errors; the next call tries again.
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
