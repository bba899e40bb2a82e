import { type Answers, type Extras, type Question, supportOf } from '../../base/questions.ts'
import type { Ctx } from '../../context.ts'
import { questionsWithIds } from '../../schedule/questions.ts'
import type { BookingRow } from '../../store/schema.ts'

type Row = Pick<BookingRow, 'answers' | 'companions' | 'support'>

/** The answers of a row, by the ids of their questions. */
function answersIn({ answers }: Pick<Row, 'answers'>): Answers {
  return JSON.parse(answers) as Answers
}

/** The columns of a row as extras; the answers in the order of `questions`, which are theirs. */
export function extrasWith(questions: readonly Question[], row: Row): Extras {
  const answers = answersIn(row)
  return {
    answers: questions.flatMap((question) => {
      const answer = answers[question.id]
      return answer === undefined ? [] : [{ question, answer }]
    }),
    companions: JSON.parse(row.companions) as string[],
    support: supportOf(row),
  }
}

/** The questions that these rows answer, in order. No query if there is no answer. */
export async function questionsOf(ctx: Ctx, rows: readonly Pick<Row, 'answers'>[]): Promise<Question[]> {
  const ids = rows.flatMap((row) => Object.keys(answersIn(row)))
  return ids.length === 0 ? [] : questionsWithIds(ctx, ids)
}

/** The extras of a booking. One query if it has answers. */
export async function extrasOf(ctx: Ctx, row: Row): Promise<Extras> {
  return extrasWith(await questionsOf(ctx, [row]), row)
}

/** The extras of the bookings of a session that have some, by the id of the booking. Two queries. */
export async function extrasIn(ctx: Ctx, session: string): Promise<Map<string, Extras>> {
  const rows = await ctx.store.db
    .selectFrom('booking')
    .select(['id', 'answers', 'companions', 'support'])
    .where('session', '=', session)
    .where((eb) => eb.or([eb('answers', '<>', '{}'), eb('companions', '<>', '[]'), eb('support', '<>', '{}')]))
    .execute()
  const questions = await questionsOf(ctx, rows)
  return new Map(rows.map((row) => [row.id, extrasWith(questions, row)]))
}
