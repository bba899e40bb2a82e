import { type CivilDate, weekday } from '../base/japan/civil.ts'
import { WEEKDAYS } from '../base/vocabulary.ts'
import { type Part, partsOf, type Surroundings, surroundings, yields } from './around.ts'
import { type Facts, factsOf } from './facts.ts'
import { fold, printedPart } from './fold.ts'
import { isBlank, layOut, type Row, type Segment } from './layout.ts'
import type { NoticeRecord, Reading } from './record.ts'
import { type Around, type Reader, recordsOf } from './records.ts'
import { type Calendar, dated } from './years.ts'

/** Characters of a cell or line; what is beyond stays unread. */
const LONGEST_CELL = 4_000

/**
 * Reads a notice: rows of cells, or lines as rows of one cell. `today` decides on years that are not printed. Nothing
 * is corrected: doubtful days carry problems with proposals. What became part of no record is in `unread`.
 */
export function read(sheet: readonly (readonly string[])[], today: CivilDate): Reading {
  const rows = layOut(sheet.map((cells) => cells.map((cell) => cell.slice(0, LONGEST_CELL))))
  const facts = arranged(rows.map(factsOf))
  const parts = partsOf(facts)
  for (const part of parts) callOff(part.rows.flatMap((index) => facts[index] ?? []))
  const reading: Course = {
    facts,
    around: surroundings(facts, parts),
    reader: { calendar: calendarOf(facts, today), previous: null, previousRow: -1, begins: false },
    records: [],
    prose: new Set(),
    used: new Set(),
    of: new Map(),
  }
  for (const part of parts) reading.records.push(...partRecords(reading, part))
  reading.records = withoutMention(reading.records, reading.prose)
  const beyond = sheet.flat().map((cell) => cell.slice(LONGEST_CELL))
  const unread = [...unreadOf(rows, reading.records, reading.used), ...beyond.filter((text) => text !== '')]
  const known = knownOf(reading.records)
  for (const one of reading.records) {
    const segments = rows[reading.of.get(one) ?? -1]?.segments ?? []
    const rest = segments.filter(({ role }) => !APART.includes(role)).flatMap((each) => leftIn(each, known))
    const said = new Set(one.states.map(({ printed }) => bare(printed)))
    one.beside = rest.filter((text) => !said.has(bare(text)) && !known.texts.has(bare(text)))
  }
  return { records: reading.records, unread }
}

/** A heading that calls off: so are the days below it in its part. */
function callOff(rows: readonly Facts[]): void {
  const heading = rows.findIndex((one) => one.callsOff)
  if (heading < 0) return
  for (const entry of rows.slice(heading).flatMap(({ groups }) => groups.flatMap((group) => group.days))) {
    if (entry.movedTo === null) entry.isCancelled = true
  }
}

/** How far the reading of a notice is. */
type Course = {
  facts: readonly Facts[]
  around: Surroundings
  reader: Reader
  records: NoticeRecord[]
  /** The records of running text. */
  prose: Set<NoticeRecord>
  /** The rows that became records. */
  used: Set<number>
  /** The row of each record. */
  of: Map<NoticeRecord, number>
}

const isProse = ({ row }: Facts) => !row.table && /。/.test(row.printed)
const isBare = ({ hours, groups }: Facts) => hours.length === 0 && groups.length === 0

/** The records of a part of a notice. */
function partRecords({ facts, around, reader, records, prose, used, of }: Course, part: Part): NoticeRecord[] {
  const described = new Set<NoticeRecord>()
  const found: NoticeRecord[] = []
  reader.begins = true
  for (const i of part.rows) {
    const one = facts[i]
    if (!one || !yields(one)) continue
    const before = { ...reader }
    const ofRow = withUndated(one, around(part, i), reader, i)
    if (one.row.note && repeats(ofRow, [...records, ...found])) {
      Object.assign(reader, before)
      tellOf(ofRow, [...records, ...found])
      continue
    }
    used.add(i)
    found.push(...ofRow)
    for (const each of ofRow) {
      of.set(each, i)
      if (isProse(one)) prose.add(each)
      if (isBare(one)) described.add(each)
    }
  }
  return withoutDescription(found, described)
}

