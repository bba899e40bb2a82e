import type { NoticeRecord, Reading } from '../../src/notices/record.ts'

/** A value, or `{ either: [] }` with several that are right. */
type Wanted = unknown

/** What a person reads in a notice (the format of the published cases). */
export type Expected = {
  today: string
  records: {
    kind: Wanted
    prefecture: Wanted
    dates: string[]
    rule: string | null
    times: Wanted
    formats: Wanted
    capacity: Wanted
    settled: Wanted
    weekday_problems: string[]
    spans?: [string, string][]
    cancelled?: string[]
    until?: string
    flagged_any?: string[]
  }[]
  unread_must_contain?: string[]
  extra_undated_ok?: boolean
}
type Row = Expected['records'][number]

const FIELDS = ['kind', 'prefecture', 'times', 'formats', 'capacity', 'settled'] as const

const alternatives = (wanted: Wanted): unknown[] =>
  wanted !== null && typeof wanted === 'object' && 'either' in wanted ? (wanted.either as unknown[]) : [wanted]

/** One text for equal values; the order of keys and of lists of texts does not count. */
const told = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(told).toSorted(inOrder).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  return `{${Object.entries(value)
    .map(([key, of]) => `${key}:${told(of)}`)
    .toSorted(inOrder)
    .join()}}`
}

const inOrder = (a: string, b: string) => (a < b ? -1 : 1)

function isSame(wanted: Wanted, got: unknown): boolean {
  return alternatives(wanted).some((one) => one === '*' || told(one) === told(got))
}

/** Hours of several rounds may be read as the rounds, or as the whole day. */
function hoursFit(row: Row, got: NoticeRecord): boolean {
  if (!row.spans) return isSame(row.times, got.times)
  const spans = got.spans.map(({ start, end }) => [start, end])
  return told(spans) === told(row.spans) || (row.times !== null && isSame(row.times, got.times))
}

function fieldFaults(row: Row, got: NoticeRecord, what: string): string[] {
  return FIELDS.flatMap((field) => {
    const fits = field === 'times' ? hoursFit(row, got) : isSame(row[field], got[field])
    return fits ? [] : [`${what}: ${field} is ${told(got[field])}, not ${told(row[field])}`]
  })
}

/** What a reading has wrong: fields, days that are missing or invented, weekdays, text that vanished. */
export function faults(expected: Expected, reading: Reading): string[] {
  const left = new Set(reading.records)
  const found: string[] = []
  const open = reading.records.flatMap((record) =>
    record.dates.filter((date) => !record.cancelled.includes(date)).map((date) => ({ record, date })),
  )
  for (const row of expected.records) found.push(...rowFaults(row, reading, open, left))
  const gone = new Set(expected.records.flatMap((row) => row.cancelled ?? []))
  found.push(...open.filter(({ date }) => !gone.has(date)).map(({ date }) => `${date} is no session`))
  const undated = [...left].filter((one) => one.dates.length === 0 && one.rule === null)
  if (!expected.extra_undated_ok) found.push(...undated.map((one) => `no record: ${one.printed}`))
  const weekdays = reading.records.flatMap(({ problems }) =>
    problems.filter(({ code }) => code === 'weekday').map(({ date }) => date),
  )
  const wanted = expected.records.flatMap((row) => row.weekday_problems)
  if (told([...new Set(weekdays)]) !== told([...new Set(wanted)]))
    found.push(`weekdays ${told(weekdays)}, not ${told(wanted)}`)
  return [...found, ...vanished(expected, reading)]
}

function rowFaults(
  row: Row,
  reading: Reading,
  open: { record: NoticeRecord; date: string }[],
  left: Set<NoticeRecord>,
): string[] {
  if (row.rule !== null && row.rule !== '*') {
    const record = [...left].find(
      (one) => one.rule?.split(';UNTIL')[0] === row.rule && isSame(row.prefecture, one.prefecture),
    )
    if (!record) return [`no rule ${row.rule}`]
    left.delete(record)
    for (const entry of open.filter((one) => one.record === record)) open.splice(open.indexOf(entry), 1)
    const end = row.until && record.until !== row.until ? [`until ${record.until}, not ${row.until}`] : []
    return [...end, ...fieldFaults(row, record, row.rule)]
  }
  if (row.dates.length === 0) {
    const record = [...left].find(
      (one) => one.dates.length === 0 && one.rule === null && isSame(row.prefecture, one.prefecture),
    )
    if (!record) return [`nothing without a day for ${told(row.prefecture)}`]
    left.delete(record)
    return fieldFaults(row, record, 'without a day')
  }
  const problems = reading.records.flatMap((one) => one.problems.map(({ date }) => date))
  const flags = (row.flagged_any ?? [])
    .filter((date) => !problems.includes(date))
    .map((date) => `${date} without a doubt`)
  return [...flags, ...row.dates.flatMap((date) => dayFaults(row, date, open))]
}

function dayFaults(row: Row, date: string, open: { record: NoticeRecord; date: string }[]): string[] {
  const here = open.filter((one) => one.date === date)
  const [best] = here.toSorted(
    (a, b) => fieldFaults(row, a.record, date).length - fieldFaults(row, b.record, date).length,
  )
  if (!best) return [`${date} not read`]
  open.splice(open.indexOf(best), 1)
  return fieldFaults(row, best.record, date)
}

const bare = (text: string) => text.normalize('NFKC').replaceAll(/\s/g, '')

function vanished(expected: Expected, { records, unread }: Reading): string[] {
  const said = bare(JSON.stringify(records) + unread.join('\n'))
  return (expected.unread_must_contain ?? [])
    .filter((text) => !said.includes(bare(text)))
    .map((text) => `vanished: ${text}`)
}
