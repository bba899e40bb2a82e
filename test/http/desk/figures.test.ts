import { readXlsx } from 'hucre/xlsx'
import type { HTMLElement } from 'node-html-parser'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import { PREFECTURES } from '../../../src/base/japan/prefecture.ts'
import { attend } from '../../../src/booking/attend.ts'
import { TILES } from '../../../templates/desk/figures/tiles.ts'
import { figuresTexts } from '../../../templates/text/figures.ts'
import { texts } from '../../../templates/text/index.ts'
import { asDesk } from '../../booking/desk.ts'
import { doubled } from '../../figures/fixtures.ts'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, formTo, type Page, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = figuresTexts('ja')
const YEAR = 'from=2026-04-01&to=2027-03-31'
const wanted = (format: string, more: Record<string, string> = {}): Fields =>
  Object.entries({ from: '2026-04-01', to: '2027-03-31', format, ...more })

async function opened(
  role: 'desk' | 'viewer' | 'secretariat' | 'expert' = 'desk',
  ...prefectures: string[]
): Promise<{ s: Site; staff: Staff }> {
  const s = await site()
  return {
    s,
    staff: await signedIn(s, role, ...(role === 'secretariat' ? [] : prefectures.length > 0 ? prefectures : ['08'])),
  }
}

/** The bytes of an answer. `ask` reads them as text. */
async function bytes(
  s: Site,
  staff: Staff,
  path: string,
  fields?: Fields,
): Promise<{ type: string; body: Uint8Array<ArrayBuffer> }> {
  const init = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}
  const answer = await s.app.request(path, { ...init, headers: { cookie: staff.cookie } }, { incoming: { socket: {} } })
  expect(answer.status).toBe(200)
  return { type: answer.headers.get('content-type') ?? '', body: new Uint8Array(await answer.arrayBuffer()) }
}

const factsOf = (page: Page) =>
  Object.fromEntries(
    page.main
      .querySelectorAll('.facts > div')
      .map((one) => [one.querySelector('dt')?.text, one.querySelector('dd')?.text]),
  )

const rowsOf = (table: HTMLElement | null | undefined) =>
  (table?.querySelectorAll('tr') ?? []).map((row) => row.querySelectorAll('th, td').map((cell) => cell.text))

describe('the figures', () => {
  test('are of the fiscal year up to today unless asked otherwise', async () => {
    const { s, staff } = await opened()
    await s.booked({ seats: 2 })
    const today = await staff.page('/desk/figures')
    expect(today.status).toBe(200)
    expect(today.root.querySelector('#from')?.getAttribute('value')).toBe('2026-04-01')
    expect(today.root.querySelector('#to')?.getAttribute('value')).toBe('2026-11-22')
    expect(today.text).toContain(t.empty)
    expect(today.root.querySelector('#export-to')?.getAttribute('value')).toBe('2027-03-31')
    const year = await staff.page(`/desk/figures?${YEAR}`)
    expect(factsOf(year)).toMatchObject({ [t.made]: '1件（2人）', [texts('ja').statuses.booked]: '1件（2人）' })
    expect(year.text).toContain('中央値は5日です。')
    expect(year.root.querySelector('nav [aria-current]')?.text.trim()).toBe(t.title)
  })

  test('are drawn, described, and stand in a table beside each drawing', async () => {
    const { s, staff } = await opened()
    await s.booked({ seats: 2 })
    const page = await staff.page(`/desk/figures?${YEAR}`)
    const charts = page.main.querySelectorAll('figure.chart')
    expect(charts).toHaveLength(7)
    for (const chart of charts) {
      const svg = chart.querySelector('svg')
      const said = (name: string) => page.root.querySelector(`#${svg?.getAttribute(name)}`)?.text ?? ''
      expect(svg?.getAttribute('role')).toBe('img')
      expect(said('aria-labelledby')).not.toBe('')
      expect(said('aria-describedby')).toContain('最も多いのは')
      expect(chart.querySelector('table caption')?.text).toBe(said('aria-labelledby'))
    }
    expect(page.main.querySelectorAll('.tile')).toHaveLength(47)
    expect(page.body).not.toMatch(/ style=/)
    const ids = page.root.querySelectorAll('[id]').map((one) => one.getAttribute('id'))
    expect(new Set(ids).size).toBe(ids.length)
    const industry = page.main.querySelector('[aria-labelledby="by-industry"] table')
    expect(rowsOf(industry)).toEqual([
      [t.charts.name, t.charts.bookings, t.charts.people, t.charts.attended],
      ['E 製造業', '1', '2', '0'],
    ])
  })

  test('are those of one’s prefectures only', async () => {
    const { s, staff } = await opened('viewer', '13')
    await s.booked()
    expect((await staff.page(`/desk/figures?${YEAR}`)).text).toContain(t.empty)
    const options = (await staff.page('/desk/figures')).root.querySelectorAll('#prefecture option')
    expect(options.map((one) => one.getAttribute('value'))).toEqual(['', '13'])
    expect((await staff.page('/desk/figures?prefecture=08')).status).toBe(403)
    const all = await signedIn(s, 'secretariat')
    const page = await all.page(`/desk/figures?${YEAR}`)
    expect(factsOf(page)).toMatchObject({ [t.made]: '1件（1人）' })
    expect(page.root.querySelectorAll('#prefecture option')).toHaveLength(PREFECTURES.length + 1)
  })

  test('are not for experts, nor for who has not signed in', async () => {
    const { s, staff } = await opened('expert')
    expect((await staff.page('/desk/figures')).status).toBe(403)
    expect((await s.ask('/desk/figures')).status).toBe(303)
    expect((await s.post('/desk/exports', wanted('csv'))).status).toBe(401)
  })

  test.each(['from=2026-02-30', 'from=2026-05-01&to=2026-04-01', 'from=1900-01-01', 'to=x%00'])(
    'of an impossible period (%s) say so',
    async (query) => {
      const { staff } = await opened()
      const page = await staff.page(`/desk/figures?${query}`)
      expect(page.status).toBe(200)
      expect(page.text).toContain(t.filter.bad.what)
    },
  )

  test('are in English as well', async () => {
    const { s, staff } = await opened()
    await s.booked()
    const page = await staff.page(`/desk/figures?${YEAR}&lang=en`)
    expect(page.text).toContain('Counted by the day of the session')
    expect(page.main.querySelector('.chart')?.text).not.toMatch(/\p{Script=Hiragana}/u)
  })
})

