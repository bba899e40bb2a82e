import { readdirSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { addDesk } from '../../../src/people/add-desk.ts'
import { desk as office } from '../../schedule/fixtures.ts'
import { freshKey, MITO } from '../../world.ts'
import { type Fields, formTo, type Page, pageOf, type Site, site } from '../app.ts'
import { caller, type Staff, signedIn, WEEK } from './fixtures.ts'

let s: Site
let desk: Staff
let colleague: Staff
let tokyo: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
  colleague = await signedIn(s, 'desk', '08')
  tokyo = await signedIn(s, 'desk', '13')
  await addDesk(s.system, office())
  await addDesk(s.system, office({ id: 'tokyo', prefecture: '13' }))
  await s.booked()
})

const fields = (values: Record<string, string>): Fields => Object.entries(values)

const PLACE = { name_en: '', address: '' }
const PERIOD = { starts_on: '2027-02-01', ends_on: '2027-02-28', reason_ja: '大雪', step: 'do' }

/** Every form with a key: what two people of one desk and the desk of another prefecture send, and a corrected form. */
const FORMS = {
  'desk/venues.tsx': {
    action: '/desk/venues/new',
    table: 'venue',
    given: { ...PLACE, prefecture: '08', name_ja: '会場A' },
    corrected: { name_ja: '会場B' },
    elsewhere: { prefecture: '13' },
  },
  'desk/series/form.tsx': {
    action: '/desk/series/new',
    table: 'series',
    given: { ...WEEK, prefecture: '08', title_ja: 'つくば', capacity: '5', dates: '2027-01-26' },
    corrected: { title_ja: 'つくば市', capacity: '9', dates: '2027-01-27' },
    elsewhere: { prefecture: '13' },
  },
  'desk/days/copy.tsx': {
    action: `/desk/sessions/${MITO}/copy`,
    table: 'session',
    given: { dates: '2027-01-26', beside: '二人いるため', step: 'do' },
    corrected: { dates: '2027-01-27' },
    elsewhere: null,
  },
  'desk/days/form.tsx': {
    action: '/desk/schedule/new',
    table: 'session',
    given: { ...WEEK, prefecture: '08', title_ja: 'つくば', capacity: '5', date: '2027-01-26', beside: '二人いるため' },
    corrected: { title_ja: 'つくば市', capacity: '9', date: '2027-01-27' },
    elsewhere: { prefecture: '13' },
  },
  'desk/webhooks/form.tsx': {
    action: '/desk/webhooks/new',
    table: 'webhook',
    given: { url: 'https://hooks.example.jp/', types: 'session.full', desk: 'mito' },
    corrected: { url: 'https://hooks.example.jp/other' },
    elsewhere: { desk: 'tokyo' },
  },
  'desk/desks/form.tsx': {
    action: '/desk/desks/new',
    table: 'desk',
    given: { kind: 'local', prefectures: '08', name_ja: '窓口A', phones: '029-999-0002' },
    corrected: { name_ja: '窓口B' },
    elsewhere: { prefectures: '13' },
  },
  'desk/suspensions.tsx': {
    action: '/desk/suspensions',
    table: 'suspension',
    given: { ...PERIOD, prefectures: '08', into: 'online' },
    corrected: { starts_on: '2027-03-01', ends_on: '2027-03-31', into: 'phone' },
    elsewhere: { prefectures: '13' },
  },
  'desk/messages/page.tsx': {
    action: '/desk/messages/new',
    table: 'message',
    given: { session: MITO, subject_ja: '駐車場', body_ja: '満車です。', step: 'do' },
    corrected: { subject_ja: '駐車場について', body_ja: '満車の見込みです。' },
    elsewhere: null,
  },
  'desk/questions/page.tsx': {
    action: '/desk/questions',
    table: 'question',
    given: { session: MITO, kind: 'text', label_ja: '業種' },
    corrected: { label_ja: '従業員の人数' },
    elsewhere: null,
  },
  'desk/requests/enter.tsx': {
    action: '/desk/requests/new',
    table: 'request',
    given: {
      organisation: 'company',
      company: '大洗建設',
      prefecture: '08',
      municipality: '大洗町',
      name: '大洗 一',
      name_kana: 'おおあらい はじめ',
      phone: '029-267-0003',
      topics: 'labour',
      formats: 'phone',
      consent: 'true',
    },
    corrected: { company: '海野水産', phone: '029-267-0009' },
    elsewhere: null,
  },
  'desk/enter.tsx': {
    action: '/desk/bookings/new',
    table: 'booking',
    given: { ...Object.fromEntries(caller()), sure: 'true' },
    corrected: {
      slot: 'ibaraki-2026-11-27-1100',
      name: '海野 三郎',
      name_kana: 'ウンノ サブロウ',
      phone: '029-267-0009',
    },
    elsewhere: null,
  },
} as const

