import { beforeEach, describe, expect, test } from 'vitest'
import { addDesk } from '../../../src/people/add-desk.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { desk as office } from '../../schedule/fixtures.ts'
import { fieldsOf, formTo, type Site, site } from '../app.ts'
import { type Staff, signedIn, WEEK } from './fixtures.ts'

const t = scheduleTexts('ja')

let s: Site
let desk: Staff
let secretariat: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
  secretariat = await signedIn(s, 'secretariat')
})

const MITO_DESK = { name_ja: '水戸の窓口', phones: '029-000-0001 内線 12', hours_ja: '平日 9:00〜17:00' }

test('an empty list says what to do first, in both languages', async () => {
  const empty = await site({ seeded: false })
  const first = await signedIn(empty, 'secretariat')
  const page = await first.page('/desk/desks')
  expect(page.text).toContain(t.desks.none.next)
  expect(page.main.querySelector('a[href="/desk/desks/new"]')?.text.trim()).toBe(t.desks.add)
  expect((await first.page('/desk/desks?lang=en')).text).toContain(scheduleTexts('en').desks.none.next)
})

test('a desk is added by its staff, and the public finds its telephone at once', async () => {
  const form = formTo(await desk.page('/desk/desks/new'), '/desk/desks/new')
  expect(form.querySelectorAll('[name="prefectures"]').map((box) => box.getAttribute('value'))).toEqual(['08'])
  expect(form.querySelector('[type="radio"][name="kind"]')).toBeNull()
  const faulty = await desk.submit('/desk/desks/new', fieldsOf(form, { name_ja: '', phones: '12' }))
  expect([faulty.status, faulty.main.querySelectorAll('[role="alert"] li').length]).toEqual([422, 2])
  const done = await desk.submit('/desk/desks/new', fieldsOf(formTo(faulty, '/desk/desks/new'), MITO_DESK))
  expect(done.text).toContain(t.desks.saved)
  const list = await s.page('/desks')
  expect(list.text).toContain('水戸の窓口')
  expect(list.main.querySelector('a[href="tel:+81290000001;ext=12"]')?.text).toContain('029-000-0001 内線 12')
  expect(list.main.querySelector('a[href="/calendar?prefecture=08"]')).not.toBeNull()
})

test('a desk is edited after a look at what changes, and for how many sessions', async () => {
  const path = '/desk/desks/secretariat'
  const form = formTo(await secretariat.page(path), path)
  const look = await secretariat.submit(path, fieldsOf(form, { phones: '03-0000-0001' }))
  const ahead = await s.column(
    "select id from session where desk = 'secretariat' and state <> 'called_off' and date >= '2026-11-22'",
  )
  const undated = await s.column("select id from session where date is null and programme = 'fy2026'")
  expect(look.text).toContain(t.desks.look.sessions(ahead.length + undated.length))
  expect(
    look.main.querySelectorAll('tbody tr').map((row) => row.querySelectorAll('td').map((cell) => cell.text.trim())),
  ).toEqual([['03-5422-1517', '03-0000-0001']])
  expect(await s.column("select phones from desk where id = 'secretariat'")).toEqual(['03-5422-1517'])
  const back = await secretariat.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'edit']])
  expect(fieldsOf(formTo(back, path))).toContainEqual(['phones', '03-0000-0001'])
  const done = await secretariat.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'do']])
  expect(done.text).toContain(t.desks.saved)
  expect((await s.page('/sessions/ibaraki-2026-11-27')).text).toContain('03-0000-0001')
})

test('a corrected telephone reaches every feed and the calendar of who booked, also by date alone', async () => {
  const { token } = await s.booked()
  const of = (path: string, since?: string) =>
    s.ask(path, since === undefined ? {} : { headers: { 'if-modified-since': since } })
  s.at('2026-11-22T01:30:00.000Z')
  const paths = ['/calendar.ics?prefecture=08', '/sessions/ibaraki-2026-11-27.ics', `/b/${token}/booking.ics`]
  const before = await Promise.all(paths.map((path) => of(path)))
  s.at('2026-11-22T02:30:00.000Z')
  const path = '/desk/desks/secretariat'
  const form = formTo(await secretariat.page(path), path)
  await secretariat.post(path, fieldsOf(form, { phones: '03-0000-0001', step: 'do' }))
  s.at('2026-11-22T03:00:00.000Z')
  for (const [i, feed] of paths.entries()) {
    const after = await of(feed, before[i]?.headers.get('last-modified') ?? '')
    expect([feed, after.status, after.headers.get('last-modified')]).toEqual([
      feed,
      200,
      'Sun, 22 Nov 2026 02:30:00 GMT',
    ])
    expect(after.headers.get('etag')).not.toBe(before[i]?.headers.get('etag'))
    expect(after.body.replaceAll('\r\n ', '')).toContain('03-0000-0001')
    expect(after.body).toContain('DTSTAMP:20261122T023000Z')
  }
})

test('a person who edits a desk that somebody else has saved is refused, and keeps what they typed', async () => {
  const path = '/desk/desks/secretariat'
  const fields = fieldsOf(formTo(await secretariat.page(path), path), { phones: '03-0000-0002' })
  await secretariat.post(path, [
    ...fieldsOf(formTo(await secretariat.page(path), path), { address: '港区' }),
    ['step', 'do'],
  ])
  const late = await secretariat.submit(path, [...fields, ['step', 'do']])
  expect([late.status, late.text]).toEqual([409, expect.stringContaining(t.desks.kept.next)])
  expect(fieldsOf(formTo(late, path))).toContainEqual(['phones', '03-0000-0002'])
})