describe('the monthly report', () => {
  test('says of a month what its sessions came to, and agrees with the journal', async () => {
    const s = await site()
    const { id } = await s.booked({ seats: 2 })
    await s.booked({ format: 'online', slot: `${MITO}-1100` })
    s.at('2026-11-27T02:00:00.000Z')
    await attend(asDesk(s, '08'), id, 'attended')
    const staff = await signedIn(s, 'desk', '08')
    const page = await staff.page('/desk/figures/report?month=2026-11&compare=1')
    expect(page.text).toContain(t.report.agrees.what)
    const [head = [], line = []] = rowsOf(page.main.querySelector('table.report'))
    const said = Object.fromEntries(head.map((name, i) => [name, line[i]]))
    const c = t.report.columns
    expect(head).toEqual(expect.arrayContaining(Object.values(c.became)))
    expect(said).toMatchObject({
      [c.code]: '08',
      [c.prefecture]: '茨城県',
      [c.kind]: '相談会',
      [c.capacity]: '20',
      [c.made]: '2',
      [c.attended]: '1',
      [c.people]: '2',
      [c.became.absent]: '0',
      [c.became.unrecorded]: '0',
      [c.became.ahead]: '1',
      [c.format_made('現地')]: '1',
      [c.format_people('現地')]: '2',
      [c.format_made('WEB')]: '1',
      [c.format_people('WEB')]: '0',
    })
    await s.run("update booking set status = 'absent' where id = ?", id)
    const other = await staff.page('/desk/figures/report?month=2026-11&compare=1')
    expect(other.text).toContain('茨城県 相談会の数が')
  })

  test('is a file too, in either encoding', async () => {
    const { s, staff } = await opened()
    const csv = await bytes(s, staff, '/desk/figures/report?month=2026-11&as=csv')
    expect(csv.type).toBe('text/csv; charset=utf-8')
    const text = new TextDecoder().decode(csv.body)
    expect(text.split('\r\n')[1]).toMatch(/^08,茨城県,相談会,3,1,0,0,0,0,20,0,/)
    const sjis = await bytes(s, staff, '/desk/figures/report?month=2026-11&as=sjis')
    expect(new TextDecoder('shift_jis', { fatal: true }).decode(sjis.body)).toBe(text)
  })

  test('is by default of the month before, and of no month that is none', async () => {
    const { staff } = await opened()
    expect((await staff.page('/desk/figures/report')).title).toContain('2026年10月')
    expect((await staff.page('/desk/figures/report?month=2026-13')).status).toBe(404)
    const empty = await staff.page('/desk/figures/report?month=2031-01&lang=en')
    expect(empty.text).toContain('There is no consultation day')
  })
})

