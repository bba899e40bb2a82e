import type { Faults } from '../../base/input.ts'
import { ANSWERS, companionsFit, type Extras, readAnswers } from '../../base/questions.ts'
import type { Ctx } from '../../context.ts'
import { askedOf } from '../../schedule/questions.ts'
import type { Booking } from '../booking.ts'
import { type ExtrasColumns, type ExtrasInput, extrasColumns } from './check.ts'

/** What a holder asks to change. What is not given stays. */
type Given = Partial<Omit<ExtrasInput, 'seats'>>

const answersOf = ({ answers }: Extras) =>
  Object.fromEntries(answers.map(({ question, answer }) => [question.id, answer]))

/**
 * Reads changed answers, companions and support, with the columns that differ from before. Answers to what is not asked
 * any more stay. A required question that was never answered may stay so; an answer to it may not be taken back.
 */
export async function amendExtras(
  ctx: Ctx,
  { session, extras }: Pick<Booking, 'session' | 'extras'>,
  seats: number,
  given: Given,
): Promise<{ faults: Faults; columns: Partial<ExtrasColumns> }> {
  const asked = await askedOf(ctx, session)
  const before = answersOf(extras)
  const after = { ...extras }
  const faults: Faults = {}
  let answers = before
  if ('answers' in given) {
    const read = readAnswers(asked.questions, given.answers ?? {}, 'form')
    const old = Object.entries(before).filter(([id]) => asked.questions.every((question) => question.id !== id))
    answers = { ...Object.fromEntries(old), ...read.answers }
    const isEmpty = (id: string) => [given.answers?.[id] ?? ''].flat().every((value) => value === '' || value === false)
    for (const [field, fault] of Object.entries(read.faults)) {
      const id = field.slice(ANSWERS.length)
      if (id in before || !isEmpty(id)) faults[field] = fault
    }
  }
  if ('companions' in given) after.companions = (given.companions ?? []).map(({ name }) => name)
  if ('support' in given) after.support = given.support ?? {}
  const named = after.companions.length
  const changed = JSON.stringify(after.companions) !== JSON.stringify(extras.companions)
  if (changed ? !companionsFit(asked.companions, named, seats, 'form') : named > seats - 1 && named > 0) {
    faults.companions = 'companions'
  }
  const [was, is] = [extrasColumns(before, extras), extrasColumns(answers, after)]
  const names = Object.keys(is) as (keyof ExtrasColumns)[]
  return { faults, columns: Object.fromEntries(names.flatMap((name) => (was[name] === is[name] ? [] : [[name, is[name]]]))) }
}
