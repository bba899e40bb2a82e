import { addDays, type CivilDate, dateOf, WEEKDAY_LETTERS, weekday } from './civil.ts'
import { yearOfEra } from './era.ts'
import { narrow } from './width.ts'

const ERA = /^(令和|平成|昭和|[rhs])\s*(元|\d{1,2})\s*(?:年|[./-])\s*(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})\s*日?$/i
const FULL = /^(\d{4})\s*(?:年|[./-])\s*(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})\s*日?$/
const TOGETHER = /^(\d{4})(\d{2})(\d{2})$/
const SHORT = /^(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})\s*日?$/
const WEEKDAY = /\s*(?:\(\s*([日月火水木金土])(?:曜日?)?\s*\)|([日月火水木金土])曜日?)$/
/** The time of day that a spreadsheet adds to a date. */
const MIDNIGHT = /\s+0?0:00(?::00)?$/

/** For so many days after it, a day without a year may be meant as the past one. */
const JUST_PAST = 31

/** The first such day from `today` on, in this year or the next. Null if there is none, or if one has just passed. */
function nextSuch(today: CivilDate, month: number, day: number): CivilDate | null {
  const year = Number(today.slice(0, 4))
  const such = [year - 1, year, year + 1].map((one) => dateOf(one, month, day)).filter((one) => one !== null)
  if (such.some((one) => one < today && one >= addDays(today, -JUST_PAST))) return null
  return such.find((one) => one >= today) ?? null
}

/**
 * The day that a person typed or pasted, or null. Reads `2026-12-23`, `2026/12/23`, `2026年12月23日(水)` and `20261223`.
 * Reads years of an era: `R8.12.23`, `令和8年12月23日`. Without a year, as in `12/23`, it is the next such day from `today`
 * on. It is null if that day passed in the last 31 days. It is null if neither this nor the next year has it. Any
 * width. A weekday that is not that of the day is null: one of the two is wrong.
 */
export function readDate(text: string, today: CivilDate): CivilDate | null {
  const { date, named } = partsOf(text, today)
  if (date === null || named === null) return date
  return WEEKDAY_LETTERS[weekday(date)] === named ? date : null
}

/** The day of a text whose weekday is not that of the day, and the letter of that weekday. Null for all other texts. */
export function falseWeekday(text: string, today: CivilDate): { date: CivilDate; named: string } | null {
  const { date, named } = partsOf(text, today)
  return date === null || named === null || WEEKDAY_LETTERS[weekday(date)] === named ? null : { date, named }
}

/** The day and the letter of the weekday in a text. */
function partsOf(text: string, today: CivilDate): { date: CivilDate | null; named: string | null } {
  const typed = narrow(text).replace(MIDNIGHT, '')
  const [mark = '', bracketed, plain] = WEEKDAY.exec(typed) ?? []
  return { date: dayOf(typed.slice(0, typed.length - mark.length), today), named: bracketed ?? plain ?? null }
}

function dayOf(typed: string, today: CivilDate): CivilDate | null {
  const era = ERA.exec(typed)
  if (era) {
    const [, name = '', year = '', month = '', day = ''] = era
    return dateOf(yearOfEra(name, year), Number(month), Number(day))
  }
  const full = FULL.exec(typed) ?? TOGETHER.exec(typed)
  if (full) return dateOf(Number(full[1]), Number(full[2]), Number(full[3]))
  const short = SHORT.exec(typed)
  return short ? nextSuch(today, Number(short[1]), Number(short[2])) : null
}

/** A text with several dates. Each that can be read becomes `YYYY-MM-DD`; the rest stays as typed. */
export function readDates(text: string, today: CivilDate): string {
  const each = (part: string) =>
    readDate(part, today) ??
    part
      .split(/\s+/)
      .map((word) => readDate(word, today) ?? word)
      .join(' ')
  return text
    .split(/\r?\n/)
    .map((line) =>
      line
        .split(/\s*[,、，\t]\s*/)
        .map(each)
        .join(', '),
    )
    .join('\n')
}
