import { type Context, Hono } from 'hono'
import { beforeEach, expect, test } from 'vitest'
import { type Made, pageCache } from '../../src/http/cache.ts'
import type { Env } from '../../src/http/env.ts'
import { counting } from '../../src/store/changes.ts'
import { texts } from '../../templates/text/index.ts'
import { ENGINE } from '../engine.ts'
import { application, freshKey, MITO, NOW } from '../world.ts'
import { type Site, site } from './app.ts'

const t = texts('ja')
const DAY = `/sessions/${MITO}`

/** NOW plus this many milliseconds. */
const later = (ms: number) => new Date(Date.parse(NOW) + ms).toISOString()
let s: Site
beforeEach(async () => {
  s = await site({ cache: true })
})

const left = async (one: Site) => JSON.parse((await one.ask(`/api/v1${DAY}`)).body).remaining

/** Whether this engine says at once that another process wrote. The others are asked again after a second. */
const HEARS = ENGINE === 'sqlite'

test('a page is not made again until something changes, or until a second has passed if others may have written', async () => {
  const first = await s.ask('/calendar')
  expect(s.reads()).toBeGreaterThan(0)
  s.at(later(999))
  const second = await s.ask('/calendar')
  expect(s.reads()).toBe(0)
  expect([second.status, second.body]).toEqual([200, first.body])
  for (const name of ['etag', 'content-type', 'cache-control', 'content-security-policy']) {
    expect(second.headers.get(name)).toBe(first.headers.get(name))
  }
  s.at(later(1000))
  expect((await s.ask('/calendar')).body).toBe(first.body)
  expect(s.reads() > 0).toBe(!HEARS)
})

test('if only what is finished is kept, nobody waits for a page that another request has begun, and later requests are served from it', async () => {
  const readsOf = async (cache: true | 'finished') => {
    const one = await site({ cache })
    one.reads()
    await one.ask('/calendar')
    const alone = one.reads()
    await one.run("update desk set phones = '0120-000-000'")
    await Promise.all([one.ask('/calendar'), one.ask('/calendar')])
    const together = one.reads()
    await one.ask('/calendar')
    return { times: together / alone, after: one.reads() }
  }
  // Each makes its own, and may find a list that the other has read meanwhile.
  const finished = await readsOf('finished')
  expect(finished.times).toBeGreaterThan(1)
  expect(finished.after).toBe(0)
  expect(await readsOf(true)).toEqual({ times: 1, after: 0 })
})

