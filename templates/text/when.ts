import type { Instant } from '../../src/base/clock.ts'
import { addDays, type CivilDate, civilDate, civilTime, weekday } from '../../src/base/japan/civil.ts'
import type { Locale } from '../../src/base/locale.ts'

const WEEKDAYS = {
  ja: ['日', '月', '火', '水', '木', '金', '土'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const
const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** The short name of a weekday, 0 is Sunday: 金, Fri. */
export function weekdayName(locale: Locale, day: number): string {
  return WEEKDAYS[locale][day] ?? ''
}

function parts(date: CivilDate): [year: string, month: number, day: number] {
  const [year = '', month = '', day = ''] = date.split('-')
  return [year, Number(month), Number(day)]
}

/** 11月27日(金), Fri 27 November. */
export function dayText(locale: Locale, date: CivilDate): string {
  const [, month, day] = parts(date)
  const name = weekdayName(locale, weekday(date))
  return locale === 'ja' ? `${month}月${day}日(${name})` : `${name} ${day} ${MONTHS[month - 1]}`
}

/** 2026年11月27日(金), Fri 27 November 2026. */
export function dateText(locale: Locale, date: CivilDate): string {
  const [year] = parts(date)
  return locale === 'ja' ? `${year}年${dayText(locale, date)}` : `${dayText(locale, date)} ${year}`
}

/** 2026年11月, November 2026; of a month `YYYY-MM`. */
export function monthText(locale: Locale, month: string): string {
  const [year, number] = parts(`${month}-01`)
  return locale === 'ja' ? `${year}年${number}月` : `${MONTHS[number - 1]} ${year}`
}

/** 10:00〜12:00, 10:00–12:00: two times of a day as they are typed, without a zone. */
export const clockHours = (locale: Locale, from: string, to: string) => `${from}${locale === 'ja' ? '〜' : '–'}${to}`

/** 2026年11月29日〜12月5日, 29 November – 5 December 2026: the week that begins on a day. */
export function weekText(locale: Locale, first: CivilDate): string {
  const last = addDays(first, 6)
  const [from, to] = [parts(first), parts(last)]
  const isYear = from[0] === to[0]
  const isMonth = isYear && from[1] === to[1]
  if (locale === 'ja') {
    const end = [isYear ? '' : `${to[0]}年`, isMonth ? '' : `${to[1]}月`, `${to[2]}日`].join('')
    return `${from[0]}年${from[1]}月${from[2]}日〜${end}`
  }
  const end = `${to[2]} ${MONTHS[to[1] - 1]} ${to[0]}`
  return isMonth ? `${from[2]}–${end}` : `${from[2]} ${MONTHS[from[1] - 1]}${isYear ? '' : ` ${from[0]}`} – ${end}`
}

/** 11月, Nov. */
export function monthName(locale: Locale, month: number): string {
  return locale === 'ja' ? `${month}月` : (MONTHS[month - 1] ?? '').slice(0, 3)
}

/** 10:15〜16:00, 10:15–16:00 JST, in Asia/Tokyo. Readers of English may be elsewhere. */
export function hoursText(locale: Locale, time: { starts_at: Instant; ends_at: Instant }): string {
  const [starts, ends] = [civilTime(time.starts_at), civilTime(time.ends_at)]
  return locale === 'ja' ? `${starts}〜${ends}` : `${starts}–${ends} JST`
}

/** 2026年4月1日(水)〜2027年3月31日(水), Wed 1 April 2026 – Wed 31 March 2027; without an end, `open` stands for it. */
export function periodText(locale: Locale, from: CivilDate, until: CivilDate | null, open = ''): string {
  const end = until === null ? open : dateText(locale, until)
  return locale === 'ja' ? `${dateText(locale, from)}〜${end}` : `${dateText(locale, from)} – ${end}`
}

/** 11月26日(木) 15:00, Thu 26 November, 15:00 JST; the last moment before a deadline is still in time. */
export function momentText(locale: Locale, at: Instant): string {
  const [day, time] = [dayText(locale, civilDate(at)), civilTime(at)]
  return locale === 'ja' ? `${day} ${time}` : `${day}, ${time} JST`
}
