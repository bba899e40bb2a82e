import * as z from 'zod'
import { requireSecretariat } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { isAsShown, type ShownFields, shownIn } from '../base/fingerprint.ts'
import type { Faults } from '../base/input.ts'
import { type CivilDate, civilDate, fiscalYear, fiscalYearDays } from '../base/japan/civil.ts'
import { fiscalYearName } from '../base/japan/era.ts'
import { proposedClosure } from '../base/japan/holiday.ts'
import { inNextYear, type Shift, shiftsInto } from '../base/japan/next-year.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import {
  type Beside,
  besideDetail,
  besideIn,
  type Clash,
  clashesBetween,
  clashFields,
  eachOnce,
  isSameTime,
  NOTHING_BESIDE,
  refusalOf,
} from '../schedule/clashes.ts'
import { venueOf } from '../schedule/closure.ts'
import type { Localized } from '../schedule/session.ts'
import type { SeriesBefore } from '../store/acts.ts'
import { expectSame } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import type { SeriesRow } from '../store/schema.ts'
import { seriesDutyCopies } from './advisers/assign-series.ts'
import { fileCopies, senderCopies } from './programmes/letter-copies.ts'
import { textCopies } from './programmes/text-copies.ts'
import { seriesOf } from './queries.ts'
import { questionCopies } from './questions/copies.ts'
import { requestReplan } from './replan.ts'
import { programmeWrite, seriesWrites } from './session-rows.ts'
import { clashOf, occasionOn, unplannedDates } from './unplanned.ts'

/** A listed day of this year and its day in the next. `closed`: the holiday on which that falls, or null. */
export type Shifted = Shift & { closed: Localized | null }

/**
 * A series of this year in the next: `goes_on` unchanged, else begun again with these dates or its rule. `made`: it was
 * begun before. `passed`: the year was copied after it was begun. `early`: it ended before its time. `taken`: it is
 * begun now, as ticked or, without ticks, unless it is passed or early. `retired`, `ended`: its venue or desk cannot be
 * chosen any more.
 */
export type Copied = {
  series: SeriesRow
  goes_on: boolean
  dates: CivilDate[]
  shifts: Shifted[]
  made: boolean
  passed: boolean
  early: boolean
  taken: boolean
  retired: boolean
  ended: boolean
}

/** Why a series is left out. It ended before, begins later, is a sample, or lists no date of this year. */
export type Omission = 'ended' | 'later' | 'sample' | 'dateless'
export type Omitted = { series: SeriesRow; why: Omission }

/** The id of the series of a year that a series goes on as. */
function idOf({ id }: SeriesRow, year: number): string {
  return `${id}-fy${year}`
}

/** Whether it can be begun in the next year, so that its row has a tick. */
export function isOpenToCopy({ goes_on, made }: Pick<Copied, 'goes_on' | 'made'>): boolean {
  return !goes_on && !made
}

const TakeInput = z.object({
  take: z
    .union([z.string(), z.array(z.string())])
    .transform((ids) => [ids].flat())
    .optional(),
})

/** The ids of the series that are ticked, or null if there were no ticks to set. */
function takenIn(given: unknown): string[] | null {
  return TakeInput.safeParse(given ?? {}).data?.take ?? null
}

/** What two series share, if anything: the desk in a prefecture, or a venue to which people come. `areas` are no venues. */
function sharedBy(one: SeriesRow, other: SeriesRow, areas: ReadonlySet<string>): Clash['same'] | null {
  const [venue, there] = [venueOf(one), venueOf(other)]
  if (venue !== null && venue === there && !areas.has(venue)) return 'venue'
  return one.desk === other.desk && one.prefecture === other.prefecture ? 'desk' : null
}

/**
 * What the desks and venues of the series to be begun have at their times in that year. Sessions, dates of other series
 * without a session yet, and each other's dates.
 */
