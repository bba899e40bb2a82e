import { WEEKDAY_LETTERS } from '../base/japan/civil.ts'
import { WEEKDAYS } from '../base/vocabulary.ts'
import { weekdayOf } from './days.ts'
import type { Recogniser, Weekday } from './tokens.ts'

const JOIN = '(?: ?[・、,/と及び&] ?)'
const LIST = `[月火水木金土日](?:曜日?)?(?:${JOIN}[月火水木金土日](?:曜日?)?(?![^ ・、,/と及び曜()~\\d]))*`
const SPAN = '[月火水木金土日](?:曜日?)? ?[~-] ?[月火水木金土日](?:曜日?)?'
const WEEKLY = new RegExp(`毎週 ?(?:の|\\()?(${SPAN}|${LIST})\\)?(?:(?<=曜)日|)`, 'y')
const EVERY = new RegExp(`毎(${LIST.replace('(?:曜日?)?', '曜日?')})`, 'y')
const COUNTED = new RegExp(`週 ?\\d ?(?:日|回) ?[(（]?(${SPAN}|${LIST})[)）]?`, 'y')
const SECOND = new RegExp(`隔週 ?(?:の|\\()?(${LIST})\\)?`, 'y')
const ORDER = `(?:第 ?)?[1-5](?:週)?`
const NTH = new RegExp(
  `(?:(毎月|隔月|奇数月|偶数月|(?:\\d{1,2}月${JOIN}?)+)(?:の| )?)?(?:(奇数月|偶数月)の?)?` +
    `(第 ?[1-5](?:週)?(?:(?:${JOIN}| ?[~-] ?)${ORDER})*)(?:の)?[ (]?(${LIST})[)]?`,
  'y',
)
const LAST = new RegExp(`(?:(毎月)(?:の| )?)?(?:最終|最後の)(?:週の)?(${LIST})`, 'y')
const RANGE = new RegExp(`(${SPAN})(?=$|[ ()（、,。の※\\d午])`, 'y')
const WORKDAYS = /平日(?=$|[ ()（、,。のは※\d午毎])/y
const OF_MONTH = /毎月 ?(\d{1,2})日((?:[・、,と] ?\d{1,2}日)*)/y

const letters = (list: string): Weekday[] => {
  const names = [...list.replaceAll('曜日', '').replaceAll('曜', '')].filter((one) => WEEKDAY_LETTERS.includes(one))
  const days = names.map(weekdayOf)
  const [from, to] = days
  if (!/[~-]/.test(list) || from === undefined || to === undefined) return [...new Set(days)]
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => ((from + i) % 7) as Weekday)
}

const byday = (days: readonly Weekday[], nth: readonly (number | '')[] = ['']) =>
  nth.flatMap((n) => days.map((day) => `${n}${WEEKDAYS[day]}`)).join(',')

function orders(printed: string): number[] {
  const numbers = [...printed.matchAll(/\d/g)].map(([digit]) => Number(digit))
  const [from = 0, to = 0] = numbers
  return /[~-]/.test(printed) ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : numbers
}

function months(printed: string): string {
  if (printed === '奇数月') return ';BYMONTH=1,3,5,7,9,11'
  if (printed === '偶数月') return ';BYMONTH=2,4,6,8,10,12'
  const named = [...printed.matchAll(/(\d{1,2})月/g)].map(([, month]) => month)
  return named.length > 0 ? `;BYMONTH=${named.join(',')}` : ''
}

const whole = (days: readonly Weekday[]) => [1, 2, 3, 4, 5].every((day) => days.includes(day as Weekday))

/** What the groups of a notation say: an RRULE and its weekdays. */
type Said = (groups: readonly string[]) => { rrule: string; weekdays: Weekday[] }

const weekly =
  (every = ''): Said =>
  ([, list = '']) => ({ rrule: `FREQ=WEEKLY${every};BYDAY=${byday(letters(list))}`, weekdays: letters(list) })

const NOTATIONS: readonly (readonly [RegExp, Said])[] = [
  [SECOND, weekly(';INTERVAL=2')],
  [LAST, ([, , list = '']) => ({ rrule: `FREQ=MONTHLY;BYDAY=${byday(letters(list), [-1])}`, weekdays: letters(list) })],
  [
    NTH,
    ([, months1 = '', months2 = '', order = '', list = '']) => {
      const every = months1 === '隔月' && months2 === '' ? ';INTERVAL=2' : ''
      const days = byday(letters(list), orders(order))
      return { rrule: `FREQ=MONTHLY${every};BYDAY=${days}${months(months2 || months1)}`, weekdays: letters(list) }
    },
  ],
  [WEEKLY, weekly()],
  [COUNTED, weekly()],
  [EVERY, weekly()],
  [
    OF_MONTH,
    ([all = '']) => {
      const days = [...all.matchAll(/(\d{1,2})日/g)].map(([, day]) => day)
      return { rrule: `FREQ=MONTHLY;BYMONTHDAY=${days.join(',')}`, weekdays: [] }
    },
  ],
]

/** Without 毎週: `月~金`, `平日`. Behind a day such letters are its weekday. */
const BARE: readonly (readonly [RegExp, Said])[] = [
  [RANGE, weekly()],
  [WORKDAYS, () => weekly()(['', '月~金'])],
]

const WITH_BARE = [...NOTATIONS, ...BARE]

/** A repetition, as an RRULE of RFC 5545 without its UNTIL. */
export const rule: Recogniser = (text, at) => {
  const begins = /(?:^|[ 、・(=:,])$/.test(text.slice(Math.max(0, at - 1), at))
  for (const [pattern, said] of begins ? WITH_BARE : NOTATIONS) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found && !isListOfOne(pattern, found)) {
      return { token: { kind: 'rule', ...said(found.map((group) => group ?? '')) }, to: pattern.lastIndex }
    }
  }
  return null
}

/** `土-日` is read as a span only if it names days of work or says 曜. */
function isListOfOne(pattern: RegExp, found: RegExpExecArray): boolean {
  return (
    pattern === RANGE &&
    !/曜/.test(found[0]) &&
    !whole(letters(found[1] ?? '')) &&
    found.index > 0 &&
    found.input[found.index - 1] !== ' '
  )
}
