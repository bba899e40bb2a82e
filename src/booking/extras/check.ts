import type { z } from 'zod'
import type { Faults } from '../../base/input.ts'
import {
  type Answering,
  type Answers,
  type Asking,
  companionsFit,
  type Extras,
  readAnswers,
} from '../../base/questions.ts'
import type { Ctx } from '../../context.ts'
import { askedOf } from '../../schedule/questions.ts'
import type { Session } from '../../schedule/session.ts'
import type { BookingRow } from '../../store/schema.ts'
import type { AnswersInput, CompanionsInput, SupportInput } from './input.ts'

/** The part of an application that its session's questions decide about. */
export type ExtrasInput = {
  seats: number
  answers?: z.output<typeof AnswersInput>
  companions?: z.output<typeof CompanionsInput>
  support?: z.output<typeof SupportInput>
}

/** The columns of a booking that hold them. */
export type ExtrasColumns = Pick<BookingRow, 'answers' | 'companions' | 'support'>

/** The columns of these answers, companions and support. */
export function extrasColumns(answers: Answers, { companions, support }: Omit<Extras, 'answers'>): ExtrasColumns {
  const sorted = Object.entries(answers).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const { interpreter, wheelchair, captions, sign_language, other } = support
  return {
    answers: JSON.stringify(Object.fromEntries(sorted)),
    companions: JSON.stringify(companions),
    support: JSON.stringify({ interpreter, wheelchair, captions, sign_language, other }),
  }
}

/** What was asked, what does not fit it by field, and the rest as a booking holds it. */
export type Checked = { asked: Asking; faults: Faults; extras: Extras; columns: ExtrasColumns }

/**
 * Reads the answers, companions and support of an application against what its session asks now, as `Answering` says.
 * One query.
 */
export async function checkExtras(ctx: Ctx, session: Session, input: ExtrasInput, by: Answering): Promise<Checked> {
  const asked = await askedOf(ctx, session)
  const { answers, faults } = readAnswers(asked.questions, input.answers ?? {}, by)
  const given = (input.companions ?? []).map(({ name }) => name)
  const companions = by !== 'api' && asked.companions === null ? [] : given
  const support = input.support ?? {}
  const fits = companionsFit(asked.companions, companions.length, input.seats, by)
  const answered = asked.questions.flatMap((question) => {
    const answer = answers[question.id]
    return answer === undefined ? [] : [{ question, answer }]
  })
  return {
    asked,
    faults: fits ? faults : { ...faults, companions: 'companions' },
    extras: { answers: answered, companions, support },
    columns: extrasColumns(answers, { companions, support }),
  }
}
