import { fork } from 'node:child_process'
import { Agent, request } from 'node:http'
import { readMigrations } from '../db/seed/migrations.ts'
import { addDays, civilDate } from '../src/base/japan/civil.ts'
import { publishSession } from '../src/planning/publish-session.ts'
import { migrate } from '../src/store/migrate.ts'
import { contextOf, openEngine } from './engine.ts'
import { fill } from './fill.ts'

/** How many press the button at once for how many places. Meanwhile 50 browsers read the page `views` times. */
export type Crowd = { processes: number; people: number; places: number; views: number; bookings: number }

/** What came of a rush. Times are milliseconds from the press or the click, in order. `seconds` is until the last answer. */
export type Rushed = {
  engine: string
  seats: number
  answers: Record<string, number>
  took: Record<'booking' | 'view', number[]>
  seconds: number
}

const RUSH = { session: 'rush', slot: null, format: 'online' }

/** The connections that the client keeps open. More at once would be refused by the operating system, not by the server. */
const SOCKETS = 400

/** Runs `many` jobs, at most `clients` at once. */
export async function inTurn(clients: number, many: number, one: (i: number) => Promise<void>): Promise<void> {
  await Promise.all(
    Array.from({ length: clients }, async (_, k) => {
      for (let i = k; i < many; i += clients) await one(i)
    }),
  )
}

/** Sends a request, with `body` a booking. Returns the status once the answer has ended. */
export function asked(agent: Agent, url: string, body?: string): Promise<number> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, ...(body !== undefined && { method: 'POST', headers }) }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode ?? 0))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

/** What somebody sends to book. Everybody has an address of their own. */
export const application = (i: number, place: { session: string; slot: string | null; format: string }) =>
  JSON.stringify({
    ...place,
    company: '株式会社髙﨑製作所',
    name: '髙橋 太郎',
    name_kana: 'タカハシ タロウ',
    email: `rush${i}@example.jp`,
    phone: '029-224-0001',
    prefecture: '08',
    consent: true,
  })

/** Processes of the product on a database, each with its address. `stop` ends them. */
export async function serversOn(url: string, processes: number): Promise<{ bases: string[]; stop: () => void }> {
  const servers = await Promise.all(
    Array.from({ length: processes }, async () => {
      const child = fork(new URL('./server.ts', import.meta.url), [url], { execArgv: ['--import', 'tsx'] })
      const base = await new Promise<string>((resolve) => {
        child.on('message', (told: { port: number }) => resolve(`http://127.0.0.1:${told.port}`))
      })
      return { child, base }
    }),
  )
  return {
    bases: servers.map(({ base }) => base),
    stop: () => {
      for (const { child } of servers) child.kill()
    },
  }
}

/**
 * The opening rush of a popular seminar in an empty database that is filled with `bookings` first. All people book at
 * once over HTTP, while others read the page. The server's processes and this one share the machine.
 */
export async function rush(url: string, crowd: Crowd): Promise<Rushed> {
  const engine = await openEngine(url)
  const system = contextOf(engine.store, { kind: 'system', name: 'cli' })
  const today = civilDate(system.clock.now())
  await migrate(engine.store, readMigrations(), system.clock.now())
  await fill(system, crowd.bookings, today)
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
    capacity: crowd.places,
    apply: { kind: 'here' },
    printed: null,
    printed_weekday: null,
    sample: true,
  })
  const { bases, stop } = await serversOn(url, crowd.processes)
  const baseOf = (i: number) => bases[i % bases.length] ?? ''
  const took: Rushed['took'] = { booking: [], view: [] }
  const answers: Rushed['answers'] = {}
  const agents = { booking: new Agent({ keepAlive: true, maxSockets: SOCKETS }), view: new Agent({ keepAlive: true }) }
  const timed = async (what: 'booking' | 'view', address: string, body?: string) => {
    const start = performance.now()
    const status = await asked(agents[what], address, body)
    took[what].push(performance.now() - start)
    answers[`${what} ${status}`] = (answers[`${what} ${status}`] ?? 0) + 1
  }
  try {
    for (const base of bases) await asked(agents.view, `${base}/sessions/rush`)
    const start = performance.now()
    await Promise.all([
      inTurn(crowd.people, crowd.people, (i) => timed('booking', `${baseOf(i)}/api/v1/bookings`, application(i, RUSH))),
      inTurn(50, crowd.views, (i) => timed('view', `${baseOf(i)}/sessions/rush`)),
    ])
    const seconds = (performance.now() - start) / 1000
    const [row] = await engine.store.db.selectFrom('session').select('seats_taken').where('id', '=', 'rush').execute()
    for (const list of Object.values(took)) list.sort((a, b) => a - b)
    return { engine: engine.name, seats: row?.seats_taken ?? 0, answers, took, seconds }
  } finally {
    stop()
    for (const agent of Object.values(agents)) agent.destroy()
    await engine.end()
  }
}
