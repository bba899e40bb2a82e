import { newUid } from '../base/id.ts'
import { type CivilDate, civilTime, fiscalYearDays } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import type { Localized } from '../schedule/session.ts'
import type { SeriesRow, SessionRow, SlotRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { Hours } from './series.ts'

/** The columns that a caller gives a new session; the others are the same for every new session. */
export type SessionColumns = Omit<
  SessionRow,
  | 'uid'
  | 'seats_taken'
  | 'excess'
  | 'opens_at'
  | 'state_before'
  | 'suspension'
  | 'formats_before'
  | 'meeting_url'
  | 'edited'
  | 'sequence'
  | 'revision'
  | 'created_at'
  | 'updated_at'
  | 'seats_changed_at'
  | 'request'
>

/** The columns of a session that follow its series. Hours are null while they are undecided. */
export function fromSeries(series: SeriesRow, hours: Hours | null) {
  return {
    venue: series.venue,
    title_ja: series.title_ja,
    title_en: series.title_en,
    title_kana: series.title_kana,
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
  } satisfies Partial<SessionRow>
}

/** The row of a new session: nobody has booked or changed it, and booking opens at once. */
export function newSession(ctx: Ctx, columns: SessionColumns): SessionRow {
  const now = ctx.clock.now()
  return {
    ...columns,
    uid: newUid(ctx.config.domain),
    seats_taken: 0,
    excess: 0,
    opens_at: now,
    state_before: null,
    suspension: null,
    formats_before: null,
    meeting_url: null,
    edited: 0,
    sequence: 0,
    revision: 0,
    created_at: now,
    updated_at: now,
    seats_changed_at: now,
    request: null,
  }
}

/** The row of a new slot of a session, without bookings. Its id ends with its start as `HHMM`. */
export function newSlot(session: string, { starts_at, ends_at, capacity }: Hours['slots'][number]): SlotRow {
  return {
    id: `${session}-${civilTime(starts_at).replace(':', '')}`,
    session,
    starts_at,
    ends_at,
    capacity,
    seats_taken: 0,
    excess: 0,
  }
}

/** The visits of experts that a firm may have in a programme, unless it says otherwise. */
export const VISITS = 3

/** The write that opens the programme of a fiscal year, from 1 April to 31 March. Idempotent. */
export function programmeWrite(ctx: Ctx, year: number, name: Localized): Write {
  const [starts_on, ends_on] = fiscalYearDays(year)
  const row = {
    id: `fy${year}`,
    fiscal_year: year,
    name_ja: name.ja,
    name_en: name.en,
    starts_on,
    ends_on,
    retention_years: null,
    visits: VISITS,
    experts_until: null,
    revision: 0,
  }
  return ctx.store.db
    .insertInto('programme')
    .values(row)
    .onConflict((oc) => oc.doNothing())
}

/** The writes that add a series and its listed dates. Idempotent. */
export function seriesWrites(
  ctx: Ctx,
  columns: Omit<SeriesRow, 'revision' | 'created_at' | 'updated_at'>,
  dates: readonly { date: CivilDate; printed_weekday: string | null }[],
): Write[] {
  const { db } = ctx.store
  const now = ctx.clock.now()
  return [
    db
      .insertInto('series')
      .values({ ...columns, revision: 0, created_at: now, updated_at: now })
      .onConflict((oc) => oc.doNothing()),
    ...dates.map((day) =>
      db
        .insertInto('series_date')
        .values({ ...day, series: columns.id })
        .onConflict((oc) => oc.doNothing()),
    ),
  ]
}
