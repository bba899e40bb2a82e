import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { texts } from '../../templates/text/index.ts'
import { readOne, value } from '../calendar/reader.ts'
import { freePort } from '../free-port.ts'
import { fieldsOf, formTo, pageOf, pathOf } from '../http/app.ts'
import { type PostOffice, parsed, partsOf, postOffice } from '../mail/post-office.ts'
import { application, freshKey } from '../world.ts'
import { openDatabase, openWorker } from './wrangler.ts'

const t = texts('ja')

let database: Awaited<ReturnType<typeof openDatabase>>
let worker: Awaited<ReturnType<typeof openWorker>>
let office: PostOffice | undefined
let smtp: number

beforeAll(async () => {
  database = await openDatabase()
  smtp = await freePort()
  worker = await openWorker(database.folder, { SMTP_URL: `smtp://127.0.0.1:${smtp}` })
})
afterAll(async () => {
  await worker?.close()
  await office?.close()
  database?.close()
})

async function ask(address: string, init: RequestInit = {}) {
  const answer = await fetch(`${worker.base}${address}`, { redirect: 'manual', ...init })
  const location = answer.headers.get('location') ?? ''
  return { status: answer.status, headers: answer.headers, body: await answer.text(), location }
}

const page = async (address: string) => pageOf(await ask(address))
const post = (address: string, fields: [string, string][]) =>
  ask(address, { method: 'POST', body: new URLSearchParams(fields) })

type Day = { id: string; remaining: number; formats: string[]; slots: { id: string }[] }

async function openDays(): Promise<Day[]> {
  const { body } = await ask('/api/v1/sessions?prefecture=08&kind=consultation&status=open')
  return (JSON.parse(body) as { sessions: Day[] }).sessions
}

async function day(nth: number): Promise<Day> {
  const found = (await openDays())[nth]
  if (!found) throw new Error('no open day in Mito')
  return found
}

const remaining = async (id: string) => (JSON.parse((await ask(`/api/v1/sessions/${id}`)).body) as Day).remaining

async function book(nth: number, changes: Record<string, unknown> = {}) {
  const { id, slots } = await day(nth)
  const answer = await ask('/api/v1/bookings', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': freshKey() },
    body: JSON.stringify(application({ session: id, slot: slots[0]?.id, ...changes })),
  })
  expect(answer.status).toBe(201)
  return (JSON.parse(answer.body) as { booking: { id: string; number: string; manage_url: string } }).booking
}

/** The letters to an address, after this many have arrived. */
async function letters(to: string, count: number) {
  const come = () => office?.received.filter((one) => one.to.includes(to)) ?? []
  await expect.poll(() => come().length, { timeout: 30_000 }).toBe(count)
  return Promise.all(come().map((one) => parsed(one)))
}

/** The calendar in the nth letter to an address, as it was sent. */
function calendarIn(to: string, nth: number) {
  const raw = office?.received.filter((one) => one.to.includes(to))[nth]?.raw ?? ''
  const part = partsOf(raw).parts[0]?.parts.at(-1)
  expect(part?.headers['content-type']).toContain('text/calendar')
  return readOne(Buffer.from(part?.body ?? '', 'base64').toString('utf8'))
}

test('is ready, with the migrations that wrangler applied, and says so', async () => {
  const { status, body } = await ask('/readyz')
  expect([status, JSON.parse(body)]).toEqual([
    200,
    { status: 'ready', database: 'ok', migrations: 'current', oldest_unsent_letter_seconds: null },
  ])
})

test('assets lie under their tags for a year, with the headers of every answer, and the build beside them is not shown', async () => {
  const { body } = await ask('/')
  const addresses = [...body.matchAll(/\/assets\/[\w.-]+\?v=[0-9a-f]{12}/g)].map(([address]) => address)
  expect(addresses.length).toBeGreaterThan(2)
  for (const address of addresses) {
    const { status, headers } = await ask(address)
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect((await ask(address, { headers: { 'if-none-match': headers.get('etag') ?? '' } })).status).toBe(304)
  }
  expect((await ask('/assets/style.css')).headers.get('cache-control')).toBe('no-cache')
  expect((await ask('/built.json')).status).toBe(404)
  expect((await ask('/assets/built.json')).status).toBe(404)
})

