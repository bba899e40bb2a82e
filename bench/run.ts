import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import Database from 'better-sqlite3'
import { readMigrations } from '../db/seed/migrations.ts'
import { civilDate } from '../src/base/japan/civil.ts'
import { migrate } from '../src/store/migrate.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { commitsASecond } from './commits.ts'
import { rush } from './crowd.ts'
import { deskLines } from './desk.ts'
import { contextOf } from './engine.ts'
import { fill } from './fill.ts'
import { openLedger } from './ledger.ts'
import { LATENCY_MS, lettersASecond } from './letters.ts'
import { compare, type Line, type Run, short, table } from './result.ts'
import { rowsASecond } from './rows.ts'
import { started } from './start.ts'

/*
 * Measures each line beside its limit, in rounds, and keeps the run in `bench/results/`. `bench [--seconds 5] [--rounds
 * 3] [--bookings 100000] [--letters 2000] [--requests 100000] [--people 2000] [--compare FILE] [--console]`.
 * `--compare` ends with 1 if a line became slower than in that run. `--console` also measures the list pages of the
 * console. On a busy machine: `--seconds 1 --rounds 1 --bookings 20000 --letters 200 --requests 5000`.
 */
const text = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    seconds: { ...text, default: '5' },
    rounds: { ...text, default: '3' },
    bookings: { ...text, default: '100000' },
    letters: { ...text, default: '2000' },
    requests: { ...text, default: '100000' },
    people: { ...text, default: '2000' },
    compare: text,
    console: { type: 'boolean', default: false },
  },
})
const [SECONDS, ROUNDS, BOOKINGS] = [Number(values.seconds), Number(values.rounds), Number(values.bookings)]
const earlier = values.compare === undefined ? null : (JSON.parse(readFileSync(values.compare, 'utf8')) as Run)
if (earlier && (earlier.seconds !== SECONDS || earlier.bookings !== BOOKINGS)) {
  throw new Error(`that run had --seconds ${earlier.seconds} --bookings ${earlier.bookings}`)
}
const [LETTERS, REQUESTS] = [Number(values.letters), Number(values.requests)]
const CLIENTS = 50
/** Megabytes of a process at rest. */
const MEMORY_MB = 150
/** How much longer the slowest booking in a hundred may take than the one in the middle. */
const TAIL = 3
/** People who press at once for places. Milliseconds: until the last has an answer, and for a view of the page meanwhile. */
const RUSH = { people: Number(values.people), places: 100, views: 2000, lastMs: 3000, viewMs: 100 }
/** Bookings a second while pages are read. */
const BUSY = 10

type Server = { child: ChildProcess; base: string }

