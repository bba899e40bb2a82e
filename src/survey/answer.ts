import * as z from 'zod'
import { paragraphs } from '../base/fields.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { monthOf } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { HolderRef } from '../booking/access.ts'
import { bookingByToken } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { type SurveyState, surveyState, TELEWORKS } from './survey.ts'

const mark = z.enum(['1', '2', '3', '4', '5'], 'choice').transform(Number)

/** An answer as the form sends it. */
const AnswerInput = z.object({
  satisfaction: mark,
  understood: mark,
  telework: z.enum(TELEWORKS, 'choice'),
  recommend: mark,
  comment: paragraphs(1000).default(''),
})

/** Answered, or refused: faulty fields, survey not open, or the booking changed three times meanwhile. */
export type Answered =
  | Ok<{ answered: true }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<Exclude<SurveyState, 'open'> | 'changed'>

/**
 * Takes the survey answer of the holder of the manage link with this token, once. The answer is stored apart from the
 * booking, which only records that there was one. Throws `NotFound` for an unknown token.
 */
export async function answerSurvey(ctx: Ctx, ref: HolderRef, given: unknown): Promise<Answered> {
  return retryOnConflict(async () => {
    const booking = await bookingByToken(ctx, ref.token)
    if (!booking) throw new NotFound('booking')
    const state = surveyState(booking, ctx.clock.now())
    if (state !== 'open') return refused(state)
    const parsed = AnswerInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    const { id, revision, session } = booking
    const { db } = ctx.store
    // No time and no journal line: either would show which booking an answer came with. So would ids in order.
    const done = await ctx.store.commit(
      ...unchanged(ctx, 'booking', booking),
      db
        .updateTable('booking')
        .set({ surveyed: 1, revision: revision + 1 })
        .where('id', '=', id)
        .where('surveyed', '=', 0),
      db.insertInto('survey_answer').values({
        id: crypto.randomUUID(),
        programme: session.programme.id,
        prefecture: session.prefecture,
        kind: session.kind,
        month: monthOf(session.date ?? ''),
        ...parsed.data,
      }),
    )
    return isCommitted(done) ? ok({ answered: true as const }) : null
  })
}
