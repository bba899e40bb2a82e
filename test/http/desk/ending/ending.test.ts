import { beforeEach, expect, test } from 'vitest'
import { plan } from '../../../../src/planning/plan.ts'
import { texts } from '../../../../templates/text/index.ts'
import { scheduleTexts } from '../../../../templates/text/schedule.ts'
import { freshKey, MITO } from '../../../world.ts'
import { fieldsOf, formTo, pathOf, type Site, site } from '../../app.ts'
import { type Staff, signedIn, WEEK } from '../fixtures.ts'

const t = scheduleTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const given = { ...WEEK, prefecture: '08', title_ja: 'つくば', capacity: '5', beside: '二人いるため' }

/** Begins a series of Saturdays. Returns its page. */
async function saturdays(): Promise<string> {
  const weekly = { ...given, repeat: 'weekly', weekdays: 'SA', starts_on: '2026-12-05', key: freshKey() }
  const { location } = await desk.post('/desk/series/new', Object.entries(weekly))
  await plan(s.system)
  return pathOf(location).split('?')[0] ?? ''
}

/** Sends the form of a page to its own address. */
async function sends(path: string, changes: Record<string, string> = {}) {
  return desk.submit(path, fieldsOf(formTo(await desk.page(path), path), changes))
}

test('a session that nobody booked is deleted from its page after a look, and one of a series has no such button', async () => {
  const day = { ...given, date: '2026-12-23', key: freshKey() }
  const path = pathOf((await desk.post('/desk/schedule/new', Object.entries(day))).location).split('?')[0] ?? ''
  expect((await desk.page(path)).main.querySelector(`a[href="${path}/delete"]`)).not.toBeNull()
  expect((await desk.page(`/desk/sessions/${MITO}`)).main.querySelector('a[href$="/delete"]')).toBeNull()
  const done = await sends(`${path}/delete`)
  expect(done.text).toContain(t.ending.done)
  expect((await s.ask(path, { headers: { cookie: desk.cookie } })).status).toBe(404)
  const kept = await desk.page(`/desk/sessions/${MITO}/delete`)
  expect(kept.text).toContain(t.ending.kept.series.what)
  expect(kept.main.querySelector('#form button')).toBeNull()
})

test('a series is ended on a day after a look that names each session, and deleted if nobody booked it', async () => {
  const path = await saturdays()
  const look = await sends(`${path}/end`, { until: '2026-12-12' })
  expect(look.text).toContain('12月19日')
  expect(look.text).toContain(t.series.effects.skipped)
  expect(look.text).not.toContain('12月5日')
  const fields = fieldsOf(formTo(look, `${path}/end`))
  expect((await desk.submit(`${path}/end`, [...fields, ['step', 'do']])).text).toContain(t.ending.end.done)
  expect(await s.column('select until from series where id = ?', path.split('/').at(-1) ?? '')).toEqual(['2026-12-12'])
  const page = await desk.page(path)
  expect(page.main.querySelector(`a[href="${path}/delete"]`)).not.toBeNull()
  expect((await sends(`${path}/delete`)).text).toContain(t.ending.done)
  expect((await desk.page('/desk/series/ibaraki')).main.querySelector('a[href$="/delete"]')).toBeNull()
})

test('a series is copied into the form of a new one, with today as its first day and no dates', async () => {
  const page = await desk.page('/desk/series/ibaraki/copy')
  const fields = Object.fromEntries(fieldsOf(formTo(page, '/desk/series/new')))
  expect(fields).toMatchObject({ starts_on: '2026-11-22', repeat: 'weekly', prefecture: '08', until: '', dates: '' })
  expect(fields.key).not.toBe('')
  expect(fields.title_ja).toBe((await s.column('select title_ja from series where id = ?', 'ibaraki'))[0])
})

test('the look of an edited series names each value before and after it, for each date', async () => {
  const path = await saturdays()
  const form = fieldsOf(formTo(await desk.page(path), path), { capacity: '8', formats: 'online', ends: '17:00' })
  const look = await desk.submit(path, form)
  const [first] = look.main.querySelectorAll('.differences')
  const words = texts('ja').format
  for (const said of ['5 → 8', '13:00〜16:00 → 13:00〜17:00', `${words.onsite} → ${words.online}`]) {
    expect(first?.text.replaceAll(/\s+/g, ' ')).toContain(said)
  }
  expect(look.main.querySelectorAll('.differences').length).toBeGreaterThan(5)
})

test('a venue that no session has is deleted, and one that is used says so', async () => {
  const made = { prefecture: '08', name_ja: '使わない会場', name_en: '', address: '', key: freshKey() }
  await desk.post('/desk/venues/new', Object.entries(made))
  const [id = ''] = await s.column<string>("select id from venue where name_ja = '使わない会場'")
  expect(
    (await desk.page(`/desk/venues/${id}`)).main.querySelector(`a[href="/desk/venues/${id}/delete"]`),
  ).not.toBeNull()
  expect((await sends(`/desk/venues/${id}/delete`)).text).toContain(t.ending.done)
  const [used = ''] = await s.column<string>("select venue from session where prefecture = '08' and venue is not null")
  expect((await desk.page(`/desk/venues/${used}/delete`)).text).toContain(t.ending.kept.used.what)
})

test('fields of another repetition than the chosen one change nothing', async () => {
  const listed = { ...given, weekdays: 'MO', nths: '1', dates: '2027-01-26', until: '2026-12-31', starts_on: '' }
  expect((await desk.post('/desk/series/new', Object.entries({ ...listed, key: freshKey() }))).status).toBe(303)
  expect(await s.rows("select rule, starts_on, until from series where title_ja = 'つくば'")).toEqual([
    { rule: null, starts_on: '2027-01-26', until: null },
  ])
  const weekly = { ...given, repeat: 'weekly', weekdays: 'SA', nths: '1', dates: 'いつか', title_ja: '毎週' }
  expect((await desk.post('/desk/series/new', Object.entries({ ...weekly, key: freshKey() }))).status).toBe(303)
  expect(await s.column("select rule from series where title_ja = '毎週'")).toEqual(['FREQ=WEEKLY;BYDAY=SA'])
})
