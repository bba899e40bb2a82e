import { beforeAll, expect, test } from 'vitest'
import { fill } from '../../bench/fill.ts'
import { addDays, civilDate } from '../../src/base/japan/civil.ts'
import { FORMATS, KINDS, SESSION_STATUSES } from '../../src/base/vocabulary.ts'
import { makeFeed } from '../../src/people/make-feed.ts'
import { pathOf, type Site, site } from '../http/app.ts'
import { type Staff, signedIn } from '../http/desk/fixtures.ts'
import { times } from './size.ts'

/** The longest that one request may keep all others waiting, in milliseconds. */
const MOST_MS = 200

/** Each address is asked so often. The best counts, because a collection of garbage may fall into one. */
const TRIES = 3

let s: Site
let staff: Staff
let addresses: string[]
/** The addresses that show something. The others may lead elsewhere. */
let asked: string[]

/** Milliseconds of processor time that this thread has used. Other processes do not add to it. */
const used = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** The longest time between two turns of the event loop while `run` is under way, in milliseconds. */
async function blockedBy(run: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let last = used()
  let isRunning = true
  const turn = () => {
    const now = used()
    longest = Math.max(longest, now - last)
    last = now
    if (isRunning) setImmediate(turn)
  }
  setImmediate(turn)
  await run()
  isRunning = false
  await new Promise((done) => void setImmediate(done))
  turn()
  return longest
}

/** Every address of a GET, with real values for its parameters. */
async function routes(session: string): Promise<string[]> {
  const [booking = ''] = await s.column<string>(`select id from booking where session = '${session}'`)
  const [letter = ''] = await s.column<string>(`select id from outbox where subject = '${booking}'`)
  const ids: [RegExp, string][] = [
    [/^\/desk\/outbox/, letter],
    [/^(\/desk|\/api\/v1)\/bookings/, booking],
    [/^\/desk\/venues/, 'venue-08'],
    [/^\/desk\/people/, staff.id],
    [/./, session],
  ]
  const paths = s.app.routes.filter((route) => route.method === 'GET').map((route) => route.path)
  return [...new Set(paths)].map((path) => {
    const [, id = ''] = ids.find(([where]) => where.test(path)) ?? []
    return path
      .replace(/:file\{.*\}/, `${session}.ics`)
      .replace(':id', id)
      .replace(':act', 'call-off')
      .replace(':token', 'x'.repeat(43))
      .replace(':name', 'style.css')
  })
}

/** Lists with the fewest rows of an answer, and with filters that nothing or everything meets. */
function lists(today: string): string[] {
  const [ages, far] = [addDays(today, -3650), '2099-12-31']
  const period = `from=${addDays(today, -1500)}&to=${today}`
  const month = `month=${addDays(today, 30).slice(0, 7)}`
  const kinds = [...KINDS.map((one) => `kind=${one}`), ...FORMATS.map((one) => `format=${one}`), 'prefecture=13']
  const statuses = SESSION_STATUSES.map((one) => `status=${one}`)
  return [
    ...[...kinds, ...statuses, 'desk=nobody', 'status=postponed,full&kind=seminar'].flatMap((one) => [
      `/api/v1/sessions?limit=1&from=${ages}&${one}`,
      `/api/v1/sessions?limit=500&${one}`,
    ]),
    ...[...kinds, ...statuses].flatMap((one) => [
      `/calendar?${month}&${one}`,
      `/calendar?view=list&${month}&${one}`,
      `/calendar?${one}`,
    ]),
    ...kinds.map((one) => `/calendar.ics?${one}`),
    `/api/v1/sessions?limit=500&from=${ages}`,
    `/desk/schedule?view=list&date=${today}`,
    `/desk/schedule?view=month&date=${addDays(today, 20)}`,
    `/desk/bookings?from=${ages}&to=${far}&status=offered`,
    `/desk/bookings?from=${ages}&to=${far}&sort=made`,
    `/desk/bookings?from=${ages}&to=${far}&sort=company&page=200`,
    '/desk/outbox?state=failed',
    '/desk/outbox?kind=survey',
    `/desk/figures?${period}`,
    `/desk/figures/report?month=${today.slice(0, 7)}`,
  ]
}

/** The address of a search that finds nobody, and of a feed of all prefectures. */
async function own(today: string): Promise<string[]> {
  const made = await makeFeed(
    { ...s.ctx, actor: { kind: 'staff', id: staff.id, role: 'secretariat', prefectures: [] } },
    { name: '全国' },
  )
  const fields: [string, string][] = [
    ['text', '㈱ だれ でも ない 029-224 ib-1127 nobody@example.jp 日本'],
    ['from', addDays(today, -3650)],
    ['to', '2099-12-31'],
  ]
  const { location } = await staff.post('/desk/bookings', fields)
  const letters = await staff.post('/desk/outbox', fields.slice(0, 1))
  return [pathOf(location), pathOf(letters.location), made.ok ? `/desk/feeds/${made.token}.ics` : '']
}

beforeAll(async () => {
  s = await site({ seeded: false })
  const today = civilDate(s.ctx.clock.now())
  await fill(s.system, times(10_000, 100_000), today)
  staff = await signedIn(s, 'secretariat')
  asked = [...lists(today), ...(await own(today))]
  addresses = [...new Set([...(await routes(`08-${addDays(today, 3)}`)), ...asked])]
})

test('no read keeps other requests waiting for long, whatever it asks for', async () => {
  const slow: string[] = []
  for (const address of addresses) {
    let best = Number.POSITIVE_INFINITY
    for (let i = 0; i < TRIES && best > MOST_MS; i++) {
      const read = async () => {
        const { status } = await s.ask(address, { headers: { cookie: staff.cookie } })
        if (asked.includes(address) && status !== 200) slow.push(`${address}: status ${status}`)
      }
      best = Math.min(best, await blockedBy(read))
    }
    if (best > MOST_MS) slow.push(`${address}: ${Math.round(best)} ms`)
  }
  expect(slow).toEqual([])
})
