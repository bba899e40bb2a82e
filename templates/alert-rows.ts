import type { AlertView } from '../src/alerts/alert.ts'
import { prefectureByCode } from '../src/base/japan/prefecture.ts'
import type { Locale } from '../src/base/locale.ts'
import { texts } from './text/index.ts'
import { dateText, weekdayName } from './text/when.ts'

/** What an alert is about, as rows of a page or letter. */
export function alertRows(locale: Locale, alert: AlertView): [label: string, value: string][] {
  const t = texts(locale)
  const { labels, everyDay, webYes, webNo } = t.alerts
  const listed = (words: string[]) => words.join(locale === 'ja' ? '・' : ', ')
  const days = alert.weekdays.map((day) => weekdayName(locale, day))
  return [
    [labels.prefecture, prefectureByCode(alert.prefecture)?.[locale] ?? ''],
    [labels.web, alert.web ? webYes : webNo],
    [labels.kinds, listed(alert.kinds.map((kind) => t.kind[kind]))],
    [labels.weekdays, days.length === 7 ? everyDay : listed(days)],
    [labels.until, dateText(locale, alert.ends_on)],
  ]
}
