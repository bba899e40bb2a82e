import { addDays, type CivilDate, daysBetween, lastDayOf, monthOf, weekday } from '../base/japan/civil.ts'
import type { Facts, Group, Listed, Period } from './facts.ts'
import type { Hours, NoticeRecord } from './record.ts'
import type { CapacityToken, DayToken, Format, MonthToken, Weekday } from './tokens.ts'
import { falseWeekday, letterOf, proposals } from './weekdays.ts'
import { type Calendar, dated } from './years.ts'

/** A range of more days than this is no list of sessions, but a period of something else. */
const LONGEST_RANGE = 62
/** Of a longer period that is taken out only the ends are kept. */
const LONGEST_EXCEPTION = 62

/** What a row takes from the rows around it. */
export type Around = {
  prefecture: string | null
  title: string
  titleNamed: boolean
  kind: NoticeRecord['kind']
  place: string | null
  hours: Hours[]
  breaks: Hours[]
  formats: Format[]
  /** Whether the forms stand behind a label, in a table, or for all days. */
  formatsNamed: boolean
  also: boolean
  capacities: CapacityToken[]
  apply: string | null
  deadlines: DayToken[]
  claims: Facts['claims']
}

/** Where the reading of days stands: the last day read, and whether a part of the notice begins. */
export type Reader = { calendar: Calendar; previous: CivilDate | null; previousRow: number; begins: boolean }

/** The records of one row: one for each group of days with its own hours, or one without a day. */
export function recordsOf(facts: Facts, around: Around, reader: Reader, row: number): NoticeRecord[] {
  const groups = facts.groups.length > 0 ? facts.groups : [{ days: [], hours: [] }]
  const withHours = groups.findLast((group) => group.hours.length > 0)?.hours
  return groups.map((group) =>
    recordOf(facts, around, reader, row, group, group.hours.length > 0 ? group.hours : (withHours ?? [])),
  )
}

const EMPTY = {
  rule: null,
  until: null,
  times: null,
  formats: null,
  capacity: null,
  capacity_by_format: null,
  apply_until: null,
  settled: 'nothing' as const,
}

/** The first list that says something. */
const firstSaid = <T>(...lists: (readonly T[])[]): readonly T[] => lists.find((list) => list.length > 0) ?? []

function recordOf(
  facts: Facts,
  around: Around,
  reader: Reader,
  row: number,
  group: Group,
  ownHours: Hours[],
): NoticeRecord {
  const record: NoticeRecord = {
    ...EMPTY,
    kind: facts.kind ?? around.kind,
    prefecture: facts.prefectures[0] ?? around.prefecture,
    title: around.title,
    title_named: around.titleNamed,
    formats_named: facts.formats.length > 0 || facts.also || around.formatsNamed,
    place: facts.place ?? around.place,
    apply: facts.apply ?? around.apply,
    printed: facts.row.printed,
    dates: [],
    spans: [],
    except: [],
    cancelled: [],
    moved: [],
    states: [],
    beside: [],
    problems: [],
  }
  const [rule] = facts.rules
  const expected = rule && facts.rules.length === 1 && rule.weekdays.length === 1 ? (rule.weekdays[0] ?? null) : null
  for (const listed of group.days) takeDay(record, listed, reader, row, expected)
  takeExceptions(record, facts, reader, row)
  takeRule(record, facts, reader, row)
  takeClaims(record, firstSaid(facts.claims, around.claims))
  takeHours(record, firstSaid(ownHours, facts.hours, around.hours), firstSaid(facts.breaks, around.breaks))
  takeForms(record, firstSaid(facts.formats, around.formats), facts.also || around.also)
  takeCapacity(record, firstSaid(facts.capacities, around.capacities))
  takeDeadline(record, firstSaid(facts.deadlines, around.deadlines), reader, row)
  if (record.dates.length > 0 || record.rule !== null) record.settled = record.times ? 'time' : 'date'
  return record
}

