import { type CellValue, writeXlsx } from 'hucre/xlsx'
import { beforeEach, describe, expect, test } from 'vitest'
import { openProgramme } from '../../../src/planning/open-programme.ts'
import { fieldsOf, formTo, type Page, pageOf, pathOf, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site({ seeded: false })
  await openProgramme(s.system, { fiscalYear: 2026, name: { ja: '令和8年度', en: 'Fiscal year 2026' } })
  desk = await signedIn(s, 'desk', '08')
})

/** Sends a file as a browser does. */
async function sent(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Page> {
  const body = new FormData()
  body.set('text', '')
  body.set('file', new File([bytes], name))
  const { publicUrl: origin } = s.ctx.config
  const answer = await s.app.request(`${origin}/desk/import`, {
    method: 'POST',
    body,
    headers: { cookie: desk.cookie, origin },
  })
  if (answer.status === 303) return desk.page(pathOf(answer.headers.get('location') ?? ''))
  return pageOf({ status: answer.status, headers: answer.headers, body: await answer.text(), location: '' })
}

const utf8 = (text: string) => new Uint8Array(new TextEncoder().encode(text))

/** The chosen day of each row. */
const chosen = (page: Page) => {
  const path = page.main.querySelector('form#form')?.getAttribute('action') ?? ''
  const fields = Object.fromEntries(fieldsOf(formTo(page, path)))
  return Object.entries(fields).flatMap(([name, value]) => (/^\d+\.day\./.test(name) ? [value] : []))
}
const field = (page: Page, name: string) => page.main.querySelector(`[name="${name}"]`)?.getAttribute('value')

const at = (date: string) => new Date(`${date}T00:00:00.000Z`)

/** A workbook with a title over all columns, a venue merged over three rows, real dates, a day struck out, a hidden sheet. */
async function workbook(): Promise<Uint8Array<ArrayBuffer>> {
  const rows: CellValue[][] = [
    ['茨城県テレワーク相談会', null, null, null, null],
    ['開催日', '時間', '会場', '形式', '定員'],
    [at('2026-12-08'), '10:00～12:00', '水戸市民会館', '対面', 5],
    [at('2026-12-15'), '10:00～12:00', null, '対面', 5],
    [at('2026-12-22'), '10:00～12:00', null, '対面', 5],
    [at('2027-01-13'), '13:00～15:00', 'Zoom', 'オンライン', 8],
  ]
  const struck = { style: { font: { strikethrough: true }, numFmt: 'yyyy/m/d' } }
  const merges = [
    { startRow: 0, startCol: 0, endRow: 0, endCol: 4 },
    { startRow: 2, startCol: 2, endRow: 4, endCol: 2 },
  ]
  const bytes = await writeXlsx({
    sheets: [
      { name: '日程', rows, merges, cells: new Map([['3,0', { value: at('2026-12-15'), ...struck }]]) },
      { name: '昨年度', hidden: true, rows: [['茨城県', '2026年12月1日(火)', '10:00～12:00']] },
    ],
  })
  return new Uint8Array(bytes)
}

describe('an uploaded file', () => {
  test('.xlsx: merged cells, real dates, what is struck out, and a hidden sheet by its name', async () => {
    const page = await sent(await workbook(), '日程表.xlsx')
    expect(page.status).toBe(200)
    expect(chosen(page)).toEqual(['2026-12-08', '2026-12-15', '2026-12-22', '2027-01-13'])
    expect(page.main.text).toContain('中止（登録なし）')
    expect([0, 1, 2, 3].map((i) => field(page, `${i}.starts`))).toEqual(['10:00', '10:00', '10:00', '13:00'])
    const places = page.main.querySelectorAll('section[id^="row-"]').map(({ text }) => text.includes('水戸市民会館'))
    expect(places).toEqual([true, true, true, false])
    expect(page.main.text).toContain('（非表示のシート）昨年度')
    expect(page.main.text).not.toContain('2026年12月1日')
  })

  test.each([
    [
      'UTF-8 with a mark at its begin',
      '\uFEFF県名,開催日,時間,形式\r\n茨城県,2026年12月8日(火),10:00～12:00,オンライン\r\n',
    ],
    ['UTF-8 without', '県名,開催日,時間,形式\n茨城県,"2026年12月8日(火)","10:00～12:00",オンライン\n'],
  ])('.csv of %s', async (_, text) => {
    const page = await sent(utf8(text), 'table.csv')
    expect(chosen(page)).toEqual(['2026-12-08'])
    expect([field(page, '0.starts'), field(page, '0.ends')]).toEqual(['10:00', '12:00'])
  })

  test('.csv of Shift_JIS: each cell in its column', async () => {
    // 県名,開催日 / 茨城県,2026年12月8日(火) in Shift_JIS
    const head = [0x8c, 0xa7, 0x96, 0xbc, 0x2c, 0x8a, 0x4a, 0x8d, 0xc3, 0x93, 0xfa, 0x0d, 0x0a]
    const ibaraki = [0x88, 0xef, 0x8f, 0xe9, 0x8c, 0xa7, 0x2c]
    const day = [...utf8('2026'), 0x94, 0x4e, 0x31, 0x32, 0x8c, 0x8e, 0x38, 0x93, 0xfa, 0x28, 0x89, 0xce, 0x29]
    const page = await sent(new Uint8Array([...head, ...ibaraki, ...day]), 'table.csv')
    expect(chosen(page)).toEqual(['2026-12-08'])
    expect(page.main.querySelector('select[name="0.prefecture"] option[selected]')?.getAttribute('value')).toBe('08')
  })
})

/** The container of a workbook with a password, as far as it is looked at. */
const locked = () => {
  const name = [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0])
  return new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(504), ...name])
}

test.each([
  ['too large', 'table.csv', () => new Uint8Array(300_001).fill(0x41), '大きすぎます'],
  ['of too many rows', 'table.csv', () => utf8('2026年12月8日\n'.repeat(1_001)), '大きすぎます'],
  ['a PDF', 'table.pdf', () => utf8('%PDF-1.7\n2026年12月8日(火)'), '読み取れません'],
  ['an old workbook', 'table.xls', () => locked().fill(0, 8), '読み取れません'],
  ['a damaged workbook', 'table.xlsx', () => Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), '読み取れません'],
  ['a picture', 'table.png', () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x80), '読み取れません'],
  ['behind a password', 'table.xlsx', locked, 'パスワードがかかっています'],
  ['empty', 'table.csv', () => new Uint8Array(), 'このファイルは空です'],
  ['without a date', 'table.txt', () => utf8('年末のご挨拶'), '日程が見つかりませんでした'],
])('a file that is %s is refused at its field', async (_, name, bytes, why) => {
  const page = await sent(bytes(), name)
  expect(page.status).toBe(422)
  expect(page.main.querySelector('#file-error')?.text).toContain(why)
  const input = page.main.querySelector('input#file')
  expect([input?.getAttribute('aria-invalid'), input?.getAttribute('aria-describedby')]).toEqual([
    'true',
    'file-help file-error',
  ])
  expect(page.main.querySelector('#text-error')).toBeNull()
  expect(await s.rows('select id from intake')).toEqual([])
})

test('what is pasted without a date is refused at its own field', async () => {
  const page = await desk.submit('/desk/import', [['text', '年末のご挨拶']])
  expect(page.main.querySelector('#text-error')?.text).toContain('日程が見つかりませんでした')
  expect(page.main.querySelector('#file-error')).toBeNull()
})
