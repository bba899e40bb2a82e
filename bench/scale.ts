import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { CompiledQuery } from 'kysely'
import { readMigrations } from '../db/seed/migrations.ts'
import { civilDate } from '../src/base/japan/civil.ts'
import { freeLetters } from '../src/mail/claim.ts'
import { findings } from '../src/node/findings.ts'
import { migrate } from '../src/store/migrate.ts'
import { appOf, contextOf, openEngine } from './engine.ts'
import { type Filled, fill, found } from './fill.ts'

/*
 * Measures how each route grows with the number of bookings. `bench:scale --url <empty database> --bookings <how many>
 * [--times <how often>] [--rush <bookings, fifty at once>]`. It fills a database as years of use do, then measures each
 * route alone, without a network. `--only fill` stops after filling; `--only measure` uses existing rows. For a large
 * D1, fill a SQLite file. It then replaces the file that `wrangler d1 execute DB --local --persist-to` made.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    bookings: { type: 'string', default: '1000' },
    times: { type: 'string', default: '100' },
    only: { type: 'string' },
    rush: { type: 'string', default: '1000' },
  },
})
if (values.url === undefined) throw new Error('--url sqlite:<path>, postgres://… or d1:')
const [bookings, times] = [Number(values.bookings), Number(values.times)]

const engine = await openEngine(values.url)
const { store } = engine
const system = contextOf(store, { kind: 'system', name: 'clockwork' })
const today = civilDate(system.clock.now())
await migrate(store, readMigrations(), system.clock.now())
const began = performance.now()
const filled: Filled = values.only === 'measure' ? await found(system) : await fill(system, bookings, today)
const fillSeconds = (performance.now() - began) / 1000
if (engine.name.startsWith('PostgreSQL')) await store.commit({ compile: () => CompiledQuery.raw('analyze') })
if (values.only === 'fill') {
  await engine.end()
  process.exit(0)
}
const app = appOf(store, false)

let people = 0
function application(session: string, slot: string) {
  people++
  return {
    session,
    slot,
    format: 'online',
    company: '株式会社髙﨑製作所',
    name: '髙橋 太郎',
    name_kana: 'タカハシ タロウ',
    email: `bench${people}@example.jp`,
    phone: '029-224-0001',
    prefecture: '08',
    consent: true,
  }
}

const answer = await app.request('/api/v1/sessions?status=open&limit=500')
const open = (await answer.json()) as { sessions: { id: string; slots: { id: string; remaining: number }[] }[] }
const free = open.sessions.flatMap((one) =>
  one.slots.flatMap((slot) => Array.from({ length: slot.remaining }, () => ({ session: one.id, slot: slot.id }))),
)

async function ask(path: string, init?: RequestInit): Promise<void> {
  const told = await app.request(path, init)
  const body = await told.text()
  if (told.status >= 400) throw new Error(`${path}: ${told.status} ${body}`)
}

async function book(): Promise<void> {
  const place = free.pop()
  if (!place) throw new Error('no free place is left')
  await ask('/api/v1/bookings', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(application(place.session, place.slot)),
  })
}

const sample = (i: number) => {
  const one = filled.samples[i % filled.samples.length]
  if (!one) throw new Error('nothing is filled in')
  return one
}
const some = open.sessions[0]?.id ?? ''
const month = today.slice(0, 7)
const form = { 'content-type': 'application/x-www-form-urlencoded' }

const MEASURES: Record<string, (i: number) => Promise<unknown>> = {
  'home page': () => ask('/'),
  'month of a prefecture': () => ask(`/calendar?month=${month}&prefecture=08`),
  'sessions, 100 of the API': () => ask('/api/v1/sessions?limit=100'),
  'one session': () => ask(`/sessions/${some}`),
  'one’s own booking': (i) => ask(`/b/${sample(i).token}`),
  'looking up by number and telephone': (i) =>
    ask('/lookup', { method: 'POST', headers: form, body: `number=${sample(i).number}&phone=${sample(i).phone}` }),
  'feed of a prefecture': () => ask('/calendar.ics?prefecture=08'),
  'a booking': book,
  'a cancellation': (i) => ask(`/b/${sample(399 - i).token}/cancel`, { method: 'POST' }),
  'looking for letters to send': () => freeLetters(system, 100),
}

const at = (sorted: number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
const ms = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))

console.log(
  `\n### ${engine.name}, ${filled.bookings.toLocaleString('en')} bookings in ${filled.sessions.toLocaleString('en')} sessions\n`,
)
console.log('| | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|')
for (const [what, run] of Object.entries(MEASURES)) {
  for (let i = 0; i < 5; i++) await run(i)
  const took: number[] = []
  for (let i = 5; i < times + 5; i++) {
    const start = performance.now()
    await run(i)
    took.push(performance.now() - start)
  }
  const sorted = took.toSorted((a, b) => a - b)
  console.log(`| ${what} | ${ms(at(sorted, 0.5))} | ${ms(at(sorted, 0.95))} | ${ms(at(sorted, 0.99))} |`)
}
const rush = Math.min(Number(values.rush), free.length)
const start = performance.now()
await Promise.all(
  Array.from({ length: 50 }, async (_, k) => {
    for (let i = k; i < rush; i += 50) await book()
  }),
)
const rate = rush / ((performance.now() - start) / 1000)
const looked = performance.now()
const wrong = await findings(system)
const size = await engine.size()
console.log(
  [
    `\nFifty at once: ${rate.toFixed(0)} bookings a second.`,
    `\`doctor\` reads all of it in ${((performance.now() - looked) / 1000).toFixed(1)} s, ${wrong.length} faults.`,
    ...(size === null
      ? []
      : [`On the disk: ${(size / 1e6).toFixed(0)} MB, ${(size / filled.bookings).toFixed(0)} bytes a booking.`]),
    `Filled in ${fillSeconds.toFixed(0)} s. ${cpus().length} cores, Node ${process.version}.`,
  ].join('\n'),
)
await engine.end()
process.exit(0)
