import type { Faults } from '../../base/input.ts'
import { type Answering, type Asking, companionsFit, NOTHING_ASKED, readAnswers } from '../../base/questions.ts'
import type { Ctx } from '../../context.ts'
import { askedOf } from '../../schedule/questions.ts'
import type { Session } from '../../schedule/session.ts'
import type { Booking } from '../booking.ts'
import { answersOf } from './amend.ts'
import { type ExtrasColumns, type ExtrasInput, extrasColumns } from './check.ts'

type Moving = Pick<Booking, 'session' | 'extras' | 'seats'>

/**
 * What another session asks that a booking does not say yet. Nothing within its own session. One query.
 */
export async function askedOnMove(ctx: Ctx, booking: Moving, to: Pick<Session, 'id' | 'series'>): Promise<Asking> {
  const { session, extras, seats } = booking
  if (to.id === session.id) return NOTHING_ASKED
  const { questions, companions } = await askedOf(ctx, to)
  const said = new Set(extras.answers.map(({ question }) => question.id))
  const named = extras.companions.length > 0 || seats < 2
  return { questions: questions.filter(({ id }) => !said.has(id)), companions: named ? null : companions }
}

/**
 * Reads what somebody answers to `askedOnMove`, with the columns that it adds. What the booking said before stays, also
 * what the new session does not ask.
 */
export async function extrasOnMove(
  ctx: Ctx,
  booking: Moving,
  to: Pick<Session, 'id' | 'series'>,
  given: Pick<ExtrasInput, 'answers' | 'companions'>,
  by: Exclude<Answering, 'api'>,
): Promise<{ faults: Faults; columns: Partial<ExtrasColumns> }> {
  const asked = await askedOnMove(ctx, booking, to)
  const { extras, seats } = booking
  const { answers, faults } = readAnswers(asked.questions, given.answers ?? {}, by)
  const names = asked.companions === null ? [] : (given.companions ?? []).map(({ name }) => name)
  if (!companionsFit(asked.companions, names.length, seats, by)) faults.companions = 'companions'
  const columns = extrasColumns({ ...answersOf(extras), ...answers }, { ...extras, companions: names })
  return {
    faults,
    columns: {
      ...(Object.keys(answers).length > 0 && { answers: columns.answers }),
      ...(names.length > 0 && { companions: columns.companions }),
    },
  }
}
