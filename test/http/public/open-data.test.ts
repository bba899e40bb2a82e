import { Ajv } from 'ajv'
import { beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../../src/base/clock.ts'
import { callOff } from '../../../src/changes/call-off.ts'
import { changeVenue } from '../../../src/changes/change-venue.ts'
import { convert } from '../../../src/changes/convert.ts'
import { reschedule } from '../../../src/changes/reschedule.ts'
import { EVENT_COLUMNS } from '../../../src/opendata/events.ts'
import { prefectureLgCode } from '../../../src/opendata/local-government-code.ts'
import { addVenue } from '../../../src/planning/add-venue.ts'
import { saveDesk } from '../../../src/planning/desks/save-desk.ts'
import { as } from '../../acts.ts'
import { application, MITO } from '../../world.ts'
import { type Site, site } from '../app.ts'

/** The header of the data set, to the letter. */
const HEADER =
  '都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,イベント名,イベント名_カナ,イベント名_英語,開始日,終了日,開始時間,終了時間,開始日時特記事項,説明,料金(基本),料金(詳細),連絡先名称,連絡先電話番号,連絡先内線番号,主催者,場所名称,住所,方書,緯度,経度,アクセス方法,駐車場情報,定員,参加申込終了日,参加申込終了時間,参加申込方法,URL,備考'
const WHY = { reason_ja: '会場の都合により変更になりました' }
const TENTATIVE = /未定|未確定|予定|変更|調整中/

let s: Site
beforeEach(async () => {
  s = await site()
})

/** The cells of a file by RFC 4180, read strictly: every quote and line end has its place. */
function cellsIn(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy
  while (cell.lastIndex < text.length) {
    const [whole, value = '', end] = cell.exec(text) ?? []
    if (whole === undefined) throw new Error('not RFC 4180')
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value)
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

type Row = Record<string, string>

async function csv(path = '/open-data/events.csv'): Promise<Row[]> {
  const { status, body } = await s.ask(path)
  expect(status).toBe(200)
  const [head = [], ...rows] = cellsIn(body.replace(/^\uFEFF/, ''))
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])))
}
const json = async (path = '/open-data/events.json'): Promise<Record<string, unknown>[]> =>
  JSON.parse((await s.ask(path)).body)
const rowOf = async (id = MITO) => (await csv()).find((row) => row.NO === id) ?? {}

