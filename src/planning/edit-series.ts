import * as z from 'zod'
import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { addDays, type CivilDate, civilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { type Closures, closureOn } from '../schedule/closure.ts'
import { closures } from '../schedule/closure-queries.ts'
import type { SeriesBefore } from '../store/acts.ts'
import { expectNone, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { raised } from '../store/raised.ts'
import { refusalFor } from '../store/retry.ts'
import type { SeriesRow, SessionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { checkPrefecture } from './check-prefecture.ts'
import { slotWrites } from './edit-session.ts'
import { HORIZON_DAYS } from './plan.ts'
import { aheadOf, type Planned, partsOf, seriesById } from './queries.ts'
import { requestReplan } from './replan.ts'
import { hoursOn, occurrences } from './series.ts'
import { REVISED } from './series-change.ts'
import { listedDates, ruleOf, SeriesInput, seriesColumns } from './series-input.ts'

/** The effect on a future session: changed, skipped because the series no longer has its date, or left, and why. */
export type Effect = { session: Planned; becomes: 'changed' | 'skipped' | 'edited' | 'booked' }

/** Edited, with the effect on each future session; or refused: faulty fields, or somebody else edited it meanwhile. */
export type SeriesEdited = Ok<{ effects: Effect[] }> | Refused<'invalid', { errors: Faults }> | Refused<'changed'>

type Read = { input: SeriesInput; row: SeriesRow; effects: Effect[] }

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
  const rule = ruleOf(input)
  const dates: readonly CivilDate[] =
    rule === null ? listedDates(input) : occurrences({ ...input, rule }, today, addDays(today, HORIZON_DAYS * 2))
  const effects = (await aheadOf(ctx, id, today)).map((session): Effect => {
    if (session.edited === 1 || session.suspension !== null || session.state === 'called_off') {
      return { session, becomes: 'edited' }
    }
    // Cancelled bookings count too: their times and slots are history.
    if (session.bookingsEver > 0) return { session, becomes: 'booked' }
    return { session, becomes: dates.includes(session.occurrence ?? '') ? 'changed' : 'skipped' }
  })
  return ok({ input, row, effects })
}

/**
 * The effects of an edit on each session. Changes nothing. For the desk of its prefecture. Throws `NotFound`,
 * `Forbidden`.
 */
export function previewSeries(ctx: Ctx, id: string, given: unknown): ReturnType<typeof read> {
  return read(ctx, id, given)
}

/** The fields taken from the series. */
const FOLLOWING = [
  'venue',
  'title_ja',
  'title_en',
  'note_ja',
  'note_en',
  'formats',
  'capacity',
  'closes',
  'acceptance',
  'apply_name',
  'apply_phone',
  'apply_url',
  'starts_at',
  'ends_at',
  'state',
  'skipped_by',
  'reason_ja',
  'reason_en',
] as const

/** The writes that apply its series to a session without bookings. They fail if it was booked or changed. */
function sessionWrites(ctx: Ctx, series: SeriesRow, { session, becomes }: Effect, closed: Closures): Write[] {
  const { db } = ctx.store
  const { id, occurrence } = session
  const booked = db.selectFrom('booking').select('id').where('session', '=', id)
  const expected = [...unchanged(ctx, 'session', session), expectNone(ctx, booked)]
  if (becomes === 'skipped') {
    return [
      ...expected,
      db
        .updateTable('session')
        .set({ ...REVISED, ...raised(ctx) })
        .where('id', '=', id),
    ]
  }
  const hours = hoursOn(series, occurrence ?? '')
  const returns = session.state === 'skipped' && session.skipped_by === 'series'
  const closure = closureOn(closed, occurrence ?? '', series.prefecture)
  const set: Partial<SessionRow> = {
    venue: series.venue,
    title_ja: series.title_ja,
    title_en: series.title_en,
    note_ja: series.note_ja,
    note_en: series.note_en,
    formats: series.formats,
    capacity: series.capacity,
    closes: series.closes,
    acceptance: series.acceptance,
    apply_name: series.apply_name,
    apply_phone: series.apply_phone,
    apply_url: series.apply_url,
    apply_url_printed: series.apply_url_printed,
    starts_at: hours?.starts_at ?? null,
    ends_at: hours?.ends_at ?? null,
    ...(returns && !closure && { state: 'published' as const, skipped_by: null, reason_ja: null, reason_en: null }),
  }
  return [
    ...expected,
    ...slotWrites(ctx, id, hours?.slots ?? []),
    db
      .updateTable('session')
      .set({ ...set, ...raised(ctx) })
      .where('id', '=', id),
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
      before: Object.fromEntries(FOLLOWING.map((column) => [column, session[column]])),
      slots: slots
        .filter((slot) => slot.session === session.id)
        .map(({ starts_at, ends_at, capacity }) => ({ starts_at, ends_at, capacity })),
    }))
  const left = effects.filter(({ becomes }) => becomes === 'edited' || becomes === 'booked')
  return { before: columns, dates, sessions, left: left.map(({ session }) => session.id), revision: revision + 1 }
}

const Revision = z.object({ revision: z.coerce.number().int() })

/**
 * Edits a series. Future sessions without an edit or booking follow it: skipped (休止) if their date is gone, held if it
 * returned. The others are left and returned. New dates are made at the next tick. One commit, from the `revision` on
 * the page. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function editSeries(ctx: Ctx, id: string, given: unknown): Promise<SeriesEdited> {
  const found = await read(ctx, id, given)
  if (!found.ok) return found
  const { input, row, effects } = found
  const known = Revision.safeParse(given)
  if (!known.success || known.data.revision !== row.revision) return refused('changed')
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
    note(ctx, 'series.edited', id, await before(ctx, row, effects)),
  )
  return done.ok ? ok({ effects }) : refusalFor(done)
}
