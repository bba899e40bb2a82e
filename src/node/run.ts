import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { type Logger, pino } from 'pino'
import { createApp } from '../app.ts'
import { startClockwork, tick } from '../clockwork.ts'
import type { Config } from '../config.ts'
import { measured } from '../http/metrics.ts'
import { deliver, isFull } from '../mail/deliver.ts'
import type { Mailer } from '../mail/mailer.ts'
import { deliverSms } from '../mail/sms/deliver-sms.ts'
import { httpSms } from '../mail/sms/sms.ts'
import { makeFirstLink } from '../people/first/first-link.ts'
import { plan } from '../planning/plan.ts'
import { deliverWebhooks } from '../webhooks/deliver-webhooks.ts'
import { compress, loadAssets } from './built-assets.ts'
import { prepare } from './prepare.ts'
import { prometheus } from './prometheus.ts'
import { postWebhook } from './webhooks/post-webhook.ts'

/** The milliseconds that running requests have to finish after stopping begins. */
const DRAIN_MS = 8000

function listen(server: Server, config: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : config.port)
    })
  })
}

/**
 * Stops accepting requests, lets running ones finish, then closes the rest. A busy connection ends with its next
 * answer.
 */
function drain(server: Server): Promise<void> {
  server.prependListener('request', (_, answer) => answer.setHeader('Connection', 'close'))
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}

/** The mailer that keeps its connections. The library is loaded only if letters are sent. */
async function mailerOf(url: string, { mailConnections }: Config): Promise<Mailer> {
  const { smtpMailer } = await import('../mail/smtp.ts')
  return smtpMailer(url, mailConnections)
}

type App = Pick<ReturnType<typeof createApp>, 'fetch'>

/** A running server: its port, what was prepared, and how to stop it. */
export type Running = Pick<Awaited<ReturnType<typeof prepare>>, 'migrated' | 'seeded' | 'accounts'> & {
  port: number
  /** The token of the link by which the first account is made. Null if there is an account. */
  first: string | null
  log: Logger
  stop(): Promise<void>
}

/**
 * Takes the port, prepares the database, plans ahead, serves all routes, and starts the clockwork and the sender.
 * Requests that come early wait. Rejects before it touches the database if the port is in use.
 */
export async function run(given: Config): Promise<Running> {
  const log = pino({ level: given.logLevel, base: null })
  const opened = Promise.withResolvers<App>()
  const fetch: App['fetch'] = async (request, env) => (await opened.promise).fetch(request, env)
  const server = createAdaptorServer({ fetch }) as Server
  const port = await listen(server, given)
  // With PORT=0 the system chooses the port, so the address of links is only known now.
  const config = { ...given, publicUrl: given.publicUrl.replace(/:0$/, `:${port}`) }

  const metrics = prometheus()
  const {
    ctx: prepared,
    migrations,
    migrated,
    seeded,
    accounts,
  } = await prepare(config, { kind: 'system', name: 'clockwork' })
  await plan(prepared)
  const first = await makeFirstLink(prepared)

  const ctx = { ...prepared, store: measured(prepared.store, metrics) }

  const mailer = config.smtpUrl === null ? null : await mailerOf(config.smtpUrl, config)
  const owner = crypto.randomUUID()
  const send = async (through: Mailer, stop: AbortSignal) => {
    const delivered = await deliver(ctx, through, owner, { stop })
    metrics.delivered(delivered)
    const { waiting, failed } = delivered
    if (waiting + failed > 0) log.warn({ waiting, failed }, 'letters did not leave; see the outbox')
    if (isFull(delivered)) sender?.nudge()
  }
  const sender =
    mailer &&
    startClockwork(
      (stop) => send(mailer, stop),
      (err) => log.error({ err }, 'a round of sending letters failed'),
    )
  const { smsUrl, smsToken } = config
  const texter =
    smsUrl === null
      ? null
      : startClockwork(
          (stop) => deliverSms(ctx, httpSms(smsUrl, smsToken), owner, { stop }),
          (err) => log.error({ err }, 'a round of sending short messages failed'),
        )
  const poster = startClockwork(
    (stop) => deliverWebhooks(ctx, postWebhook(config), owner, { stop }),
    (err) => log.error({ err }, 'a round of webhooks failed'),
  )
  const nudgeSenders = () => {
    sender?.nudge()
    texter?.nudge()
    poster.nudge()
  }
  const clockwork = startClockwork(
    () => tick(ctx).finally(nudgeSenders),
    (err) => log.error({ err }, 'a tick of the clockwork failed'),
  )
  const nudge = () => {
    nudgeSenders()
    clockwork.nudge()
  }
  const { store, clock } = ctx
  const assets = await loadAssets()
  opened.resolve(createApp({ store, clock, config, log, migrations, metrics, assets, cache: true, nudge, compress }))
  return {
    port,
    migrated,
    seeded,
    accounts,
    first: first.token,
    log,
    async stop() {
      const late = new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())
      // Waits for the letters under way. A letter that is cut off is sent again when its claim ends.
      await Promise.race([
        Promise.all([drain(server), clockwork.stop(), sender?.stop(), texter?.stop(), poster.stop()]),
        late,
      ])
      mailer?.close()
      await ctx.store.close()
    },
  }
}
