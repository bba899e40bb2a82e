import { beforeEach, describe, expect, test } from 'vitest'
import { enter } from '../../../src/booking/enter.ts'
import { move } from '../../../src/booking/move.ts'
import { askToBeTold } from '../../../src/interest/ask.ts'
import { request } from '../../experts/fixtures.ts'
import { application, freshKey, MITO } from '../../world.ts'
import { site } from '../app.ts'

/** Nobody but its firm, its expert and the desk may read this. */
const CANARY = 'カナリア相談'

let s: Awaited<ReturnType<typeof site>>
beforeEach(async () => {
  s = await site()
  await s.run('update session set title_ja = ?, title_en = ? where id = ?', CANARY, CANARY, MITO)
})

/** From now on that day is the visit of an expert. */
async function becomesVisit() {
  await request(s, 'r')
  await s.run('update session set request = ? where id = ?', 'r', MITO)
}

/** Pages, feeds and data in which everybody finds sessions. */
const LISTS = [
  '/calendar?prefecture=08&month=2026-11',
  '/feed.xml',
  '/sitemap.xml',
  '/calendar.ics?prefecture=08',
  '/api/v1/sessions?prefecture=08&from=2026-11-27&to=2026-11-27',
]

/** Pages that show a few days, or none. */
const OTHERS = ['/', '/?prefecture=08', '/calendar', '/desks', '/subscribe', '/robots.txt', '/lookup']

const LEAK = new RegExp(`${CANARY}|sessions/${MITO}`)
const body = async (path: string) => (await s.ask(path)).body

describe('the visit of an expert', () => {
  test('is in no list of the public, where any other day would be', async () => {
    const leaking = async (paths: readonly string[]) => {
      const found: string[] = []
      for (const path of paths) if (LEAK.test((await body(path)).replaceAll('\r\n ', ''))) found.push(path)
      return found
    }
    expect(await leaking(LISTS)).toEqual(LISTS)
    await becomesVisit()
    expect(await leaking([...LISTS, ...OTHERS])).toEqual([])
  })

  test.each([`/sessions/${MITO}`, `/sessions/${MITO}/book`, `/sessions/${MITO}.ics`, `/api/v1/sessions/${MITO}`])(
    'has no page of its own: %s',
    async (path) => {
      expect((await s.ask(path)).status).toBe(200)
      await becomesVisit()
      const { status, body: text } = await s.ask(path)
      expect([status, text.includes(CANARY)]).toEqual([404, false])
    },
  )

  test('cannot be booked, entered, moved to or asked about', async () => {
    const other = 'ibaraki-2026-12-04'
    const { token } = await s.booked({ session: other, slot: `${other}-1000` })
    await becomesVisit()
    const answer = await s.send('/api/v1/bookings', application(), { 'idempotency-key': freshKey() })
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'unknown' })
    const entered = enter(s.system, { session: MITO }, freshKey())
    await expect(entered).rejects.toThrow('session')
    const moved = await move(s.ctx, { token }, { session: MITO, slot: `${MITO}-1000` })
    expect(moved).toMatchObject({ ok: false, why: 'unknown' })
    expect((await s.ask(`/b/${token}/move`)).body).not.toMatch(LEAK)
    const asked = askToBeTold(s.ctx, MITO, { email: 'hanako@example.jp' })
    await expect(asked).rejects.toThrow('session')
  })
})
