import { beforeEach, describe, expect, test } from 'vitest'
import { bookingById } from '../../../src/booking/queries.ts'
import { applySuspensions } from '../../../src/changes/apply-suspensions.ts'
import { suspend } from '../../../src/changes/suspend.ts'
import { letterOf } from '../../../src/mail/letters.ts'
import { addDesk } from '../../../src/people/add-desk.ts'
import { addVenue } from '../../../src/planning/add-venue.ts'
import { openProgramme } from '../../../src/planning/open-programme.ts'
import { plan } from '../../../src/planning/plan.ts'
import { letters } from '../../booking/fixtures.ts'
import { desk as deskRow } from '../../schedule/fixtures.ts'
import { fieldsOf, formTo, type Page, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site({ seeded: false })
  await openProgramme(s.system, { fiscalYear: 2026, name: { ja: '令和8年度', en: 'Fiscal year 2026' } })
  await addDesk(s.system, deskRow())
  desk = await signedIn(s, 'desk', '08')
})

const row = (day: string, more = '') => `茨城県\t${day}\t10:00～12:00\t対面\t定員5名${more}`
const DAYS = ['12月8日(火)', '12月15日(火)', '12月21日(月)', '12月24日(木)', '1月13日(水)']
const TABLE = ['テレワーク相談会 2026年12月～2027年1月', ...DAYS.map((day) => row(day))].join('\n')
const AMENDED = TABLE.replace('12月8日(火)', '12月8日(火)→12月10日(木)へ延期')
  .replace('12月15日(火)', '【中止】12月15日(火)')
  .replace(row('12月21日(月)'), row('12月21日(月)').replace('対面', 'オンライン'))
  .replace(`${row('12月24日(木)')}\n`, '')
  .replace(row('1月13日(水)'), row('1月13日(水)').replace('定員5名', '定員8名'))

const read = (text: string) => desk.submit('/desk/import', [['text', text]])
const formOf = (page: Page) => page.main.querySelector('form#form')?.getAttribute('action') ?? ''

/** Sends the form of a draft unchanged. Then sends the form of the look that follows, which takes the schedule in. */
async function takenIn(page: Page): Promise<Page> {
  const path = formOf(page)
  const look = await desk.submit(path, [...fieldsOf(formTo(page, path)), ['step', 'look']])
  return desk.submit(formOf(look), fieldsOf(formTo(look, formOf(look))))
}

const sessionOn = async (date: string) =>
  (await s.column<string>('select id from session where date = ?', date))[0] ?? ''

const bookedOn = async (date: string) =>
  s.booked({ session: await sessionOn(date), slot: null, format: 'onsite', email: `on-${date}@example.jp` })

/** The page of an act, as a link of the import leads to it. */
async function actFrom(page: Page, session: string, act: string): Promise<Page> {
  const link = page.main.querySelector(`a[href^="/desk/sessions/${session}/${act}"]`)?.getAttribute('href')
  if (!link) throw new Error(`no link to ${act} of ${session}`)
  return desk.page(link.replaceAll('&amp;', '&'))
}

/** Fills a form in, looks at who hears what, and does it. */
async function done(form: Page, path: string, changes: Record<string, string>): Promise<{ look: Page; after: Page }> {
  const look = await desk.submit(path, fieldsOf(formTo(form, path), changes))
  return { look, after: await desk.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'do']]) }
}

/** The last letter about a booking: its kind, text and calendar part. */
async function lastLetter(id: string) {
  const last = (await letters(s)).findLast(({ subject }) => subject === id)
  const booking = await bookingById(s.ctx, id)
  if (!last || !booking) throw new Error('nothing told')
  return { kind: last.kind, ...(await letterOf(s.ctx, last, booking)) }
}