/** A day in running text that another row gives with its hours is only a mention: `12月18日に開催します。` */
function withoutMention(records: NoticeRecord[], prose: ReadonlySet<NoticeRecord>): NoticeRecord[] {
  const isPlain = (one: NoticeRecord) =>
    one.rule === null && one.times === null && one.cancelled.length + one.moved.length === 0
  const telling = records.filter((one) => one.times !== null && !prose.has(one))
  const told = new Set(telling.flatMap(({ dates }) => dates))
  const isMention = (one: NoticeRecord) =>
    prose.has(one) && isPlain(one) && one.dates.length > 0 && one.dates.every((date) => told.has(date))
  tellOf(records.filter(isMention), telling)
  return records.filter((one) => !isMention(one))
}

/** What a mention says of days that other records have: called off, full, closed. */
function tellOf(mentions: readonly NoticeRecord[], records: readonly NoticeRecord[]): void {
  for (const { cancelled, states, problems } of mentions) {
    for (const one of records) {
      const isNews = (date: string | null) => date !== null && one.dates.includes(date)
      one.states.push(...states.filter(({ date }) => isNews(date)))
      const off = cancelled.filter((date) => isNews(date) && !one.cancelled.includes(date))
      one.cancelled.push(...off)
      one.problems.push(...problems.filter(({ code, date }) => code === 'cancelled' && off.some((day) => day === date)))
    }
  }
}

/** A rule without day and hours, beside a list of days that all follow it, only describes the list. */
function withoutDescription(records: NoticeRecord[], described: ReadonlySet<NoticeRecord>): NoticeRecord[] {
  const dates = records.flatMap((one) => one.dates)
  return records.filter((one) => {
    if (one.rule === null || !described.has(one) || dates.length < 2 || records.length < 2) return true
    const days = (/BYDAY=([^;]*)/.exec(one.rule)?.[1] ?? '').replace(/[-\d]/g, '').split(',')
    return !dates.every((date) => days.includes(WEEKDAYS[weekday(date)]))
  })
}

/** A note on days that are listed already: `※2月11日は祝日ですが開催します`. */
function repeats(found: readonly NoticeRecord[], records: readonly NoticeRecord[]): boolean {
  const known = new Set(records.flatMap((one) => one.dates))
  return found.every((one) => one.rule === null && one.dates.length > 0 && one.dates.every((date) => known.has(date)))
}

function withUndated(facts: Facts, around: Around, reader: Reader, i: number): NoticeRecord[] {
  if (facts.groups.length > 0 || facts.rules.length > 0 || facts.prefectures.length < 2)
    return recordsOf(facts, around, reader, i)
  return facts.prefectures.flatMap((code) => recordsOf({ ...facts, prefectures: [code] }, around, reader, i))
}

function calendarOf(facts: readonly Facts[], today: CivilDate): Calendar {
  const headings = facts.flatMap((one, row) => one.years.map((heading) => ({ row, heading })))
  const token = facts.find((one) => one.issued)?.issued
  const issued =
    token &&
    dated(
      token,
      { row: 0, previous: null, previousRow: -1, begins: false, expected: null },
      { headings: [], issued: null, today },
    ).date
  return { headings, issued: issued ?? null, today }
}

/**
 * What only several rows say together. The first of them is the day of the letter. Others are the period of a rule and the
 * old and new day of an amendment.
 */
function arranged(facts: Facts[]): Facts[] {
  const listing = facts.filter((one) => one.groups.length > 0)
  for (const [i, one] of facts.entries()) {
    const [day] = one.groups.flatMap((group) => group.days)
    if (isLetterDay(one) && listing.length > 1) {
      one.issued = day?.day ?? null
      one.groups = []
    }
    const ruled = facts.slice(0, i).findLast((other) => other.rules.length > 0 && other.groups.length === 0)
    if (ruled && day?.through && one.groups.length === 1 && one.rules.length === 0) {
      ruled.groups = [{ days: [{ ...day, through: null }], hours: [] }]
      ruled.until = day.through
      ruled.except.push(...one.except)
      one.groups = []
    }
    const next = facts[i + 1]
    if (one.amends === 'before' && next?.amends === 'after') amend(one, next)
  }
  return facts
}

