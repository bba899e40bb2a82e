import { requireDesk } from '../../base/actor.ts'
import { NotFound } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import type { QuestionRow, SeriesRow, SessionRow } from '../../store/schema.ts'
import { plannedById, seriesById } from '../queries.ts'

/** Whose questions they are: of a series, or of one session. */
export type Owner = { series: string; session: null } | { series: null; session: string }

/** The series or session of a question. */
export type Owned = { owner: Owner; series: SeriesRow | null; session: SessionRow | null }

/** The owner of a row. */
export function ownerOf({ series, session }: Pick<QuestionRow, 'series' | 'session'>): Owner {
  return series === null ? { series, session: session ?? '' } : { series, session: null }
}

/** The series or session whose questions somebody may change. For the desk of its prefecture. Throws `NotFound`, `Forbidden`. */
export async function requireOwner(ctx: Ctx, owner: Owner): Promise<Owned> {
  const series = owner.series === null ? null : ((await seriesById(ctx, owner.series)) ?? null)
  const session = owner.session === null ? null : ((await plannedById(ctx, owner.session)) ?? null)
  const found = series ?? session
  if (!found) throw new NotFound('question')
  requireDesk(ctx.actor, found.prefecture)
  return { owner, series, session }
}

/** One question, or undefined. */
async function questionById(ctx: Ctx, id: string): Promise<QuestionRow | undefined> {
  if (id.includes('\0')) return undefined // PostgreSQL throws at it
  return ctx.store.db.selectFrom('question').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A question that somebody may change. For the desk of its prefecture. Throws `NotFound`, `Forbidden`. */
export async function requireQuestion(ctx: Ctx, id: string): Promise<QuestionRow> {
  const row = await questionById(ctx, id)
  if (!row) throw new NotFound('question')
  await requireOwner(ctx, ownerOf(row))
  return row
}

/** The questions of a series or session, also retired ones, in their order. One query. */
export async function questionsOfOwner(ctx: Ctx, { series, session }: Owner): Promise<QuestionRow[]> {
  const query = ctx.store.db.selectFrom('question').selectAll()
  const own = series === null ? query.where('session', '=', session) : query.where('series', '=', series)
  return own.orderBy('position').orderBy('id').execute()
}

/** A query that finds a booking that answered a question. */
export function answeredBy(ctx: Ctx, id: string) {
  return ctx.store.db.selectFrom('booking').select('booking.id').where('answers', 'like', `%"${id}"%`)
}
