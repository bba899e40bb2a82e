import Database from 'better-sqlite3'
import { Hono } from 'hono'
import { addDays, civilDate } from '../src/base/japan/civil.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { signedIn } from './desk.ts'
import { appOf, contextOf } from './engine.ts'
import type { Filled } from './fill.ts'
import { median } from './result.ts'

/** How often each act and page is asked in a round. */
const TIMES = 30

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

const PERSON = {
  company: '株式会社髙﨑製作所',
  name: '髙橋 太郎',
  name_kana: 'タカハシ タロウ',
  phone: '029-224-0001',
  prefecture: '08',
  consent: 'true',
}

/** Milliseconds of one piece of work: the median of a round, and of its limit. */
export type Took = { ours: number; limit: number }

/** Acts and pages on the rows of years, in one process, without a network and without the page cache. */
export async function openLedger(path: string, { samples }: Filled) {
  const store = openSqlite(path)
  const system = contextOf(store, { kind: 'system', name: 'cli' })
  const headers = await signedIn(system)
  const app = appOf(store, false)
  const today = civilDate(system.clock.now())
  const raw = new Database(path, { readonly: true })

  async function ask(of: string, right: number | readonly number[], given?: Record<string, string>) {
    const body = given && new URLSearchParams(given).toString()
    const init = body === undefined ? { headers } : { method: 'POST', headers: { ...headers, ...FORM }, body }
    const answer = await app.request(of, init)
    const text = await answer.text()
    if (![right].flat().includes(answer.status)) throw new Error(`${of}: ${answer.status} ${text.slice(0, 500)}`)
    return { text, location: answer.headers.get('location') ?? '' }
  }

  const listed = await ask('/api/v1/sessions?status=open&limit=500', 200)
  const open = JSON.parse(listed.text) as { sessions: { id: string; slots: { id: string; remaining: number }[] }[] }
  const free = open.sessions.flatMap(({ id, slots }) => slots.map((slot) => ({ session: id, slot: slot.id })))
  const place = (prefecture = '') => {
    const at = free.findIndex(({ session }) => session.startsWith(prefecture))
    const [found] = free.splice(at, 1)
    if (at < 0 || !found) throw new Error('no free place is left')
    return found
  }
  const sample = () => {
    const found = samples.pop()
    if (!found) throw new Error('no booking is left')
    return found
  }

  async function times(work: () => Promise<unknown>, many = TIMES): Promise<number> {
    const took: number[] = []
    for (let i = 0; i < many; i++) {
      const start = performance.now()
      await work()
      took.push(performance.now() - start)
    }
    return median(took)
  }

  /** The limit of a page: Hono that sends the same text, asked in the same way. */
  async function bare(text: string): Promise<number> {
    const only = new Hono().get('/', (c) => c.html(text))
    return times(async () => (await only.request('/')).text())
  }

  const cancelOne = () => ask(`/b/${sample().token}/cancel`, 303, {})
  async function moveOne(): Promise<void> {
    const { id, token } = sample()
    const to = place(`${id.slice(8, 10)}-`)
    await ask(`/b/${token}/move`, 303, { place: `${to.session} ${to.slot}`, format: 'onsite', step: 'move' })
  }
  let people = 0
  async function bookOne(): Promise<void> {
    people++
    const { session, slot } = place()
    const page = `/sessions/${session}/book`
    await ask(`${page}?slot=${slot}`, 200)
    const typed = { ...PERSON, slot, format: 'onsite', email: `form${process.pid}.${people}@example.jp` }
    const { text } = await ask(page, 200, { ...typed, step: 'confirm' })
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? ''
    const kept = { idempotency_key: hidden('idempotency_key'), shown: hidden('shown') }
    const { location } = await ask(page, 303, { ...typed, ...kept, step: 'book' })
    await ask(location.replace(/^https?:\/\/[^/]+/, ''), 200)
  }
  async function search(): Promise<string> {
    const { location } = await ask('/desk/bookings', 303, { text: '第4321製作所' })
    return (await ask(location.replace(/^https?:\/\/[^/]+/, ''), 200)).text
  }
  const sheetPath = `/desk/sessions/01-${today}/sheet`

  const days = { from: addDays(today, -53), to: today }
  async function exported(): Promise<void> {
    const given = { ...days, format: 'csv' }
    // A small export is its own answer.
    const { location } = await ask('/desk/exports', [200, 303], given)
    if (location !== '') await ask(`${location.replace(/^https?:\/\/[^/]+/, '')}/file`, 200, {})
  }
  const rows = raw.prepare(
    'select * from booking join session on session.id = booking.session where session.date between ? and ?',
  )
  const readRows = () => {
    let many = 0
    for (const _ of rows.iterate(days.from, days.to)) many++
    return many
  }

  return {
    /** Bookings of the export. */
    exported: readRows(),
    /** `commit`: milliseconds of one booking's rows by better-sqlite3. */
    async round(commit: number): Promise<Record<'cancel' | 'move' | 'form' | 'search' | 'sheet' | 'export', Took>> {
      const found = await search()
      const sheet = (await ask(sheetPath, 200)).text
      return {
        cancel: { ours: await times(cancelOne), limit: commit },
        move: { ours: await times(moveOne), limit: commit },
        form: { ours: await times(bookOne), limit: commit },
        search: { ours: await times(search), limit: await bare(found) },
        sheet: { ours: await times(() => ask(sheetPath, 200)), limit: await bare(sheet) },
        export: { ours: await times(exported, 1), limit: await times(async () => readRows(), 1) },
      }
    },
    system,
    async close(): Promise<void> {
      raw.close()
      await store.close()
    },
  }
}
