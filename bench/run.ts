import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { commitsASecond } from './commits.ts'
import { deskLines } from './desk.ts'
import { rowsASecond } from './rows.ts'

const SECONDS = Number(process.argv[2] ?? 5)
const CLIENTS = 50

type Measured = { rate: number; p99: number; wrong: number }

function start(file: string, ...args: string[]): Promise<{ child: ChildProcess; base: string }> {
  const child = fork(new URL(file, import.meta.url), args, { execArgv: ['--import', 'tsx'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.on('message', (message: { port?: number }) => {
      if (message.port) resolve({ child, base: `http://127.0.0.1:${message.port}` })
    })
  })
}

async function measure(options: autocannon.Options, right: 200 | 201): Promise<Measured> {
  const result = await autocannon({ connections: CLIENTS, duration: SECONDS, ...options })
  const answered = result.statusCodeStats?.[`${right}`]?.count ?? 0
  return { rate: answered / result.duration, p99: result.latency.p99, wrong: result.requests.total - answered }
}

let people = 0
function application(): string {
  people++
  return JSON.stringify({
    session: `bench-${people % 100}`,
    format: 'online',
    company: '株式会社髙﨑製作所',
    name: '髙橋 太郎',
    name_kana: 'タカハシ タロウ',
    email: `taro${people}@example.jp`,
    phone: '029-224-0001',
    prefecture: '08',
    consent: true,
  })
}

const book = (base: string): Promise<Measured> =>
  measure(
    {
      url: `${base}/api/v1/bookings`,
      method: 'POST',
      requests: [
        {
          setupRequest: (request) => ({
            ...request,
            body: application(),
            headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
          }),
        },
      ],
    },
    201,
  )

const round = (value: number) => (value >= 100 ? Math.round(value) : Math.round(value * 10) / 10)
const lines: Record<string, string | number>[] = []
function line(what: string, ours: Measured, limit: number, of: string): void {
  if (ours.wrong > 0) throw new Error(`${what}: ${ours.wrong} answers were not what was asked for`)
  lines.push({
    what,
    'a second': round(ours.rate),
    'p99 ms': round(ours.p99),
    limit: round(limit),
    'the limit is': of,
    ratio: (ours.rate / limit).toFixed(2),
  })
}

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'))
const file = join(folder, 'bench.db')
const product = await start('./product.ts', file, 'cache')
const afresh = await start('./product.ts', join(folder, 'afresh.db'), 'no-cache')
const bare = await start('./bare.ts')
try {
  const pages = { 'month page': '/calendar', 'sessions JSON': '/api/v1/sessions', feed: '/calendar.ics' }
  for (const [what, path] of Object.entries(pages)) {
    const answer = await fetch(product.base + path)
    const body = await answer.text()
    const kept = new Promise((resolve) => bare.child.once('message', resolve))
    bare.child.send({ path, body, type: answer.headers.get('content-type') })
    await kept
    const limit = await measure({ url: bare.base + path }, 200)
    const kb = `bare Hono, the same ${Math.round(Buffer.byteLength(body) / 1024)} KB`
    line(what, await measure({ url: product.base + path }, 200), limit.rate, kb)
    line(`${what}, made anew each time`, await measure({ url: afresh.base + path }, 200), limit.rate, kb)
  }
  const booked = await book(product.base)
  const limit = rowsASecond(file, join(folder, 'rows.db'), SECONDS)
  line('booking over HTTP', booked, limit, 'the same rows by better-sqlite3, a commit each')
  const path = '/sessions/bench-1'
  const idle = await measure({ url: product.base + path }, 200)
  const [busy] = await Promise.all([measure({ url: product.base + path, connections: 10 }, 200), book(product.base)])
  const commits = await commitsASecond(join(folder, 'commits.db'), SECONDS)
  console.log(`${CLIENTS} clients, ${SECONDS} s each, ${cpus().length} cores, Node ${process.version}`)
  console.table(lines)
  console.log(
    `SQLite, synchronous=FULL: ${round(commits.alone)} commits a second one by one, ${round(commits.together)} where fifty share an fsync`,
  )
  console.log(
    `One session's page: p99 ${round(idle.p99)} ms alone, ${round(busy.p99)} ms while fifty people book at once`,
  )
  console.log((await deskLines()).join('\n'))
} finally {
  for (const { child } of [product, afresh, bare]) child.kill()
  rmSync(folder, { recursive: true })
}
