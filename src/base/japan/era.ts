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
