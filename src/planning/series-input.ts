import * as z from 'zod'
import { day, timeOfDay, timesOfDay } from '../base/fields.ts'
import { blankIsNull, line, optional, word } from '../base/input.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import { isKatakana, toKatakana } from '../base/japan/kana.ts'
import { phoneText } from '../base/japan/phone.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { titleReading } from '../base/japan/title-kana.ts'
import { narrow } from '../base/japan/width.ts'
import { FORMATS, KINDS, NTHS, WEEKDAYS } from '../base/vocabulary.ts'
import { type Deadline, deadlineText, MOST_BEFORE } from '../schedule/deadline.ts'
import { occurrences } from './series.ts'

/** Any number of values: missing, one, or several. */
export const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(item))

const count = (most: number, least = 1) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? Number(narrow(value)) : blankIsNull(value)),
    z.number('number').int('number').min(least, 'number').max(most, 'number').nullable(),
  )

/** Dates, separated by commas, spaces or lines; full-width or half-width. */
export const several = (item: z.ZodType<string>) =>
  z.preprocess(
    (value) =>
      typeof value === 'string'
        ? narrow(value)
            .split(/[\s,、]+/)
            .filter(Boolean)
        : [],
    z.array(item),
  )

const DEADLINES = ['hours', 'days', 'business_days'] as const

/** The parts of a deadline in a form: its shape, a count, and for days a time of day. */
const deadline = z
  .object({
    shape: z.enum(DEADLINES, 'choice'),
    count: count(MOST_BEFORE, 0),
    at: z.preprocess(blankIsNull, timeOfDay.nullable()),
  })
  .transform(({ shape, count: many, at }): Deadline => {
    if (shape === 'hours') return { shape, hours: many ?? 0 }
    return { shape, days: many ?? 0, at: at ?? '15:00' }
  })

/** A reading of a title: any kana, kept as katakana. Null if it is empty. */
const reading = optional(
  line(160)
    .transform(toKatakana)
    .refine((text) => isKatakana(text), 'reading'),
)

/** The fields that sessions and series share: venue, formats, capacity, and how people apply. */
export const OfferShape = {
  title_ja: line(80),
  title_en: optional(line(120)),
  title_kana: reading,
  note_ja: optional(line(500)),
  note_en: optional(line(500)),
  venue: optional(word(64)),
  formats: list(z.enum(FORMATS, 'choice')),
  capacity: count(9999),
  acceptance: z.enum(['first_come', 'approval', 'lottery'], 'choice').default('first_come'),
  closes_shape: z.enum(DEADLINES, 'choice').default('business_days'),
  closes_count: count(MOST_BEFORE, 0),
  closes_at: z.preprocess(blankIsNull, timeOfDay.nullable()),
  apply_name: optional(line(100)),
  apply_phone: optional(word(40).overwrite(phoneText)),
  apply_url: optional(word(300).refine((text) => URL.parse(text)?.protocol.startsWith('http') === true, 'choice')),
}

const Offer = z.object(OfferShape)

/** The hours of a day: slots that begin at given times, or one period; neither while undecided. */
export const HoursShape = {
  slot_starts: timesOfDay,
  slot_minutes: count(720),
  slot_capacity: count(999),
  starts: z.preprocess(blankIsNull, timeOfDay.nullable()),
  ends: z.preprocess(blankIsNull, timeOfDay.nullable()),
}

const HoursInput = z.object(HoursShape)

/** Whether what begins at `HH:MM` and lasts so many minutes is not over before midnight. */
function endsNextDay(start: string, minutes: number): boolean {
  const [hour = 0, minute = 0] = start.split(':').map(Number)
  return hour * 60 + minute + minutes >= 24 * 60
}

/**
 * Calls `fault` for each contradiction in the hours. They are slots or one period, never both. While they are undecided,
 * the formats may be too.
 */
export function hoursChecked(
  { slot_starts, slot_minutes, starts, ends, formats }: z.output<typeof HoursInput> & { formats: readonly string[] },
  fault: (path: string, message: string) => void,
): void {
  if (formats.length === 0 && (slot_starts.length > 0 || starts !== null)) fault('formats', 'required')
  if (slot_starts.length > 0) {
    if (slot_minutes === null) fault('slot_minutes', 'required')
    if (starts !== null) fault('starts', 'slots')
    if (ends !== null) fault('ends', 'slots')
  }
  if (slot_starts.some((start) => endsNextDay(start, slot_minutes ?? 0))) fault('slot_minutes', 'midnight')
  const whole = slot_starts.length === 0 && (starts !== null || ends !== null)
  if (whole && (starts === null || ends === null || ends <= starts)) fault('ends', 'choice')
}

/** The columns of the hours: slots, or one period. */
export function hoursColumns({ slot_starts, slot_minutes, slot_capacity, starts, ends }: z.output<typeof HoursInput>) {
  const slots = [...new Set(slot_starts)].toSorted()
  return slots.length > 0
    ? { slot_starts: slots.join(','), slot_minutes, slot_capacity, starts: null, ends: null }
    : { slot_starts: '', slot_minutes: null, slot_capacity: null, starts, ends }
}

