import { type SqlBool, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { queue } from '../store/outbox.ts'
import type { Write } from '../store/store.ts'
import { text } from '../store/text.ts'
import { CAP_KEY, newCap } from './rows.ts'
import { dayOf, recipient } from './source.ts'

/**
 * The writes that queue a letter for an act that must not be refused. A letter that the public caused counts for its
 * recipient. Beyond the cap it is withheld. The desk of its session sees it as failed (`CAPPED`).
 * Letters that a desk
 * or the clockwork causes always leave.
 */
export async function capLetter(
  ctx: Ctx,
  to: { email: string; session: string | null },
  letter: Parameters<typeof queue>[1],
): Promise<Write[]> {
  const { caps } = ctx.config
  const { db } = ctx.store
  if (caps === null || ctx.actor.kind !== 'public') return [queue(ctx, letter)]
  const source = await recipient(ctx, to.email)
  const own = { day: dayOf(ctx, 'letters'), counted: 'letters' as const, source: source.source }
  const here = { ...own, key_hash: source.key_hash }
  const counter = db.selectFrom('cap').select(sql<SqlBool>`n < most`.as('may'))
  const may = CAP_KEY.reduce((query, column) => query.where(column, '=', here[column]), counter)
  const room = sql<SqlBool>`n < most`
  const counted = db.updateTable('cap').set({
    n: sql<number>`case when ${room} then n + 1 else n end`,
    refused: sql<number>`case when ${room} then refused else refused + 1 end`,
    refused_at: sql<string | null>`case when ${room} then refused_at else ${text(ctx.clock.now())} end`,
    session: sql<
      string | null
    >`case when ${room} then session else ${to.session === null ? sql`session` : text(to.session)} end`,
  })
  return [
    db
      .insertInto('cap')
      .values(newCap(ctx, caps, 'letters', source))
      // Sets a column to itself, which locks the counter.
      .onConflict((oc) => oc.columns(CAP_KEY).doUpdateSet((eb) => ({ n: eb.ref('cap.n') }))),
    queue(ctx, letter, sql<SqlBool>`(${may})`),
    CAP_KEY.reduce((query, column) => query.where(column, '=', here[column]), counted),
  ]
}
