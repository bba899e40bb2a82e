import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readMigrations } from '../db/seed/migrations.ts'
import { plusMinutes } from '../src/base/clock.ts'
import { newId } from '../src/base/id.ts'
import { addDays, civilDate } from '../src/base/japan/civil.ts'
import { sha256 } from '../src/base/token.ts'
import { book } from '../src/booking/book.ts'
import type { Ctx } from '../src/context.ts'
import { addAccount } from '../src/people/add-account.ts'
import { publishSession } from '../src/planning/publish-session.ts'
import { migrate } from '../src/store/migrate.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { orThrow } from '../src/store/store.ts'
import { appOf, contextOf } from './engine.ts'
import { fill } from './fill.ts'

/** The cost of a list page: its statements, and the 95th percentile of a hundred requests in milliseconds. */
type Cost = { path: string; queries: number; p95: number }

const PATHS = ['/desk', '/desk/bookings', '/desk/bookings?page=3&sort=made', '/desk/outbox', '/desk/figures']
const TIMES = 60

/** One booking, ten days from now. */
async function single(system: ReturnType<typeof contextOf>, today: string): Promise<void> {
  await fill(system, 0, today)
  await publishSession(system, {
    id: 'single',
    kind: 'seminar',
    desk: 'desk-08',
    venue: null,
    prefecture: '08',
    note: null,
    sample: false,
    title: { ja: 'セミナー', en: 'Seminar' },
    date: addDays(today, 10),
    hours: { starts: '13:00', ends: '16:00' },
    announced_on: today,
    formats: ['online'],
    capacity: 30,
    apply: { kind: 'here' },
    printed: null,
    printed_weekday: null,
  })
  const person = {
    company: '株式会社髙﨑製作所',
    name: '髙橋 太郎',
    name_kana: 'タカハシ タロウ',
    email: 'taro@example.jp',
  }
  const given = {
    session: 'single',
    format: 'online',
    phone: '029-224-0001',
    prefecture: '08',
    consent: true,
    ...person,
  }
  const done = await book(system, given, { channel: 'web', key: crypto.randomUUID() })
  if (!done.ok) throw new Error(`not booked: ${done.why}`)
}

/** Makes an account of the secretariat that has just proven who it is. Returns the headers of its requests. */
export async function signedIn(system: Ctx): Promise<Record<string, string>> {
  const { store } = system
  const now = system.clock.now()
  const account = await addAccount(system, { email: 'bench@example.jp', name: 'bench', role: 'secretariat' })
  if (!account.ok) throw new Error('no account')
  const secret = { totp_secret: 'A'.repeat(32) }
  orThrow(
    await store.commit(
      store.db.updateTable('account').set(secret).where('id', '=', account.account),
      store.db.insertInto('pass').values({
        id: newId(now),
        account: account.account,
        token_hash: await sha256('bench'),
        proven: 1,
        proven_at: now,
        agent: '',
        challenge: null,
        created_at: now,
        seen_at: now,
        expires_at: plusMinutes(now, 600),
      }),
    ),
  )
  return { cookie: '__Host-madoguchi=bench' }
}

/** The cost of the console's list pages for the secretariat, with so many bookings. */
async function costsAt(bookings: number): Promise<Cost[]> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'))
  let queries = 0
  const store = openSqlite(join(folder, 'desk.db'), () => {
    queries++
  })
  const system = contextOf(store, { kind: 'system', name: 'cli' })
  const now = system.clock.now()
  await migrate(store, readMigrations(), now)
  if (bookings === 1) await single(system, civilDate(now))
  else await fill(system, bookings, civilDate(now))
  const headers = await signedIn(system)
  const app = appOf(store, false)
  const costs: Cost[] = []
  for (const path of PATHS) {
    const took: number[] = []
    for (let i = 0; i < TIMES + 5; i++) {
      queries = 0
      const start = performance.now()
      const answer = await app.request(path, { headers })
      await answer.text()
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
      if (i >= 5) took.push(performance.now() - start)
    }
    const p95 = took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? 0
    costs.push({ path, queries, p95 })
  }
  await store.close()
  rmSync(folder, { recursive: true })
  return costs
}

/** The console's list pages at one, fifty and fifty thousand bookings, as table lines. */
export async function deskLines(): Promise<string[]> {
  const lines = ['', '| console page | bookings | queries | p95 ms |', '|---|---|---|---|']
  for (const bookings of [1, 50, 50_000]) {
    for (const { path, queries, p95 } of await costsAt(bookings)) {
      lines.push(`| ${path} | ${bookings.toLocaleString('en')} | ${queries} | ${p95.toFixed(1)} |`)
    }
  }
  return lines
}
