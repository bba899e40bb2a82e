import { WEEKDAY_LETTERS } from '../base/japan/civil.ts'
import { yearOfEra } from '../base/japan/era.ts'
import type { DayToken, Read, Recogniser, Weekday } from './tokens.ts'

const ENGLISH = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const BRACKETED = / ?[（(〈]([日月火水木金土])(?:曜日?)?(?:[・、, /]?(?:祝日?|休日?|振替?休日?|振休|祝・休))?[)）〉]/y
const NAMED = /(?:・| )?([日月火水木金土])曜日?(?:\((?:祝日?|振休)\))?/y
const LATIN = / ?\(?(sun|mon|tue|wed|thu|fri|sat)(?:[a-z]*)\.?\)?(?![a-z])/iy
/** Without brackets only before a space, a figure or the end: 水戸市 and 木更津市 begin with such a character. */
const BARE = / ?([日月火水木金土])(?=$| +(?!曜)| ?[\d~]|[、,)])/y

/** The weekday of a letter: 日 is 0. */
export function weekdayOf(letter: string): Weekday {
  return WEEKDAY_LETTERS.indexOf(letter) as Weekday
}

/** The weekday printed behind a day. */
function weekdayAt(text: string, at: number): { weekday: Weekday; to: number } | null {
  for (const pattern of [BRACKETED, NAMED, BARE]) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) return { weekday: weekdayOf(found[1] ?? ''), to: pattern.lastIndex }
  }
  LATIN.lastIndex = at
  const latin = LATIN.exec(text)
  return latin && { weekday: ENGLISH.indexOf((latin[1] ?? '').toLowerCase()) as Weekday, to: LATIN.lastIndex }
}

const ERA_YEAR = '(令和|平成|昭和|[RrHhSs])\\.? ?(元|\\d{1,2})(?: ?年(?!度)| ?[./-](?= ?\\d))'
const WESTERN = "(?:西暦)?((?:19|20)\\d{2})(?: ?年(?!度)| ?[./-](?= ?\\d))|'(\\d{2})[./-](?= ?\\d)"
const OTHER = '(?: ?[(（](?:((?:19|20)\\d{2})年?|(令和|平成|R|H)\\.?(元|\\d{1,2})年?)[)）])?'
const YEAR = new RegExp(`(?:${ERA_YEAR}|${WESTERN})${OTHER} ?`, 'y')

type Year = { year: number; other: number | null; to: number }

function yearAt(text: string, at: number): Year | null {
  YEAR.lastIndex = at
  const found = YEAR.exec(text)
  if (!found) return null
  const [whole, era, ofEra, western, short, other, otherEra, otherOfEra] = found
  const year = era ? yearOfEra(era, ofEra ?? '') : western ? Number(western) : 2000 + Number(short)
  const second = other ? Number(other) : otherEra ? yearOfEra(otherEra, otherOfEra ?? '') : null
  return { year, other: second !== null && second !== year ? second : null, to: at + whole.length }
}

const MONTH_DAY = /(\d{1,2}) ?(?:月 ?|[./-] ?)(\d{1,2})( ?日)?(?!\d)/y
/** `9月16、17日`: the first of several days that share one 日. */
const MONTH_OPEN = /(\d{1,2})月 ?(\d{1,2})(?=(?: ?[、,・] ?\d{1,2})+ ?日)/y
const RELATIVE = /(来年度?|翌年|翌|本年|今年|来月|今月|同月)(?:の|\((\d{1,2})月\))? ?/y
const DAY = /(\d{1,2})( ?日)?/y
const NOT_A_DAY = /^(?:\d| ?(?:前|以内|間|目|後|あたり|当たり|[社名人組件](?!$)|町|市))/
const EXTRA = /[、,・\s~\-/とおよび及びまたは又は.]*/y

function build(values: Partial<DayToken> & { day: number }): DayToken {
  return { kind: 'day', year: null, month: null, years: 0, months: null, weekday: null, otherYear: null, ...values }
}

function withWeekday(text: string, token: DayToken, to: number): Read {
  const named = weekdayAt(text, to)
  return named ? { token: { ...token, weekday: named.weekday }, to: named.to } : { token, to }
}