function takeDay(record: NoticeRecord, listed: Listed, reader: Reader, row: number, expected: Weekday | null): void {
  const { printed, isCancelled, says } = listed
  const date = placed(record, listed.day, printed, reader, row, expected)
  if (date === null) return
  const other = (day: DayToken | null, from: Reader) => day && placed(record, day, printed, from, row, null)
  if (listed.or) {
    const or = other(listed.or, { ...reader })
    record.problems.push({ code: 'either', printed, date: null, proposals: or ? [date, or] : [date] })
    return
  }
  const to = other(listed.movedTo, reader)
  if (listed.movedTo) record.problems.push({ code: 'moved', printed, date, proposals: to ? [to] : [] })
  if (to) record.moved.push({ from: date, to })
  if (isCancelled && !to) {
    record.cancelled.push(date)
    record.problems.push({ code: 'cancelled', printed, date, proposals: [] })
  }
  const days = to ? [to] : daysThrough(record, date, other(listed.through, reader))
  record.dates.push(...days)
  record.states.push(...days.flatMap((day) => says.map((said) => ({ date: day, ...said }))))
}

/** Each day of a range. A longer one is a period: its first day, with the last one as the end of a rule. */
function daysThrough(record: NoticeRecord, date: CivilDate, last: CivilDate | null): CivilDate[] {
  const length = last === null ? 0 : daysBetween(date, last)
  if (length >= 0 && length <= LONGEST_RANGE) return Array.from({ length: length + 1 }, (_, n) => addDays(date, n))
  if (length > 0) record.until = last
  return [date]
}

/** The date of a day, with the problems of how it is printed. */
function placed(
  record: NoticeRecord,
  day: DayToken,
  printed: string,
  reader: Reader,
  row: number,
  expected: Weekday | null,
): CivilDate | null {
  const { previous, previousRow, begins, calendar } = reader
  const { date, guessed } = dated(day, { row, previous, previousRow, begins, expected }, calendar)
  if (date === null) {
    record.problems.push({ code: 'impossible_date', printed, date: null, proposals: [] })
    return null
  }
  if (day.otherYear !== null) {
    const other = `${day.otherYear}${date.slice(4)}`
    record.problems.push({ code: 'contradiction', printed, date, proposals: [date, other] })
  }
  if (guessed) record.problems.push({ code: 'year_guessed', printed, date, proposals: [date] })
  const wrong = falseWeekday(date, day.weekday)
  if (wrong) record.problems.push(wrong)
  const backwards = day.month === null && previous !== null && date < previous
  if (backwards) record.problems.push({ code: 'order', printed, date, proposals: wrong?.proposals ?? [date] })
  reader.previous = date
  reader.previousRow = row
  reader.begins = false
  return date
}

function resolved(day: DayToken | MonthToken, near: CivilDate | null, reader: Reader, row: number): CivilDate | null {
  const at = { row, previous: near ?? reader.previous, previousRow: row, begins: false, expected: null }
  if (day.kind === 'day') {
    return dated(day, at, reader.calendar).date
  }
  const first: DayToken = { ...day, kind: 'day', day: 1, years: 0, months: null, weekday: null, otherYear: null }
  const { date } = dated(first, at, reader.calendar)
  return date && lastDayOf(monthOf(date))
}

function takeExceptions(record: NoticeRecord, facts: Facts, reader: Reader, row: number): void {
  const [first = null] = record.dates
  for (const one of facts.except) {
    if (typeof one !== 'string' && one.kind === 'period') record.except.push(...periodOf(one, first, reader, row))
    else {
      const said = typeof one === 'string' ? one : resolved(one, first, reader, row)
      if (said) record.except.push(said)
    }
  }
  record.except = [...new Set(record.except)]
  record.dates = [...new Set(record.dates)].filter((date) => !record.except.includes(date))
}

/** The days of a period that is taken out; of a very long one its ends. */
function periodOf({ first, last }: Period, near: CivilDate | null, reader: Reader, row: number): CivilDate[] {
  const from = resolved(first, near, reader, row)
  const to = from && resolved(last, from, reader, row)
  if (!from || !to || to < from) return [from, to].filter((date) => date !== null)
  const length = daysBetween(from, to)
  return length > LONGEST_EXCEPTION ? [from, to] : Array.from({ length: length + 1 }, (_, n) => addDays(from, n))
}

