import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { readMigrations } from '../../db/seed/migrations.ts'
import { createApp } from '../../src/app.ts'
import { prometheus } from '../../src/node/prometheus.ts'
import { withoutRecount } from '../booking/without-recount.ts'
import { world } from '../world.ts'
import { type Sent, send } from './requests.ts'

/*
 * One of several processes on the same rows: `racer.ts <address> <now> [without-recount]`. It says `ready`, reads one
 * line of requests in JSON, sends all at once, and tells the status of each.
 */
const [on = '', now = '', control] = process.argv.slice(2)

const w = await world({ on, now, env: { RATE_LIMIT: 'off' } })
const store = control === 'without-recount' ? withoutRecount(w.ctx.store) : w.ctx.store
const app = createApp({
  ...w.ctx,
  store,
  log: pino({ level: 'error' }, process.stderr),
  migrations: readMigrations(),
  assets: new Map(),
  metrics: prometheus(),
  cache: true,
  nudge: () => undefined,
})
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
process.stdout.write('ready\n')
const requests: Sent[] = JSON.parse((await lines.next()).value ?? '[]')
const answers = await Promise.all(requests.map((one) => send(app, one)))
await w.close()
process.stdout.write(`${JSON.stringify(answers.map((one) => one.status))}\n`)
process.stdin.destroy()
