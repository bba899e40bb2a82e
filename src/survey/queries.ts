import { type ExpressionBuilder, sql } from 'kysely'
import type { CivilDate } from '../base/japan/civil.ts'
import { wantsMessages } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import type { BookingRow, Schema } from '../store/schema.ts'
import { FEWEST_ANSWERS, figuresOf, type SurveyFigures } from './survey.ts'

/** The bookings to survey: with a place from a date to another (both included) and an e-mail, not asked yet. */
export async function toBeSurveyed(
  ctx: Ctx,
  from: CivilDate,
  to: CivilDate,
): Promise<Pick<BookingRow, 'id' | 'sequence' | 'locale'>[]> {
  const { db } = ctx.store
  const sessions = db.selectFrom('session').select('session.id').where('date', '>=', from).where('date', '<=', to)
  const asked = db
    .selectFrom('outbox')
    .select('outbox.id')
    .where('outbox.about', '=', 'booking')
    .where('outbox.subject', '=', sql.ref<string>('booking.id'))
    .where('outbox.kind', '=', 'survey')
  return db
    .selectFrom('booking')
    .select(['id', 'sequence', 'locale'])
    .where('session', 'in', sessions.where('session.state', '=', 'published').where('starts_at', 'is not', null))
    .where('status', 'in', ['booked', 'attended'])
    .where('email', 'is not', null)
    .where('surveyed', '=', 0)
    .where(wantsMessages)
    .where(({ not, exists }) => not(exists(asked)))
    .orderBy('id')
    .execute()
}

/** Filters of survey answers; `month` is the session's, `YYYY-MM`. */
export type SurveyFilter = { programme?: string; prefecture?: string; month?: string }

function answersOf({ programme, prefecture, month }: SurveyFilter) {
  return (eb: ExpressionBuilder<Schema, 'survey_answer'>) =>
    eb.and([
      ...(programme === undefined ? [] : [eb('programme', '=', programme)]),
      ...(prefecture === undefined ? [] : [eb('prefecture', '=', prefecture)]),
      ...(month === undefined ? [] : [eb('month', '=', month)]),
    ])
}

/** The figures of the survey, or null if fewer than three have answered. One query. */
export async function surveyFigures(ctx: Ctx, filter: SurveyFilter = {}): Promise<SurveyFigures | null> {
  const rows = await ctx.store.db
    .selectFrom('survey_answer')
    .select(['satisfaction', 'understood', 'recommend', 'telework'])
    .select((eb) => eb.fn.countAll<number | string>().as('answers'))
    .where(answersOf(filter))
    .groupBy(['satisfaction', 'understood', 'recommend', 'telework'])
    .execute()
  return figuresOf(rows.map((row) => ({ ...row, answers: Number(row.answers) })))
}

/** Comments of the survey, sorted by text to hide their writers; empty if fewer than three have answered. */
export async function surveyComments(ctx: Ctx, filter: SurveyFilter = {}): Promise<string[]> {
  const rows = await ctx.store.db
    .selectFrom('survey_answer')
    .select('comment')
    .where(answersOf(filter))
    .orderBy('comment')
    .execute()
  return rows.length < FEWEST_ANSWERS ? [] : rows.map((row) => row.comment).filter((comment) => comment !== '')
}
