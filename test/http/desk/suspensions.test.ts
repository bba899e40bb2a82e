import { beforeEach, describe, expect, test } from 'vitest'
import { applySuspensions } from '../../../src/changes/apply-suspensions.ts'
import { giveFormatsBack } from '../../../src/changes/give-formats-back.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { periodText } from '../../../templates/text/when.ts'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, formTo, type Page, type Site, site } from '../app.ts'
import { caller, type Staff, signedIn } from './fixtures.ts'

const t = scheduleTexts('ja')
const { toCall } = deskTexts('ja').session

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

/** Sends a form after its preview. */
const carried = (page: Page, action: string) => desk.submit(action, [...fieldsOf(formTo(page, action)), ['step', 'do']])

describe('a suspension', () => {
  test('is ordered after a look at who is concerned, and lifted', async () => {
    await s.booked()
    await desk.post('/desk/bookings/new', caller({ slot: `${MITO}-1100` }))
    const fields: Fields = [
      ['prefectures', '08'],
      ['starts_on', '2026-11-23'],
      ['ends_on', '2026-12-31'],
      ['into', 'online'],
      ['reason_ja', '感染対策'],
      ['reason_en', ''],
    ]
    const look = await desk.submit('/desk/suspensions', fields)
    expect(look.text).toMatch(/件の開催、2件の予約/)
    expect(look.text).toContain('【開催形式の変更】')
    // The whole order can be checked: its period, its prefecture, and each day before and after.
    expect(look.main.querySelector('dl.facts')?.text).toContain(periodText('ja', '2026-11-23', '2026-12-31'))
    expect(look.main.querySelector('dl.facts')?.text).toContain('茨城')
    const day = look.main.querySelector(`a[href="/desk/sessions/${MITO}"]`)?.parentNode
    expect(day?.text).toMatch(/現地.*→ *WEB/)
    const ordered = await carried(look, '/desk/suspensions')
    for (const said of [t.suspensions.ordered, toCall, t.suspensions.states.planned, '感染対策']) {
      expect(ordered.text).toContain(said)
    }
    expect(ordered.text).not.toContain(t.suspensions.states.in_force)
    const [id] = await s.column<string>('select id from suspension')
    s.at('2026-11-22T15:00:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    expect((await desk.page('/desk/suspensions')).text).toContain(t.suspensions.states.in_force)
    const lifted = await desk.submit(`/desk/suspensions/${id}/lift`) // nobody is converted yet
    expect(lifted.text).toContain(t.suspensions.lifted)
    expect(lifted.text).not.toContain(toCall)
    const tokyo = await signedIn(s, 'desk', '13')
    expect((await tokyo.post('/desk/suspensions', fields)).status).toBe(422)
  })

  test('without its dates asks for them, as fields marked as required', async () => {
    const page = await desk.submit('/desk/suspensions', [
      ['prefectures', '08'],
      ['reason_ja', '感染対策'],
    ])
    const label = page.main.querySelector('label[for=starts_on]')
    expect(label?.querySelector('.need')).not.toBeNull()
    expect(page.main.querySelector('#starts_on-error')?.text).toContain('開始日を入力してください')
  })
})

test('an act that takes back a change which nobody heard of by telephone asks for no call', async () => {
  await desk.post('/desk/bookings/new', caller({ slot: `${MITO}-1100` }))
  const act = async (name: string, more: Fields = []) => {
    const path = `/desk/sessions/${MITO}/${name}`
    const look = await desk.submit(path, [['reason_ja', '大雪のため'], ...more])
    return { look, done: await carried(look, path) }
  }
  const { byPhone, silent } = deskTexts('ja').session
  const there = await act('convert', [['into', 'online']])
  expect(there.look.text).toContain(byPhone(1))
  expect(there.done.text).toContain(toCall)
  const back = await act('convert-back')
  expect([back.look.text.includes(byPhone(0)), back.look.text.includes(silent(1))]).toEqual([true, true])
  expect(back.look.text).not.toContain('お電話でお伝えすること')
  expect(back.done.text).not.toContain(toCall)
})

describe('what is planned inside a suspension', () => {
  const DAYS = ['2026-12-16', '2026-12-23'] as const
  const said = t.suspensions.reaches('12月16日(水)', 'WEB').next
  const filled = async (path: string, action: string, changes: Record<string, string>) =>
    desk.submit(action, fieldsOf(formTo(await desk.page(path), action), changes))
  const looks: Record<string, (date: string) => Promise<Page>> = {
    'a new series': (date) =>
      filled('/desk/series/ibaraki/copy', '/desk/series/new', { repeat: 'dates', dates: date, title_ja: 'つくば' }),
    'a single day': (date) => filled(`/desk/schedule/new?date=${date}`, '/desk/schedule/new', { title_ja: 'つくば' }),
    'a copy': (date) => filled(`/desk/sessions/${MITO}/copy`, `/desk/sessions/${MITO}/copy`, { dates: date }),
    'another day': (date) => {
      const path = `/desk/sessions/${MITO}/reschedule`
      return filled(path, path, { date, reason_ja: '会場の都合' })
    },
  }

  test.each(Object.entries(looks))('is said to change its form: %s', async (_, look) => {
    await desk.submit('/desk/suspensions', [
      ['prefectures', '08'],
      ['starts_on', '2026-12-14'],
      ['ends_on', '2026-12-18'],
      ['into', 'online'],
      ['reason_ja', '感染対策'],
      ['reason_en', ''],
      ['step', 'do'],
    ])
    expect(await s.column('select id from suspension')).toHaveLength(1)
    expect((await look(DAYS[0])).text).toContain(said)
    expect((await look(DAYS[1])).text).not.toContain(t.suspensions.reaches('', '').what)
  })
})

test('the page says how many sessions of how many are in person again while a suspension is being lifted', async () => {
  const period = {
    prefectures: '08',
    starts_on: '2026-11-23',
    ends_on: '2027-03-31',
    into: 'online',
    reason_ja: '大雪',
  }
  await desk.submit('/desk/suspensions', Object.entries({ ...period, reason_en: '', step: 'do' }))
  await applySuspensions(s.system)
  const [id = ''] = await s.column<string>('select id from suspension')
  const all = (await s.column('select id from session where suspension = ?', id)).length
  const page = await desk.submit(`/desk/suspensions/${id}/lift`)
  expect(all).toBeGreaterThan(10)
  expect(page.text).toContain(t.suspensions.lifting(10, all))
  await giveFormatsBack(s.system)
  expect((await desk.page('/desk/suspensions')).main.querySelector('progress')).toBeNull()
})
