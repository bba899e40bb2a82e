import { requireSystem } from '../base/actor.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import { titleReading } from '../base/japan/title-kana.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Acceptance, Format, Kind } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { DEFAULT_CANCELS, DEFAULT_CLOSES, type Deadline, deadlineText } from '../schedule/deadline.ts'
import { type Apply, applyColumns, type Localized } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { seriesWrites } from './session-rows.ts'

/** A series as staff define it: by a rule, or by listed dates with their printed weekday. */
export type SeriesInput = {
  id: string
  kind: Kind
  desk: string
  venue: string | null
  prefecture: string
  title: Localized
  note: Localized | null
  /** RRULE text without `RRULE:`, for example `FREQ=WEEKLY;BYDAY=FR`. */
  rule: string | null
  dates: { date: CivilDate; printed_weekday: string | null }[]
  starts_on: CivilDate
  until: CivilDate | null
  /** Hours `HH:MM`: of the whole day, or slots of `minutes` with `capacity` people each; null while undecided. */
  hours: { starts: string; ends: string } | { slots: string[]; minutes: number; capacity: number | null } | null
  capacity: number | null
  formats: Format[]
  /** 先着順 by default. */
  acceptance?: Acceptance
  closes?: Deadline
  cancels?: Deadline
  apply: Apply
  printed: string | null
  sample: boolean
}

/** Begins a series; `plan` makes its sessions. Idempotent. For the seed and the command line. */
export async function importSeries(ctx: Ctx, input: SeriesInput): Promise<Ok<{ series: string }>> {
  requireSystem(ctx.actor)
  const { id, hours, dates } = input
  const slots = hours && 'slots' in hours ? hours : null
  const whole = hours && 'starts' in hours ? hours : null
  const columns = {
    id,
    kind: input.kind,
    desk: input.desk,
    venue: input.venue,
    prefecture: input.prefecture,
    rule: input.rule,
    starts_on: input.starts_on,
    until: input.until,
    title_ja: input.title.ja,
    title_en: input.title.en,
    title_kana: titleReading(input.title.ja),
    note_ja: input.note?.ja ?? null,
    note_en: input.note?.en ?? null,
    starts: whole?.starts ?? null,
    ends: whole?.ends ?? null,
    slot_minutes: slots?.minutes ?? null,
    slot_starts: slots?.slots.join(',') ?? '',
    slot_capacity: slots?.capacity ?? null,
    formats: input.formats.join(','),
    capacity: input.capacity,
    acceptance: input.acceptance ?? 'first_come',
    closes: deadlineText(input.closes ?? DEFAULT_CLOSES),
    cancels: deadlineText(input.cancels ?? DEFAULT_CANCELS),
    ...applyColumns(input.apply),
    printed: input.printed,
    sample: input.sample ? (1 as const) : (0 as const),
  }
  orThrow(await ctx.store.commit(...seriesWrites(ctx, columns, dates), note(ctx, 'series.started', id)))
  return ok({ series: id })
}