/** A line that is nothing but a date: the day of the letter. */
function isLetterDay({ row, groups, hours }: Facts): boolean {
  const [segment] = row.segments
  const [day, ...more] = groups.flatMap((group) => group.days)
  if (
    !segment ||
    segment.labelled ||
    row.table ||
    row.segments.length > 1 ||
    !day ||
    more.length > 0 ||
    hours.length > 0
  )
    return false
  return (
    day.day.year !== null &&
    day.day.weekday === null &&
    unreadIn(segment.line.text, 0, segment.line.text.length, segment.tokens) === ''
  )
}

function amend(before: Facts, after: Facts): void {
  const old = before.groups.flatMap((group) => group.days)
  const groups = after.groups
  let i = 0
  after.groups = groups.map((group) => ({
    ...group,
    days: group.days.map((day) => {
      const from = old[i++]
      return from ? { ...from, movedTo: day.day } : day
    }),
  }))
  before.groups = []
}

function unreadOf(rows: readonly Row[], records: readonly NoticeRecord[], used: ReadonlySet<number>): string[] {
  const known = knownOf(records)
  return rows.flatMap((row, i) => left(row, used.has(i), known)).filter((text) => !known.texts.has(bare(text)))
}

function knownOf(records: readonly NoticeRecord[]): Known {
  const said = records.flatMap((one) => [one.title, one.place ?? '', one.apply ?? ''])
  return { texts: new Set(said.map(bare)), places: records.flatMap(({ place }) => (place ? [bare(place)] : [])) }
}

/** What is printed, without its signs. */
const bare = (printed: string) => signless(fold(printed).text)

/** What records say in the words of the notice: titles, places, contacts. `places` are without signs. */
type Known = { texts: ReadonlySet<string>; places: readonly string[] }

const FILLER =
  /(?:日程)?変更|いずれも|すべて|全て|各回|各日|とも|開催|実施|です|ます|または|及び|および|まで|から|より|時間|会場|場所|定員|先着順?|日程|曜日|定期|対象|申込|無料|[はがをにでとのもやへ]/g

/** The parts of a row that became part of no record, as printed. */
function left(row: Row, used: boolean, known: Known): string[] {
  const isPlace = row.segments.every(({ role, line }) => role === 'place' && known.texts.has(bare(line.printed)))
  if (isPlace) return []
  if (!used && !row.segments.some((each) => each.tokens.length > 0)) return isBlank(row.printed) ? [] : [row.printed]
  return row.segments.flatMap((segment) => leftIn(segment, known))
}

/** Cells that are unread as a whole: a record holds them already, or they say nothing of a day. */
const APART: readonly Segment['role'][] = ['apply', 'aside', 'deadline']

function leftIn(segment: Segment, { places }: Known): string[] {
  const { line, tokens, role } = segment
  if (role === 'place' || (role === 'capacity' && /^ *\d+ *$/.test(line.text))) return []
  if (APART.includes(role) || role === 'note') return isBlank(line.printed) ? [] : [segment.whole.trim()]
  return clauses(line.text).flatMap(([from, to]) => {
    const rest = unreadIn(line.text, from, to, tokens)
    const other = places.reduce((text, place) => text.replace(place, ''), rest)
    return other.replace(FILLER, '').length >= 2 ? [printedPart(line, from, to).trim()] : []
  })
}

const signless = (text: string) => text.replace(/[\s\p{P}\p{S}]/gu, '')

function clauses(text: string): [number, number][] {
  return [...text.matchAll(/[^。※\n]+/g)].map((found) => [found.index, found.index + found[0].length])
}

function unreadIn(text: string, from: number, to: number, tokens: Segment['tokens']): string {
  let rest = ''
  let at = from
  for (const token of tokens) {
    if (token.to <= from || token.from >= to) continue
    rest += text.slice(at, Math.max(at, token.from))
    at = Math.max(at, token.to)
  }
  return signless(rest + text.slice(at, Math.max(at, to)))
}
