import { parse } from 'node-html-parser'
import { beforeEach, describe, expect, test } from 'vitest'
import { BOOKING_LETTERS } from '../../src/base/letters.ts'
import { LOCALES } from '../../src/base/locale.ts'
import { holderActs, staffActs } from '../../src/booking/acts-for.ts'
import { wasText } from '../../src/booking/booking.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { letterOf } from '../../src/mail/letters.ts'
import { as } from '../acts.ts'
import { application, MITO } from '../world.ts'
import { type Site, site } from './app.ts'
import { type Staff, signedIn } from './desk/fixtures.ts'

const WHY = { reason_ja: '講師の都合により' }

/** What still speaks of 27 November at 10:00: not what was before, nor the day from which it was postponed. */
function dated(text: string): string[] {
  const left = text
    .replaceAll(/^.*(?:変更前|Before)[^\n]*$/gmu, '')
    .replaceAll(/11月27日\(金\)から延期/gu, '')
    .replaceAll(/postponed from Fri 27 November/gu, '')
  return left.match(/11月27日|2026-11-27T|27 November/gu) ?? []
}

let s: Site
let desk: Staff
let id: string
let token: string
beforeEach(async () => {
  s = await site({ shared: true })
  const made = await s.booked({ email: 'taro@example.jp' })
  id = made.id
  token = made.token
  desk = await signedIn(s, 'desk', '08')
  await reschedule(as(s, 'desk'), MITO, { date: null, starts: null, ...WHY })
})

/** The text of a page, or nothing if it leads elsewhere. */
async function textOf(address: string, cookie = ''): Promise<string> {
  const answer = await s.ask(address, { headers: { cookie } })
  return answer.status === 200 ? (parse(answer.body).querySelector('main')?.text ?? '') : ''
}

const here = async () => {
  const booking = await bookingById(s.ctx, id)
  if (!booking) throw new Error('not booked')
  return booking
}
const ENDS = "offer_expires_at = '2026-11-25T00:00:00.000Z'"
const STATES = {
  booked: "status = 'booked'",
  waiting: "status = 'waiting'",
  offered: `status = 'offered', ${ENDS}`,
  requested: `status = 'requested', ${ENDS}`,
  cancelled: "status = 'cancelled', ended = 'cancelled_by_desk', status_before = 'booked'",
  lapsed: "status = 'lapsed', ended = 'session_over'",
}

describe.each(Object.entries(STATES))('of a postponed session, for somebody who is %s', (_, set) => {
  test.each(LOCALES)(
    'no letter holds the former day for valid, and none puts it into a calendar, in %s',
    async (locale) => {
      await s.run(`update booking set ${set} where id = ?`, id)
      const booking = await here()
      for (const kind of BOOKING_LETTERS.filter((one) => one !== 'survey' && one !== 'reminder')) {
        const letter = await letterOf(s.ctx, { id: 'x', kind, locale, before: wasText(booking) }, booking)
        const text = kind === 'postponed' ? '' : `${letter?.subject}\n${letter?.text}`
        expect([kind, dated(text), letter?.calendar?.method]).toEqual([
          kind,
          [],
          letter?.calendar?.method === 'CANCEL' ? 'CANCEL' : undefined,
        ])
      }
    },
  )

  test('no page holds the former day for valid', async () => {
    await s.run(`update booking set ${set} where id = ?`, id)
    const own = ['', '/cancel', '/move', '/decline', '/erase'].map((page) => `/b/${token}${page}`)
    const staff = ['', '/cancel', '/move', '/restore'].map((page) => `/desk/bookings/${id}${page}`)
    const pages = [...own, ...staff, `/desk/sessions/${MITO}`, '/desk', '/desk/bookings', `/sessions/${MITO}`]
    for (const lang of LOCALES) {
      for (const page of pages) {
        const text = await textOf(`${page}?lang=${lang}`, `${desk.cookie}; lang=${lang}`)
        expect([page, dated(text)]).toEqual([page, []])
      }
    }
  })
})

