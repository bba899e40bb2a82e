import { readFileSync } from 'node:fs'
import { parse } from 'node-html-parser'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '../../src/base/locale.ts'
import { suspend } from '../../src/changes/suspend.ts'
import { pathOf, site } from '../http/app.ts'
import { caller, signedIn } from '../http/desk/fixtures.ts'
import { MITO } from '../world.ts'
import { pages } from './pages.ts'
import { everything, sentences } from './sentences.ts'

/** The table of docs/domain.md: what is not written, and what is written instead. */
const SPELLING = readFileSync('docs/domain.md', 'utf8')
  .split('## Spelling\n')[1]
  ?.split('\n## ')[0]
  ?.matchAll(/^\| (?!not |---)(.+?) \| ([^|]+) \|$/gm)

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

const WORDS = [...(SPELLING ?? [])].map(([, not = '', but = '']) => ({
  not: new RegExp(not.startsWith('/') ? not.slice(1, -1).replaceAll('\\|', '|') : escaped(not), 'm'),
  but,
}))

/** A date as programs write it: 2026-12-14, 2026-12. */
const ISO = /(?<![\d-])20\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?(?![\d-])/

const wrong = (text: string) => WORDS.filter(({ not }) => not.test(text)).map(({ not, but }) => `${not} > ${but}`)

/** What people read of a page: without what they typed themselves. */
function read(html: string): string {
  const root = parse(html, { blockTextElements: { script: false, style: false } })
  for (const one of root.querySelectorAll('textarea, iframe')) one.remove()
  return root.structuredText
}

/** The console as the secretariat sees it: one page of each kind that its links lead to. */
async function consoles(locale: Locale): Promise<[path: string, text: string][]> {
  const s = await site()
  const chief = await signedIn(s, 'secretariat')
  await s.booked()
  await chief.post('/desk/bookings/new', caller())
  const apart = { prefectures: ['27'], starts_on: '2027-02-01', ends_on: '2027-02-28' }
  await suspend(s.system, { ...apart, into: 'online', reason_ja: '大雪のため', reason_en: 'Heavy snow' })
  const seen = new Map<string, string>()
  const kind = (path: string) => path.replace(/\?.*/, '').replaceAll(/\/(?=[^/]*\d)[^/]+/g, '/:id')
  const next = ['/desk', '/desk/security', '/desk/figures/report', `/desk/sessions/${MITO}`]
  for (const path of next) {
    if (seen.has(kind(path)) || /\.ics$|\/html$/.test(path)) continue
    const page = await chief.page(`${path}${path.includes('?') ? '&' : '?'}lang=${locale}`)
    seen.set(kind(path), read(page.main.outerHTML))
    const links = page.root.querySelectorAll('a[href^="/desk"]').map((link) => link.getAttribute('href') ?? '')
    next.push(...links.map(pathOf))
  }
  return [...seen]
}

test('the table of spelling is read', () => {
  expect(WORDS.length).toBeGreaterThan(30)
  expect(wrong('おたより')).toEqual(['/おたより/m > 送信メール'])
})

test('a Japanese text of more than one sentence ends as its first sentence does', () => {
  const open = sentences(everything('ja')).filter(
    ([, text]) => text.includes('。') && !/[。」）]$/.test(text.trimEnd()),
  )
  expect(open).toEqual([])
})

describe.each(LOCALES)('in %s', (locale) => {
  test('no sentence is written in a way that the table of spelling rules out', () => {
    const found = sentences(everything(locale)).flatMap(([path, sentence]) => wrong(sentence).map((why) => [path, why]))
    expect(found).toEqual([])
  })

  test('nor is a public page, and no page shows dates as programs write them', () => {
    const shown = Object.entries(pages(locale)).map(([name, html]) => [name, read(html)] as const)
    expect(shown.filter(([, text]) => ISO.test(text) || wrong(text).length > 0).map(([name]) => name)).toEqual([])
  })

  test('nor is a page of the console', async () => {
    const shown = await consoles(locale)
    expect(shown.length).toBeGreaterThan(40)
    const faults = shown.flatMap(([path, text]) =>
      [...wrong(text), ...(ISO.exec(text) ?? [])].map((why) => [path, why]),
    )
    expect(faults).toEqual([])
  })
})