const everyRow = async (table: string) => ({
  rows: await s.rows(`select * from ${table} order by id`),
  dates: await s.rows('select * from series_date order by series, date'),
})

test('every form with a key is listed here', () => {
  const folder = new URL('../../../templates/', import.meta.url)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))
  const keyed = names.filter((name) => readFileSync(new URL(name, folder), 'utf8').includes('name="key"'))
  expect(keyed.toSorted()).toEqual(Object.keys(FORMS).toSorted())
})

describe.each(Object.entries(FORMS))('the form of %s', (_, { action, table, given, corrected, elsewhere }) => {
  const send = (staff: Staff, changes: Record<string, string>) =>
    staff.post(action, fields({ ...given, key: freshKey(), ...changes }))
  const count = async () => (await everyRow(table)).rows.length

  test('sent twice makes one row, whose id is not the key', async () => {
    const key = freshKey()
    const before = await count()
    const first = await send(desk, { key })
    const again = await send(desk, { key })
    expect([first.status, again.status, again.location]).toEqual([303, 303, first.location])
    expect(await count()).toBe(before + 1)
    expect(await s.rows(`select id from ${table} where id = ?`, key)).toEqual([])
  })

  test('corrected and sent again with its key is refused with what was typed, and goes through if sent once more', async () => {
    const key = freshKey()
    expect((await send(desk, { key })).status).toBe(303)
    const before = await everyRow(table)
    const refused = await send(desk, { ...corrected, key })
    expect(refused.status).toBe(409)
    expect(await everyRow(table)).toEqual(before)
    const page: Page = pageOf(refused)
    const form = formTo(page, action)
    for (const typed of Object.values(corrected)) expect(form.outerHTML).toContain(typed)
    const next = form.querySelector('input[name=key]')?.getAttribute('value') ?? ''
    expect(next).not.toBe(key)
    expect((await send(desk, { ...corrected, key: next })).status).toBe(303)
    expect(await count()).toBe(before.rows.length + 1)
  })

  test('with the key of a colleague touches nothing of theirs', async () => {
    const key = freshKey()
    await send(colleague, { key })
    const before = await everyRow(table)
    expect((await send(desk, { ...corrected, key })).status).toBe(303)
    const after = await everyRow(table)
    expect(after.rows).toHaveLength(before.rows.length + 1)
    expect(after.rows).toEqual(expect.arrayContaining(before.rows))
    expect(after.dates).toEqual(expect.arrayContaining(before.dates))
  })

  test('whose key is the id of a row of another desk changes nothing there', async () => {
    const known = new Set((await everyRow(table)).rows.map((row) => row.id))
    expect((await send(elsewhere ? tokyo : colleague, { ...elsewhere })).status).toBe(303)
    const before = await everyRow(table)
    const id = String(before.rows.find((row) => !known.has(row.id))?.id)
    expect((await send(desk, { ...corrected, key: id })).status).toBe(303)
    const after = await everyRow(table)
    expect(after.rows).toHaveLength(before.rows.length + 1)
    expect(after.rows).toEqual(expect.arrayContaining(before.rows))
    expect(after.dates.filter((row) => row.series === id)).toEqual(before.dates.filter((row) => row.series === id))
  })
})
