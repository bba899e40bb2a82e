import { busyWrites, isTaken } from '../advisers/busy.ts'
import { requireSystem } from '../base/actor.ts'
import { atThisInstant } from '../base/clock.ts'
import { addDays, type CivilDate, civilDate, fiscalYear, fiscalYearDays } from '../base/japan/civil.ts'
import { proposedClosure } from '../base/japan/holiday.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { type Closures, closureOn, venueOf } from '../schedule/closure.ts'
import { closures } from '../schedule/closure-queries.ts'
import { note } from '../store/journal.ts'
import type { ProgrammeRow, SeriesDateRow, SeriesRow } from '../store/schema.ts'
import { orThrow, type Write } from '../store/store.ts'
import { announceEach } from '../store/webhooks/announce.ts'
import { dutiesOfMade } from './advisers/assign-series.ts'
import { hoursOn, occurrences } from './series.ts'
import { fromSeries, newSession, newSlot } from './session-rows.ts'

/** How far ahead sessions are made, in days. */
export const HORIZON_DAYS = 90

/** Sessions in one commit, so that a long plan never locks the database for long. */
const BATCH = 20

/**
 * Writes 祝日 and 年末年始 as proposed closures, from a date on. They are of the programmes, of this fiscal year and of the
 * next, also before anybody opened these. Staff confirm or lift them.
 */
async function proposeClosures(ctx: Ctx, programmes: ProgrammeRow[], from: CivilDate): Promise<void> {
  const writes: Write[] = []
  const known = await closures(ctx, from, '9999-12-31')
  const year = fiscalYear(civilDate(ctx.clock.now()))
  const years = [year, year + 1].map((one) => fiscalYearDays(one))
  const periods = [...years, ...programmes.map(({ starts_on, ends_on }) => [starts_on, ends_on] as const)]
  const seen = new Set<CivilDate>()
  for (const [first, last] of periods) {
    for (let date = first > from ? first : from; date <= last; date = addDays(date, 1)) {
      if (seen.has(date)) continue
      seen.add(date)
      const decided = known.get(date)?.some((closure) => closure.scope === 'all')
      const proposed = decided ? null : proposedClosure(date)
      if (!proposed) continue
      const row = { id: `all-${date}`, date, scope: 'all', ...proposed, state: 'proposed' as const }
      writes.push(
        ctx.store.db
          .insertInto('closure')
          .values(row)
          .onConflict((oc) => oc.doNothing()),
      )
    }
  }
  if (writes.length > 0) orThrow(await ctx.store.commit(...writes))
}

/** The writes that make one session of a series, the session first. Idempotent. */
function sessionWrites(
  ctx: Ctx,
  { id, series, date, printed_weekday, programme }: MissingDay,
  closed: Closures,
): Write[] {
  const { db } = ctx.store
  const hours = hoursOn(series, date)
  const closure = closureOn(closed, date, series.prefecture, venueOf(series))
  const session = newSession(ctx, {
    ...fromSeries(series, hours),
    id,
    series: series.id,
    kind: series.kind,
    desk: series.desk,
    prefecture: series.prefecture,
    cancels: series.cancels,
    printed: series.printed,
    sample: series.sample,
    occurrence: date,
    programme: programme.id,
    date,
    state: closure ? 'skipped' : 'published',
    skipped_by: closure ? 'closure' : null,
    reason_ja: closure?.reason_ja ?? null,
    reason_en: closure?.reason_en ?? null,
    printed_weekday,
  })
  return [
    db
      .insertInto('session')
      .values(session)
      .onConflict((oc) => oc.doNothing()),
    ...(hours?.slots ?? []).map((slot) =>
      db
        .insertInto('slot')
        .values(newSlot(id, slot))
        .onConflict((oc) => oc.doNothing()),
    ),
  ]
}

/** The date of a session that a series lacks. */
type MissingDay = {
  /** The id of its session. */
  id: string
  series: SeriesRow
  date: CivilDate
  printed_weekday: string | null
  programme: ProgrammeRow
}

/** The rows from which planning finds what is missing; `made` holds `series occurrence` of what exists. */
type Planning = {
  series: readonly SeriesRow[]
  listed: readonly SeriesDateRow[]
  programmes: readonly ProgrammeRow[]
  made: ReadonlySet<string>
}