/** A month and a day, with or without a year, or with a word that leads to the year. */
export const fullDay: Recogniser = (text, at) => {
  if (/\d[./-]?$/.test(text.slice(Math.max(0, at - 2), at))) return null
  const english = englishDay(text, at)
  if (english) return english
  RELATIVE.lastIndex = at
  const relative = RELATIVE.exec(text)
  if (relative?.[1]?.endsWith('月')) return ofMonthFromNow(text, relative)
  const year = relative ? null : yearAt(text, at)
  const from = relative ? at + relative[0].length : (year?.to ?? at)
  const found = monthAndDay(text, from)
  if (!found) return null
  const { token, whole } = found
  const years = relative !== null && AHEAD.includes(relative[1] ?? '') ? 1 : 0
  const read = withWeekday(
    text,
    { ...token, years, year: year?.year ?? null, otherYear: year?.other ?? null },
    from + whole.length,
  )
  return year || relative || isMeant(text, at, whole, read) ? read : null
}

/** Whether a month and a day without a year are a date: no number of firms, no fraction. */
function isMeant(text: string, at: number, whole: string, read: Read): boolean {
  const from = at + whole.length
  if (whole.endsWith('日')) return !NOT_A_DAY.test(text.slice(from, from + 2))
  return whole.includes('月') || isDateLike(text, at, whole, read)
}

const ENGLISH_DAY = new RegExp(
  `(${MONTHS.join('|')})[a-z]*\\.? (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?(?!\\d)`,
  'iy',
)
const ENGLISH_DAY_FIRST = new RegExp(
  `(\\d{1,2})(?:st|nd|rd|th)? (${MONTHS.join('|')})[a-z]*\\.?(?:,? (\\d{4}))?(?!\\d)`,
  'iy',
)

/** `December 10, 2026 (Thu)`, `10 Dec 2026`. */
function englishDay(text: string, at: number): Read | null {
  ENGLISH_DAY.lastIndex = at
  ENGLISH_DAY_FIRST.lastIndex = at
  const [, name = '', number = '', year] = ENGLISH_DAY.exec(text) ?? []
  const [, first = '', second = '', yearBehind] =
    name === '' ? (ENGLISH_DAY_FIRST.exec(text) ?? []) : [undefined, number, name, year]
  const day = Number(first)
  if (second === '' || day < 1 || day > 31) return null
  const to = name === '' ? ENGLISH_DAY_FIRST.lastIndex : ENGLISH_DAY.lastIndex
  const month = MONTHS.indexOf(second.slice(0, 3).toLowerCase()) + 1
  return withWeekday(text, build({ day, month, year: yearBehind ? Number(yearBehind) : null }), to)
}

const AHEAD = ['来年', '翌年', '翌', '来年度']

/** `来月(11月)2日`, `今月19日`. */
function ofMonthFromNow(text: string, relative: RegExpExecArray): Read | null {
  DAY.lastIndex = relative.index + relative[0].length
  const day = DAY.exec(text)
  if (!day?.[2]) return null
  const month = relative[2] ? Number(relative[2]) : null
  const months = relative[1] === '来月' ? 1 : relative[1] === '同月' ? null : 0
  const token = build({ day: Number(day[1]), month, months })
  return withWeekday(text, token, DAY.lastIndex)
}

function monthAndDay(text: string, at: number): { token: DayToken; whole: string } | null {
  MONTH_OPEN.lastIndex = at
  MONTH_DAY.lastIndex = at
  const found = MONTH_OPEN.exec(text) ?? MONTH_DAY.exec(text)
  if (!found) return null
  const [whole, month, day] = found.map(String)
  const token = build({ month: Number(month), day: Number(day) })
  const exists = token.month !== null && token.month >= 1 && token.month <= 12 && token.day >= 1 && token.day <= 31
  return exists ? { token, whole: whole ?? '' } : null
}

/** `12/3` is a day, `補助率2/3` and `1/2以内` are fractions; `12.3` and `12-3` need a weekday. */
function isDateLike(text: string, at: number, whole: string, read: Read): boolean {
  if (read.token.kind === 'day' && read.token.weekday !== null) return true
  if (!whole.includes('/')) return false
  return (
    !/[率分割]$/.test(text.slice(0, at).trimEnd()) && !/^ ?(?:以内|補助|助成|程度|の額|$(?!))/.test(text.slice(read.to))
  )
}

