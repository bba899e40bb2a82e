import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

const DOCUMENT = 'docs/security.md'
const text = readFileSync(DOCUMENT, 'utf8')

/** How many points of level 2 each section of ASVS 4.0.3 has, and the numbers among them that it does not. */
const SECTIONS: Record<string, [last: number, ...without: number[]]> = {
  '1.1': [7],
  '1.2': [4],
  '1.4': [5, 2, 3],
  '1.5': [4],
  '1.6': [4],
  '1.7': [2],
  '1.8': [2],
  '1.9': [2],
  '1.10': [1],
  '1.11': [2],
  '1.12': [2, 1],
  '1.14': [6],
  '2.1': [12],
  '2.2': [3],
  '2.3': [3],
  '2.4': [5],
  '2.5': [7],
  '2.6': [3],
  '2.7': [6],
  '2.8': [7],
  '2.9': [3],
  '2.10': [4],
  '3.1': [1],
  '3.2': [4],
  '3.3': [4],
  '3.4': [5],
  '3.5': [3],
  '3.7': [1],
  '4.1': [5, 4],
  '4.2': [2],
  '4.3': [3],
  '5.1': [5],
  '5.2': [8],
  '5.3': [10],
  '5.4': [3],
  '5.5': [4],
  '6.1': [3],
  '6.2': [6],
  '6.3': [2],
  '6.4': [2],
  '7.1': [4],
  '7.2': [2],
  '7.3': [4, 2],
  '7.4': [3],
  '8.1': [4],
  '8.2': [3],
  '8.3': [8],
  '9.1': [3],
  '9.2': [4],
  '10.2': [2],
  '10.3': [3],
  '11.1': [8],
  '12.1': [3],
  '12.2': [1],
  '12.3': [6],
  '12.4': [2],
  '12.5': [2],
  '12.6': [1],
  '13.1': [5, 2],
  '13.2': [6, 4],
  '13.3': [2],
  '13.4': [2],
  '14.1': [4],
  '14.2': [6],
  '14.3': [3, 1],
  '14.4': [7],
  '14.5': [4],
}

const POINTS = Object.entries(SECTIONS).flatMap(([section, [last, ...without]]) =>
  Array.from({ length: last }, (_, i) => i + 1)
    .filter((number) => !without.includes(number))
    .map((number) => `${section}.${number}`),
)

type Row = { point: string; name: string; state: string; shown: string }

/** The rows of the tables of points: number, name, state, and what shows it or why not. */
function rowsOf(document: string): Row[] {
  return [...document.matchAll(/^\| (\d+\.\d+\.\d+) \|(.*)\|(.*)\|(.*)\|$/gm)].map(
    ([, point = '', name = '', state = '', shown = '']) => ({
      point,
      name: name.trim(),
      state: state.trim(),
      shown: shown.trim(),
    }),
  )
}

const linksOf = ({ shown }: Row) => [...shown.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => path)

/** What is wrong with a row: an unknown state, nothing that shows it, no reason, or a file that does not exist. */
function faultsOf(row: Row): string[] {
  const links = linksOf(row)
  const broken = links.filter((path) => !existsSync(join(dirname(DOCUMENT), path)))
  const isShown = links.length > 0 || row.shown.endsWith(' above')
  return [
    ...(row.name === '' ? [`${row.point} has no name`] : []),
    ...(['met', 'not met', 'n/a'].includes(row.state) ? [] : [`${row.point} is ${row.state}`]),
    ...(row.state === 'met' && !isShown ? [`${row.point} is shown by nothing`] : []),
    ...(row.state !== 'met' && row.shown.length < 5 ? [`${row.point} has no reason`] : []),
    ...broken.map((path) => `${row.point}: ${path}`),
  ]
}

describe('the table of ASVS level 2', () => {
  test('has each point once, in order', () => {
    expect(rowsOf(text).map(({ point }) => point)).toEqual(POINTS)
  })

  test('has known states, reasons, and tests that exist', () => {
    expect(rowsOf(text).flatMap(faultsOf)).toEqual([])
  })

  test.each([
    ['| 1.1.1 | x | perhaps | [a](deploy.md) |', '1.1.1 is perhaps'],
    ['| 1.1.1 | x | met | somewhere |', '1.1.1 is shown by nothing'],
    ['| 1.1.1 | x | met | [a](../test/nothing.test.ts) |', '1.1.1: ../test/nothing.test.ts'],
    ['| 1.1.1 | x | not met | |', '1.1.1 has no reason'],
    ['| 1.1.1 | | n/a | no uploads |', '1.1.1 has no name'],
  ])('a row like %s is found', (row, fault) => {
    expect(rowsOf(row).flatMap(faultsOf)).toEqual([fault])
  })
})

/** The places in these files where a pattern occurs. */
const places = (files: string, pattern: RegExp) =>
  globSync(files)
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => pattern.test(readFileSync(path, 'utf8')))
    .toSorted()

test('what serves requests starts no program, calls no address and evaluates no text', () => {
  const served = 'src/**/*.{ts,js,tsx}'
  expect(places(served, /from '(node:)?(child_process|https?|http2|net|tls|dgram|vm)'/)).toEqual([
    'src/node/run.ts',
    'src/node/webhooks/post-webhook.ts', // to public addresses only
  ])
  expect(places('src/node/run.ts', /^import (?!type ).*'node:http'/m)).toEqual([])
  expect(places(served, /(?<!async )(?<![\w.])fetch\((?!address: )/)).toEqual([
    'src/mail/sms/sms.ts', // the gateway of SMS_URL
    'src/worker/post-webhook.ts',
  ])
  expect(places('{src,templates}/**/*.{ts,tsx,js}', /\beval\(|\bnew Function\b/)).toEqual([])
})

test('scripts keep nothing in the browser', () => {
  expect(places('templates/**/*.{ts,tsx,js}', /localStorage|sessionStorage|indexedDB|document\.cookie/)).toEqual([])
})