/** The days of every series that have no session yet, series by series. Days outside all programmes are left out. */
function* missingDays(
  { series: all, listed, programmes, made }: Planning,
  from: CivilDate,
  to: CivilDate,
): Generator<MissingDay> {
  for (const series of all) {
    for (const { date, printed_weekday } of daysOf(series, listed, from, to)) {
      const programme = programmes.find(({ starts_on, ends_on }) => starts_on <= date && date <= ends_on)
      if (!programme || made.has(`${series.id} ${date}`)) continue
      yield { id: `${series.id}-${date}`, series, date, printed_weekday, programme }
    }
  }
}

/** The days of a series: by its rule from `from` to `to`, or all its listed days from `from` on. */
function daysOf(
  series: SeriesRow,
  listed: readonly SeriesDateRow[],
  from: CivilDate,
  to: CivilDate,
): Pick<MissingDay, 'date' | 'printed_weekday'>[] {
  const { rule } = series
  if (rule === null) return listed.filter((day) => day.series === series.id && day.date >= from)
  return occurrences({ ...series, rule }, from, to).map((date) => ({ date, printed_weekday: null }))
}

/** The items in groups of `size`, the last one smaller. */
function* inBatches<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** A session to be made, with its writes. */
type Made = { id: string; writes: Write[] }

/**
 * Makes several sessions in one commit, with their advisers and rooms (`duties`). If one of these is taken, each session
 * has a commit of its own, and those are made without. Returns how many were inserted, not counting existing ones.
 */
async function insertSessions(ctx: Ctx, made: readonly Made[], duties: ReadonlyMap<string, Write>): Promise<number> {
  const assigned = made.filter(({ id }) => duties.has(id))
  const done = await ctx.store.commit(
    ...made.flatMap(({ writes }) => writes),
    ...assigned.flatMap(({ id }) => duties.get(id) ?? []),
    ...busyWrites(ctx, ...assigned.map(({ id }) => id)),
    announceEach(ctx),
  )
  let inserted = 0
  if (isTaken(done)) {
    if (made.length === 1) return insertSessions(ctx, made, new Map())
    for (const one of made) inserted += await insertSessions(ctx, [one], duties)
    return inserted
  }
  const changed = orThrow(done)
  let at = 0
  for (const { writes } of made) {
    inserted += changed[at] ?? 0
    at += writes.length
  }
  return inserted
}

/**
 * Makes the sessions of every series that are missing between two dates, both included: by default from today over
 * `HORIZON_DAYS`. Idempotent: an existing session is never changed, and an occurrence moved to another date is not made
 * again. On a closed date the session is skipped (休止). Only for the system. Throws `Forbidden`. Returns how many it made.
 */
export async function plan(live: Ctx, range: { from?: CivilDate; to?: CivilDate } = {}): Promise<Ok<{ made: number }>> {
  requireSystem(live.actor)
  const ctx = atThisInstant(live)
  const { db } = ctx.store
  const today = civilDate(ctx.clock.now())
  const from = range.from ?? today
  const to = range.to ?? addDays(today, HORIZON_DAYS)
  const programmes = await db.selectFrom('programme').selectAll().execute()
  await proposeClosures(
    ctx,
    programmes.filter((programme) => programme.ends_on >= from),
    from,
  )

  const listed = await db.selectFrom('series_date').selectAll().execute()
  const last = listed.reduce((latest, { date }) => (date > latest ? date : latest), to)
  const closed = await closures(ctx, from, last)
  const existing = await db
    .selectFrom('session')
    .select(['series', 'occurrence'])
    .where('occurrence', '>=', from)
    .execute()
  const series = await db.selectFrom('series').selectAll().execute()
  const there = new Set(existing.map((row) => `${row.series} ${row.occurrence}`))

  let made = 0
  for (const days of inBatches(missingDays({ series, listed, programmes, made: there }, from, to), BATCH)) {
    const each = days.map((day) => ({ id: day.id, writes: sessionWrites(ctx, day, closed) }))
    made += await insertSessions(ctx, each, await dutiesOfMade(ctx, days))
  }
  if (made > 0) await ctx.store.commit(note(ctx, 'schedule.planned', 'series', { made, from, to }))
  return ok({ made })
}