/** `12/4(金)・18(金)`: a bare figure with its weekday in brackets. */
const BRACKETED_NEXT = /^ ?\([日月火水木金土]/

/** `9日(水)` after a day of the same line: the month is carried. */
export const carriedDay: Recogniser = (text, at, before) => {
  if (/\d/.test(text[at - 1] ?? '')) return null
  const same = text.startsWith('同', at) && /\d/.test(text[at + 1] ?? '')
  DAY.lastIndex = same ? at + 1 : at
  const found = DAY.exec(text)
  const day = Number(found?.[1])
  if (!found || day < 1 || day > 31) return null
  const to = DAY.lastIndex
  const last = before.findLast((token) => token.kind !== 'quiet')
  const joined = last !== undefined && isJoined(text, last.to, at) && before.some((token) => token.kind === 'day')
  if (found[2] === undefined) return joined && last.kind === 'day' ? bareDay(text, day, to) : null
  const read = withWeekday(text, build({ day }), to)
  const named = read.token.kind === 'day' && read.token.weekday !== null
  if (named) return read
  return (joined || same) && !NOT_A_DAY.test(text.slice(to, to + 2)) ? read : null
}

/** A figure without 日 behind a day: in a list, or with its weekday. */
function bareDay(text: string, day: number, to: number): Read | null {
  const rest = text.slice(to)
  if (BRACKETED_NEXT.test(rest)) return withWeekday(text, build({ day }), to)
  return /^ ?[、,・] ?\d{1,2} ?(?:日|[、,・])/.test(rest) ? { token: build({ day }), to } : null
}

function isJoined(text: string, from: number, to: number): boolean {
  EXTRA.lastIndex = from
  EXTRA.exec(text)
  return EXTRA.lastIndex >= to
}

const YEAR_MONTH = /(\d{1,2})月(?! ?\d{1,2} ?日)(?:の?(上旬|中旬|下旬|頃|末))?/y
const LATIN_MONTH = /(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{4})/iy

/** A month without a day: `令和9年3月`, `12月`, `6月中旬`, `3月末`, `Dec 2026`. */
export const month: Recogniser = (text, at) => {
  if (/[\d第]/.test(text[at - 1] ?? '')) return null
  LATIN_MONTH.lastIndex = at
  const latin = LATIN_MONTH.exec(text)
  if (latin) {
    const number = MONTHS.indexOf((latin[1] ?? '').toLowerCase()) + 1
    const token = { kind: 'month' as const, year: Number(latin[2]), month: number, part: null, last: false }
    return { token, to: LATIN_MONTH.lastIndex }
  }
  RELATIVE.lastIndex = at
  const relative = RELATIVE.exec(text)
  const year = relative ? null : yearAt(text, at)
  const from = relative ? RELATIVE.lastIndex : (year?.to ?? at)
  YEAR_MONTH.lastIndex = from
  const found = YEAR_MONTH.exec(text)
  if (found && Number(found[1]) >= 1 && Number(found[1]) <= 12) {
    const part = found[2] ?? null
    const token = {
      kind: 'month' as const,
      year: year?.year ?? null,
      month: Number(found[1]),
      part,
      last: part === '末',
    }
    return { token, to: YEAR_MONTH.lastIndex }
  }
  const dotted = year && /^(\d{1,2})(?![\d./月-])/.exec(text.slice(year.to))
  if (dotted && Number(dotted[1]) <= 12 && /[./]/.test(text.slice(at, year.to))) {
    const token = { kind: 'month' as const, year: year.year, month: Number(dotted[1]), part: null, last: false }
    return { token, to: year.to + dotted[0].length }
  }
  return null
}

const FISCAL = /(?:(令和|平成|昭和|[RH])\.? ?(元|\d{1,2})|(20\d{2})) ?年度/y
const ONLY_YEAR = /(?:(令和|平成|昭和|[RH])\.? ?(元|\d{1,2})|(20\d{2})) ?年/y

/** A year by itself: `令和8年度`, `R10年`, `2027年`. */
export const year: Recogniser = (text, at) => {
  if (/\d/.test(text[at - 1] ?? '')) return null
  for (const [pattern, fiscal] of [
    [FISCAL, true],
    [ONLY_YEAR, false],
  ] as const) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) continue
    const value = found[1] ? yearOfEra(found[1], found[2] ?? '') : Number(found[3])
    return { token: { kind: 'year', year: value, fiscal }, to: pattern.lastIndex }
  }
  return null
}