function start(file: string, ...args: string[]): Promise<Server> {
  const child = fork(new URL(file, import.meta.url), args, { execArgv: ['--import', 'tsx'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.on('message', (message: { port?: number }) => {
      if (message.port) resolve({ child, base: `http://127.0.0.1:${message.port}` })
    })
  })
}

/** Right answers a second, and the times that they took. Throws if another answer came. */
async function measured(options: autocannon.Options, right: 200 | 201) {
  const result = await autocannon({ connections: CLIENTS, duration: SECONDS, ...options })
  const answered = result.statusCodeStats?.[`${right}`]?.count ?? 0
  const wrong = result.requests.total - answered
  if (wrong > 0) throw new Error(`${options.url}: ${wrong} answers were not ${right}`)
  return { rate: answered / result.duration, p50: result.latency.p50, p99: result.latency.p99 }
}

const rate = async (options: autocannon.Options) => (await measured(options, 200)).rate

let people = 0
/** An application for one of the sessions `bench-<from>` to `bench-<from + many - 1>`. */
function application(from: number, many: number) {
  people++
  const given = {
    session: `bench-${from + (people % many)}`,
    format: 'online',
    company: '株式会社髙﨑製作所',
    name: '髙橋 太郎',
    name_kana: 'タカハシ タロウ',
    email: `taro${people}@example.jp`,
    phone: '029-224-0001',
    prefecture: '08',
    consent: true,
  }
  const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
  return { body: JSON.stringify(given), headers }
}

const booked = (base: string) =>
  measured(
    {
      url: `${base}/api/v1/bookings`,
      method: 'POST',
      requests: [{ setupRequest: (request) => ({ ...request, ...application(0, 100) }) }],
    },
    201,
  )

/** The same, while somebody books ten times a second in sessions that the page shows. */
async function whileBooking(base: string, read: () => Promise<number>): Promise<number> {
  const answers: Promise<number>[] = []
  const book = async () => {
    const answer = await fetch(`${base}/api/v1/bookings`, { method: 'POST', ...application(100, 25) })
    await answer.arrayBuffer()
    return answer.status
  }
  const timer = setInterval(() => answers.push(book()), 1000 / BUSY)
  const answered = await read().finally(() => clearInterval(timer))
  const wrong = (await Promise.all(answers)).filter((status) => status !== 201)
  if (wrong.length > 0) throw new Error(`bookings were answered ${wrong.join()}`)
  return answered
}

const lines = new Map<string, Line>()
type Aimed = { unit?: Line['unit']; aim?: number }
function note(what: string, ours: number, limit: number, of: string, { unit = 'a second', aim }: Aimed = {}): void {
  const line = lines.get(what) ?? { what, unit, of, aim: aim ?? null, ours: [], limit: [] }
  line.ours.push(ours)
  line.limit.push(limit)
  lines.set(what, line)
}

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'))
execFileSync('npm', ['run', '-s', 'build'], { stdio: 'inherit' })
const file = join(folder, 'bench.db')
const years = join(folder, 'years.db')
const copy = join(folder, 'start.db')

const store = openSqlite(years)
const system = contextOf(store, { kind: 'system', name: 'cli' })
const now = system.clock.now()
await migrate(store, readMigrations(), now)
const filled = await fill(system, BOOKINGS, civilDate(now))
await store.close()
const raw = new Database(years)
raw.prepare('vacuum into ?').run(copy)
raw.close()

const ledger = await openLedger(years, filled)
const product = await start('./product.ts', file, 'cache')
const afresh = await start('./product.ts', join(folder, 'afresh.db'), 'anew')
const bare = await start('./bare.ts')

/** Gives bare Hono the bytes of a page, and says what they are. */
async function sameBytes(path: string): Promise<string> {
  const answer = await fetch(product.base + path)
  const body = await answer.text()
  const got = new Promise((resolve) => bare.child.once('message', resolve))
  bare.child.send({ path, body, type: answer.headers.get('content-type') })
  await got
  return `bare Hono, the same ${Math.round(Buffer.byteLength(body) / 1024)} KB`
}

const month = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 7)
const OF_PREFECTURE = [
  ['month page of a prefecture', `/calendar?month=${month}&prefecture=08`, 1, 0.7],
  ['sessions JSON of a prefecture', '/api/v1/sessions?prefecture=08', 1.2, 1],
  ['feed of a prefecture', '/calendar.ics?prefecture=08', 1, 0.9],
] as const
const NATIONAL = [
  ['month page', `/calendar?month=${month}`, 0.15],
  ['sessions JSON', '/api/v1/sessions', 0.5],
  ['feed', '/calendar.ics', 0.5],
] as const

async function pages(): Promise<void> {
  for (const [what, path, quiet, busy] of OF_PREFECTURE) {
    const of = await sameBytes(path)
    const limit = await rate({ url: bare.base + path })
    const read = () => rate({ url: product.base + path })
    note(what, await read(), limit, of, { aim: quiet })
    note(`${what}, ten bookings a second`, await whileBooking(product.base, read), limit, of, { aim: busy })
  }
  for (const [what, path, aim] of NATIONAL) {
    const of = await sameBytes(path)
    const limit = await rate({ url: bare.base + path })
    note(`${what}, national, made anew`, await rate({ url: afresh.base + path }), limit, of, { aim })
  }
}

async function bookings(round: number): Promise<number> {
  const ours = await booked(product.base)
  const alone = rowsASecond(file, join(folder, `rows${round}.db`), SECONDS)
  const groups = rowsASecond(file, join(folder, `groups${round}.db`), SECONDS, CLIENTS)
  note('durable booking over HTTP, 50 clients', ours.rate, alone, 'its rows by better-sqlite3, a commit each', {
    aim: 1.5,
  })
  note('the same, of commits in groups', ours.rate, groups, 'its rows by better-sqlite3, fifty a commit', { aim: 0.1 })
  note('the slowest of a hundred bookings', ours.p99, ours.p50 * TAIL, `${TAIL} times the median`, {
    unit: 'ms',
    aim: 1,
  })
  return 1000 / alone
}

