import { Agent } from 'node:http'
import { cpus } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readMigrations } from '../db/seed/migrations.ts'
import { addDays, civilDate } from '../src/base/japan/civil.ts'
import { PREFECTURES } from '../src/base/japan/prefecture.ts'
import { migrate } from '../src/store/migrate.ts'
import { application, asked, inTurn, serversOn } from './crowd.ts'
import { contextOf, openEngine } from './engine.ts'
import { fill } from './fill.ts'

/*
 * A busy day of the whole country in some minutes: each prefecture gets 120 bookings, spread evenly, while others browse.
 * `bench:day --url <empty database> [--processes 1] [--seconds 120] [--readers 200] [--bookings 20000]`.
 */
const text = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    url: text,
    processes: { ...text, default: '1' },
    seconds: { ...text, default: '120' },
    readers: { ...text, default: '200' },
    bookings: { ...text, default: '20000' },
  },
})
if (values.url === undefined) throw new Error('--url sqlite:<path> or postgres://…')
const { processes, seconds, readers, bookings } = {
  processes: Number(values.processes),
  seconds: Number(values.seconds),
  readers: Number(values.readers),
  bookings: Number(values.bookings),
}

/** Bookings of a prefecture: twelve days, in each the ten places that `fill` leaves free. */
const EACH = 120
const HOURS = ['10', '11', '13', '14', '15']

/** Milliseconds that somebody looks at a page. */
const LOOKS = 2000

const engine = await openEngine(values.url)
const system = contextOf(engine.store, { kind: 'system', name: 'cli' })
const today = civilDate(system.clock.now())
await migrate(engine.store, readMigrations(), system.clock.now())
await fill(system, bookings, today)

/** The place that the `n`th person of a prefecture books. */
function placeOf(prefecture: string, n: number) {
  const session = `${prefecture}-${addDays(today, 2 + Math.floor(n / 10))}`
  return { session, slot: `${session}-${HOURS[Math.floor((n % 10) / 2)]}00`, format: 'onsite' }
}

const { bases, stop } = await serversOn(values.url, processes)
const baseOf = (i: number) => bases[i % bases.length] ?? ''
const agents = { booking: new Agent({ keepAlive: true }), page: new Agent({ keepAlive: true }) }
const took: Record<keyof typeof agents, number[]> = { booking: [], page: [] }
const answers: Record<string, number> = {}

async function timed(what: keyof typeof agents, address: string, body?: string): Promise<void> {
  const start = performance.now()
  // A connection that breaks is an answer too, and fails the run.
  const status = await asked(agents[what], address, body).catch(({ code }: NodeJS.ErrnoException) => code)
  took[what].push(performance.now() - start)
  answers[`${what} ${status}`] = (answers[`${what} ${status}`] ?? 0) + 1
}

const all = PREFECTURES.length * EACH
const ending = new AbortController()
const start = performance.now()

async function reads(reader: number): Promise<void> {
  const { code } = PREFECTURES[reader % PREFECTURES.length] ?? { code: '13' }
  const pages = ['/', `/calendar?prefecture=${code}`, `/sessions/${placeOf(code, reader % EACH).session}`, '/calendar']
  await wait((LOOKS * reader) / readers)
  for (let n = reader; !ending.signal.aborted; n++) {
    await timed('page', baseOf(n) + (pages[n % pages.length] ?? '/'))
    await wait(LOOKS)
  }
}

const browsing = Array.from({ length: readers }, (_, reader) => reads(reader))
await inTurn(all, all, async (i) => {
  await wait((i / all) * seconds * 1000)
  const { code } = PREFECTURES[i % PREFECTURES.length] ?? { code: '13' }
  const body = application(i, placeOf(code, Math.floor(i / PREFECTURES.length)))
  await timed('booking', `${baseOf(i)}/api/v1/bookings`, body)
})
ending.abort()
await Promise.all(browsing)
const spent = (performance.now() - start) / 1000
stop()
for (const agent of Object.values(agents)) agent.destroy()
const { n } = await engine.store.db
  .selectFrom('outbox')
  .select(({ fn }) => fn.countAll<number | string>().as('n'))
  .where('kind', '=', 'booked')
  .where('state', '<>', 'sent')
  .executeTakeFirstOrThrow()
await engine.end()

const at = (list: number[], part: number) => list[Math.floor(list.length * part)]?.toFixed(0) ?? '−'
console.log(
  `${engine.name}, ${processes} process(es), ${cpus().length} cores: ${all} bookings in ${spent.toFixed(0)} s`,
)
console.log(`answers: ${JSON.stringify(answers)}; letters waiting: ${n}`)
for (const [what, list] of Object.entries(took)) {
  list.sort((a, b) => a - b)
  console.log(`${what}: p50 ${at(list, 0.5)} ms, p99 ${at(list, 0.99)} ms, last ${list.at(-1)?.toFixed(0)} ms`)
}
if (Object.keys(answers).some((one) => !/ (?:200|201)$/.test(one)) || answers['booking 201'] !== all)
  process.exitCode = 1
