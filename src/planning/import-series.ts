import { onlySystem } from '../base/actor.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Acceptance, Format, Kind } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { DEFAULT_CANCELS, DEFAULT_CLOSES, type Deadline, deadlineText } from '../schedule/deadline.ts'
import { type Apply, applyColumns, type Both } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import type { SeriesRow } from '../store/schema.ts'
import { unbroken } from '../store/store.ts'

/** A series as staff define it: by a rule, or by listed dates with the weekday as it was printed. */
export type SeriesInput = {
  id: string
  kind: Kind
  desk: string
  venue: string | null
  prefecture: string
  title: Both
  note: Both | null
  /** RRULE text without `RRULE:`, for example `FREQ=WEEKLY;BYDAY=FR`. */
  rule: string | null
  dates: { date: CivilDate; printed_weekday: string | null }[]
  starts_on: CivilDate
  until: CivilDate | null
  /** Hours `HH:MM`: of the whole day, or of slots of `minutes` with `capacity` people each; null while undecided. */
  hours: { starts: string; ends: string } | { slots: string[]; minutes: number; capacity: number | null } | null
  capacity: number | null
  formats: Format[]
  /** 先着順 unless said otherwise. */
  acceptance?: Acceptance
  closes?: Deadline
  cancels?: Deadline
  apply: Apply
  printed: string | null
  sample: boolean
}

/** Starts a series; its sessions are made by `plan`. Harmless to repeat. For the seed and command line. */
export async function startSeries(ctx: Ctx, input: SeriesInput): Promise<Ok<{ series: string }>> {
  onlySystem(ctx.actor)
  const now = ctx.clock.now()
  const { id, kind, desk, venue, prefecture, rule, starts_on, until, capacity, printed, hours } = input
  const slots = hours && 'slots' in hours ? hours : null
  const whole = hours && 'starts' in hours ? hours : null
  const row: SeriesRow = {
    ...{ id, kind, desk, venue, prefecture, rule, starts_on, until, capacity, printed },
    title_ja: input.title.ja,
    title_en: input.title.en,
    note_ja: input.note?.ja ?? null,
    note_en: input.note?.en ?? null,
    starts: whole?.starts ?? null,
    ends: whole?.ends ?? null,
    slot_minutes: slots?.minutes ?? null,
    slot_starts: slots?.slots.join(',') ?? '',
    slot_capacity: slots?.capacity ?? null,
    formats: input.formats.join(','),
    closes: deadlineText(input.closes ?? DEFAULT_CLOSES),
    cancels: deadlineText(input.cancels ?? DEFAULT_CANCELS),
    ...applyColumns(input.apply),
    acceptance: input.acceptance ?? 'first_come',
    sample: input.sample ? 1 : 0,
    revision: 0,
    created_at: now,
    updated_at: now,
  }
  unbroken(
    await ctx.store.commit(
      ctx.store.db
        .insertInto('series')
        .values(row)
        .onConflict((oc) => oc.doNothing()),
      ...input.dates.map((day) =>
        ctx.store.db
          .insertInto('series_date')
          .values({ series: id, ...day })
          .onConflict((oc) => oc.doNothing()),
      ),
      note(ctx, 'series.started', id),
    ),
  )
  return ok({ series: id })
}