/** The columns of an offer, the same for a series and a session. */
export function offerColumns(offer: z.output<typeof Offer>) {
  const { closes_shape: shape, closes_count, closes_at: at, formats, title_en, title_kana, ...rest } = offer
  const closes = deadline.parse({ shape, count: closes_count ?? undefined, at: at ?? undefined })
  const { title_ja, note_ja, note_en, venue, capacity, acceptance, apply_name, apply_phone, apply_url } = rest
  return {
    title_ja,
    title_en: title_en ?? title_ja,
    title_kana: title_kana ?? titleReading(title_ja),
    note_ja,
    note_en,
    venue,
    capacity,
    acceptance,
    formats: FORMATS.filter((format) => formats.includes(format)).join(','),
    closes: deadlineText(closes),
    apply_name,
    apply_phone,
    apply_url,
  }
}

/** Whether a row has these values already. */
export function isAs<Row extends object>(row: Row, columns: Partial<Row>): boolean {
  return (Object.keys(columns) as (keyof Row)[]).every((name) => columns[name] === row[name])
}

/** The fields of the chosen repetition alone: a form also sends those that it does not show. */
function ofRepetition(given: unknown): unknown {
  const fields: Record<string, unknown> = { ...Object(given) }
  const { repeat, dates = '', starts_on, until } = fields
  if (repeat === 'weekly') return { ...fields, nths: [], dates: '' }
  if (repeat === 'monthly') return { ...fields, dates: '' }
  if (repeat !== 'dates') return given
  const listed = (narrow(String(dates)).match(/\d{4}-\d{2}-\d{2}/g) ?? []).toSorted()
  const isShort = listed.some((date) => date > String(until))
  return {
    ...fields,
    weekdays: [],
    nths: [],
    starts_on: blankIsNull(starts_on) ?? listed[0],
    until: isShort ? null : until,
  }
}

/** A series as staff plan it: weekly, on weekdays of the month, or on listed dates; with slots or without. */
export const SeriesInput = z.preprocess(
  ofRepetition,
  z
    .object({
      ...OfferShape,
      kind: z.enum(KINDS, 'choice'),
      desk: word(64),
      prefecture: z.string('required').refine(isPrefectureCode, 'choice'),
      repeat: z.enum(['weekly', 'monthly', 'dates'], 'choice'),
      weekdays: list(z.enum(WEEKDAYS, 'choice')),
      nths: list(z.enum(NTHS, 'choice')),
      dates: several(day),
      starts_on: day,
      until: z.preprocess(blankIsNull, day.nullable()),
      ...HoursShape,
    })
    .superRefine((input, check) => {
      const fault = (path: string, message: string) => check.addIssue({ code: 'custom', message, path: [path] })
      if (input.repeat !== 'dates' && input.weekdays.length === 0) fault('weekdays', 'required')
      if (input.repeat === 'monthly' && input.nths.length === 0) fault('nths', 'required')
      if (input.repeat === 'dates' && input.dates.length === 0) fault('dates', 'required')
      if (input.until !== null && input.until < input.starts_on) fault('until', 'choice')
      hoursChecked(input, fault)
    }),
)
/** A validated series. */
export type SeriesInput = z.output<typeof SeriesInput>

/** The choices in the form from which a rule is made. */
export type RuleChoices = Pick<SeriesInput, 'repeat' | 'weekdays' | 'nths'>

/** The rule for the chosen weekdays (RFC 5545 section 3.3.10), or null if dates are listed. */
function ruleOf({ repeat, weekdays, nths }: RuleChoices): string | null {
  const days = WEEKDAYS.filter((one) => weekdays.includes(one))
  if (repeat === 'weekly') return `FREQ=WEEKLY;BYDAY=${days.join(',')}`
  if (repeat === 'dates') return null
  return `FREQ=MONTHLY;BYDAY=${nths.flatMap((nth) => days.map((one) => `${nth}${one}`)).join(',')}`
}

/** The choices of a rule. Returns null for a rule that no choices make, such as every Tuesday of a month. */
export function chosenOf(rule: string | null): RuleChoices | null {
  if (rule === null) return { repeat: 'dates', weekdays: [], nths: [] }
  const [, freq, by = ''] = /^FREQ=(WEEKLY|MONTHLY);BYDAY=([-\d,A-Z]+)$/.exec(rule) ?? []
  const parts = by.split(',').map((one) => /^(-?\d)?([A-Z]{2})$/.exec(one))
  const weekdays = WEEKDAYS.filter((one) => parts.some((part) => part?.[2] === one))
  const nths = NTHS.filter((one) => parts.some((part) => part?.[1] === one))
  if (freq === undefined) return null
  const repeat = freq === 'WEEKLY' ? ('weekly' as const) : ('monthly' as const)
  const made = ruleOf({ repeat, weekdays, nths })?.split('BYDAY=')[1]?.split(',') ?? []
  const same = parts.length === made.length && made.every((part) => by.split(',').includes(part))
  return same ? { repeat, weekdays, nths } : null
}

/** The columns of a series. */
export function seriesColumns(input: SeriesInput) {
  const { kind, desk, prefecture, starts_on, until } = input
  return {
    ...offerColumns(input),
    ...hoursColumns(input),
    kind,
    desk,
    prefecture,
    starts_on,
    until,
    rule: ruleOf(input),
  }
}

/** The dates that a series lists; empty if it has a rule. */
export function listedDates({ repeat, dates }: Pick<SeriesInput, 'repeat' | 'dates'>): CivilDate[] {
  return repeat === 'dates' ? [...new Set(dates)].toSorted() : []
}

/** The dates of a series as typed, from `from` on: by its rule until `to`, or all that it lists. */
export function inputDates(input: SeriesInput, from: CivilDate, to: CivilDate): CivilDate[] {
  const rule = ruleOf(input)
  return rule === null ? listedDates(input).filter((date) => date >= from) : occurrences({ ...input, rule }, from, to)
}
