import { requireSystem } from '../base/actor.ts'
import { newUid } from '../base/id.ts'
import { type CivilDate, instantAt } from '../base/japan/civil.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Acceptance, Format, Kind } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { DEFAULT_CANCELS, DEFAULT_CLOSES, type Deadline, deadlineText } from '../schedule/deadline.ts'
import { programmeOn } from '../schedule/place-queries.ts'
import { type Apply, applyColumns, type Localized } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import type { SessionRow } from '../store/schema.ts'
import { orThrow } from '../store/store.ts'

/** A session of no series, for example a seminar. `date` or `hours` are null while undecided. */
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
  /** The programme's year, told by this date where the session has none yet. */
  announced_on: CivilDate
  formats: Format[]
  capacity: number | null
  /** 先着順 unless said otherwise. */
  acceptance?: Acceptance
  closes?: Deadline
  cancels?: Deadline
  apply: Apply
  printed: string | null
  printed_weekday: string | null
  sample: boolean
}

/** Published, or refused where no programme covers its date. */
export type Published = Ok<{ session: string }> | Refused<'no_programme'>

/** Publishes a session of no series; booking opens at once. Harmless to repeat. For the seed and command line. */
export async function publishSession(ctx: Ctx, input: SessionInput): Promise<Published> {
  requireSystem(ctx.actor)
  const programme = await programmeOn(ctx, input.date ?? input.announced_on)
  if (!programme) return refused('no_programme')
  const now = ctx.clock.now()
  const { id, kind, desk, venue, prefecture, date, hours, capacity, printed, printed_weekday } = input
  const row: SessionRow = {
    ...{ id, kind, desk, venue, prefecture, date, capacity, printed, printed_weekday },
    uid: newUid(ctx.config.domain),
    series: null,
    occurrence: null,
    programme: programme.id,
    title_ja: input.title.ja,
    title_en: input.title.en,
    note_ja: input.note?.ja ?? null,
    note_en: input.note?.en ?? null,
    starts_at: date && hours ? instantAt(date, hours.starts) : null,
    ends_at: date && hours ? instantAt(date, hours.ends) : null,
    formats: input.formats.join(','),
    seats_taken: 0,
    excess: 0,
    state: 'published',
    skipped_by: null,
    reason_ja: null,
    reason_en: null,
    opens_at: now,
    closes: deadlineText(input.closes ?? DEFAULT_CLOSES),
    cancels: deadlineText(input.cancels ?? DEFAULT_CANCELS),
    ...applyColumns(input.apply),
    acceptance: input.acceptance ?? 'first_come',
    sample: input.sample ? 1 : 0,
    ...{ suspension: null, formats_before: null, meeting_url: null },
    edited: 0,
    sequence: 0,
    revision: 0,
    created_at: now,
    updated_at: now,
  }
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