function takeRule(record: NoticeRecord, facts: Facts, reader: Reader, row: number): void {
  const [rule, ...more] = facts.rules
  if (!rule) {
    if (record.until && record.dates.length > 0) record.until = null
    return
  }
  const together = more.filter((one) => !rule.rrule.includes(one.rrule.split('BYDAY=')[1] ?? ';'))
  const same = together.filter(
    (one) => one.rrule.split(';')[0] === rule.rrule.split(';')[0] && !one.rrule.includes(';BYMONTH'),
  )
  record.rule = [rule.rrule, ...same.map((one) => one.rrule.split('BYDAY=')[1] ?? '')]
    .filter((part) => part !== '')
    .join(',')
  const days = [rule, ...same].flatMap((one) => one.weekdays)
  if (record.dates.length > 2 && record.dates.every((date) => days.includes(weekday(date)))) {
    // Each day is listed: the rule only describes the list.
    record.rule = null
    return
  }
  if (facts.until) record.until = resolved(facts.until, record.dates[0] ?? null, reader, row)
  if (record.until) record.rule += `;UNTIL=${record.until.replaceAll('-', '')}`
}

function takeClaims(record: NoticeRecord, claims: readonly Facts['claims'][number][]): void {
  for (const claim of claims) {
    for (const date of record.dates) {
      const wrong = falseWeekday(date, claim.weekday)
      if (!wrong || record.problems.some((one) => one.code === 'weekday' && one.date === date)) continue
      record.problems.push(wrong, {
        code: 'claim',
        printed: claim.printed,
        computed: letterOf(weekday(date)),
        date,
        proposals: proposals(date, claim.weekday),
      })
    }
  }
}

function takeHours(record: NoticeRecord, hours: readonly Hours[], breaks: readonly Hours[]): void {
  if (
    record.dates.length === 0 &&
    record.rule === null &&
    record.problems.every((one) => one.code !== 'impossible_date' && one.code !== 'either')
  )
    return
  const [pause] = breaks
  const [whole] = hours
  const cut =
    pause?.end && whole?.end && hours.length === 1 && pause.start > whole.start && pause.end < whole.end
      ? [
          { start: whole.start, end: pause.start },
          { start: pause.end, end: whole.end },
        ]
      : hours
  const each = cut.filter(
    (one, i) => cut.findIndex((other) => other.start === one.start && other.end === one.end) === i,
  )
  const [first] = each
  const last = each.at(-1)
  if (!first || !last) return
  record.times = { start: first.start, end: last.end }
  if (each.length > 1) record.spans = each.map((one) => ({ ...one }))
}

const ORDER: readonly Format[] = ['onsite', 'online', 'phone', 'visit']

function takeForms(record: NoticeRecord, formats: readonly Format[], also: boolean): void {
  const all = also ? [...formats, 'onsite'] : formats
  if (all.length > 0) record.formats = ORDER.filter((format) => all.includes(format))
  else if (record.place !== null && /[ぁ-んァ-ヶ一-龠]/.test(record.place) && !/未定|調整中/.test(record.place))
    record.formats = ['onsite']
}

/** A number a day is better than one of the round, that better than a total of several days. */
function takeCapacity(record: NoticeRecord, capacities: readonly CapacityToken[]): void {
  const byFormat = capacities.filter((one) => one.format !== null)
  if (byFormat.length > 1) {
    record.capacity_by_format = Object.fromEntries(byFormat.map(({ format, count }) => [format, count]))
    record.capacity = byFormat.reduce((sum, { count }) => sum + count, 0)
    record.formats = ORDER.filter((format) => byFormat.some((one) => one.format === format))
    record.formats_named = true
    return
  }
  const of = (per: CapacityToken['per']) => capacities.find((one) => one.per === per)
  const rounds = Math.max(1, record.spans.length)
  const round = of('round')
  const found = of('day') ?? (round && { ...round, count: round.count * rounds }) ?? of(null) ?? of('total')
  record.capacity = found?.count ?? null
  if (round && rounds > 1 && !of('day')) record.spans = record.spans.map((span) => ({ ...span, capacity: round.count }))
}

function takeDeadline(record: NoticeRecord, deadlines: readonly DayToken[], reader: Reader, row: number): void {
  const token = deadlines.at(-1)
  const [first] = record.dates
  if (!token || !first) return
  const date = resolved(token, first, reader, row)
  if (date && date <= first) record.apply_until = date
}