test('a kept page answers 304 as well, and its request has an id of its own', async () => {
  const first = await s.ask('/calendar')
  const again = await s.ask('/calendar', { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
  expect([again.status, again.body]).toEqual([304, ''])
  expect(again.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
})

test('a booking shows at once: on the page, in the calendar and in the API', async () => {
  const before = await s.page(DAY)
  expect(before.text).toContain(t.left(5))
  expect((await s.page('/calendar')).text).toContain(t.leftShort(5))
  expect(await left(s)).toBe(5)
  await s.booked({ seats: 2 })
  expect((await s.page(DAY)).text).toContain(t.left(3))
  expect((await s.page('/calendar')).text).toContain(t.leftShort(3))
  expect(await left(s)).toBe(3)
})

test('so does the last place, and one that becomes free', async () => {
  let token = ''
  for (const [slot, seats] of [
    ['1000', 2],
    ['1100', 2],
    ['1300', 1],
  ] as const) {
    await s.page(DAY)
    token = (await s.booked({ slot: `${MITO}-${slot}`, seats })).token
  }
  expect((await s.page(DAY)).text).toContain(t.session.notice.full.what)
  await s.post(`/b/${token}/cancel`)
  expect((await s.page(DAY)).text).toContain(t.left(1))
})

test('a booking refused by the database leaves nothing stale behind', async () => {
  await s.page(DAY)
  await s.booked({ email: 'a@example.jp' })
  await s.page(DAY)
  await s.booked({ email: 'a@example.jp' }).catch(() => {})
  expect((await s.page(DAY)).text).toContain(t.left(4))
})

test('what another process writes shows at once, or within a second', async () => {
  const here = await site({ cache: true, shared: true })
  const there = await site({ cache: true, on: here.address })
  expect([await left(here), await left(there)]).toEqual([5, 5])
  await there.booked({ seats: 2 })
  expect(await left(there)).toBe(3)
  here.at(later(999))
  expect(await left(here)).toBe(HEARS ? 3 : 5)
  here.at(later(1000))
  expect(await left(here)).toBe(3)
})

test('a session closes on the second, kept page or not', async () => {
  const deadline = '2026-11-26T06:00:00.000Z'
  s.at(new Date(Date.parse(deadline) - 1001).toISOString())
  expect((await s.page(DAY)).text).toContain(t.session.book)
  s.at(deadline)
  expect((await s.page(DAY)).text).toContain(t.session.notice.closed.what)
})

test('languages are not mixed up, whether asked for or remembered', async () => {
  const [ja, en] = [texts('ja').desks.title, texts('en').desks.title]
  const heading = async (path: string, cookie?: string) =>
    (await s.page(path, cookie === undefined ? {} : { headers: { cookie } })).main.querySelector('h1')?.text
  expect(await heading('/desks')).toBe(ja)
  expect(await heading('/desks?lang=en')).toBe(en)
  expect(await heading('/desks')).toBe(ja)
  expect(await heading('/desks', 'lang=en')).toBe(en)
  expect(await heading('/desks?lang=ja', 'lang=en')).toBe(ja)
  expect((await s.ask('/desks')).headers.get('vary')).toContain('Cookie')
  const tags = [await s.ask('/desks'), await s.ask('/desks?lang=en')].map((one) => one.headers.get('etag'))
  expect(new Set(tags).size).toBe(2)
})

test('cookies are neither kept with a page nor left out of one that is kept', async () => {
  const asked = await s.ask('/desks?lang=en')
  expect(asked.headers.get('set-cookie')).toContain('lang=en')
  const remembered = await s.ask('/desks', { headers: { cookie: 'lang=en' } })
  expect(remembered.body).toBe(asked.body)
  expect(remembered.headers.get('set-cookie')).toBeNull()
  s.reads()
  const another = await s.ask('/desks?lang=en')
  expect(s.reads()).toBe(0)
  expect(another.headers.get('set-cookie')).toContain('lang=en')
})

test('addresses are not mixed up: each filter, month and view has its own page', async () => {
  const paths = ['', '?month=2026-12', '?month=2026-12&view=list', '?prefecture=08', '?prefecture=04', '?kind=seminar']
  const plain = await site()
  const bodies = new Set<string>()
  for (let round = 0; round < 2; round++) {
    for (const path of paths) {
      const { body } = await s.ask(`/calendar${path}`)
      expect(body).toBe((await plain.ask(`/calendar${path}`)).body)
      bodies.add(body)
    }
  }
  expect(bodies.size).toBe(paths.length)
})

test('what was not found, or is somebody’s own, is not kept', async () => {
  expect((await s.ask('/sessions/later')).status).toBe(404)
  await s.run("update session set id = 'later' where id = 'seminar-fukui-sample'")
  expect((await s.ask('/sessions/later')).status).toBe(200)
  const mine = await s.booked()
  s.reads()
  for (let i = 0; i < 2; i++) {
    await s.ask(`/b/${mine.token}`)
    expect(s.reads()).toBeGreaterThan(0)
  }
})

test('more addresses than can be kept are answered all the same', async () => {
  for (let i = 0; i < 600; i++) expect((await s.ask(`/about/privacy?x=${i}`)).status).toBe(200)
})

test('without the cache every page is rendered again', async () => {
  const plain = await site()
  await plain.ask('/calendar')
  plain.reads()
  await plain.ask('/calendar')
  expect(plain.reads()).toBeGreaterThan(0)
})

test('made-up parameters make no page of their own, and appear in none', async () => {
  await s.ask('/calendar.ics')
  await s.ask('/calendar?prefecture=08')
  s.reads()
  for (let i = 0; i < 50; i++) {
    await s.ask(`/calendar.ics?n=${i}`)
    expect((await s.ask(`/calendar?n=${i}&prefecture=08&kind=&month=soon`)).body).not.toContain(`n=${i}`)
  }
  expect(s.reads()).toBe(0)
})

/** An app whose pages are what `make` makes, on a store of its own count of changes. */
function pages(make: (c: Context<Env>) => Promise<Made>, most?: number) {
  const changes = counting(() => true)
  const cached = pageCache(true, most)
  const app = new Hono<Env>()
    .use(async (c, next) => {
      c.set('frame', { locale: 'ja', path: c.req.path, origin: '', now: NOW, asset: () => '' })
      c.set('ctx', { ...s.ctx, store: { ...s.ctx.store, changes } })
      await next()
    })
    .get('/:name', (c) => cached(c, {}, () => make(c)))
  return { app, changes }
}

test('a page is made by one request at a time, also while others commit', async () => {
  const gate = Promise.withResolvers<void>()
  let making = 0
  let most = 0
  let makes = 0
  const { app, changes } = pages(async () => {
    makes++
    most = Math.max(most, ++making)
    await gate.promise
    making--
    return { body: String(makes), type: 'text/plain' }
  })
  const asked = Array.from({ length: 5 }, () => {
    const two = [1, 2].map(async () => app.request('/a'))
    changes.look(0)
    return two
  }).flat()
  gate.resolve()
  const bodies = await Promise.all(asked.map(async (one) => (await one).text()))
  expect([most, makes]).toEqual([1, 2])
  // Whoever asked after a commit reads what was made after it.
  expect(bodies).toEqual(['1', '1', ...Array.from({ length: 8 }, () => '2')])
})

test('a page that nobody waits for any more is not made to its end', async () => {
  const gate = Promise.withResolvers<void>()
  let stopped: AbortSignal | undefined
  const { app } = pages(async (c) => {
    stopped = c.var.ctx.signal?.()
    await gate.promise
    return { body: '', type: 'text/plain' }
  })
  const people = [new AbortController(), new AbortController()]
  const asked = people.map(async ({ signal }) => app.request('/a', { signal }))
  people[0]?.abort()
  expect(stopped?.aborted).toBe(false)
  people[1]?.abort()
  expect(stopped?.aborted).toBe(true)
  gate.resolve()
  await Promise.all(asked)
})

test('a page is made again if the clock is put back to another day', async () => {
  const one = await site({ cache: true, elapsed: () => 0 })
  const today = await one.ask('/api/v1/sessions')
  one.at(later(-14 * 86_400_000))
  one.reads()
  expect((await one.ask('/api/v1/sessions')).body).not.toBe(today.body)
  expect(one.reads()).toBeGreaterThan(0)
})

test('answers that need more bytes than there are make those leave that nobody asked for longest', async () => {
  let makes = 0
  const { app } = pages(async () => {
    makes++
    return { body: 'x'.repeat(1000), type: 'text/plain' }
  }, 5500)
  for (const path of ['/a', '/b', '/a', '/c', '/a', '/c']) await app.request(path)
  expect(makes).toBe(3)
  await app.request('/b')
  expect(makes).toBe(4)
})

test('an answer larger than all that may be kept is given, not kept', async () => {
  const { app } = pages(async () => ({ body: 'x'.repeat(1000), type: 'text/plain' }), 900)
  for (let i = 0; i < 2; i++) expect((await (await app.request('/a')).text()).length).toBe(1000)
})

test('the nearest open sessions are read once, whoever is refused, until they change', async () => {
  const off = "update session set state = 'called_off', reason_ja = '中止', reason_en = 'off' where id = ?"
  await s.run(off, MITO)
  const refused = async () => {
    s.reads()
    expect((await s.send('/api/v1/bookings', application(), { 'idempotency-key': freshKey() })).status).toBe(409)
    return s.reads()
  }
  const first = await refused()
  expect(await refused()).toBeLessThan(first)
  await s.run("update session set title_ja = '別の題名'")
  expect(await refused()).toBe(first)
})
