import { describe, expect, test } from 'vitest'
import { email, paragraphs, phone } from '../../src/base/fields.ts'
import { line, nameLine, searchable, word } from '../../src/base/input.ts'
import { BookInput } from '../../src/booking/input.ts'
import { AccountInput, accountEmail } from '../../src/people/account.ts'
import { application } from '../world.ts'

const PLANES = Array.from({ length: 17 }, (_, plane) => plane * 0x10000)
const NONCHARACTERS = [
  ...Array.from({ length: 32 }, (_, i) => 0xfdd0 + i),
  ...PLANES.flatMap((plane) => [plane + 0xfffe, plane + 0xffff]),
].map((point) => String.fromCodePoint(point))
const C1 = Array.from({ length: 32 }, (_, i) => String.fromCharCode(0x80 + i))
const SURROGATES = ['\ud800', '\udbff', '\udc00', '\udfff']
const FORBIDDEN = [...NONCHARACTERS, ...C1, ...SURROGATES, '\u0000', '\u007f']
const BIDI = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069']
const PADDING = ['\u200b', '\u2060', '\ufeff', '\u00ad', '\u200e', '\u200f']

const FIELDS = { line: line(60), nameLine: nameLine(60), code: word(60), paragraphs: paragraphs(60) }

describe.each(Object.entries(FIELDS))('%s', (_, field) => {
  test.each([
    ['non-characters, C1 and lone surrogates', FORBIDDEN],
    ['characters that reorder a text', BIDI],
  ])('refuses %s', (__, characters) => {
    expect(characters.filter((one) => field.safeParse(`水戸${one}商店`).success)).toEqual([])
  })

  test('keeps letters of every kind', () => {
    for (const text of ['𠮷野家', '髙﨑', '한국', 'naïve', 'ｱｲｳ゛']) expect(field.parse(text)).toBe(text)
  })
})

test('names and texts lose padding, and keep what emoji and 異体字 need', () => {
  for (const field of [line(60), nameLine(60), paragraphs(60)]) {
    for (const one of PADDING) expect(field.parse(`${one}水${one}戸`)).toBe('水戸')
    for (const text of ['葛󠄀城', '👩‍💻', '❤️']) expect(field.parse(text)).toBe(text)
  }
})

test.each([...PADDING, '\u2800', '\u3164', '\u200d', '\ufe0f', '\u115f'])(
  'a name of nothing but %j is missing',
  (text) => {
    expect(nameLine(60).safeParse(` ${text}\u3000${text}`).error?.issues[0]?.message).toBe('required')
  },
)

test('addresses, telephones and ids refuse every invisible character', () => {
  const given = { email: ['ta', 'ro@example.jp'], phone: ['029-224', '-0001'], code: ['ibaraki', '-2026'] }
  const fields = { email, phone, code: word(64) }
  for (const one of [...PADDING, ...BIDI, ...FORBIDDEN, '\u200c', '\u200d', '\ufe0f', '\u034f']) {
    for (const [name, field] of Object.entries(fields)) {
      const parts = given[name as keyof typeof given]
      expect([name, one, field.safeParse(parts.join(one)).success]).toEqual([name, one, false])
    }
    expect([one, accountEmail.safeParse(`ta${one}ro@example.jp`).success]).toEqual([one, false])
  }
})

test('a long-vowel mark in an address stays, as do full-width letters in half width', () => {
  expect(email.parse('ｔａｒｏ＠データ.jp')).toBe('taro@データ.jp')
  expect(email.parse('taro@サーバー－a.jp')).toBe('taro@サーバー-a.jp')
  expect(email.parse('taro@ﾃﾞｰﾀ.jp')).toBe('taro@データ.jp')
  const account = { email: 'ー@example.jp', name: '担当', role: 'desk', prefectures: ['08'] }
  expect(AccountInput.safeParse(account).success).toBe(false)
})

describe('an application', () => {
  const fault = (changes: object) =>
    BookInput.safeParse({ ...application(), ...changes }).error?.issues.map(({ path, message }) => [path[0], message])

  test.each(['https://evil.example/', 'WWW.evil.example', 'ｈｔｔｐ：／／evil', 'http:/\u200d/evil', 'w\u200bww.evil'])(
    'with %j as name or firm is refused at the field',
    (text) => {
      expect(fault({ company: text })).toEqual([['company', 'link']])
      expect(fault({ name: text })).toEqual([['name', 'link']])
    },
  )

  test.each(['session', 'slot', 'company', 'name', 'name_kana', 'email', 'phone', 'message'])(
    'refuses a non-character and an override in %s',
    (field) => {
      const given = application()[field]
      const text = typeof given === 'string' ? given : 'テスト'
      for (const one of ['\uffff', '\ufdd0', '\u0085', '\u202e', '\ud800']) {
        expect(fault({ [field]: `${text.slice(0, 2)}${one}${text.slice(2)}` })?.[0]?.[0]).toBe(field)
      }
    },
  )
})

test('a search text has nothing that no row contains', () => {
  for (const one of [...FORBIDDEN, ...PADDING]) expect(searchable(`水${one}戸\n`)).toBe('水戸')
})