async function besideCopies(
  ctx: Ctx,
  year: number,
  copies: readonly Copied[],
  all: readonly (SeriesRow & { dates: CivilDate[] })[],
  areas: ReadonlySet<string>,
): Promise<Beside> {
  const [from, to] = fiscalYearDays(year)
  const copied = copies.map(({ series, dates }) => ({
    ...series,
    starts_on: from,
    until: series.rule === null ? series.until : to,
    dates,
  }))
  if (copied.length === 0) return NOTHING_BESIDE
  const begun = await unplannedDates(ctx, copied, from, to)
  const holdings = begun.map(({ series, dates }) => {
    const { desk, prefecture } = series
    const occasions = dates.map((date) => occasionOn(series, date))
    return { desk, prefecture, venue: venueOf(series), own: idOf(series, year), occasions }
  })
  const made = await clashesBetween(ctx, [from, to], holdings)
  const others = await unplannedDates(ctx, all, from, to)
  const clashes = [...made.clashes]
  for (const [at, { series }] of begun.entries()) {
    const occasions = holdings[at]?.occasions ?? []
    // Each pair of copies is named once.
    for (const { series: other, dates } of [...others, ...begun.slice(0, at)]) {
      const same = sharedBy(series, other, areas)
      for (const clash of same === null ? [] : dates.map((date) => clashOf(other, date, same))) {
        if (occasions.some((occasion) => isSameTime(clash, occasion))) clashes.push(clash)
      }
    }
  }
  const known = ctx.store.db.selectFrom('series').select(['series.id', 'series.revision'])
  return { clashes: eachOnce(clashes), expectNoOther: [...made.expectNoOther, expectSame(ctx, known, all)] }
}

function omissionOf(
  series: SeriesRow,
  listed: readonly CivilDate[],
  [from, to]: readonly [CivilDate, CivilDate],
): Omission | null {
  if (series.sample === 1) return 'sample'
  if (series.until !== null && series.until < from) return 'ended'
  if (series.starts_on > to) return 'later'
  return series.rule === null && listed.length === 0 ? 'dateless' : null
}

/** When somebody last copied into a year, or null. */
async function lastCopy(ctx: Ctx, year: number): Promise<Instant | null> {
  const row = await ctx.store.db
    .selectFrom('journal')
    .select(({ fn }) => fn.max('at').as('at'))
    .where('subject', '=', `fy${year}`)
    .where('act', '=', 'programme.copied')
    .executeTakeFirst()
  return row?.at ?? null
}

/** The ids of the series whose end within the year was set earlier than it was before. */
async function shortened({ store: { db } }: Ctx, to: CivilDate): Promise<Set<string>> {
  const edits = await db
    .selectFrom('journal')
    .innerJoin('series', 'series.id', 'journal.subject')
    .select(['series.id', 'series.until', 'journal.detail'])
    .where('journal.act', '=', 'series.edited')
    .where('series.until', '<', to)
    .execute()
  const short = edits.filter(({ until, detail }) => {
    const { before }: SeriesBefore = JSON.parse(detail)
    return before.until === null || String(before.until) > String(until)
  })
  return new Set(short.map(({ id }) => id))
}

/** The venues and desks that cannot be chosen any more, and the areas that stand for venues. Two queries. */
async function placesGone({ store: { db } }: Ctx): Promise<Record<'venues' | 'desks' | 'areas', Set<string>>> {
  const venues = await db.selectFrom('venue').select(['id', 'retired_at', 'area_only']).execute()
  const desks = await db.selectFrom('desk').select('id').where('ended_at', 'is not', null).execute()
  const those = (is: (venue: (typeof venues)[number]) => boolean) => new Set(venues.filter(is).map(({ id }) => id))
  return {
    venues: those(({ retired_at }) => retired_at !== null),
    areas: those(({ area_only }) => area_only === 1),
    desks: new Set(desks.map(({ id }) => id)),
  }
}

function holidayOn(date: CivilDate): Localized | null {
  const closure = proposedClosure(date)
  return closure && { ja: closure.reason_ja, en: closure.reason_en }
}

/**
 * What would be copied as ticked, and beside what. `possible`: all that would be beside it if every row were ticked.
 * `left`: whether anything is to be done yet.
 */
export type CopyLook = {
  year: number
  copies: Copied[]
  omitted: Omitted[]
  left: boolean
  possible: Clash[]
} & Beside