describe('the export of the ledger', () => {
  test('is a workbook that another program reads, with codes and numbers as texts', async () => {
    const { s, staff } = await opened()
    const { number } = await s.booked({ message: '=HYPERLINK("http://example.jp")', phone: '0292240001' })
    const { type, body } = await bytes(s, staff, '/desk/exports', wanted('xlsx'))
    expect(type).toContain('spreadsheetml')
    const [head = [], row = []] = await readSheet(Buffer.from(body))
    const said = Object.fromEntries(head.map((name, i) => [String(name), row[i]]))
    const c = t.export.columns
    expect(said).toMatchObject({
      [c.number]: number,
      [c.session_code]: '08',
      [c.phone]: '0292240001',
      [c.seats]: 1,
      [c.date]: new Date('2026-11-27T00:00:00.000Z'),
      [c.message]: '=HYPERLINK("http://example.jp")',
    })
  })

  test('has bold heads, a filter, real dates and times, the note and the attendance', async () => {
    const { s, staff } = await opened()
    const { id } = await s.booked({ phone: '+81 29-224-0001 内線5', corporate_number: '7000012050002' })
    await s.run("update booking set note = '駐車場を確保' where id = ?", id)
    s.at('2026-11-27T02:00:00.000Z')
    await attend(asDesk(s, '08'), id, 'attended')
    const again = await signedIn(s, 'desk', '08')
    const { body } = await bytes(s, again, '/desk/exports', wanted('xlsx'))
    const { sheets } = await readXlsx(body, { readStyles: true })
    const [sheet] = sheets
    const c = t.export.columns
    const [head = [], row = []] = sheet?.rows ?? []
    const said = Object.fromEntries(head.map((name, i) => [String(name), row[i]]))
    expect(said).toMatchObject({
      [c.attendance]: t.export.attendance.attended,
      [c.came_at]: new Date('2026-11-27T11:00:00.000Z'),
      [c.note]: '駐車場を確保',
      [c.phone]: '029-224-0001 内線5',
      [c.corporate_number]: '7000012050002',
    })
    expect(sheet?.autoFilter?.range).toMatch(/^A1:[A-Z]+2$/)
    expect(sheet?.cells?.get('0,0')?.style?.font?.bold).toBe(true)
    const starts = head.indexOf(c.starts)
    expect(sheet?.cells?.get(`1,${starts}`)?.style?.numFmt).toBe('hh:mm')
    expect(row[starts]).not.toBeTypeOf('string')
    expect(staff.id).not.toBe('')
  })

  test('has a name for each encoding', async () => {
    const { staff } = await opened()
    const names: string[] = []
    for (const format of ['xlsx', 'csv', 'sjis']) {
      const answer = await staff.post('/desk/exports', wanted(format))
      names.push(answer.headers.get('content-disposition') ?? '')
    }
    expect(new Set(names).size).toBe(3)
    const page = await staff.page('/desk/figures')
    expect(page.text).toContain(t.export.which)
  })

  test('of ticked rows has a name that says how many they are, and of which day', async () => {
    const { s, staff } = await opened()
    const { id } = await s.booked({ slot: `${MITO}-1100` })
    await s.booked({ slot: `${MITO}-1300` })
    const answer = await staff.post('/desk/exports', [...wanted('csv'), ['ids', id]])
    expect(answer.headers.get('content-disposition')).toContain(
      'attachment; filename="ledger-1-selected-2026-11-22-utf8.csv"',
    )
  })

  test('from the ledger has what its filter and search find, and does not keep what was searched for', async () => {
    const { s, staff } = await opened()
    await s.booked({ name: '海野 次郎', name_kana: 'うんの じろう' })
    const other = await s.booked({ slot: `${MITO}-1100`, format: 'online' })
    const found = await staff.submit('/desk/bookings', [['text', '海野']])
    const file = await staff.post('/desk/exports', fieldsOf(formTo(found, '/desk/exports'), { format: 'csv' }))
    expect(file.status).toBe(200)
    expect(file.body).toContain('海野 次郎')
    expect(file.body).not.toContain(other.number)
    const online = await staff.submit('/desk/bookings', [['format', 'online']])
    const second = await staff.post('/desk/exports', fieldsOf(formTo(online, '/desk/exports'), { format: 'csv' }))
    expect(second.body).toContain(other.number)
    expect(second.body).not.toContain('海野')
    const kept = (await s.column<string>("select detail from journal where act = 'export.made' order by id")).join()
    expect(kept).toContain('"searched":true')
    expect(kept).not.toContain('海野')
    s.at('2026-11-22T05:00:00.000Z')
    const late = fieldsOf(formTo(found, '/desk/exports'), { format: 'csv' })
    expect((await (await signedIn(s, 'desk', '08')).post('/desk/exports', late)).status).toBe(422)
  })

  test('is CSV with a byte order mark and guarded formulas', async () => {
    const { s, staff } = await opened()
    await s.booked({ message: '=1+1', company: '@会社' })
    const { body } = await bytes(s, staff, '/desk/exports', wanted('csv'))
    expect(Array.from(body.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf])
    const text = new TextDecoder().decode(body)
    expect(text).toContain(",'=1+1,")
    expect(text).toContain(",'@会社,")
  })

  test('in Shift_JIS says first what it would lose, and then exports it with marks', async () => {
    const { s, staff } = await opened()
    const { number } = await s.booked({ name: '𠮷田 花子', message: 'よろしく😀〜' })
    const page = await staff.submit('/desk/exports', wanted('sjis'))
    expect(page.status).toBe(200)
    expect(page.title).toContain(t.export.lost.title)
    expect(rowsOf(page.main.querySelector('table')).slice(1)).toEqual([
      [number, t.export.columns.name, '𠮷'],
      [number, t.export.columns.message, '😀'],
    ])
    expect(await s.column("select act from journal where act like 'export.%'")).toEqual([])
    const form = page.root.querySelectorAll('form').find((one) => one.querySelector('[name=anyway]'))
    if (!form) throw new Error('no way to export with marks')
    const { body } = await bytes(s, staff, '/desk/exports', fieldsOf(form))
    const text = new TextDecoder('shift_jis', { fatal: true }).decode(body)
    expect(text).toContain('〓田 花子')
    expect(text).toContain('よろしく〓～')
    expect(text).toContain('株式会社髙﨑製作所')
  })

  test('that Shift_JIS carries is answered at once', async () => {
    const { s, staff } = await opened()
    await s.booked()
    const { body } = await bytes(s, staff, '/desk/exports', wanted('sjis'))
    expect(new TextDecoder('shift_jis', { fatal: true }).decode(body)).toContain('髙橋 太郎')
  })

  test('that cannot be read is refused with the form as it was filled in', async () => {
    const { staff } = await opened()
    const page = await staff.submit('/desk/exports', wanted('csv', { to: '2026-03-01', prefecture: '08' }))
    expect(page.status).toBe(422)
    expect(page.text).toContain(t.export.faulty.what)
    expect(fieldsOf(formTo(page, '/desk/exports'))).toEqual(
      expect.arrayContaining([
        ['to', '2026-03-01'],
        ['prefecture', '08'],
        ['format', 'csv'],
      ]),
    )
  })

  test('is not for viewers, and not of other prefectures', async () => {
    const { s, staff } = await opened('viewer')
    await s.booked()
    const page = await staff.page('/desk/figures')
    expect(page.text).toContain(t.export.viewer)
    expect(page.root.querySelector('form[action="/desk/exports"]')).toBeNull()
    expect((await staff.post('/desk/exports', wanted('csv'))).status).toBe(403)
    const other = await signedIn(s, 'desk', '31')
    expect((await other.post('/desk/exports', wanted('csv', { prefecture: '08' }))).status).toBe(422)
    expect((await other.post('/desk/exports', wanted('csv'))).body).not.toContain('髙橋')
  })

  test('of thousands has a page that shows how far it has come, without a script', async () => {
    const { s, staff } = await opened()
    await s.booked()
    await doubled(s, 13)
    const page = await staff.submit('/desk/exports', wanted('csv'))
    expect(page.headers.get('refresh')).toMatch(/^3; url=\/desk\/exports\/\w+\?reload=1$/)
    expect(page.text).toContain(t.export.progress.rows(8192))
    const still = page.main.querySelectorAll('a').find((one) => one.text === t.export.progress.still)
    const stopped = await staff.page(still?.getAttribute('href') ?? '')
    expect(stopped.headers.get('refresh')).toBeNull()
    expect(stopped.text).toContain(t.export.progress.follow)
    const action = page.main.querySelector('form')?.getAttribute('action') ?? ''
    const here = action.replace('/file', '')
    const { body } = await bytes(s, staff, action, [])
    expect(new TextDecoder().decode(body).trimEnd().split('\r\n')).toHaveLength(8193)
    const done = await staff.page(here)
    expect(done.headers.get('refresh')).toBeNull()
    expect(done.text).toContain(t.export.progress.finished)
    expect(done.main.querySelector('progress')?.getAttribute('value')).toBe('8192')
    const other = await signedIn(s, 'desk', '08')
    expect((await other.page(here)).status).toBe(404)
    expect((await other.post(action)).status).toBe(404)
  })
})

test('the tiles are at the places of the public map', async () => {
  const s = await site()
  const css = (await s.ask('/assets/style.css')).body
  const placed = [...css.matchAll(/\.p-(\d\d)\{grid-area:(\d+) ?\/ ?(\d+)/g)].map(([, code, row, column]) => [
    code,
    [Number(row), Number(column)],
  ])
  expect(placed).toHaveLength(47)
  expect(TILES).toEqual(Object.fromEntries(placed))
})