test('what gives somebody a place waits for the new day; what gives it up does not', async () => {
  const now = s.ctx.clock.now()
  const may = async (set: string) => {
    await s.run(`update booking set ${set} where id = ?`, id)
    const booking = await here()
    return [...holderActs(booking, now), ...staffActs(booking, now)].filter(
      (act) => act !== 'correct' && act !== 'erase',
    )
  }
  expect(await may(STATES.booked)).toEqual(['move', 'amend', 'cancel', 'move', 'amend', 'cancel'])
  expect(await may(STATES.waiting)).toEqual(['amend', 'cancel', 'amend', 'cancel'])
  expect(await may(STATES.offered)).toEqual(['decline', 'amend', 'cancel', 'amend', 'cancel'])
  expect(await may(STATES.requested)).toEqual(['amend', 'cancel', 'turn-down', 'amend', 'cancel'])
  expect(await may(STATES.cancelled)).toContain('restore')
})

test('nobody is marked as come on the former day, and the session is on the list of today', async () => {
  s.at('2026-11-27T02:00:00.000Z')
  desk = await signedIn(s, 'desk', '08')
  const page = await desk.page('/desk')
  expect(page.main.querySelectorAll('form[action$="/attend"]')).toEqual([])
  expect(page.main.querySelector('#postponed')?.text).toMatch(/11月27日\(金\)から延期.*1名が待っています/u)
  const marked = await desk.post(`/desk/bookings/${id}/attend`, [['as', 'attended']])
  expect(marked.status).toBe(409)
  s.at('2026-11-30T02:00:00.000Z')
  desk = await signedIn(s, 'desk', '08')
  expect((await desk.page('/desk')).main.querySelector('#postponed')?.text).toContain('1名が待っています')
})

test('somebody who is refused reads that there is no day, not that it is too late', async () => {
  await s.run(`update booking set ${STATES.offered} where id = ?`, id)
  const page = await s.page(`/b/${token}`)
  expect(page.text).toContain('席はお取りしています')
  const done = await s.post(`/b/${token}/accept`, [])
  expect(done.status).toBe(409)
  expect(done.body).toContain('日程が決まってからできます')
  expect(done.body).not.toContain('締め切りを過ぎた')
})

test('the done page leads to how it stands', async () => {
  expect((await s.ask(`/b/${token}/done`)).status).toBe(303)
})

test('the API keeps the former day beside the status, so that the order of days holds', async () => {
  const answer = await s.ask(`/api/v1/sessions/${MITO}`)
  expect(JSON.parse(answer.body)).toMatchObject({ status: 'postponed', date: '2026-11-27' })
})

test('an application of another person is refused as closed', async () => {
  const body = JSON.stringify(application({ email: 'other@example.jp' }))
  const headers = { 'content-type': 'application/json', 'idempotency-key': '0123456789abcdef0' }
  expect((await s.ask('/api/v1/bookings', { method: 'POST', body, headers })).status).toBe(409)
})

test('has the form to ask for its new date on its page, without a promise to book first', async () => {
  const page = await s.page(`/sessions/${MITO}`)
  const form = page.main.querySelector('section[aria-labelledby="tell"]')
  expect(form?.text).toContain('新しい日程が決まったとき')
  expect(form?.text).not.toContain('ほかの方より先に')
  expect(form?.querySelector('form')?.getAttribute('action')).toBe(`/sessions/${MITO}/tell`)
})

test('held again after it was also called off, it stays postponed, as look and letter say', async () => {
  expect(await callOff(as(s, 'desk'), MITO, WHY)).toMatchObject({ ok: true })
  const look = await desk.submit(`/desk/sessions/${MITO}/hold-again`, Object.entries({ ...WHY }))
  expect(look.text).toContain('中止を取り消しました（日程は未定です）')
  expect(await holdAgain(as(s, 'desk'), MITO, WHY)).toMatchObject({ ok: true })
  expect(
    await s.column(
      "select kind from outbox where subject = ? and kind in ('postponed', 'held_again') order by kind",
      id,
    ),
  ).toEqual(['held_again', 'postponed'])
})
