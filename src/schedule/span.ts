import { addDays, addMonths, type CivilDate, monthOf } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'

/** The days that calendars can show at all. */
const WITHIN = { first: '2000-04-01', last: '2098-12-31' } as const

/** The first and the last day of the schedule, as links from page to page need them. */
export type Span = { first: CivilDate; last: CivilDate }

/** From the first to the last day of all programmes, of all sessions with a date, and of today. One query. */
export async function scheduleSpan(ctx: Ctx, today: CivilDate): Promise<Span> {
  const ends = await ctx.store.db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('programme')
        .select((of) => of.fn.min<string | null>('starts_on').as('day'))
        .as('opens'),
      eb
        .selectFrom('programme')
        .select((of) => of.fn.max<string | null>('ends_on').as('day'))
        .as('ends'),
      eb
        .selectFrom('session')
        .select((of) => of.fn.min<string | null>('date').as('day'))
        .as('first'),
      eb
        .selectFrom('session')
        .select((of) => of.fn.max<string | null>('date').as('day'))
        .as('last'),
    ])
    .executeTakeFirstOrThrow()
  const days = [ends.opens, ends.ends, ends.first, ends.last]
  const shown = days.flatMap((day) => (day !== null && WITHIN.first <= day && day <= WITHIN.last ? [day] : []))
  return {
    first: shown.reduce<CivilDate>((first, day) => (day < first ? day : first), today),
    last: shown.reduce<CivilDate>((last, day) => (day > last ? day : last), today),
  }
}

/** The months before and after a month; null if nothing of the schedule is there. */
export function monthsAround({ first, last }: Span, month: string): { prev: string | null; next: string | null } {
  const [prev, next] = [addMonths(month, -1), addMonths(month, 1)]
  return { prev: prev >= monthOf(first) ? prev : null, next: next <= monthOf(last) ? next : null }
}

/** The first days of the pages of `count` days before and after one. Null if nothing of the schedule is there. */
export function pagesAround(
  { first, last }: Span,
  from: CivilDate,
  count: number,
): { prev: CivilDate | null; next: CivilDate | null } {
  const next = addDays(from, count)
  return { prev: from > first ? addDays(from, -count) : null, next: next <= last ? next : null }
}
