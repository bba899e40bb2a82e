import { requireSystem } from '../base/actor.ts'
import { newUid } from '../base/id.ts'
import { addDays, type CivilDate, civilDate, civilTime } from '../base/japan/civil.ts'
import { proposedClosure } from '../base/japan/holiday.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { type Closures, closureOn } from '../schedule/closure.ts'
import { closures } from '../schedule/closure-queries.ts'
import { note } from '../store/journal.ts'
import type { ProgrammeRow, SeriesRow } from '../store/schema.ts'
import { orThrow, type Write } from '../store/store.ts'
import { hoursOn, occurrences } from './series.ts'

/** How far ahead sessions are made, in days. */
export const HORIZON_DAYS = 90

/** Sessions are committed in batches of so many, so that a long plan never holds the database long. */
const BATCH = 20

/** Writes 祝日 and 年末年始 of the programmes as proposed closures, from a date on. Staff may confirm or lift them. */
async function proposeClosures(ctx: Ctx, programmes: ProgrammeRow[], from: CivilDate): Promise<void> {
  const writes: Write[] = []
  const known = await closures(ctx, from, '9999-12-31')
  for (const programme of programmes) {
    for (let date = programme.starts_on; date <= programme.ends_on; date = addDays(date, 1)) {
      const decided = known.get(date)?.some((one) => one.scope === 'all')
      const proposed = date >= from && !decided ? proposedClosure(date) : null
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

/** The writes that make one session of a series, itself first; made twice, the second changes nothing. */
function sessionWrites(
  ctx: Ctx,
  series: SeriesRow,
  day: { date: CivilDate; printed_weekday: string | null },
  programme: ProgrammeRow,
  closed: Closures,
): Write[] {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const id = `${series.id}-${day.date}`
  const hours = hoursOn(series, day.date)
  const closure = closureOn(closed, day.date, series.prefecture)
  const { kind, desk, venue, prefecture, title_ja, title_en, note_ja, note_en, formats, capacity } = series
  const { closes, cancels, apply_name, apply_phone, apply_url, apply_url_printed, printed, sample, acceptance } = series
  const session = {
    ...{ id, kind, desk, venue, prefecture, title_ja, title_en, note_ja, note_en, formats, capacity },
    ...{ closes, cancels, apply_name, apply_phone, apply_url, apply_url_printed, printed, sample, acceptance },
    uid: newUid(ctx.config.domain),
    series: series.id,
    occurrence: day.date,
    programme: programme.id,
    date: day.date,
    starts_at: hours?.starts_at ?? null,
    ends_at: hours?.ends_at ?? null,
    seats_taken: 0,
    excess: 0,
    state: closure ? ('skipped' as const) : ('published' as const),
    skipped_by: closure ? ('closure' as const) : null,
    reason_ja: closure?.reason_ja ?? null,
    reason_en: closure?.reason_en ?? null,
    opens_at: now,
    printed_weekday: day.printed_weekday,
    ...{ suspension: null, formats_before: null, meeting_url: null },
    edited: 0 as const,
    sequence: 0,
    revision: 0,
    created_at: now,
    updated_at: now,
  }
  return [
    db
      .insertInto('session')
      .values(session)
      .onConflict((oc) => oc.doNothing()),
    ...(hours?.slots ?? []).map((slot) =>
      db
        .insertInto('slot')
        .values({
          ...slot,
          id: `${id}-${civilTime(slot.starts_at).replace(':', '')}`,
          session: id,
          seats_taken: 0,
          excess: 0,
        })
        .onConflict((oc) => oc.doNothing()),
    ),
  ]
}

/**
 * Makes the sessions of every series that are missing between two dates: from today over the rolling horizon unless
 * said otherwise. Harmless to repeat; what exists is never touched, and an occurrence moved to another date is not made
 * again. A closed date is made as 休止. For the clockwork, seed and command line. Returns how many it made.
 */
export async function plan(ctx: Ctx, range: { from?: CivilDate; to?: CivilDate } = {}): Promise<Ok<{ made: number }>> {
  requireSystem(ctx.actor)
  const { db } = ctx.store
  const today = civilDate(ctx.clock.now())
  const from = range.from ?? today
  const to = range.to ?? addDays(today, HORIZON_DAYS)
  const programmes = await db.selectFrom('programme').selectAll().execute()
  await proposeClosures(
    ctx,
    programmes.filter((one) => one.ends_on >= from),
    from,
  )

  const listed = await db.selectFrom('series_date').selectAll().execute()
  const closed = await closures(
    ctx,
    from,
    listed.reduce((last, one) => (one.date > last ? one.date : last), to),
  )
  const existing = await db
    .selectFrom('session')
    .select(['series', 'occurrence'])
    .where('occurrence', '>=', from)
    .execute()
  const there = new Set(existing.map((row) => `${row.series} ${row.occurrence}`))
  let made = 0
  let batch: Write[][] = []
  const flush = async () => {
    if (batch.length === 0) return
    const changed = orThrow(await ctx.store.commit(...batch.flat()))
    for (const writes of batch) made += changed.splice(0, writes.length)[0] ?? 0
    batch = []
  }
  for (const series of await db.selectFrom('series').selectAll().execute()) {
    const { rule } = series
    const dates =
      rule === null
        ? listed.filter((one) => one.series === series.id && one.date >= from)
        : occurrences({ ...series, rule }, from, to).map((date) => ({ date, printed_weekday: null }))
    for (const day of dates) {
      const programme = programmes.find((one) => one.starts_on <= day.date && day.date <= one.ends_on)
      if (!programme || there.has(`${series.id} ${day.date}`)) continue
      batch.push(sessionWrites(ctx, series, day, programme, closed))
      if (batch.length === BATCH) await flush()
    }
  }
  await flush()
  if (made > 0) await ctx.store.commit(note(ctx, 'schedule.planned', 'series', { made, from, to }))
  return ok({ made })
}
