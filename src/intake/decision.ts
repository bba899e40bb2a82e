import * as z from 'zod'
import { word } from '../base/input.ts'
import { isCivilDate } from '../base/japan/civil.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { KINDS } from '../base/vocabulary.ts'
import { HoursShape, hoursChecked, list, OfferShape } from '../planning/series-input.ts'

/** The answer that leaves a day out. */
export const LEAVE = 'leave'

const typed = (most: number) => z.string().max(most).catch('')

/** The fields of a row that a person may edit, as they were typed. */
const ROW_FIELDS = {
  kind: typed(20),
  prefecture: typed(2),
  desk: typed(64),
  venue: typed(64),
  title_ja: typed(200),
  title_en: typed(300),
  starts: typed(40),
  ends: typed(40),
  slot_starts: typed(400),
  slot_minutes: typed(10),
  slot_capacity: typed(10),
  formats: list(z.string().max(20)).catch([]),
  capacity: typed(10),
}

/** What a person decided about a row of a schedule. Faults are found when it is looked at. */
const Row = z.object({
  ...ROW_FIELDS,
  /** The whole row is left out. */
  leave: z.boolean().catch(false),
  days: z
    .array(
      z.object({
        /** The date, `leave`, or empty while nobody decided. A day without a date is `undated`. */
        date: typed(10),
        /** Whether it is a `new` day, or another one was moved to it (`move`). Empty while nobody decided. */
        as: z.enum(['', 'new', 'move']).catch(''),
      }),
    )
    .max(400),
})

/** The decision about a row: its fields as typed, and its days. */
export type Decision = z.output<typeof Row>

/** A day that stays without a date. */
export const UNDATED = 'undated'

/** Parses the decisions about a schedule: one of each row. */
export const Decisions = z.array(Row).max(1_000)

/** What a row makes, once it is decided: who holds it, where, in which hours. Its dates are decided one by one. */
export const RowInput = z
  .object({
    ...OfferShape,
    ...HoursShape,
    kind: z.enum(KINDS, 'choice'),
    desk: word(64),
    prefecture: z.string('required').refine(isPrefectureCode, 'choice'),
  })
  .superRefine((input, check) => {
    hoursChecked(input, (path, message) => check.addIssue({ code: 'custom', message, path: [path] }))
  })
/** A validated row. */
export type RowInput = z.output<typeof RowInput>

/** The name that a form gives to the sessions of all rows, if it has one. */
function namesIn({ all_title_ja: ja, all_title_en: en }: Readonly<Record<string, unknown>>) {
  if (typeof ja !== 'string' || ja.trim() === '') return {}
  return { title_ja: ja, title_en: typeof en === 'string' ? en : '' }
}

/** The decisions in a form, whose fields begin with the number of their row: `3.venue`, `3.day.0`; `all_title_ja` names all. */
export function decisionsIn(given: Readonly<Record<string, unknown>>, before: readonly Decision[]): Decision[] {
  const ofAll = namesIn(given)
  const one = (name: string) => {
    const value = given[name]
    return typeof value === 'string' ? value : undefined
  }
  return Decisions.parse(
    before.map((row, i) => {
      if (one(`${i}.row`) === undefined) return row
      const fields = Object.keys(ROW_FIELDS).map((name) => [name, given[`${i}.${name}`]])
      const days = row.days.map((day, d) => {
        const chosen = one(`${i}.day.${d}`) ?? day.date
        const date = chosen === 'other' ? (one(`${i}.other.${d}`) ?? '') : chosen
        const isKnown = date === LEAVE || date === UNDATED || isCivilDate(date)
        return { date: isKnown ? date : '', as: one(`${i}.as.${d}`) ?? day.as }
      })
      return { ...Object.fromEntries(fields), ...ofAll, leave: one(`${i}.leave`) === 'true', days }
    }),
  )
}