test('a firm books in three steps, reads the letter, has the day in its calendar and cancels', async () => {
  office = await postOffice({}, smtp)
  const { id, slots, remaining: before } = await day(0)
  const door = `/sessions/${id}/book`
  expect((await page(`/sessions/${id}`)).status).toBe(200)

  const form = formTo(await page(door), door)
  const { session: _, topics: __, ...typed } = application({ slot: slots[0]?.id, email: 'walk@example.jp' })
  const answers = Object.entries(typed).map(([name, given]) => [
    name,
    typeof given === 'string' ? given : given === null ? '' : JSON.stringify(given),
  ])
  const confirm = pageOf(await post(door, fieldsOf(form, Object.fromEntries(answers))))
  expect(confirm.text).toContain(t.confirm.notYet)
  expect(await remaining(id)).toBe(before)

  const booked = formTo(confirm, door, 'book')
  const done = await post(door, fieldsOf(booked))
  expect(done.status).toBe(303)
  expect((await post(door, fieldsOf(booked))).location).toBe(done.location)
  const own = pathOf(done.location)
  expect((await page(own)).text).toMatch(/IB-\d{4}-\d\d/)
  expect(await remaining(id)).toBe(before - 1)

  const [letter] = await letters('walk@example.jp', 1)
  expect(letter?.text).toContain(done.location.replace(/\/done$/, ''))
  const invitation = calendarIn('walk@example.jp', 0)
  expect(value(invitation.calendar, 'method')).toBe('REQUEST')

  const manage = own.replace(/\/done$/, '')
  expect((await page(manage)).status).toBe(200)
  const cancelling = await page(`${manage}/cancel`)
  expect(await remaining(id)).toBe(before - 1)
  const cancelled = await post(`${manage}/cancel`, fieldsOf(formTo(cancelling, `${manage}/cancel`)))
  expect(cancelled.status).toBe(303)
  expect(await remaining(id)).toBe(before)
  await letters('walk@example.jp', 2)
  const withdrawal = calendarIn('walk@example.jp', 1)
  expect(value(withdrawal.calendar, 'method')).toBe('CANCEL')
  expect(value(withdrawal.event, 'uid')).toBe(value(invitation.event, 'uid'))
  expect(Number(value(withdrawal.event, 'sequence'))).toBeGreaterThan(Number(value(invitation.event, 'sequence')))

  const feed = await ask('/calendar.ics?prefecture=08')
  expect([feed.status, feed.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
  expect(feed.body).toContain('BEGIN:VEVENT')
  expect(
    (await ask('/calendar.ics?prefecture=08', { headers: { 'if-none-match': feed.headers.get('etag') ?? '' } })).status,
  ).toBe(304)
})

test('a letter that could not leave with its request leaves by the cron once it is due', async () => {
  await office?.close()
  office = undefined
  await book(1, { email: 'left@example.jp' })
  const waiting = async () => /letters\{state="waiting"\} (\d+)/.exec((await ask('/metrics')).body)?.[1]
  const failedOnce = () =>
    database.rows.prepare("select attempts from outbox where attempts = 1 and state = 'waiting'").all().length
  await expect.poll(failedOnce, { timeout: 30_000, interval: 100 }).toBe(1)
  expect(await waiting()).toBe('1')
  office = await postOffice({}, smtp)
  await ask('/__scheduled?cron=*+*+*+*+*')
  expect(office.received).toEqual([]) // it is tried again in a minute, not before
  database.rows.exec("update outbox set due_at = created_at where state = 'waiting'")
  const ticks = await Promise.all([1, 2, 3].map(() => ask('/__scheduled?cron=*+*+*+*+*')))
  expect(ticks.map((one) => one.status)).toEqual([200, 200, 200])
  await letters('left@example.jp', 1)
  expect(await waiting()).toBe('0')
})

test('twenty at once for five places leave exactly five', async () => {
  const { id, slots } = await day(3)
  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const answer = await ask('/api/v1/bookings', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': freshKey() },
        body: JSON.stringify(application({ session: id, slot: slots[i % slots.length]?.id })),
      })
      return answer.status
    }),
  )
  expect(answers.toSorted((a, b) => a - b)).toEqual([
    ...Array.from({ length: 5 }, () => 201),
    ...Array.from({ length: 15 }, () => 409),
  ])
  expect(await remaining(id)).toBe(0)
})

test('the desk signs in by a letter and takes the ledger along, as a workbook and in Shift_JIS', async () => {
  office ??= await postOffice({}, smtp)
  database.rows.exec(
    `insert into account (id, email, name, role, prefectures, state, revision, created_at, updated_at)
      values ('walker', 'walker@example.jp', '担当', 'desk', '08', 'active', 0, '2026-01-01', '2026-01-01')`,
  )
  const { number } = await book(4, { name: '𠮷田 花子' })
  await post('/desk/sign-in', [['email', 'walker@example.jp']])
  const [letter] = await letters('walker@example.jp', 1)
  const [link = ''] = /\/desk\/sign-in\/[\w-]+/.exec(letter?.text ?? '') ?? []
  const cookie = ((await post(link, [])).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const exported = async (format: string) => {
    const fields = { from: '2020-01-01', to: '2099-12-31', format, anyway: '1' }
    const init = { method: 'POST', headers: { cookie }, body: new URLSearchParams(fields) }
    const answer = await fetch(`${worker.base}/desk/exports`, init)
    expect(answer.status).toBe(200)
    return new Uint8Array(await answer.arrayBuffer())
  }
  const [, ...workbook] = await readSheet(Buffer.from(await exported('xlsx')))
  expect(workbook.find((row) => row[0] === number)).toContain('𠮷田 花子')
  const csv = new TextDecoder('shift_jis', { fatal: true }).decode(await exported('sjis'))
  expect(csv.split('\r\n').find((line) => line.startsWith(number))).toContain('〓田 花子')
  const year = new Date().getFullYear()
  const figures = await ask(`/desk/figures?from=${year}-01-01&to=${year + 1}-12-31`, { headers: { cookie } })
  expect(figures.body).toContain('<svg')
})

test('nothing that is one’s own stands in the log', async () => {
  const { manage_url } = await book(2, { email: 'secret@example.jp' })
  await ask(pathOf(manage_url))
  const ours = worker
    .printed()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  expect(ours.filter((line) => line.includes('"/b/…"')).length).toBeGreaterThan(0)
  expect(ours.join('\n')).not.toContain(manage_url.split('/').at(-1))
  expect(ours.join('\n')).not.toContain('@example.jp')
})

test('a Worker without its secret, or older than its database, answers 503 and says why', async () => {
  const bare = await openWorker(database.folder, { SECRET: '' })
  expect((await fetch(bare.base)).status).toBe(503)
  await expect.poll(bare.printed, { timeout: 30_000 }).toContain('SECRET: is required')
  await bare.close()
  database.rows.exec("insert into migration (name) values ('9999_future.sql')")
  expect((await ask('/readyz')).status).toBe(503)
  const old = await openWorker(database.folder)
  expect((await fetch(`${old.base}/calendar`)).status).toBe(503)
  await expect.poll(old.printed, { timeout: 30_000 }).toContain('newer than this code')
  await old.close()
})