async function read(ctx: Ctx, given: unknown): Promise<CopyLook> {
  requireSecretariat(ctx.actor)
  const today = civilDate(ctx.clock.now())
  const year = fiscalYear(today) + 1
  const ticked = takenIn(given)
  const [from, to] = fiscalYearDays(year - 1)
  const all = await seriesOf(ctx)
  const known = new Set(all.map((one) => one.id))
  const copies: Copied[] = []
  const omitted: Omitted[] = []
  const copiedAt = await lastCopy(ctx, year)
  const gone = await placesGone(ctx)
  const short = await shortened(ctx, to)
  for (const { dates, ...series } of all) {
    const listed = dates.filter((date) => date >= from && date <= to)
    const why = omissionOf(series, listed, [from, to])
    if (why !== null) {
      omitted.push({ series, why })
      continue
    }
    const goes_on = series.rule !== null && series.until === null
    const made = known.has(idOf(series, year))
    const passed = !goes_on && !made && copiedAt !== null && series.created_at <= copiedAt
    const early =
      !goes_on && series.until !== null && series.until < to && (series.until < today || short.has(series.id))
    const open = isOpenToCopy({ goes_on, made })
    const taken = open && (ticked === null ? !passed && !early : ticked.includes(series.id))
    const places = { retired: gone.venues.has(series.venue ?? ''), ended: gone.desks.has(series.desk) }
    const shifts = shiftsInto(listed, year).map((shift) => ({ ...shift, closed: holidayOn(shift.to) }))
    copies.push({ series, goes_on, dates: inNextYear(listed, year), shifts, made, passed, early, taken, ...places })
  }
  const { db } = ctx.store
  const opened = await db.selectFrom('programme').select('id').where('fiscal_year', '=', year).executeTakeFirst()
  const besideThose = (those: readonly Copied[]) => besideCopies(ctx, year, those, all, gone.areas)
  const [taken, open] = [copies.filter((one) => one.taken), copies.filter(isOpenToCopy)]
  const beside = await besideThose(taken)
  const possible = open.length === taken.length ? beside.clashes : (await besideThose(open)).clashes
  return { year, copies, omitted, left: opened === undefined || taken.length > 0, possible, ...beside }
}

/**
 * What would be copied into the next fiscal year, and whether anything is `left` to copy. `given` may have the ticks
 * (`take`). Changes nothing. For the secretariat. Throws `Forbidden`.
 */
export async function previewCopy(ctx: Ctx, given?: unknown): Promise<CopyLook> {
  return read(ctx, given)
}

/** What a page shows before the year is copied. The ticks make no difference. */
export function copyFields({ year, copies, possible }: Pick<CopyLook, 'year' | 'copies' | 'possible'>): ShownFields {
  const rows = copies.map(({ series, goes_on, dates, early, passed }) => [series.id, goes_on, dates, early, passed])
  return [year, ...rows, clashFields(possible)]
}

/**
 * Copied: how many series were begun; `again` if nothing was left to copy. Refused as `changed` if other series, dates or
 * clashes are concerned than `shown`. Refused for a clash without its reason in `beside`.
 */
export type YearCopied =
  | Ok<{ series: number; year: number; again: boolean }>
  | Refused<'changed'>
  | Refused<'invalid', { errors: Faults }>

/** One attempt. Null if a concurrent commit won. */
async function attempt(ctx: Ctx, given: unknown): Promise<YearCopied | null> {
  const look = await read(ctx, given)
  const { year, copies, left, clashes, expectNoOther } = look
  const unreasoned = refusalOf(given, clashes)
  if (unreasoned) return unreasoned
  if (!(await isAsShown(shownIn(given), copyFields(look)))) return refused('changed')
  if (!left) return ok({ series: 0, year, again: true })
  const begun = copies.filter(({ taken }) => taken)
  const [starts_on, until] = fiscalYearDays(year)
  const copied = new Map(begun.map(({ series }) => [series.id, idOf(series, year)]))
  const questions = await questionCopies(ctx, copied, year)
  const letters = [textCopies, senderCopies, fileCopies].map((copy) => copy(ctx, copied, year))
  const ofLetters = (await Promise.all(letters)).flat()
  const duties = await seriesDutyCopies(ctx, copied)
  const done = await ctx.store.commit(
    ...expectNoOther,
    programmeWrite(ctx, year, { ja: fiscalYearName(year), en: `Fiscal year ${year}` }),
    ...begun.flatMap(({ series, dates }) =>
      seriesWrites(
        ctx,
        { ...series, id: idOf(series, year), starts_on, until: series.rule === null ? null : until, printed: null },
        dates.map((date) => ({ date, printed_weekday: null })),
      ),
    ),
    ...questions,
    ...ofLetters,
    ...duties,
    requestReplan(ctx),
    note(ctx, 'programme.copied', `fy${year}`, {
      series: begun.length,
      ...besideDetail({ beside: besideIn(given, clashes) }),
    }),
  )
  return isCommitted(done) ? ok({ series: begun.length, year, again: false }) : null
}

/**
 * Opens the programme of the next fiscal year and copies the series that are ticked (`take`). Without ticks: each that
 * would end with this year and did not end early. Rules begin in April; listed dates keep their weekday, and nth
 * weekdays of a month stay so. Questions and paragraphs of letters go with them. Idempotent. For the secretariat. Throws
 * `Forbidden`.
 */
export async function copyProgramme(ctx: Ctx, given?: unknown): Promise<YearCopied> {
  return retryOnConflict(() => attempt(ctx, given))
}
