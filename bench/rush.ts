import { fork } from 'node:child_process'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { readMigrations } from '../db/seed/migrations.ts'
import { addDays, civilDate } from '../src/base/japan/civil.ts'
import { publishSession } from '../src/planning/publish-session.ts'
import { migrate } from '../src/store/migrate.ts'
import { contextOf, openEngine } from './engine.ts'
import { fill } from './fill.ts'

/*
 * The opening rush of a popular seminar. `bench:rush --url <empty database> [--processes n] [--people 500] [--places
 * 100] [--views 5000]`. All people book at once over HTTP, while others read the page. The server's processes and this
 * one share the machine.
 */
const text = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    url: text,
    processes: { ...text, default: '1' },
    people: { ...text, default: '500' },
    places: { ...text, default: '100' },
    views: { ...text, default: '5000' },
  },
})
if (values.url === undefined) throw new Error('--url sqlite:<path> or postgres://…')
const count = {
  processes: Number(values.processes),
  people: Number(values.people),
  places: Number(values.places),
  views: Number(values.views),
}

const engine = await openEngine(values.url)
const system = contextOf(engine.store, { kind: 'system', name: 'cli' })
const today = civilDate(system.clock.now())
await migrate(engine.store, readMigrations(), system.clock.now())
await fill(system, 10_000, today)
const date = addDays(today, 20)
await publishSession(system, {
  id: 'rush',
  kind: 'seminar',
  desk: 'desk-13',
  venue: 'venue-13',
  prefecture: '13',
  note: null,
  title: { ja: '人気のセミナー', en: 'A popular seminar' },
  date,
  hours: { starts: '13:00', ends: '16:00' },
  announced_on: date,
  formats: ['online'],
  capacity: count.places,
  apply: { kind: 'here' },
  printed: null,
  printed_weekday: null,
  sample: true,
})

const servers = await Promise.all(
  Array.from({ length: count.processes }, async () => {
    const child = fork(new URL('./server.ts', import.meta.url), [values.url ?? ''], { execArgv: ['--import', 'tsx'] })
    const base = await new Promise<string>((resolve) => {
      child.on('message', (told: { port: number }) => resolve(`http://127.0.0.1:${told.port}`))
    })
    return { child, base }
  }),
)
const baseOf = (i: number) => servers[i % servers.length]?.base ?? ''

const took: Record<'booking' | 'view', number[]> = { booking: [], view: [] }
const answers: Record<string, number> = {}

async function timed(what: 'booking' | 'view', url: string, init?: RequestInit): Promise<void> {
  const start = performance.now()
  const answer = await fetch(url, init)
  await answer.arrayBuffer()
  took[what].push(performance.now() - start)
  const key = `${what} ${answer.status}`
  answers[key] = (answers[key] ?? 0) + 1
}

function press(i: number): Promise<void> {
  const given = {
    session: 'rush',
    slot: null,
    format: 'online',
    company: '株式会社髙﨑製作所',
    name: '髙橋 太郎',
    name_kana: 'タカハシ タロウ',
    email: `rush${i}@example.jp`,
    phone: '029-224-0001',
    prefecture: '08',
    consent: true,
  }
  return timed('booking', `${baseOf(i)}/api/v1/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(given),
  })
}

async function inTurn(clients: number, many: number, one: (i: number) => Promise<void>): Promise<void> {
  await Promise.all(
    Array.from({ length: clients }, async (_, k) => {
      for (let i = k; i < many; i += clients) await one(i)
    }),
  )
}

await fetch(`${baseOf(0)}/sessions/rush`)
const start = performance.now()
await Promise.all([
  inTurn(count.people, count.people, press),
  inTurn(50, count.views, (i) => timed('view', `${baseOf(i)}/sessions/rush`)),
])
const seconds = (performance.now() - start) / 1000
const at = (list: number[], part: number) =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length * part)]?.toFixed(0) ?? '−'
const [row] = await engine.store.db.selectFrom('session').select('seats_taken').where('id', '=', 'rush').execute()
console.log(`${engine.name}, ${count.processes} process(es), ${cpus().length} cores: ${seconds.toFixed(1)} s in all`)
console.log(`seats taken: ${row?.seats_taken} of ${count.places}; answers: ${JSON.stringify(answers)}`)
console.log(`a press of the button: p50 ${at(took.booking, 0.5)} ms, p99 ${at(took.booking, 0.99)} ms`)
console.log(`a view of the page:   p50 ${at(took.view, 0.5)} ms, p99 ${at(took.view, 0.99)} ms`)
for (const { child } of servers) child.kill()
await engine.end()