describe('an amended table, through the console', () => {
  let amended: Page
  let bookings: Record<string, string>
  let sessions: Record<string, string>

  beforeEach(async () => {
    await takenIn(await read(TABLE))
    const dates = ['2026-12-08', '2026-12-15', '2026-12-21', '2026-12-24', '2027-01-13']
    bookings = {}
    sessions = {}
    for (const date of dates) {
      bookings[date] = (await bookedOn(date)).id
      sessions[date] = await sessionOn(date)
    }
    amended = await read(AMENDED)
  })

  const of = (list: Record<string, string>, date: string) => list[date] ?? ''

  test('shows old and new, and taking in changes nothing of it', async () => {
    expect(amended.main.querySelectorAll('del').map(({ text }) => text.replaceAll(/\s/g, ''))).toEqual([
      '2026年12月8日(火)',
      '開催',
      '現地',
      '5',
    ])
    const look = await desk.submit(formOf(amended), [...fieldsOf(formTo(amended, formOf(amended))), ['step', 'look']])
    expect(look.main.text).toContain('新しく追加する日程はありません')
    expect(await s.column("select state from session where state <> 'published'")).toEqual([])
  })

  test('moves a booked day: a look, one letter, and the entry in the calendar moves', async () => {
    const session = of(sessions, '2026-12-08')
    const form = await actFrom(amended, session, 'reschedule')
    expect(form.main.querySelector('input[name=date]')?.getAttribute('value')).toBe('2026-12-10')
    const path = `/desk/sessions/${session}/reschedule`
    const { look, after } = await done(form, path, { reason_ja: '会場の都合' })
    expect(look.text).toContain('12月10日')
    expect(after.status).toBe(200)
    expect(await s.column('select date from session where id = ?', session)).toEqual(['2026-12-10'])
    const letter = await lastLetter(of(bookings, '2026-12-08'))
    expect(letter).toMatchObject({ kind: 'rescheduled', calendar: { method: 'REQUEST' } })
    expect(letter.calendar?.content).toContain('SEQUENCE:1')
    expect(letter.calendar?.content).toMatch(/DTSTART[^:]*:20261210T/)
    expect(await s.column("select subject from outbox where kind = 'rescheduled'")).toEqual([
      of(bookings, '2026-12-08'),
    ])
  })

  test('calls a booked day off by its own act, and the entry in the calendar goes', async () => {
    const session = of(sessions, '2026-12-15')
    const path = `/desk/sessions/${session}/call-off`
    const { after } = await done(await actFrom(amended, session, 'call-off'), path, { reason_ja: '大雪のため' })
    expect(after.status).toBe(200)
    expect(await s.column('select state from session where id = ?', session)).toEqual(['called_off'])
    const letter = await lastLetter(of(bookings, '2026-12-15'))
    expect(letter).toMatchObject({ kind: 'called_off', calendar: { method: 'CANCEL' } })
  })

  test('turns a booked day to the web: the form has the new way filled in', async () => {
    const session = of(sessions, '2026-12-21')
    const form = await actFrom(amended, session, 'convert')
    expect(form.main.querySelector('input[name=into][checked]')?.getAttribute('value')).toBe('online')
    const path = `/desk/sessions/${session}/convert`
    await done(form, path, { reason_ja: '感染の拡大のため' })
    expect(await s.column('select formats from session where id = ?', session)).toEqual(['online'])
    expect((await lastLetter(of(bookings, '2026-12-21'))).kind).toBe('converted')
    const back = await actFrom(await read(TABLE), session, 'convert-back')
    expect(back.status).toBe(200)
  })

  test('says nothing of a day that a suspension holds on the web, and that is planned as printed', async () => {
    const day = { starts_on: '2026-12-21', ends_on: '2026-12-21' }
    const given = { prefectures: ['08'], ...day, into: 'online', reason_ja: '感染の拡大のため' }
    expect(await suspend(s.system, given)).toMatchObject({ ok: true })
    await applySuspensions(s.system)
    expect(await s.column('select formats from session where id = ?', of(sessions, '2026-12-21'))).toEqual(['online'])
    const page = await read(TABLE)
    expect(page.main.querySelectorAll('del')).toHaveLength(0)
  })

  test('turns a booked day to the telephone, as the schedule says', async () => {
    const page = await read(AMENDED.replace('オンライン', '電話相談'))
    const form = await actFrom(page, of(sessions, '2026-12-21'), 'convert')
    expect(form.main.querySelector('input[name=into][checked]')?.getAttribute('value')).toBe('phone')
  })

  test('opens the form of an edit with what the schedule says, beside what is saved', async () => {
    const session = of(sessions, '2027-01-13')
    const form = await actFrom(amended, session, 'edit')
    expect(form.main.querySelector('input[name=capacity]')?.getAttribute('value')).toBe('8')
    expect(form.main.querySelector('#capacity-saved')?.text).toContain('5')
    expect(form.main.querySelector('#title_ja-saved')).toBeNull()
    const path = `/desk/sessions/${session}/edit`
    const after = await desk.submit(path, fieldsOf(formTo(form, path)))
    expect(after.status).toBe(200)
    expect(await s.column('select capacity from session where id = ?', session)).toEqual([8])
  })

  test('lists a day that it no longer has, calls it off for nobody, and is the same once all is done', async () => {
    const missing = of(sessions, '2026-12-24')
    const section = amended.main.querySelectorAll('section').find(({ text }) => text.includes('日程表にない開催'))
    expect(section?.querySelectorAll('a').map((one) => one.getAttribute('href'))).toEqual([
      `/desk/sessions/${missing}`,
      `/desk/sessions/${missing}/call-off`,
    ])
    const reason = { reason_ja: '変更のため' }
    for (const [date, act] of [
      ['2026-12-08', 'reschedule'],
      ['2026-12-15', 'call-off'],
      ['2026-12-21', 'convert'],
    ] as const) {
      const session = of(sessions, date)
      await done(await actFrom(amended, session, act), `/desk/sessions/${session}/${act}`, reason)
    }
    const again = await read(AMENDED)
    expect(again.main.querySelectorAll('del').map(({ text }) => text)).toEqual(['5'])
    expect(again.main.text).toContain('日程表にない開催')
    expect(await s.column('select state from session where id = ?', missing)).toEqual(['published'])
    expect((await lastLetter(of(bookings, '2026-12-24'))).kind).toBe('booked')
  })
})