describe('/open-data/events.csv', () => {
  test('begins with a byte order mark and the 32 names; every row has 32 cells on one line', async () => {
    const answer = await s.app.request('/open-data/events.csv')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(Array.from(bytes.subarray(0, 3))).toEqual([0xef, 0xbb, 0xbf])
    const text = new TextDecoder().decode(bytes)
    expect(text.slice(0, HEADER.length + 2)).toBe(`${HEADER}\r\n`)
    const rows = cellsIn(text)
    expect(rows.length).toBeGreaterThan(30)
    expect(rows.filter((row) => row.length !== 32)).toEqual([])
    expect(rows.flat().filter((cell) => /[\r\n\t]|^[=+\-@']|^(?:―|null|undefined)$/.test(cell))).toEqual([])
  })

  test('its dates, times and numbers are of one form, and no half of a pair stands alone', async () => {
    const rows = await csv()
    for (const row of rows) {
      expect(row.開始日).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(row.終了日).toBe(row.開始日)
      for (const name of ['開始時間', '終了時間', '参加申込終了時間']) expect(row[name]).toMatch(/^(?:\d\d:\d\d)?$/)
      expect(row.開始時間 === '').toBe(row.終了時間 === '')
      expect(row.緯度 === '').toBe(row.経度 === '')
      expect(row['料金(基本)']).toBe('0')
      expect(row.定員).toMatch(/^(?:[1-9]\d*)?$/)
      expect(row.都道府県コード又は市区町村コード).toMatch(/^\d{6}$/)
      for (const name of ['都道府県名', 'イベント名', 'イベント名_カナ', '説明', '場所名称', '住所']) {
        expect([name, row[name]]).not.toEqual([name, ''])
      }
      expect(row.備考).not.toMatch(TENTATIVE)
      expect(row.開始日時特記事項 !== '' && row.開始時間 !== '').toBe(false)
    }
    expect(new Set(rows.map((row) => row.NO)).size).toBe(rows.length)
    await s.run('delete from slot where session = ?', MITO)
    await s.run('update session set starts_at = null, ends_at = null where id = ?', MITO)
    expect(await rowOf()).toMatchObject({
      開始時間: '',
      終了時間: '',
      開始日時特記事項: '時間未定',
      参加申込終了日: '',
    })
  })

  test('tells the day in Mito as its page does', async () => {
    expect(await rowOf()).toMatchObject({
      都道府県コード又は市区町村コード: '080004',
      都道府県名: '茨城県',
      市区町村名: '',
      イベント名: 'テレワーク無料相談会',
      イベント名_カナ: 'テレワークムリョウソウダンカイ',
      イベント名_英語: 'Free telework consultation day',
      開始日: '2026-11-27',
      開始時間: '10:00',
      終了時間: '15:50',
      場所名称: '水戸エリア',
      住所: '水戸エリア',
      定員: '5',
      参加申込終了日: '2026-11-26',
      参加申込終了時間: '15:00',
      URL: `http://localhost:8787/sessions/${MITO}`,
      備考: '',
    })
  })

  test('a session on the web is オンライン; one of another desk has its contact, and a damaged address is left out', async () => {
    await convert(as(s, 'secretariat'), MITO, { into: 'online', ...WHY })
    expect(await rowOf()).toMatchObject({ 場所名称: 'オンライン', 住所: 'オンライン', 方書: '', アクセス方法: '' })
    await s.run(
      "update session set apply_name = '豊田市', apply_phone = '+81-565-00-0000', apply_url_printed = 'htp://x' where id = ?",
      MITO,
    )
    expect(await rowOf()).toMatchObject({
      連絡先名称: '豊田市',
      連絡先電話番号: '0565-00-0000',
      URL: '',
      参加申込終了日: '',
    })
  })

  test('called off keeps its day and its number, with the mark in name and remark; postponed likewise', async () => {
    const before = await rowOf()
    await callOff(as(s, 'desk'), MITO, WHY)
    expect(await rowOf()).toEqual({ ...before, イベント名: '【中止】テレワーク無料相談会', 備考: '中止' })
    const next = 'ibaraki-2026-12-04'
    await reschedule(as(s, 'desk'), next, { to: 'later', postpone: true, ...WHY })
    expect(await rowOf(next)).toMatchObject({
      イベント名: '【延期】テレワーク無料相談会',
      開始日: '2026-12-04',
      備考: '延期',
      開始日時特記事項: '',
    })
  })

  test('has no samples, no skipped dates and no date that is undecided', async () => {
    const shown = new Set((await csv()).map((row) => row.NO))
    const others = await s.column<string>(
      "select id from session where sample = 1 or state = 'skipped' or date is null",
    )
    expect(others.length).toBeGreaterThan(3)
    expect(others.filter((id) => shown.has(id))).toEqual([])
  })

  test('nothing typed begins a formula, breaks a line or is a meeting link', async () => {
    await s.run(
      "update session set title_ja = '=1+1', note_ja = ?, meeting_url = 'https://meet.example/secret' where id = ?",
      '一行目\r\n"二行目",三',
      MITO,
    )
    const row = await rowOf()
    expect(row.イベント名).toBe('＝1+1')
    expect(row.説明).toContain('一行目 "二行目",三')
    expect((await s.ask('/open-data/events.json')).body).not.toContain('secret')
  })

  test('has an address, a room and a way only of a venue that people go to', async () => {
    const hall = { id: 'hall', name_ja: '県民会館', name_en: 'Hall', address: '茨城県水戸市1-1', area_only: 0 as const }
    await addVenue(s.system, { ...hall, printed: null, prefecture: '08' })
    await s.run("update venue set room_ja = '3階', access_ja = '水戸駅から\n徒歩5分' where id = 'hall'")
    await changeVenue(as(s, 'secretariat'), MITO, { venue: 'hall', ...WHY })
    expect(await rowOf()).toMatchObject({
      場所名称: '県民会館',
      住所: '茨城県水戸市1-1',
      方書: '3階',
      アクセス方法: '水戸駅から 徒歩5分',
    })
  })

  test('is narrowed like the feeds; an unknown filter or file is not there', async () => {
    const rows = await csv('/open-data/events.csv?prefecture=08&kind=consultation')
    expect(new Set(rows.map((row) => row.都道府県名))).toEqual(new Set(['茨城県']))
    for (const path of ['?prefecture=99', '?kin=seminar', '?month=2026-12'])
      expect((await s.ask(`/open-data/events.csv${path}`)).status).toBe(404)
    expect((await s.ask('/open-data/events.xml')).status).toBe(404)
  })
})

describe('/open-data/events.json', () => {
  const TYPES = { text: 'string', number: 'number', date: 'string', time: 'string' }
  const PATTERN = { date: '^\\d{4}-\\d\\d-\\d\\d$', time: '^\\d\\d:\\d\\d$' }
  const properties = Object.fromEntries(
    EVENT_COLUMNS.map(({ name, holds }) => [
      name,
      {
        type: [TYPES[holds], 'null'],
        ...(holds === 'date' || holds === 'time' ? { pattern: PATTERN[holds] } : holds === 'text' && { minLength: 1 }),
      },
    ]),
  )
  const isValid = new Ajv({ allowUnionTypes: true }).compile({
    type: 'array',
    items: {
      type: 'object',
      properties: { ...properties, id: { type: 'string' }, updated_at: { type: 'string' } },
      required: [...EVENT_COLUMNS.map(({ name }) => name), 'id', 'updated_at'],
      additionalProperties: false,
    },
  })

  test('fits the schema of the columns, and has the rows of the CSV and those without a date', async () => {
    const rows = await json()
    expect(isValid(rows), JSON.stringify(isValid.errors?.slice(0, 3))).toBe(true)
    const dated = rows.filter((row) => row.開始日 !== null)
    expect(dated.map((row) => row.NO)).toEqual((await csv()).map((row) => row.NO))
    expect(rows.every((row) => row.id === row.NO)).toBe(true)
    await s.run('update session set date = null, starts_at = null, ends_at = null where id = ?', MITO)
    expect((await json()).find((row) => row.id === MITO)).toMatchObject({ 開始日: null, 開始日時特記事項: '日程未定' })
  })
})

describe('every file', () => {
  const FILES = ['events.csv', 'events.json', 'desks.csv', 'desks.json'].map((name) => `/open-data/${name}`)

  test.each(FILES)('%s names its licence, may be read from anywhere, and is not sent twice', async (path) => {
    s.at(plusMinutes(s.ctx.clock.now(), 5))
    const { headers } = await s.ask(path)
    expect(headers.get('link')).toContain('<https://creativecommons.org/licenses/by/4.0/>; rel="license"')
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('set-cookie')).toBeNull()
    const etag = headers.get('etag') ?? ''
    const modified = headers.get('last-modified') ?? ''
    expect(Date.parse(modified)).toBeLessThan(Date.parse(s.ctx.clock.now()))
    for (const name of [{ 'if-none-match': etag }, { 'if-modified-since': modified }]) {
      expect((await s.ask(path, { headers: name })).status).toBe(304)
    }
    const wrong = await s.ask(path, { method: 'POST' })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  test.each(FILES)('%s does not change when somebody books, and has nothing of a person', async (path) => {
    const before = await s.ask(path)
    s.at(plusMinutes(s.ctx.clock.now(), 5))
    await s.booked({ seats: 2 })
    const after = await s.ask(path)
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'))
    const { name, email, company, phone } = application() as Record<string, string>
    for (const text of [name, email, company, phone]) {
      expect(text).toBeTruthy()
      expect(after.body).not.toContain(text)
    }
  })

  test('a desk that is renamed changes both, with a later date', async () => {
    const dates = async () => Promise.all(FILES.map(async (path) => (await s.ask(path)).headers.get('last-modified')))
    s.at(plusMinutes(s.ctx.clock.now(), 5))
    const before = await dates()
    const [revision = 0] = await s.column<number>("select revision from desk where id = 'secretariat'")
    const form = { kind: 'secretariat', name_ja: '新しい事務局', topics: ['general'], phones: '03-0000-0000', revision }
    expect(await saveDesk(as(s, 'secretariat'), 'secretariat', form)).toMatchObject({ ok: true })
    s.at(plusMinutes(s.ctx.clock.now(), 5))
    const after = await dates()
    expect(after.filter((date, i) => Date.parse(date ?? '') <= Date.parse(before[i] ?? ''))).toEqual([])
    for (const path of FILES) expect((await s.ask(path)).body).toContain('新しい事務局')
  })
})

test('the directory has every desk that has not ended, and no address that is damaged', async () => {
  const rows = await json('/open-data/desks.json')
  expect(rows.map(({ ID }) => String(ID)).toSorted()).toEqual(
    (await s.column<string>('select id from desk where ended_at is null')).toSorted(),
  )
  const kanto = rows.find(({ ID }) => ID === 'desk-kanto-bureau')
  expect(kanto).toMatchObject({
    名称: '関東総合通信局 情報通信課',
    電話番号: '03-6230-1695',
    連絡先メールアドレス: null,
  })
  expect(await csv('/open-data/desks.csv')).toHaveLength(rows.length)
})

test('the page describes every column of both files, the edition and the licence, in both languages', async () => {
  for (const lang of ['ja', 'en']) {
    const page = await s.page(`/open-data?lang=${lang}`)
    for (const { name } of EVENT_COLUMNS) expect(page.main.text).toContain(name)
    expect(page.main.querySelectorAll('tbody tr').every((row) => row.lastElementChild?.text !== '')).toBe(true)
    expect(page.main.text).toMatch(/2020.21/)
    expect(page.main.querySelector('a[rel=license]')?.getAttribute('href')).toContain('creativecommons.org')
  }
  expect((await s.page('/')).root.querySelector('footer a[href="/open-data"]')).not.toBeNull()
})

test.each([
  ['01', '010006'],
  ['08', '080004'],
  ['13', '130001'],
  ['23', '230006'],
  ['27', '270008'],
  ['47', '470007'],
])('the code of prefecture %s is %s', (code, full) => {
  expect(prefectureLgCode(code)).toBe(full)
})

describe('a telephone with an extension (内線)', () => {
  test.each([
    ['029-224-0001 内線12', '029-224-0001', '12'],
    ['０２９-２２４-０００１（内線 １２-３）', '029-224-0001', '123'],
    ['029-224-0001, 内線12', '029-224-0001', '12'],
    ['029-224-0001 ext. 12', '029-224-0001', '12'],
    ['+81 29-224-0001 内線12', '029-224-0001', '12'],
    ['代表 029.224.0001（代）', '029-224-0001', ''],
    ['029-224-0001・029-224-0002 内線5', '029-224-0001', ''],
    ['なし', '', ''],
  ])('as %s has a column of each in both files', async (typed, number, extension) => {
    const desk = (await s.column<string>('select desk from session where id = ?', MITO))[0] ?? ''
    await s.run('update desk set phones = ?, revision = revision + 1 where id = ?', typed.replace(', ', ' '), desk)
    await s.run(
      "update session set apply_name = '商工会', apply_phone = ?, revision = revision + 1 where id = ?",
      typed,
      MITO,
    )
    s.at(plusMinutes(s.ctx.clock.now(), 5))
    expect(await rowOf()).toMatchObject({ 連絡先電話番号: number, 連絡先内線番号: extension })
    if (typed.includes('・')) return
    const row = (await csv('/open-data/desks.csv')).find(({ ID }) => ID === desk)
    expect(row).toMatchObject({ 電話番号: number, 内線番号: extension })
  })

  test('stays with the further numbers of a desk', async () => {
    const desk = (await s.column<string>('select desk from session where id = ?', MITO))[0] ?? ''
    await s.run('update desk set phones = ? where id = ?', '029-224-0001,029-224-0002 内線5,029-224-0003', desk)
    const row = (await csv('/open-data/desks.csv')).find(({ ID }) => ID === desk)
    expect(row?.電話番号_その他).toBe('029-224-0002 内線5・029-224-0003')
  })
})
