import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Write } from '../store/store.ts'

/** The visits of a firm that count in a programme: planned, held, missed, and cancelled late (docs/domain.md rule 20). */
const counted = sql<number>`(select count(*) from visit
  inner join request on request.id = visit.request
  inner join session on session.id = visit.session
  inner join booking on booking.id = visit.booking
  where request.firm = entitlement.firm and session.programme = entitlement.programme
  and (visit.late_cancel = 1 or booking.status in ('booked', 'attended', 'absent')))`

/** The write that recounts the visits that a firm used. It breaks `firm_has_visits_left` beyond what it may have. */
export function recountVisits(ctx: Pick<Ctx, 'store'>, firm: string): Write {
  return ctx.store.db.updateTable('entitlement').set({ used: counted }).where('firm', '=', firm)
}
