import { beforeEach, describe, expect, test } from 'vitest'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { type Fields, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = scheduleTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const NEXT = 'ibaraki-2026-12-04'
const only = async <T>(text: string) => (await s.column<T>(text))[0]

describe('closures', () => {
  const close = (state: string, changes: Record<string, string> = {}) =>
    desk.submit(
      '/desk/closures',
      Object.entries({ date: '2026-12-04', scope: '08', reason_ja: '館内整備', reason_en: '', state, ...changes }),
    )

  test('close a day: its sessions are skipped if nobody booked, and shown if somebody did', async () => {
    expect((await close('confirmed')).text).toContain(t.closures.saved(1))
    expect(await s.column("select state from session where id = 'ibaraki-2026-12-04'")).toEqual(['skipped'])
    expect((await close('lifted')).text).toContain(t.closures.saved(1))
    await s.booked({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' })
    const left = await close('confirmed')
    expect(left.text).toContain(t.closures.left)
    expect(await s.column("select state from session where id = 'ibaraki-2026-12-04'")).toEqual(['published'])
  })

  test.each(['2026/12/4', '2026年12月4日（金）', 'Ｒ８．１２．４', '12/4'])(
    'are of a day however it is typed: %s',
    async (date) => {
      await close('confirmed', { date })
      expect(await s.column("select date from closure where reason_ja = '館内整備'")).toEqual(['2026-12-04'])
    },
  )

  test('of a day that is none say how to type it, and show what was typed', async () => {
    const page = await close('confirmed', { date: '12月32日' })
    expect([page.status, page.main.querySelector('.err')?.text.includes('2026/12/23')]).toEqual([422, true])
    expect(page.main.querySelector('[name=date]')?.getAttribute('value')).toBe('12月32日')
  })

  test('everywhere are the secretariat’s, and a desk opens its own day', async () => {
    const all = [
      ['date', '2026-12-31'],
      ['scope', 'all'],
      ['reason_ja', 'x'],
      ['state', 'lifted'],
    ] as Fields
    expect((await desk.post('/desk/closures', all)).status).toBe(422)
    const secretariat = await signedIn(s, 'secretariat')
    expect((await secretariat.post('/desk/closures', all)).status).toBe(200)
    expect((await desk.page('/desk/closures')).text).toContain('年末年始')
  })
})

test('opening a day brings back no date that its series has given up', async () => {
  const date = '2026-12-04'
  await s.run("update session set state = 'skipped', skipped_by = 'series', reason_ja = '改訂' where id = ?", NEXT)
  const close = (state: string): Fields =>
    Object.entries({ date, scope: '08', state, reason_ja: '工事', reason_en: '' })
  await desk.submit('/desk/closures', close('confirmed'))
  await desk.submit('/desk/closures', close('lifted'))
  expect(await only(`select state from session where id = '${NEXT}'`)).toBe('skipped')
})
