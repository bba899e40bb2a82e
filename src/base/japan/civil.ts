import type { Instant } from '../clock.ts'
import { remembered } from '../recall.ts'

/** A day without a time zone, `YYYY-MM-DD`. If it comes from an instant, it is the day in Japan. */
export type CivilDate = string

/**
 * Japan is at UTC+09:00 all year since 1952 (標準時に関する勅令). Plain arithmetic is a hundred times faster than a library.
 */
const OFFSET = 9 * 3_600_000
const DAY = 86_400_000
const MONTH = /^[0-9]{4}-(?:0[1-9]|1[0-2])$/
/** Instants and days that are remembered at least. A page or feed asks for the same ones many times over. */
const MOST = 10_000
const TIME = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/

/** Whether the text is a day that exists, written `YYYY-MM-DD`. */
export function isCivilDate(text: string): boolean {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && dayText(Date.parse(`${text}T00:00:00Z`)) === text
}

/** The letters of the days of the week, Sunday first, as `weekday` counts them. */
export const WEEKDAY_LETTERS = '日月火水木金土'

/** The day of a year, month and day, or null if there is none. */
export function dateOf(year: number, month: number, day: number): CivilDate | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return isCivilDate(text) ? text : null
}

/** Minutes of a day as `HH:MM`; 1440 is `24:00`, after every time of a day. */
export function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** The last day of a month, `YYYY-MM`. */
export function lastDayOf(month: string): CivilDate {
  return addDays(`${addMonths(month, 1)}-01`, -1)
}

/** Whether the text is a month, written `YYYY-MM`. */
export function isMonth(text: string): boolean {
  return MONTH.test(text)
}

/** Whether the text is a time of day written `HH:MM`, from `00:00` to `23:59`. */
export function isTimeOfDay(text: string): boolean {
  return TIME.test(text)
}

/** The day in Japan at an instant. */
export function civilDate(instant: Instant): CivilDate {
  return inJapan(instant).slice(0, 10)
}

/** The time of day in Japan at an instant, `HH:MM`. Seconds are cut off. */
export function civilTime(instant: Instant): string {
  return inJapan(instant).slice(11, 16)
}

/** The instant in Japanese time, `2026-11-27T10:00:00+09:00`. Milliseconds are cut off. */
export function offsetIso(instant: Instant): string {
  return `${inJapan(instant).slice(0, 19)}+09:00`
}

/** The instant of a day and a time of day (`00:00` to `23:59`) in Japan. Throws RangeError if either does not exist. */
export function instantAt(date: CivilDate, time: string): Instant {
  if (!isTimeOfDay(time)) throw new RangeError(`no time of day: ${time}`)
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  return isoOf(dayNumber(date) * DAY + minutes * 60_000 - OFFSET)
}

/** The day `n` days after `date`; a negative number means before. Throws RangeError if the day does not exist. */
export function addDays(date: CivilDate, n: number): CivilDate {
  return dayOf(dayNumber(date) + n)
}

/** The number of days from `a` to `b`, negative if `b` is earlier. Throws RangeError if a day does not exist. */
export function daysBetween(a: CivilDate, b: CivilDate): number {
  return dayNumber(b) - dayNumber(a)
}

/** The day of the week, 0 for Sunday to 6 for Saturday. Throws RangeError if the day does not exist. */
export function weekday(date: CivilDate): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  // 1970-01-01 was a Thursday.
  return ((((dayNumber(date) + 4) % 7) + 7) % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6
}

/** The fiscal year of a day, named after the year of its April: 2027-03-31 is in 2026 (財政法第十一条, 地方自治法第二百八条). */
export function fiscalYear(date: CivilDate): number {
  const year = Number(date.slice(0, 4))
  return date.slice(5, 7) < '04' ? year - 1 : year
}

/** The first and the last day of a fiscal year. */
export function fiscalYearDays(year: number): [from: CivilDate, to: CivilDate] {
  return [`${year}-04-01`, `${year + 1}-03-31`]
}

/** The month of a day, `YYYY-MM`. */
export function monthOf(date: CivilDate): string {
  return date.slice(0, 7)
}

/**
 * The month `n` months after `month`; a negative number means before. Throws RangeError if the text is not `YYYY-MM`.
 */
export function addMonths(month: string, n: number): string {
  const date = new Date(dayNumber(`${month}-01`) * DAY)
  date.setUTCMonth(date.getUTCMonth() + n)
  return monthOf(date.toISOString())
}

/**
 * The 4 to 6 weeks that contain days of a month, from Sunday to Saturday. The first and last are filled with days of
 * the adjacent months. Throws RangeError if the text is not `YYYY-MM`.
 */
export function monthGrid(month: string): CivilDate[][] {
  const first = dayNumber(`${month}-01`)
  const after = dayNumber(`${addMonths(month, 1)}-01`)
  const weeks: CivilDate[][] = []
  for (let sunday = first - weekday(`${month}-01`); sunday < after; sunday += 7) {
    weeks.push(Array.from({ length: 7 }, (_, i) => dayOf(sunday + i)))
  }
  return weeks
}

/** The seven days of the week that contains a day, from Sunday to Saturday. Throws RangeError if the day does not exist. */
export function weekOf(date: CivilDate): CivilDate[] {
  const sunday = dayNumber(date) - weekday(date)
  return Array.from({ length: 7 }, (_, i) => dayOf(sunday + i))
}

/** The instant as ISO text with the date and time of Japan. */
const inJapan = remembered((instant: Instant): string => {
  const at = Date.parse(instant)
  if (Number.isNaN(at)) throw new RangeError(`no moment: ${instant}`)
  return new Date(at + OFFSET).toISOString()
}, MOST)

const isoOf = remembered((at: number): Instant => new Date(at).toISOString(), MOST)

function checked(date: CivilDate): CivilDate {
  if (!isCivilDate(date)) throw new RangeError(`no day: ${date}`)
  return date
}

const dayNumber = remembered((date: CivilDate): number => Date.parse(`${checked(date)}T00:00:00Z`) / DAY, MOST)

const dayOf = remembered((number: number): CivilDate => new Date(number * DAY).toISOString().slice(0, 10), MOST)

function dayText(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? '' : new Date(milliseconds).toISOString().slice(0, 10)
}
