import { beforeAll, expect, test } from 'vitest'
import { MITO } from '../world.ts'
import { fileNamed, type Site, site } from './app.ts'
import { signedIn } from './desk/fixtures.ts'

let s: Site
beforeAll(async () => {
  s = await site()
})

/** The routes without middleware, each with a pattern of its addresses. */
function routes(): { path: string; method: string; pattern: RegExp }[] {
  return s.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ path, method }) => {
      const pattern = path.replaceAll(/:\w+(?:\{([^}]+)\})?/g, (_, rule?: string) => `(?:${rule ?? '[^/]+'})`)
      return { path, method, pattern: new RegExp(`^${pattern}$`) }
    })
}

test('every path answers a method that it does not have with 405 and the methods that it has', async () => {
  const all = routes()
  const addresses = new Set(
    all.map(({ path }) =>
      path.replace(/:file\{(.*)\}/, (_, rule: string) => fileNamed(rule) ?? 'x.ics').replaceAll(/:\w+/g, 'x'),
    ),
  )
  expect(addresses.size).toBeGreaterThan(90)
  const { cookie } = await signedIn(s, 'desk', '08')
  const asked = async (address: string, method: string, signedInWith = '') => {
    const answer = await s.ask(address, { method, headers: { cookie: signedInWith } })
    const allowed = (answer.headers.get('allow') ?? '').split(', ').filter((one) => one !== 'HEAD')
    return [address, answer.status, allowed.toSorted()]
  }
  for (const address of addresses) {
    const own = new Set(all.filter(({ pattern }) => pattern.test(address)).map(({ method }) => method))
    const method = ['POST', 'DELETE'].find((one) => !own.has(one)) ?? 'PUT'
    const refused = [address, 405, [...own].toSorted()]
    expect(await asked(address, method, cookie)).toEqual(refused)
    expect(await asked(address, method)).toEqual(refused)
    const unread = own.has('GET') ? refused : await asked(address, 'GET')
    expect(unread).toEqual(refused)
  }
  expect(await asked('/desk/none/none', 'POST')).toEqual(['/desk/none/none', 401, ['']])
})

test('a program reads the code of such a refusal, and a person a page', async () => {
  const api = await s.ask('/api/v1/sessions', { method: 'DELETE' })
  expect([api.headers.get('allow'), JSON.parse(api.body)]).toMatchObject(['GET, HEAD', { status: 405, code: 'method' }])
  expect((await s.page('/calendar', { method: 'POST' })).status).toBe(405)
  const staff = await signedIn(s, 'desk', '08')
  const only = await staff.page('/desk/sign-out')
  expect([only.status, only.headers.get('allow')]).toEqual([405, 'POST'])
  expect((await s.ask('/nothing', { method: 'POST' })).status).toBe(404)
})

test.each([
  ['/calendar/?month=2026-12', '/calendar?month=2026-12'],
  [`/sessions/${MITO}/`, `/sessions/${MITO}`],
  ['/desks//', '/desks'],
  ['/about/privacy/', '/about/privacy'],
])('%s leads to %s, because only a slash is too many', async (asked, right) => {
  const answer = await s.ask(asked)
  expect([answer.status, answer.location]).toEqual([301, `http://localhost:8787${right}`])
})

test('a slash after a page that is not there, or after a form, leads nowhere', async () => {
  expect((await s.ask('/nothing/')).status).toBe(404)
  expect((await s.ask('//evil.example/')).status).toBe(404)
  expect((await s.post('/lookup/')).status).toBe(404)
  const staff = await signedIn(s, 'desk', '08')
  const desk = await s.ask('/desk/bookings/', { headers: { cookie: staff.cookie } })
  expect(desk.location).toBe('http://localhost:8787/desk/bookings')
})
