import { parse } from 'node-html-parser'
import { describe, expect, test } from 'vitest'
import { LOCALES } from '../../src/base/locale.ts'
import { SIZES } from '../../src/base/size.ts'
import { EXPORT_FORMATS } from '../../src/figures/exports/rows.ts'
import { LEADS } from '../../src/figures/lead.ts'
import { BarChart, ColumnChart, TileMap } from '../../templates/desk/figures/charts.tsx'
import { figuresTexts } from '../../templates/text/figures.ts'

const t = figuresTexts('ja')
const base = { t, id: 'x', title: '題', heads: ['件数'] }
const drawn = (element: unknown) => parse(String(element))

/** Every sentence; those that take something are given a text and numbers in turn. */
function sentences(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return [String(value('A', 'B')), String(value(1, 1)), String(value(2, 3))]
  return Object.values(value ?? {}).flatMap(sentences)
}

describe('the sentences of figures', () => {
  test('are nowhere empty, and hold no Japanese characters in English', () => {
    for (const locale of LOCALES) {
      expect(sentences(figuresTexts(locale)).filter((one) => one.trim() === '')).toEqual([])
    }
    const foreign = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u
    expect(sentences(figuresTexts('en')).filter((one) => foreign.test(one))).toEqual([])
  })

  test('have words for every band and form', () => {
    for (const locale of LOCALES) {
      const f = figuresTexts(locale)
      expect(Object.keys(f.size)).toEqual(SIZES)
      expect(Object.keys(f.lead_time.bands)).toEqual(LEADS)
      expect(Object.keys(f.export.formats)).toEqual(EXPORT_FORMATS)
    }
  })
})

describe('a chart', () => {
  test('of bars has each value beside its bar, the longest as wide as there is room, and says the same in its table', () => {
    const points = [
      { key: 'a', label: '甲 & <乙>', value: 4 },
      { key: 'b', label: '丙', value: 1 },
      { key: 'c', label: '丁', value: 0 },
    ]
    const html = drawn(BarChart({ ...base, points }))
    expect(html.querySelectorAll('rect').map((one) => one.getAttribute('width'))).toEqual(['340', '85', '0'])
    expect(html.querySelectorAll('.chart-value').map((one) => one.text)).toEqual(['4', '1', '0'])
    expect(html.querySelector('desc')?.text).toContain('甲 & <乙>の4件')
    expect(html.querySelectorAll('tbody tr').map((one) => one.text)).toEqual(['甲 & <乙>4', '丙1', '丁0'])
  })

  test('of nothing says so instead of dividing by it', () => {
    for (const chart of [
      BarChart({ ...base, points: [] }),
      ColumnChart({ ...base, points: [{ key: 'a', label: '4月', value: 0 }] }),
      TileMap({ ...base, locale: 'ja', points: [] }),
    ]) {
      expect(String(chart)).not.toMatch(/NaN|Infinity/)
      expect(drawn(chart).querySelector('desc')?.text).toContain(t.charts.nothing)
    }
  })

  test('of columns names every month of a year, and of five years only as many as fit', () => {
    const months = (n: number) => Array.from({ length: n }, (_, i) => ({ key: String(i), label: String(i), value: i }))
    const ticks = (n: number) =>
      drawn(ColumnChart({ ...base, points: months(n) })).querySelectorAll('.chart-tick').length
    expect([ticks(12), ticks(60)]).toEqual([12, 12])
  })

  test('of tiles holds every prefecture with its number, darker if there is more', () => {
    const points = [
      { key: '08', label: '茨城県', value: 8 },
      { key: '31', label: '鳥取県', value: 1 },
    ]
    const tiles = drawn(TileMap({ ...base, locale: 'ja', points })).querySelectorAll('.tile')
    expect(tiles).toHaveLength(47)
    const told = (name: string) => tiles.find((tile) => tile.querySelector('.tile-name')?.text === name)
    expect(told('茨城')?.classNames).toContain('shade-4')
    expect(told('茨城')?.querySelector('.tile-value')?.text).toBe('8')
    expect(told('鳥取')?.classNames).toContain('shade-1')
    expect(told('東京')?.classNames).toContain('shade-0')
  })
})
