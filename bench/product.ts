import { serve } from '@hono/node-server'
import { pino } from 'pino'
import { createApp } from '../src/app.ts'
import { parseConfig } from '../src/config.ts'
import { readAssets } from '../src/node/assets.ts'
import { prepare } from '../src/node/prepare.ts'
import { prometheus } from '../src/node/prometheus.ts'
import { publishSession } from '../src/planning/publish-session.ts'

/** The product on its own database: the published schedule, a hundred seminars with unlimited room, and a prefecture's 25. */
const [path = '', cache = 'cache'] = process.argv.slice(2)
const parsed = parseConfig({
  NODE_ENV: 'test',
  DATABASE_URL: `sqlite:${path}`,
  SECRET: 'a secret for the bench only',
  RATE_LIMIT: 'off',
})
if (!parsed.ok) throw new Error(parsed.faults.join())
const { ctx, migrations } = await prepare(parsed.config, { kind: 'system', name: 'cli' })
const date = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
for (let i = 0; i < 125; i++) {
  const ofPrefecture = i >= 100
  await publishSession(ctx, {
    id: `bench-${i}`,
    kind: 'seminar',
    desk: 'secretariat',
    venue: null,
    prefecture: ofPrefecture ? '08' : '13',
    title: { ja: '計測', en: 'Bench' },
    note: null,
    date,
    hours: { starts: '10:00', ends: '12:00' },
    announced_on: date,
    formats: ['online'],
    capacity: ofPrefecture ? 5000 : null,
    apply: { kind: 'here' },
    printed: null,
    printed_weekday: null,
    sample: true,
  })
}
const app = createApp({
  store: ctx.store,
  clock: ctx.clock,
  config: parsed.config,
  log: pino({ level: 'silent' }),
  migrations,
  assets: readAssets(),
  metrics: prometheus(),
  // Made again each time: nothing is kept but what is remembered of sessions.
  ...(cache === 'cache' ? { cache: true } : cache === 'anew' ? { cache: 'finished', cacheBytes: 0 } : { cache: false }),
  nudge: () => undefined,
})
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }))
