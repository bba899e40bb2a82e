import { chunks } from '../base/chunks.ts'
import type { Asking, Option, Question } from '../base/questions.ts'
import type { Ctx } from '../context.ts'
import { once } from '../store/once.ts'
import type { QuestionRow } from '../store/schema.ts'
import { askedAtOnce } from './remembered.ts'
import type { Session } from './session.ts'

/** D1 binds at most 100 parameters a statement. */
const PARAMETERS = 90

/** The options in a column. */
export function optionsOf({ options }: Pick<QuestionRow, 'options'>): Option[] {
  return JSON.parse(options) as Option[]
}

function questionOf(row: QuestionRow): Question | null {
  const { id, kind, required, label_ja, label_en } = row
  if (kind === 'companions') return null
  return { id, kind, required: required === 1, label: { ja: label_ja, en: label_en }, options: optionsOf(row) }
}

/** Rows as what they ask together. */
function askingOf(rows: readonly QuestionRow[]): Asking {
  const names = rows.filter(({ kind }) => kind === 'companions')
  return {
    questions: rows.flatMap((row) => questionOf(row) ?? []),
    companions: names.length === 0 ? null : names.some(({ required }) => required === 1) ? 'required' : 'optional',
  }
}

const asking = once((db, { id, series }: { id: string; series: string | undefined }) =>
  db
    .selectFrom('question')
    .selectAll()
    .where((eb) => eb.or([eb('session', '=', id), ...(series === undefined ? [] : [eb('series', '=', series)])]))
    .where('retired_at', 'is', null)
    .orderBy((eb) => eb.case().when('series', 'is', null).then(1).else(0).end())
    .orderBy('position')
    .orderBy('id'),
)

/** What a session asks now: the questions of its series first, then its own. One query; none at once (`ctx.atOnce`). */
export async function askedOf(ctx: Ctx, session: Pick<Session, 'id' | 'series'>): Promise<Asking> {
  const { id, series } = session
  const read = async () => askingOf(await asking.rows(ctx.store.db, { id, series: series ?? undefined }))
  return ctx.atOnce ? askedAtOnce(session, read) : read()
}

/** Whether a text that somebody sent can be an id. PostgreSQL throws at others. */
const isId = (text: string) => /^[\w-]{1,64}$/.test(text)

/** The questions with these ids, also retired ones, in their order. */
export async function questionsWithIds(ctx: Ctx, ids: readonly string[]): Promise<Question[]> {
  const found: QuestionRow[] = []
  for (const some of chunks([...new Set(ids)].filter(isId), PARAMETERS)) {
    found.push(...(await ctx.store.db.selectFrom('question').selectAll().where('id', 'in', some).execute()))
  }
  const rank = (row: QuestionRow) => (row.series === null ? 1 : 0)
  return found
    .toSorted((a, b) => rank(a) - rank(b) || a.position - b.position || (a.id < b.id ? -1 : 1))
    .flatMap((row) => questionOf(row) ?? [])
}
