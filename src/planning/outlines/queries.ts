import type { Ctx } from '../../context.ts'
import { sessionsWithIds } from '../../schedule/queries.ts'
import type { Session } from '../../schedule/session.ts'
import type { OutlineRow } from '../../store/schema.ts'
import { type Outline, outlineOf } from './outline.ts'

/** The outline of a session as it is saved, or undefined. */
export async function outlineRow(ctx: Ctx, session: string): Promise<OutlineRow | undefined> {
  return ctx.store.db.selectFrom('outline').selectAll().where('session', '=', session).executeTakeFirst()
}

/** The outline of a session in the language of the request. Null without one. */
export async function outlineFor(ctx: Ctx, session: string): Promise<Outline | null> {
  const row = await outlineRow(ctx, session)
  return row ? outlineOf(row, ctx.locale) : null
}

/** Sessions on a page of the archive. */
const PAGE = 30

/** A session that is over, with its documents. */
export type Archived = { session: Session; outline: Outline }

/** Sessions that are over and have materials, the newest first: a page, and whether more follow. */
export async function archive(ctx: Ctx, page: number): Promise<{ found: Archived[]; more: boolean }> {
  const rows = await ctx.store.db
    .selectFrom('outline')
    .innerJoin('session', 'session.id', 'outline.session')
    .selectAll('outline')
    .where('outline.materials', '<>', '')
    .where('session.request', 'is', null)
    .where('session.state', '=', 'published')
    .where('session.ends_at', '<=', ctx.clock.now())
    .orderBy('session.date', 'desc')
    .orderBy('session.id')
    .limit(PAGE + 1)
    .offset((page - 1) * PAGE)
    .execute()
  const shown = rows.slice(0, PAGE)
  const sessions = new Map(
    (
      await sessionsWithIds(
        ctx,
        shown.map((row) => row.session),
      )
    ).map((one) => [one.id, one]),
  )
  const found = shown.flatMap((row) => {
    const session = sessions.get(row.session)
    return session ? [{ session, outline: outlineOf(row, ctx.locale) }] : []
  })
  return { found, more: rows.length > PAGE }
}
