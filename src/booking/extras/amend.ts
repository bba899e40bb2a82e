import type { Faults } from '../../base/input.ts'
import {
  ANSWERS,
  type Answering,
  type Answers,
  askedAgain,
  companionsFit,
  type Extras,
  readAnswers,
} from '../../base/questions.ts'
import type { Ctx } from '../../context.ts'
import { askedOf } from '../../schedule/questions.ts'
import type { Booking } from '../booking.ts'
import { type ExtrasColumns, type ExtrasInput, extrasColumns } from './check.ts'

/** What somebody asks to change. What is not given stays. */
export type ExtrasGiven = Partial<Omit<ExtrasInput, 'seats'>>

/** The answers of a booking, by the ids of their questions. */
export const answersOf = ({ answers }: Extras): Answers =>
  Object.fromEntries(answers.map(({ question, answer }) => [question.id, answer]))

/**
 * Reads changed answers, companions and support, with the columns that differ from before. Answers that are not given
 * stay, also those to what is not asked any more. A required question that was never answered may stay so. Its holder may
 * not take an answer to it back; a desk may.
 */
export async function amendExtras(
  ctx: Ctx,
  { session, extras }: Pick<Booking, 'session' | 'extras'>,
  seats: number,
  given: ExtrasGiven,
  by: Exclude<Answering, 'api'>,
): Promise<{ faults: Faults; columns: Partial<ExtrasColumns> }> {
  const asked = askedAgain(await askedOf(ctx, session), extras)
  const before = answersOf(extras)
  const after = { ...extras }
  const faults: Faults = {}
  let answers: Answers = before
  if ('answers' in given) {
    const typed: Record<string, unknown> = { ...before, ...given.answers }
    const read = readAnswers(asked.questions, typed, by)
    const isAsked = (id: string) => asked.questions.some((question) => question.id === id)
    answers = { ...Object.fromEntries(Object.entries(before).filter(([id]) => !isAsked(id))), ...read.answers }
    for (const [field, fault] of Object.entries(read.faults)) {
      const id = field.slice(ANSWERS.length)
      const isEmpty = [typed[id] ?? ''].flat().every((value) => value === '' || value === false)
      if (Object.hasOwn(before, id) || !isEmpty) faults[field] = fault
    }
  }
  if ('companions' in given) after.companions = (given.companions ?? []).map(({ name }) => name)
  if ('support' in given) after.support = given.support ?? {}
  const named = after.companions.length
  const changed = JSON.stringify(after.companions) !== JSON.stringify(extras.companions)
  if (changed ? !companionsFit(asked.companions, named, seats, by) : named > seats - 1 && named > 0) {
    faults.companions = 'companions'
  }
  const [was, is] = [extrasColumns(before, extras), extrasColumns(answers, after)]
  const names = Object.keys(is) as (keyof ExtrasColumns)[]
  return {
    faults,
    columns: Object.fromEntries(names.flatMap((name) => (was[name] === is[name] ? [] : [[name, is[name]]]))),
  }
}