test('what no act takes in is told beside what is here, and a new day gets a name that can be read', async () => {
  await takenIn(await read(TABLE))
  await bookedOn('2026-12-08')
  const told = TABLE.replace('テレワーク相談会 2026年12月～2027年1月', '令和8年度 相談会開催日程').replace(
    row('12月8日(火)'),
    row('12月8日(火)', '\t満席'),
  )
  const page = await read(`${told}\n${row('1月20日(水)', '\t受付終了')}\n${row('1月27日(水)')}`)
  expect(page.main.text).toContain('登録済み（確かめる記載あり）')
  expect(page.main.text.replaceAll(/\s+/g, ' ')).toContain('満席 / 登録の内容：定員5名のうち予約1名')
  expect(page.main.text).toContain('日程表の見出し「令和8年度 相談会開催日程」は、名前にしていません。')
  expect(page.main.querySelectorAll('del')).toHaveLength(0)
  const path = formOf(page)
  const look = await desk.submit(path, [...fieldsOf(formTo(page, path)), ['step', 'look']])
  expect(look.main.text).toContain('取り込むと、予約の受付が始まります。受け付けないときは')
  expect(look.main.querySelectorAll('h2').map(({ text }) => text.replaceAll(/\s+/g, ' ').trim())).toContain(
    'テレワーク相談会 1回の開催',
  )
  await desk.submit(path, [
    ...fieldsOf(formTo(page, path), { all_title_ja: '冬の相談会', revision: '0' }),
    ['step', 'save'],
  ])
  expect(
    (await desk.page(path)).main.querySelectorAll('input[name$=".title_ja"][value="冬の相談会"]').length,
  ).toBeGreaterThan(1)
})

test('another venue leads to the act that changes it, with the new one chosen', async () => {
  await takenIn(await read(TABLE))
  for (const [id, name] of [
    ['hall', '水戸市民会館'],
    ['chamber', '水戸商工会議所'],
  ] as const) {
    const venue = {
      id,
      prefecture: '08',
      name_ja: name,
      name_en: id,
      address: null,
      area_only: 0,
      printed: null,
    } as const
    await addVenue(s.system, venue)
  }
  await s.run("update session set venue = 'hall'")
  const page = await read(TABLE.replace(row('12月8日(火)'), row('12月8日(火)', '\t水戸商工会議所')))
  expect(page.main.querySelectorAll('del, ins').map(({ text }) => text)).toEqual(['水戸市民会館', '水戸商工会議所'])
  const form = await actFrom(page, await sessionOn('2026-12-08'), 'venue')
  expect(form.main.querySelector('option[value=chamber]')?.hasAttribute('selected')).toBe(true)
})

test('a rule that is held is compared too, and the days that the schedule takes out of it', async () => {
  const rule = '茨城県 2026年12月4日(金)～ 毎週金曜日 13:00～16:00 オンライン 定員5名'
  await takenIn(await read(rule))
  await plan(s.system)
  expect((await read(rule)).main.querySelectorAll('del')).toHaveLength(0)
  const page = await read(`${rule.replace('定員5名', '定員8名')}（12月18日を除く）`)
  expect(page.main.querySelectorAll('del, ins').map(({ text }) => text)).toEqual(['5', '8', '開催', '休止'])
  expect(await actFrom(page, await sessionOn('2026-12-18'), 'skip')).toMatchObject({ status: 200 })
})

test('an edit takes nothing from an address but what a schedule can say', async () => {
  await takenIn(await read(TABLE))
  const path = `/desk/sessions/${await sessionOn('2026-12-08')}/edit`
  const form = await desk.page(`${path}?starts=99:00&ends=12:00&capacity=-1&formats=onsite,none&title_ja=x`)
  const fields = Object.fromEntries(fieldsOf(formTo(form, path)))
  expect(fields).toMatchObject({ starts: '10:00', ends: '12:00', capacity: '5', formats: 'onsite' })
  expect(fields.title_ja).not.toBe('x')
})
