import { busyWrites } from '../advisers/busy.ts'
import type { Ctx } from '../context.ts'
import { sessionWrite } from '../schedule/change-session.ts'
import { unchanged } from '../store/expectation.ts'
import type { SessionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { expectUnbooked } from './affected.ts'

/** The columns of a skipped session whose date left its series. Only people read the reason. */
const REVISED = {
  state: 'skipped',
  skipped_by: 'series',
  reason_ja: '日程の見直し',
  reason_en: 'Schedule revised',
} as const satisfies Partial<SessionRow>

/** The writes that skip a session whose date left its series. They fail if it was booked or changed meanwhile. */
export function skipRevised(ctx: Ctx, session: Pick<SessionRow, 'id' | 'revision'>): Write[] {
  return [
    ...unchanged(ctx, 'session', session),
    expectUnbooked(ctx, session.id),
    sessionWrite(ctx, session.id, REVISED),
    ...busyWrites(ctx, session.id),
  ]
}
