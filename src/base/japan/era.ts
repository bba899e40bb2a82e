import type { CivilDate } from './civil.ts'

const japanese = new Intl.DateTimeFormat('ja-JP-u-ca-japanese-nu-latn', {
  era: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/**
 * The year of a date in the Japanese calendar: `令和8年`, and `令和元年` for the first year of an era. An era begins on its
 * own day, not on 1 January (元号を改める政令, 平成31年政令第143号). Valid from 明治 6 (1873) on.
 */
export function eraYear(date: CivilDate): string {
  const parts = japanese.formatToParts(new Date(`${date}T12:00:00Z`))
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  const year = part('year')
  return `${part('era')}${year === '1' ? '元' : year}年`
}

/** A fiscal year in Japanese, by the era of its first day: `令和9年度`. */
export function fiscalYearName(year: number): string {
  return `${eraYear(`${year}-04-01`)}度`
}

/** The year before the first one of each era, by how its name is written. */
const BEFORE: Record<string, number> = { 令和: 2018, r: 2018, 平成: 1988, h: 1988, 昭和: 1925, s: 1925 }

/** The western year of a year of an era, `令和` or `R` and `8` or `元`. An unknown era counts from 0. */
export function yearOfEra(era: string, year: string): number {
  return (BEFORE[era.toLowerCase()] ?? 0) + (year === '元' ? 1 : Number(year))
}
