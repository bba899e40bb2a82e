import { inflateRawSync } from 'node:zlib'
import { readXlsx } from 'hucre/xlsx'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import { csvStream } from '../../src/sheets/csv.ts'
import type { Cell, Sheet } from '../../src/sheets/sheet.ts'
import { lostIn, sjisBytes, uncarried } from '../../src/sheets/shift-jis.ts'
import { xlsxStream } from '../../src/sheets/xlsx.ts'

async function bytes(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const sheet = (...rows: Cell[][]): Sheet => ({
  name: '予約台帳',
  columns: [
    { head: '受付番号', holds: 'text' },
    { head: '電話番号', holds: 'text' },
    { head: '人数', holds: 'number' },
    { head: '開催日', holds: 'day' },
    { head: '申込日時', holds: 'moment' },
    { head: '備考', holds: 'text' },
  ],
  pages: (async function* () {
    for (const row of rows) yield [row]
  })(),
})

const ROW: Cell[] = [
  'IB-1127-01',
  '029-224-0001',
  2,
  { day: '2026-11-27' },
  { at: '2026-11-22T15:04:59.999Z' },
  '10:00〜16:00 ㈱髙﨑',
]

const csv = async (...rows: Cell[][]) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(await bytes(csvStream(sheet(...rows), 'utf-8')))

describe('CSV', () => {
  test('begins with a byte order mark and one header row, lines end as Excel ends them', async () => {
    expect(await csv(ROW)).toBe(
      '\uFEFF受付番号,電話番号,人数,開催日,申込日時,備考\r\n' +
        'IB-1127-01,029-224-0001,2,2026-11-27,2026-11-23 00:04,10:00〜16:00 ㈱髙﨑\r\n',
    )
  })

  test('quotes what needs it, and leaves out what is not there', async () => {
    const text = await csv(['1', null, 1, null, null, 'a,"b"\nc'])
    expect(text.split('\r\n')[1]).toBe('1,,1,,,"a,""b""\nc"')
  })

  test.each(['=1+1', '+81-29', '-1', '@SUM(A1)', '\tx', '\rx', '＝1', '＋1', '－1', '＠a'])(
    '%j is no formula',
    async (evil) => {
      const text = await csv([evil, null, -3, null, null, evil])
      const line = text.slice(text.indexOf('\r\n') + 2)
      expect(line.replaceAll('"', '')).toBe(`'${evil},,-3,,,'${evil}\r\n`)
    },
  )

  test('in Shift_JIS says the same to who reads it as Windows does', async () => {
    const text = new TextDecoder('shift_jis', { fatal: true }).decode(await bytes(csvStream(sheet(ROW), 'shift_jis')))
    // Windows shows the byte pair of the wave dash as ～.
    expect(text.replaceAll('～', '〜')).toBe((await csv(ROW)).slice(1))
  })

  test('in Shift_JIS escapes every character that is read back as the beginning of a formula', async () => {
    const points = Array.from({ length: 0xd800 - 0x20 }, (_, i) => String.fromCharCode(0x20 + i))
    const rows = points.map((one): Cell[] => [`${one}1+1`, null, null, null, null, null])
    const text = new TextDecoder('shift_jis').decode(await bytes(csvStream(sheet(...rows), 'shift_jis')))
    const evil = text.split('\r\n').filter((line) => /^"?[=+\-@＝＋－＠]/.test(line))
    expect(evil).toEqual([])
    expect(text).toContain("'－1+1")
  })
})

describe('Shift_JIS', () => {
  const back = (text: string) => new TextDecoder('shift_jis', { fatal: true }).decode(sjisBytes(text))

  test.each(['髙﨑德塚', '①㈱Ⅲ㎡℡', 'ｱｲｳ゛゜', 'ー−〜…', '~\\', '纊〓'])('carries %s', (text) => {
    expect(uncarried(text)).toEqual([])
    expect(back(text).replaceAll('～', '〜').replaceAll('－', '−')).toBe(text)
  })

  test.each([
    ['𠮷野家', ['𠮷'], '〓野家'],
    ['はい😀😀、é', ['😀', 'é'], 'はい〓〓、〓'],
    ['葛󠄀城', ['󠄀'], '葛〓城'],
  ])('cannot carry all of %s, says which, and leaves a mark in their place', (text, lost, left) => {
    expect(uncarried(text)).toEqual(lost)
    expect(back(text)).toBe(left)
  })

  test('what a sheet would lose is reported by row and column', async () => {
    const rows = [ROW, ['IB-1127-02', '𠮷', 1, null, null, '😀𠮷😀']]
    expect(await lostIn(sheet(...rows))).toEqual({
      cells: 2,
      listed: [
        { row: 'IB-1127-02', column: '電話番号', characters: ['𠮷'] },
        { row: 'IB-1127-02', column: '備考', characters: ['😀', '𠮷'] },
      ],
    })
  })

  test('a long list is cut, its number is not', async () => {
    const found = await lostIn(sheet(...Array.from({ length: 300 }, (_, i): Cell[] => [String(i), '𠮷'])))
    expect(found.cells).toBe(300)
    expect(found.listed).toHaveLength(200)
  })
})

describe('a workbook', () => {
  const book = (...rows: Cell[][]) => bytes(xlsxStream(sheet(...rows)))

  test('read by another program keeps zeros in front, days as days, and every character', async () => {
    const [head, row] = await readSheet(
      Buffer.from(
        await book(['08', '0292240001', 2, { day: '2026-11-27' }, { at: '2026-11-22T15:04:59.999Z' }, '𠮷😀 10:00〜']),
      ),
    )
    expect(head).toEqual(['受付番号', '電話番号', '人数', '開催日', '申込日時', '備考'])
    expect(row?.slice(0, 3)).toEqual(['08', '0292240001', 2])
    expect(row?.[3]).toEqual(new Date('2026-11-27T00:00:00.000Z'))
    expect(row?.[4]).toEqual(new Date('2026-11-23T00:04:00.000Z'))
    expect(row?.[5]).toBe('𠮷😀 10:00〜')
  })

  test.each([1, 5001])('of %i rows has bold heads and a filter over all of them', async (rows) => {
    const body = await book(...Array.from({ length: rows }, (_, i): Cell[] => [String(i), '𠮷', i]))
    const [read] = (await readXlsx(body, { readStyles: true })).sheets
    expect(read?.autoFilter?.range).toBe(`A1:F${rows + 1}`)
    const bold = ['0,0', '0,5', '1,0', `${rows},0`].map((at) => read?.cells?.get(at)?.style?.font?.bold ?? false)
    expect(bold).toEqual([true, true, false, false])
    expect(read?.rows.at(-1)?.slice(0, 3)).toEqual([String(rows - 1), '𠮷', rows - 1])
  })

  test('holds no formula, whatever is typed', async () => {
    const evil = ['=1+1', '+81', '-1', '@a', '\tx', '=HYPERLINK("http://example.jp")']
    const { sheets } = await readXlsx(await book(...evil.map((one): Cell[] => [one, '<b>&', 1, null, null, one])))
    expect(sheets[0]?.rows.slice(1).map((row) => [row[0], row[1]])).toEqual(evil.map((one) => [one, '<b>&']))
    const cells = [...(sheets[0]?.cells?.values() ?? [])]
    expect(cells.some((cell) => cell.formula !== undefined)).toBe(false)
  })
})

/** The parts of a workbook by name, read from the central directory of its ZIP file. */
function partsOf(file: Uint8Array): [name: string, text: string][] {
  const zip = Buffer.from(file)
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  const parts: [string, string][] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)]
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const local = zip.readUInt32LE(at + 42)
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const packed = zip.subarray(begin, begin + size)
    const part = method === 0 ? packed : inflateRawSync(packed)
    const title = zip.toString('utf8', at + 46, at + 46 + name)
    parts.push([title, new TextDecoder('utf-8', { fatal: true }).decode(part)])
    at += 46 + name + extra + comment
  }
  return parts
}

