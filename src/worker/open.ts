import { createApp } from '../app.ts'
import { systemClock } from '../base/clock.ts'
import { runDue, tick } from '../clockwork.ts'
import type { Ctx } from '../context.ts'
import { smtpMailer } from '../mail/smtp.ts'
import { openD1 } from '../store/d1.ts'
import { pendingMigrations } from '../store/migrate.ts'
import { type Bindings, configOf } from './bindings.ts'
import { readBuilt } from './built.ts'
import { consoleLog } from './log.ts'
import { rowMetrics } from './metrics.ts'

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

  /** Connections belong to the invocation that opened them, so each run has its own mailer. */
  async function run(work: typeof tick, stop?: AbortSignal): Promise<void> {
    const mailer = config.smtpUrl === null ? null : smtpMailer(config.smtpUrl, 'single')
    try {
      const { waiting = 0, failed = 0 } = (await work(ctx, mailer, crypto.randomUUID(), stop)) ?? {}
      if (waiting + failed > 0) log.warn({ waiting, failed }, 'letters did not leave; see the outbox')
    } catch (err) {
      log.error({ err }, 'a tick of the clockwork failed')
    } finally {
      mailer?.close()
    }
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
