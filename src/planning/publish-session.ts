import { requireSystem } from '../base/actor.ts'
import { type CivilDate, instantAt } from '../base/japan/civil.ts'
import { titleReading } from '../base/japan/title-kana.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Acceptance, Format, Kind } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { DEFAULT_CANCELS, DEFAULT_CLOSES, type Deadline, deadlineText } from '../schedule/deadline.ts'
import { programmeOn } from '../schedule/place-queries.ts'
import { type Apply, applyColumns, type Localized } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { newSession } from './session-rows.ts'

/** A single session, for example a seminar. `date` or `hours` are null while undecided. */
export type SessionInput = {
  id: string
  kind: Kind
  desk: string
  venue: string | null
  prefecture: string
  title: Localized
  note: Localized | null
  date: CivilDate | null
  hours: { starts: string; ends: string } | null
  /** A date in the programme's year, used if the session has none yet. */
  announced_on: CivilDate
  formats: Format[]
  capacity: number | null
  /** 先着順 by default. */
  acceptance?: Acceptance
  closes?: Deadline
  cancels?: Deadline
  apply: Apply
  printed: string | null
  printed_weekday: string | null
  sample: boolean
}

/** Published, or refused if no programme covers its date. */
export type Published = Ok<{ session: string }> | Refused<'no_programme'>

/** Publishes a session without a series; booking opens at once. Idempotent. For the seed and the command line. */
export async function publishSession(ctx: Ctx, input: SessionInput): Promise<Published> {
  requireSystem(ctx.actor)
  const programme = await programmeOn(ctx, input.date ?? input.announced_on)
  if (!programme) return refused('no_programme')
  const { id, date, hours } = input
  const row = newSession(ctx, {
    id,
    series: null,
    occurrence: null,
    programme: programme.id,
    kind: input.kind,
    desk: input.desk,
    venue: input.venue,
    prefecture: input.prefecture,
    title_ja: input.title.ja,
    title_en: input.title.en,
    title_kana: titleReading(input.title.ja),
    note_ja: input.note?.ja ?? null,
    note_en: input.note?.en ?? null,
    date,
    starts_at: date && hours ? instantAt(date, hours.starts) : null,
    ends_at: date && hours ? instantAt(date, hours.ends) : null,
    formats: input.formats.join(','),
    capacity: input.capacity,
    acceptance: input.acceptance ?? 'first_come',
    state: 'published',
    skipped_by: null,
    reason_ja: null,
    reason_en: null,
    closes: deadlineText(input.closes ?? DEFAULT_CLOSES),
    cancels: deadlineText(input.cancels ?? DEFAULT_CANCELS),
    ...applyColumns(input.apply),
    printed: input.printed,
    printed_weekday: input.printed_weekday,
    sample: input.sample ? 1 : 0,
  })
  orThrow(
    await ctx.store.commit(
      ctx.store.db
        .insertInto('session')
        .values(row)
        .onConflict((oc) => oc.doNothing()),
      note(ctx, 'session.published', id),
    ),
  )
  return ok({ session: id })
}
