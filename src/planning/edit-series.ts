import * as z from 'zod'
import { requireDesk } from '../base/actor.ts'
import { seenRevision } from '../base/fields.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { addDays, civilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { sessionWrite } from '../schedule/change-session.ts'
import { besideDetail, besideIn, type Clash, clashesOf } from '../schedule/clashes.ts'
import { type Closures, closureOn } from '../schedule/closure.ts'
import { closures } from '../schedule/closure-queries.ts'
import type { SeriesBefore } from '../store/acts.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { SeriesRow, SessionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { clashesOfSeries } from './begin-series.ts'
import { checkPrefecture } from './check-prefecture.ts'
import { slotWrites } from './edit-session.ts'
import { expectUnbooked } from './expect-unbooked.ts'
import { HORIZON_DAYS } from './plan.ts'
import { aheadOf, type Planned, partsOf, seriesById } from './queries.ts'
import { requestReplan } from './replan.ts'
import { hoursOn } from './series.ts'
import { inputDates, listedDates, SeriesInput, seriesColumns } from './series-input.ts'
import { fromSeries } from './session-rows.ts'
import { skipRevised } from './skip-revised.ts'

/** The effect on a future session: changed, skipped because the series no longer has its date, or left, and why. */
export type Effect = { session: Planned; becomes: 'changed' | 'skipped' | 'edited' | 'booked' }

/**
 * Edited, with the effect on each future session. Refused for faulty fields, for a new clash without its reason in
 * `beside`, or if somebody else edited it meanwhile.
 */
export type SeriesEdited = Ok<{ effects: Effect[] }> | Refused<'invalid', { errors: Faults }> | Refused<'changed'>

type Read = { input: SeriesInput; row: SeriesRow; effects: Effect[]; clashes: Clash[] }

/** What else is at the times of a series as edited, and was not at its times before. */
async function newClashes(ctx: Ctx, row: SeriesRow, input: SeriesInput, ahead: readonly Planned[]): Promise<Clash[]> {
  const after = await clashesOfSeries(ctx, input, row.id)
  if (after.length === 0) return []
  const { id: own, desk, prefecture, formats } = row
  const venue = formats.split(',').includes('onsite') ? row.venue : null
  const occasions = ahead.flatMap(({ date, starts_at, ends_at }) =>
    date === null ? [] : [{ date, starts_at, ends_at }],
  )
  const before = await clashesOf(ctx, { own, desk, prefecture, venue }, occasions)
  return after.filter((one) => !before.some(({ id }) => id === one.id))
}

async function read(ctx: Ctx, id: string, given: unknown): Promise<Ok<Read> | Refused<'invalid', { errors: Faults }>> {
  const row = await seriesById(ctx, id)
  if (!row) throw new NotFound('series')
  requireDesk(ctx.actor, row.prefecture)
  const parsed = SeriesInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const input = { ...parsed.data, prefecture: row.prefecture, kind: row.kind }
  const errors = await checkPrefecture(ctx, row.prefecture, input, row)
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const today = civilDate(ctx.clock.now())
  const dates = inputDates(input, today, addDays(today, HORIZON_DAYS * 2))
  const ahead = await aheadOf(ctx, id, today)
  const effects = ahead.map((session): Effect => {
    if (session.edited === 1 || session.suspension !== null || session.state === 'called_off') {
      return { session, becomes: 'edited' }
    }
    // Cancelled bookings count too: their times and slots are history.
    if (session.bookingsEver > 0) return { session, becomes: 'booked' }
    return { session, becomes: dates.includes(session.occurrence ?? '') ? 'changed' : 'skipped' }
  })
  return ok({ input, row, effects, clashes: await newClashes(ctx, row, input, ahead) })
}

/**
 * The effects of an edit on each session. Changes nothing. For the desk of its prefecture. Throws `NotFound`,
 * `Forbidden`.
 */
export function previewSeries(ctx: Ctx, id: string, given: unknown): ReturnType<typeof read> {
  return read(ctx, id, given)
}

