import { beforeAll, describe, expect, test } from 'vitest'
import { publishSession } from '../../../src/planning/publish-session.ts'
import { forSeminar } from '../../booking/fixtures.ts'
import { seminar } from '../../schedule/fixtures.ts'
import { type Site, site } from '../app.ts'

/** What programs for mail and calendars take for a part of a link. */
const SIGNS = ['.', '。', ')>']
const DAY_BEFORE = '2026-12-01T00:00:00.000Z'

let s: Site
/** The token of a booking that is only read. */
let read: string
beforeAll(async () => {
  s = await site()
  await publishSession(s.system, seminar({ capacity: null, prefecture: '08', desk: 'secretariat' }))
  s.at(DAY_BEFORE)
  read = (await s.booked(forSeminar())).token
})

/** The routes behind the link of one's own booking, as the router has them. */
function routes(): [method: string, path: string][] {
  const found = s.app.routes.filter(({ method, path }) => method !== 'ALL' && /^\/b\/:token(\/|$)/.test(path))
  const named = new Map(found.map(({ method, path }) => [`${method} ${path}`, [method, path] as [string, string]]))
  return [...named.values()]
}

/** Asks a route with a sign after a token, that of a new booking for a POST; where it leads is told without the token. */
async function asked(method: string, path: string, sign: string) {
  const token = method === 'POST' ? (await s.booked(forSeminar())).token : read
  const address = path.replace(':token', encodeURIComponent(`${token}${sign}`))
  const answer = method === 'POST' ? await s.post(address) : await s.ask(address, { method })
  return [answer.status, answer.location.replace(token, ':token')]
}

describe('a link to a booking', () => {
  test('leads to the same page with a sign after its token, on every route and by every method', async () => {
    expect(routes()).toEqual(
      expect.arrayContaining([
        ['GET', '/b/:token'],
        ['GET', '/b/:token/move'],
        ['POST', '/b/:token/move'],
        ['GET', '/b/:token/booking.ics'],
        ['POST', '/b/:token/survey'],
        ['POST', '/b/:token/erase'],
      ]),
    )
    for (const [method, path] of routes()) {
      const plain = await asked(method, path, '')
      expect([method, path, plain[0]]).not.toEqual([method, path, 404])
      for (const sign of SIGNS)
        expect([method, path, sign, await asked(method, path, sign)]).toEqual([method, path, sign, plain])
    }
  })

  test('names no booking by another sign within its token', async () => {
    const other = encodeURIComponent(`${read.slice(0, 10)}.${read.slice(10)}`)
    for (const [method, path] of routes()) {
      const address = path.replace(':token', other)
      const { status } = method === 'POST' ? await s.post(address) : await s.ask(address, { method })
      expect([method, path, status]).toEqual([method, path, 404])
    }
  })
})
