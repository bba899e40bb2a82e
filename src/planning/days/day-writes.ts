import type { Ctx } from '../../context.ts'
import type { DetailOf } from '../../store/acts.ts'
import { note } from '../../store/journal.ts'
import type { SessionRow } from '../../store/schema.ts'
import type { Write } from '../../store/store.ts'
import type { Times } from '../affected.ts'
import { newSession, newSlot, type SessionColumns } from '../session-rows.ts'

/** What a printed schedule said about a day. */
export type Printed = Pick<SessionColumns, 'printed' | 'printed_weekday'>

const UNPRINTED: Printed = { printed: null, printed_weekday: null }

/** The columns of a day that no series makes. It is published. */
export type DayColumns = Omit<
  SessionColumns,
  | ('id' | 'series' | 'occurrence' | 'state' | 'skipped_by' | 'reason_ja' | 'reason_en')
  | ('printed' | 'printed_weekday' | 'sample')
>

/** The columns of a day by those of a session, on another date of another programme. */
export function dayColumns(
  row: SessionRow,
  on: Pick<SessionRow, 'date' | 'programme' | 'starts_at' | 'ends_at'>,
): DayColumns {
  return {
    kind: row.kind,
    desk: row.desk,
    venue: row.venue,
    prefecture: row.prefecture,
    title_ja: row.title_ja,
    title_en: row.title_en,
    title_kana: row.title_kana,
    note_ja: row.note_ja,
    note_en: row.note_en,
    formats: row.formats_before ?? row.formats,
    capacity: row.capacity,
    acceptance: row.acceptance,
    closes: row.closes,
    cancels: row.cancels,
    apply_name: row.apply_name,
    apply_phone: row.apply_phone,
    apply_url: row.apply_url,
    apply_url_printed: row.apply_url_printed,
    ...on,
  }
}

/** The writes that publish a day of no series with its slots. Booking opens at once. */
export function dayWrites(
  ctx: Ctx,
  id: string,
  columns: DayColumns,
  slots: Times,
  detail: DetailOf<'session.published'>,
  printed = UNPRINTED,
): Write[] {
  const { db } = ctx.store
  const row = newSession(ctx, {
    ...columns,
    id,
    series: null,
    occurrence: null,
    state: 'published',
    skipped_by: null,
    reason_ja: null,
    reason_en: null,
    ...printed,
    sample: 0,
  })
  return [
    db.insertInto('session').values(row),
    ...slots.map((slot) => db.insertInto('slot').values(newSlot(id, slot))),
    note(ctx, 'session.published', id, detail),
  ]
}