/** The columns of a session that an edit of its series may change. */
function following(series: SeriesRow) {
  const columns = Object.keys(fromSeries(series, null)) as (keyof ReturnType<typeof fromSeries>)[]
  return [...columns, 'state', 'skipped_by', 'reason_ja', 'reason_en'] as const
}

/** The writes that apply its series to a session without bookings. They fail if it was booked or changed. */
function sessionWrites(ctx: Ctx, series: SeriesRow, { session, becomes }: Effect, closed: Closures): Write[] {
  if (becomes === 'skipped') return skipRevised(ctx, session)
  const { id, occurrence } = session
  const hours = hoursOn(series, occurrence ?? '')
  const returns = session.state === 'skipped' && session.skipped_by === 'series'
  const closure = closureOn(closed, occurrence ?? '', series.prefecture)
  const set: Partial<SessionRow> = {
    ...fromSeries(series, hours),
    ...(returns && !closure && { state: 'published' as const, reason_ja: null, reason_en: null }),
  }
  return [
    ...unchanged(ctx, 'session', session),
    expectUnbooked(ctx, id, 'ever'),
    ...slotWrites(ctx, id, hours?.slots ?? []),
    sessionWrite(ctx, id, set),
  ]
}

/** The series and sessions before the edit, for undo. */
async function before(ctx: Ctx, row: SeriesRow, effects: readonly Effect[]): Promise<SeriesBefore> {
  const { id, revision, created_at: _, updated_at: __, ...columns } = row
  const { slots, dates } = await partsOf(ctx, id, civilDate(ctx.clock.now()))
  const sessions = effects
    .filter(({ becomes }) => becomes === 'changed' || becomes === 'skipped')
    .map(({ session }) => ({
      id: session.id,
      revision: session.revision + 1,
      before: Object.fromEntries(following(row).map((column) => [column, session[column]])),
      slots: slots
        .filter((slot) => slot.session === session.id)
        .map(({ starts_at, ends_at, capacity }) => ({ starts_at, ends_at, capacity })),
    }))
  const left = effects.filter(({ becomes }) => becomes === 'edited' || becomes === 'booked')
  return { before: columns, dates, sessions, left: left.map(({ session }) => session.id), revision: revision + 1 }
}

const Revision = z.object({ revision: seenRevision })

/**
 * Edits a series. Future sessions without an edit or booking follow it: skipped (休止) if their date is gone, held if it
 * returned. The others are left and returned. New dates are made at the next tick. One commit, from the `revision` on
 * the page. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function editSeries(ctx: Ctx, id: string, given: unknown): Promise<SeriesEdited> {
  const found = await read(ctx, id, given)
  if (!found.ok) return found
  const { input, row, effects, clashes } = found
  const known = Revision.safeParse(given)
  if (!known.success || known.data.revision !== row.revision) return refused('changed')
  const beside = clashes.length > 0 ? besideIn(given) : null
  if (clashes.length > 0 && beside === null) return refused('invalid', { errors: { beside: 'required' as const } })
  const { db } = ctx.store
  const now = ctx.clock.now()
  const series: SeriesRow = { ...row, ...seriesColumns(input), revision: row.revision + 1, updated_at: now }
  const closed = await closures(ctx, civilDate(now), addDays(civilDate(now), HORIZON_DAYS * 2))
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'series', row),
    db.updateTable('series').set(series).where('id', '=', id),
    db.deleteFrom('series_date').where('series', '=', id),
    ...listedDates(input).map((date) =>
      db.insertInto('series_date').values({ series: id, date, printed_weekday: null }),
    ),
    ...effects
      .filter(({ becomes }) => becomes === 'changed' || becomes === 'skipped')
      .flatMap((effect) => sessionWrites(ctx, series, effect, closed)),
    requestReplan(ctx),
    note(ctx, 'series.edited', id, { ...(await before(ctx, row, effects)), ...besideDetail({ beside }) }),
  )
  return done.ok ? ok({ effects }) : refusalFor(done)
}
