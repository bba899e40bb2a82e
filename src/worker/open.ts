import { createApp } from '../app.ts'
import { systemClock } from '../base/clock.ts'
import { runDue, tick } from '../clockwork.ts'
import type { Ctx } from '../context.ts'
import { deliver } from '../mail/deliver.ts'
import { deliverSms } from '../mail/sms/deliver-sms.ts'
import { httpSms } from '../mail/sms/sms.ts'
import { smtpMailer } from '../mail/smtp.ts'
import { openD1 } from '../store/d1.ts'
import { pendingMigrations } from '../store/migrate.ts'
import { deliverWebhooks } from '../webhooks/deliver-webhooks.ts'
import { type Bindings, configOf } from './bindings.ts'
import { readBuilt } from './built.ts'
import { consoleLog } from './log.ts'
import { rowMetrics } from './metrics.ts'
import { postFromWorker } from './post-webhook.ts'

/** Cloudflare allows 30 seconds of work after a request. No letter begins after half of them. */
const DUE_WORK_MS = 15_000

/** The product in one isolate, for all its requests. */
export type Open = Awaited<ReturnType<typeof open>>

/**
 * Opens the database, reads the build and sets up all routes. Throws if the variables are faulty or the database is
 * newer than the code. No request waits for work that another one began.
 */
export async function open(bindings: Bindings) {
  const config = configOf(bindings)
  const { assets, migrations } = await readBuilt(bindings)
  const store = openD1(bindings.DB)
  await pendingMigrations(store, migrations)

  const log = consoleLog(config.logLevel)
  const ctx: Ctx = { store, clock: systemClock, config, locale: 'ja', actor: { kind: 'system', name: 'clockwork' } }
  let nudged = false
  const app = createApp({
    store,
    clock: ctx.clock,
    config,
    log,
    migrations,
    assets,
    metrics: rowMetrics,
    cache: 'finished',
    nudge: () => {
      nudged = true
    },
  })

  /** Sends due letters. Connections belong to the invocation that opened them, so each round has its own mailer. */
  async function send(url: string, stop?: AbortSignal): Promise<void> {
    const mailer = smtpMailer(url, 0)
    try {
      const { waiting, failed } = await deliver(ctx, mailer, crypto.randomUUID(), stop ? { stop } : {})
      if (waiting + failed > 0) log.warn({ waiting, failed }, 'letters did not leave; see the outbox')
    } catch (err) {
      log.error({ err }, 'a round of sending letters failed')
    } finally {
      mailer.close()
    }
  }

  /** Sends due short messages. */
  async function text(url: string, stop?: AbortSignal): Promise<void> {
    const sender = httpSms(url, config.smsToken)
    await deliverSms(ctx, sender, crypto.randomUUID(), stop ? { stop } : {}).catch((err: unknown) =>
      log.error({ err }, 'a round of sending short messages failed'),
    )
  }

  /** Works first, then sends: the work never waits for the mail server, and its letters leave at once. */
  async function run(work: typeof tick, stop?: AbortSignal): Promise<void> {
    await work(ctx).catch((err: unknown) => log.error({ err }, 'a tick of the clockwork failed'))
    if (config.smtpUrl !== null) await send(config.smtpUrl, stop)
    if (config.smsUrl !== null) await text(config.smsUrl, stop)
    await deliverWebhooks(ctx, postFromWorker, crypto.randomUUID(), stop ? { stop } : {}).catch((err: unknown) =>
      log.error({ err }, 'a round of webhooks failed'),
    )
  }

  return {
    /** Answers a request. `later` is work that continues after the answer, or null. */
    async answer(request: Request): Promise<{ response: Response; later: Promise<void> | null }> {
      const remoteAddress = request.headers.get('cf-connecting-ip') ?? undefined
      const incoming = { socket: { ...(remoteAddress && { remoteAddress }) } }
      const response = await app.fetch(request, { incoming })
      const due = nudged
      nudged = false
      return { response, later: due ? run(runDue, AbortSignal.timeout(DUE_WORK_MS)) : null }
    },
    tick: () => run(tick),
  }
}
