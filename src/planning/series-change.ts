import type { SessionRow } from '../store/schema.ts'

/** How a session is skipped whose date its series no longer has. Its reason is read by people only. */
export const REVISED = {
  state: 'skipped',
  skipped_by: 'series',
  reason_ja: '日程の見直し',
  reason_en: 'Schedule revised',
} as const satisfies Partial<SessionRow>

/** The columns to put back. A line of the journal from before `skipped_by` does not say who skipped the session. */
export function columnsOf(before: Partial<SessionRow>): Partial<SessionRow> {
  return before.state === undefined ? before : { skipped_by: null, ...before }
}