/** What no writer may write: not in XML 1.0, not in RFC 5545, or not a character. */
const NEVER = '\u0000\u0001\u000b\u001f\u007f\u0085\udfff\ud800\ufdd0\ufffe\uffff\u{1fffe}\u{10ffff}'

describe('characters that no format can carry are left out of', () => {
  const row: Cell[] = [`a${NEVER}b`, null, 1, null, null, `${NEVER}=1+1`]

  test('a workbook, whose parts have only characters of XML', async () => {
    const parts = partsOf(await bytes(xlsxStream(sheet(row))))
    expect(parts.some(([name]) => name.endsWith('sheet1.xml'))).toBe(true)
    for (const [name, text] of parts) {
      // XML 1.0, production 2: Char.
      expect([name, /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)]).toEqual([name, false])
      expect([name, /&#x?(?:0*(?:[0-8bcef]|1[0-9a-f])|fff[ef]);/i.test(text)]).toEqual([name, false])
    }
    const [, read] = await readSheet(Buffer.from(await bytes(xlsxStream(sheet(row)))))
    expect([read?.[0], read?.[5]]).toEqual(['ab', '=1+1'])
  })

  test.each(['utf-8', 'shift_jis'] as const)('CSV in %s, before a formula is looked for', async (encoding) => {
    const text = new TextDecoder(encoding).decode(await bytes(csvStream(sheet(row), encoding)))
    expect(text.split('\r\n')[1]).toBe("ab,,1,,,'=1+1")
  })
})

test('who reads no further ends the reading of rows', async () => {
  let read = 0
  let ended = false
  const endless = (async function* () {
    try {
      for (;;) yield [[String(read++)] satisfies Cell[]]
    } finally {
      ended = true
    }
  })()
  const reader = csvStream({ name: 'x', columns: [{ head: 'x', holds: 'text' }], pages: endless }, 'utf-8').getReader()
  for (let i = 0; i < 5; i++) await reader.read()
  await reader.cancel()
  expect(read).toBeLessThan(10)
  expect(ended).toBe(true)
})
