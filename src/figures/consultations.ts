import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { countedSessions, type Scope } from './scope.ts'

/** The recorded consultations of people who came in a period, and their minutes. Drafts do not count. */
export type ConsultationFigures = { records: number; minutes: number }

/** The recorded consultations of the sessions of a scope, by the day of the session. One query. Throws `Forbidden`. */
export async function consultationFigures(ctx: Ctx, scope: Scope): Promise<ConsultationFigures> {
  const { records, minutes } = await countedSessions(ctx, scope)
    .innerJoin('booking', 'booking.session', 'session.id')
    .innerJoin('consultation', 'consultation.id', 'booking.id')
    .where('consultation.state', '=', 'final')
    .where('booking.status', '=', 'attended')
    .select(sql<number | string>`count(*)`.as('records'))
    .select(sql<number | string>`coalesce(sum(consultation.minutes), 0)`.as('minutes'))
    .executeTakeFirstOrThrow()
  return { records: Number(records), minutes: Number(minutes) }
}
