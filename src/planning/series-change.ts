import type { SeriesRow, SessionRow } from '../store/schema.ts'
import type { slotWrites } from './edit-session.ts'

/** Why a session is skipped whose date its series no longer has. */
export const REVISED = { reason_ja: '日程の見直し', reason_en: 'Schedule revised' }

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