async function opening(round: number): Promise<void> {
  const crowd = { processes: 1, people: RUSH.people, places: RUSH.places, views: RUSH.views, bookings: 2000 }
  const { seats, answers, took } = await rush(`sqlite:${join(folder, `rush${round}.db`)}`, crowd)
  const right = { 'booking 201': RUSH.places, 'booking 409': RUSH.people - RUSH.places, 'view 200': RUSH.views }
  if (seats !== RUSH.places || Object.entries(right).some(([what, many]) => answers[what] !== many)) {
    throw new Error(`a rush took ${seats} of ${RUSH.places} places, with the answers ${JSON.stringify(answers)}`)
  }
  const what = `${RUSH.people.toLocaleString('en')} presses for ${RUSH.places} places`
  const view = took.view[Math.floor(took.view.length * 0.99)] ?? Number.NaN
  const [last = Number.NaN] = took.booking.slice(-1)
  note(`${what}, the last answer`, last, RUSH.lastMs, 'three seconds', { unit: 'ms', aim: 1 })
  note(`${what}, a view, the slowest of a hundred`, view, RUSH.viewMs, 'a tenth of a second', { unit: 'ms', aim: 1 })
}

async function acts(commit: number): Promise<void> {
  const took = await ledger.round(commit)
  const [rows, bytes] = ['the rows of a booking, one commit', 'bare Hono, the same bytes']
  const unit = 'ms'
  note('cancel', took.cancel.ours, took.cancel.limit, rows, { unit })
  note('move', took.move.ours, took.move.limit, rows, { unit })
  note('form, confirm, done', took.form.ours, took.form.limit, rows, { unit })
  note('staff search', took.search.ours, took.search.limit, bytes, { unit })
  note('day sheet', took.sheet.ours, took.sheet.limit, bytes, { unit })
  const many = ledger.exported.toLocaleString('en')
  note(`export of ${many} rows, CSV`, took.export.ours, took.export.limit, 'reading them by better-sqlite3', { unit })
}

async function processes(): Promise<void> {
  const sent = await lettersASecond(ledger.system, LETTERS)
  const of = `its connections, ${LATENCY_MS} ms a letter`
  note(`letters to a server with ${LATENCY_MS} ms latency`, sent.ours, sent.limit, of, { aim: 0.84 })
  const empty = await started(null, REQUESTS)
  const full = await started(copy, REQUESTS)
  const what = `start to first page, ${BOOKINGS.toLocaleString('en')} bookings`
  note(what, full.ms, empty.ms, 'bare Hono, started alike', { unit: 'ms' })
  note('memory at rest', full.mb, MEMORY_MB, 'the most it may take', { unit: 'MB', aim: 1 })
  const asked = `memory after ${REQUESTS.toLocaleString('en')} requests`
  note(asked, full.after, full.mb, 'its memory before', { unit: 'MB' })
}

function kept(): { run: Run; path: string } {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const machine = `${cpus().length} cores of ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  const sizes = { seconds: SECONDS, rounds: ROUNDS, bookings: BOOKINGS }
  const run = { at: now, commit, machine, ...sizes, lines: [...lines.values()] }
  const results = new URL('results/', import.meta.url)
  mkdirSync(results, { recursive: true })
  const path = new URL(`${civilDate(now)}-${commit}.json`, results).pathname
  writeFileSync(path, `${JSON.stringify(run, null, 2)}\n`)
  return { run, path }
}

try {
  await booked(product.base)
  for (let round = 1; round <= ROUNDS; round++) {
    await pages()
    await acts(await bookings(round))
    await opening(round)
    await processes()
  }
  const { run, path } = kept()
  console.log(`${run.machine}; ${ROUNDS} rounds of ${SECONDS} s, kept in ${path}\n\n${table(run.lines)}`)
  const commits = await commitsASecond(join(folder, 'commits.db'), SECONDS)
  const [alone, together] = [short(commits.alone), short(commits.together)]
  console.log(`\nSQLite, synchronous=FULL: ${alone} commits a second one by one, ${together} if fifty share an fsync`)
  if (values.console) console.log((await deskLines()).join('\n'))
  if (earlier) {
    const { slower, faster, missing } = compare(earlier, run)
    for (const { what, before, now: share } of faster)
      console.log(`faster: ${what}, ${short(before)} to ${short(share)}`)
    for (const { what, before, now: share } of slower)
      console.log(`SLOWER: ${what}, ${short(before)} to ${short(share)}`)
    for (const what of missing) console.log(`only in one run: ${what}`)
    if (slower.length === 0) console.log(`Nothing is slower than at ${earlier.commit} beyond the noise.`)
    process.exitCode = slower.length > 0 ? 1 : 0
  }
} finally {
  for (const { child } of [product, afresh, bare]) child.kill()
  await ledger.close()
  rmSync(folder, { recursive: true })
}
