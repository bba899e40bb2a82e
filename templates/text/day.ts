import type { CivilDate } from '../../src/base/japan/civil.ts'
import type { Locale } from '../../src/base/locale.ts'
import { texts } from './index.ts'
import { dateText, dayText } from './when.ts'

/** The day of a row of a list in words. */
export function rowDay(locale: Locale, row: { date: CivilDate | null; postponed_from: CivilDate | null }): string {
  const { date, postponed_from: from } = row
  return sessionDay(locale, { date, former: from === null ? null : { date: from } }, true)
}

/** What says when a session is: its date, or the one from which it was postponed. */
type Dated = { date: CivilDate | null; former: { date: CivilDate } | null }

/** The date of a session in words, or that it is undecided. `short` leaves the year out. */
export function sessionDay(locale: Locale, { date, former }: Dated, short = false): string {
  const t = texts(locale)
  if (date !== null) return short ? dayText(locale, date) : dateText(locale, date)
  return former === null ? t.dateUndecided : t.postponedFrom(dayText(locale, former.date))
}
