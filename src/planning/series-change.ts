import type { SessionRow } from '../store/schema.ts'

/** The columns of a skipped session whose date left its series. Only people read the reason. */
export const REVISED = {
  state: 'skipped',
  skipped_by: 'series',
  reason_ja: '日程の見直し',
  reason_en: 'Schedule revised',
} as const satisfies Partial<SessionRow>

/** The columns to restore. Journal lines older than `skipped_by` do not say who skipped the session. */
export function columnsOf(before: Partial<SessionRow>): Partial<SessionRow> {
  return before.state === undefined ? before : { skipped_by: null, ...before }
}
