import type { SeriesRow, SessionRow } from '../store/schema.ts'
import type { slotWrites } from './edit-session.ts'

/** How a session is skipped whose date its series no longer has. Its reason is read by people only. */
export const REVISED = {
  state: 'skipped',
  skipped_by: 'series',
  reason_ja: '日程の見直し',
  reason_en: 'Schedule revised',
} as const satisfies Partial<SessionRow>

/** What the journal keeps of the edit of a series: columns of the schedule only. */
export type SeriesBefore = {
  before: Partial<SeriesRow>
  dates: string[]
  sessions: Before[]
  /** Ids of the sessions that the edit left alone. */
  left: string[]
  revision: number
}

/** How a session was before its series was edited, and its revision since. */
export type Before = {
  id: string
  revision: number
  before: Partial<SessionRow>
  slots: Parameters<typeof slotWrites>[2]
}

/** The columns to put back. A line of the journal from before `skipped_by` does not say who skipped the session. */
export function columnsOf(before: Partial<SessionRow>): Partial<SessionRow> {
  return before.state === undefined ? before : { skipped_by: null, ...before }
}
