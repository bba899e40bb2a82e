import { type CivilDate, civilDate } from '../base/japan/civil.ts'
import { type Format, IN_PERSON } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { suspensionsInForce } from './suspension-queries.ts'

/** A date on which a suspension in force moves sessions in person to another form. */
export type SuspendedDate = { date: CivilDate; into: Format }

/** What is to be held: where, in which forms, and when. */
type Plan = { prefecture: string; formats: readonly string[]; dates: readonly CivilDate[] }

/**
 * The dates of these plans that a suspension in force reaches, each once, in order. Plans without a form in person have
 * none. One query.
 */
export async function suspendedDates(ctx: Ctx, plans: readonly Plan[]): Promise<SuspendedDate[]> {
  const inPerson = plans.filter(({ formats }) => IN_PERSON.some((format) => formats.includes(format)))
  if (inPerson.length === 0) return []
  const found = new Map<CivilDate, Format>()
  for (const { prefectures, starts_on, ends_on, format } of await suspensionsInForce(ctx, civilDate(ctx.clock.now()))) {
    for (const { dates } of inPerson.filter(({ prefecture }) => prefectures.split(',').includes(prefecture))) {
      for (const date of dates) if (starts_on <= date && date <= ends_on && !found.has(date)) found.set(date, format)
    }
  }
  return [...found].map(([date, into]) => ({ date, into })).toSorted((a, b) => (a.date < b.date ? -1 : 1))
}
