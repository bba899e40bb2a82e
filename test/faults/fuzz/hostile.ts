import {
  type Arbitrary,
  array,
  constantFrom,
  double,
  integer,
  letrec,
  nat,
  oneof,
  record,
  string,
  tuple,
} from 'fast-check'
import { ODD } from '../../http/desk/odd.ts'

/** An element and an attribute that no page of ours has. */
export const ELEMENT = '<x0 y=1>'
export const ATTRIBUTE = '" y0="1'

/** A line that no header, calendar entry or letter of ours has. */
export const EVIL_HEADER = 'X-Evil'

/** Texts that some reader, engine or format takes for something else. */
const TEXTS = [
  ...ODD,
  '\uFFFF',
  '\uFFFE',
  '\u0085',
  '\u00AD',
  '\u2028',
  'a\u200Bb',
  '\u202Eevil\u202C',
  '\u2066evil\u2069',
  'カ\u3099',
  '10',
  '100',
  '10000',
  '1000000000000',
  `1${'0'.repeat(40)}`,
  '2147483647',
  '2147483648',
  '-2147483649',
  '9007199254740993',
  '0x10',
  '1e308',
  'Infinity',
  '2027-02-29',
  '10000-01-01',
  '2026-13-01',
  '25:00',
  ELEMENT,
  `">${ELEMENT}`,
  `</title>${ELEMENT}`,
  ATTRIBUTE,
  "' y0='1",
  '<!--',
  ']]>',
  '&#0;',
  '=HYPERLINK("http://x0")',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '\t=1',
  '＝1',
  '−1+1',
  "'; drop table booking; --",
  `a\r\n${EVIL_HEADER}: 1`,
  `a\n${EVIL_HEADER}:1`,
  'a\nATTENDEE:mailto:evil@example.jp',
  'a\rBcc: evil@example.jp',
  '=?utf-8?B?eA==?=',
  'evil@example.jp,other@example.jp',
  '"a b"@example.jp',
  '<evil@example.jp>',
  'a@b@example.jp',
  `taro@${'a'.repeat(63)}.example.jp`,
  'data:text/html,<x0>',
  '//evil.example',
  'A'.repeat(41),
  'A'.repeat(45),
  '\\',
  '_',
  '%00',
  '%ED%A0%80',
]

/** Texts that a person may well have, with markup, a formula or a line break in them. */
const NAMES = [
  `株式会社${ELEMENT}`,
  `髙﨑${ATTRIBUTE}`,
  '=1+1 商店',
  "Robert'); drop table booking;--",
  'O’Brien & “X”',
  '𠮷野家 👩‍💻',
]

/** Any hostile text. */
const hostileText: Arbitrary<string> = oneof(
  { arbitrary: constantFrom(...TEXTS), weight: 6 },
  { arbitrary: constantFrom(...NAMES), weight: 2 },
  { arbitrary: string({ unit: 'binary', maxLength: 20 }), weight: 1 },
  { arbitrary: integer({ min: 0, max: 18 }).map((k) => String(10 ** k)), weight: 1 },
)

const { json } = letrec<{ json: unknown }>((tie) => ({
  json: oneof(
    { maxDepth: 4 },
    hostileText,
    constantFrom<unknown>(null, true, false, [], {}, 1.5, -1, 2 ** 31, 2 ** 53, 1e21),
    double(),
    array(tie('json'), { maxLength: 3 }),
    hostileText.map((name) => ({ [name]: name })),
    tie('json').map((inner) => ({ inner })),
  ),
}))

/** Any hostile value of a JSON document. */
const hostileJson: Arbitrary<unknown> = json

/** How a request differs from what the form or program sends. Numbers choose, modulo what there is. */
export type Plan = {
  which: number
  as: number
  english: boolean
  edits: { field: number; text: string; value: unknown; how: 'replace' | 'drop' | 'twice' | 'append' | 'list' }[]
  segment: [number, string] | null
  shape: (typeof SHAPES)[number]
  header: [string, string] | null
}

const SHAPES = [
  ...Array.from({ length: 10 }, () => 'plain' as const),
  'multipart',
  'other',
  'cut',
  'nested',
  'listed',
  'untyped',
] as const

const header = tuple(
  constantFrom('if-none-match', 'if-modified-since', 'range', 'authorization', 'idempotency-key', 'accept-language'),
  constantFrom('*', 'W/"', 'bytes=0-0', 'Bearer ', 'Bearer a.b', 'x'.repeat(3000), '0', 'ja;q=9', '\u00e9'),
)

/** Differences of one request, mostly few, so that a request gets further than the first check. */
export const plan: Arbitrary<Plan> = record({
  which: nat(),
  as: nat(),
  english: constantFrom(true, false),
  edits: array(
    record({
      field: nat(),
      text: hostileText,
      value: hostileJson,
      how: constantFrom('replace', 'replace', 'replace', 'drop', 'twice', 'append', 'list'),
    }),
    { maxLength: 3 },
  ),
  segment: oneof({ arbitrary: constantFrom(null), weight: 12 }, { arbitrary: tuple(nat(), hostileText), weight: 1 }),
  shape: constantFrom(...SHAPES),
  header: oneof({ arbitrary: constantFrom(null), weight: 9 }, { arbitrary: header, weight: 1 }),
})