describe('a desk that has sessions ahead', () => {
  const path = '/desk/desks/secretariat/end'

  test('ends once its successor is chosen, after a look at its series and sessions', async () => {
    const page = await secretariat.page(path)
    expect(page.text).toContain(t.desks.end.busy)
    expect(page.main.querySelector('a[href="/desk/series/ibaraki"]')).not.toBeNull()
    const form = formTo(page, path)
    expect(form.querySelectorAll('option').map((one) => one.getAttribute('value'))).not.toContain('toyota')
    const refused = await secretariat.submit(path, fieldsOf(form))
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining(t.desks.busy.next)])
    const done = await secretariat.submit(path, fieldsOf(formTo(refused, path), { successor: 'desk-kanto-bureau' }))
    expect(done.text).toContain(t.desks.end.done)
    expect((await s.page('/desks')).text).not.toContain('03-5422-1517')
    expect(await s.column("select desk from session where id = 'ibaraki-2026-11-27'")).toEqual(['desk-kanto-bureau'])
    const list = await secretariat.page('/desk/desks')
    expect(list.text).toContain(t.desks.states.ended)
    const again = await secretariat.submit('/desk/desks/secretariat/reopen')
    expect(again.text).toContain(t.desks.reopened)
    expect((await s.page('/desks')).text).toContain('03-5422-1517')
  })

  test('ends beside sessions of its successor only for a reason', async () => {
    await s.run(
      "update session set desk = 'desk-kanto-bureau', date = '2026-12-04', starts_at = null, ends_at = null where id = ?",
      'ibaraki-2026-11-27',
    )
    const fields = fieldsOf(formTo(await secretariat.page(path), path), { successor: 'desk-kanto-bureau' })
    const asked = await secretariat.submit(path, fields)
    expect([asked.status, asked.text]).toEqual([422, expect.stringContaining(deskTexts('ja').session.clash.what)])
    expect(asked.main.querySelector('a[href="/desk/sessions/ibaraki-2026-11-27"]')).not.toBeNull()
    const form = formTo(asked, path)
    const done = await secretariat.submit(path, fieldsOf(form, { beside: '担当が二人いるため' }))
    expect(done.text).toContain(t.desks.end.done)
  })

  test('is not handed over as it was not shown', async () => {
    const fields = fieldsOf(formTo(await secretariat.page(path), path), { successor: 'desk-kanto-bureau' })
    await s.run("update session set state = 'called_off' where id = 'ibaraki-2026-11-27'")
    const late = await secretariat.submit(path, fields)
    expect([late.status, late.text]).toEqual([409, expect.stringContaining(t.desks.changed.next)])
    expect(fieldsOf(formTo(late, path))).toContainEqual(['successor', 'desk-kanto-bureau'])
  })
})

describe('a new series', () => {
  const path = '/desk/series/new'

  test('of a prefecture without a desk has none chosen, and the way to add one', async () => {
    const page = await desk.page(path)
    expect(fieldsOf(formTo(page, path))).toContainEqual(['desk', ''])
    expect(page.text).toContain(t.desks.missing.what)
    expect(page.main.querySelector('a[href="/desk/desks/new"]')).not.toBeNull()
    const refused = await desk.submit(path, Object.entries({ ...WEEK, desk: '', title_ja: 'つくば' }))
    expect([refused.status, refused.main.querySelector('#desk')?.getAttribute('aria-invalid')]).toEqual([422, 'true'])
  })

  test('takes the desk of its prefecture, and the look names it', async () => {
    await addDesk(s.system, office())
    const form = formTo(await desk.page(path), path)
    expect(fieldsOf(form)).toContainEqual(['desk', ''])
    const look = await desk.submit(path, fieldsOf(form, { title_ja: 'つくば', weekdays: ['WE'] }))
    expect([look.status, look.text]).toEqual([200, expect.stringContaining('水戸の窓口')])
    await desk.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'do']])
    expect(await s.column("select desk from series where title_ja = 'つくば'")).toEqual(['mito'])
  })
})

test('an address that looks like a slip is asked about, at a new desk and at an edit, and taken if sent again', async () => {
  const isAsked = (page: { main: { querySelector(css: string): unknown } }) =>
    page.main.querySelector('[name="email_sure"]') !== null && page.main.querySelector('.notice.is-warn') !== null
  const slip = 'mito@gmial.com'
  const asked = await desk.submit(
    '/desk/desks/new',
    fieldsOf(formTo(await desk.page('/desk/desks/new'), '/desk/desks/new'), { ...MITO_DESK, email: slip }),
  )
  const saved = () => s.column(`select id from desk where email like '%${slip}%'`)
  expect([isAsked(asked), await saved()]).toEqual([true, []])
  await desk.submit('/desk/desks/new', fieldsOf(formTo(asked, '/desk/desks/new')))
  const [id] = await saved()
  const path = `/desk/desks/${String(id)}`
  const edit = (email: string) => async () =>
    desk.submit(path, fieldsOf(formTo(await desk.page(path), path), { email }))
  expect(isAsked(await edit('mito@yaho.co.jp')())).toBe(true)
  const look = await edit(slip)()
  expect([id === undefined, isAsked(look)]).toEqual([false, false])
})
