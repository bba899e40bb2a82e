import { type SqlBool, sql } from 'kysely'
import { requireSystem } from '../base/actor.ts'
import { civilDate } from '../base/japan/civil.ts'
import { type Ok, ok } from '../base/outcome.ts'
import { FREE } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { sessions } from '../schedule/queries.ts'
import { expectNone } from '../store/expectation.ts'
import { isCommitted } from '../store/retry.ts'
import { announce } from '../store/webhooks/announce.ts'

/** Sessions that are read at once. */
const PAGE = 500

/** Whether an active webhook wants to hear of places. */
async function isAsked(ctx: Ctx): Promise<boolean> {
  const asked = ctx.store.db
    .selectFrom('webhook')
    .select('id')
    .where('state', '=', 'active')
    .where(sql<SqlBool>`(types like '%,session.full,%' or types like '%,session.free,%')`)
    .limit(1)
  return (await asked.executeTakeFirst()) !== undefined
}

/** Tells of one session, unless another process has. */
async function tell(ctx: Ctx, session: string, full: 0 | 1): Promise<boolean> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const told = db.selectFrom('webhook_place').select('session').where('session', '=', session)
  const done = await ctx.store.commit(
    db
      .insertInto('webhook_place')
      .values({ session, full_told: full === 1 ? 0 : 1, told_at: now })
      .onConflict((oc) => oc.column('session').doNothing()),
    // The row is locked from here on.
    db.updateTable('webhook_place').set({ told_at: now }).where('session', '=', session),
    expectNone(ctx, told.where('full_told', '=', full)),
    db.updateTable('webhook_place').set({ full_told: full, told_at: now }).where('session', '=', session),
    announce(ctx, full === 1 ? 'session.full' : 'session.free', session),
  )
  return isCommitted(done)
}

/**
 * Tells webhooks which sessions ahead have become full, and which have places again. It compares what pages show with
 * what webhooks heard last. Pages count slots, offers and people who wait. Nothing is lost if it is interrupted. Does
 * nothing while no webhook asks. For the clockwork. Returns how many it told of.
 */
export async function tellPlaces(ctx: Ctx): Promise<Ok<{ told: number }>> {
  requireSystem(ctx.actor)
  if (!(await isAsked(ctx))) return ok({ told: 0 })
  const rows = await ctx.store.db.selectFrom('webhook_place').select(['session', 'full_told']).execute()
  const known = new Map(rows.map(({ session, full_told }) => [session, full_told]))
  let told = 0
  let after: string | null = null
  do {
    const page = await sessions(ctx, { from: civilDate(ctx.clock.now()) }, { limit: PAGE, after })
    for (const { id, status } of page.sessions) {
      const was = known.get(id) ?? 0
      const is = status === 'full' ? 1 : FREE.includes(status) ? 0 : was
      if (is !== was && (await tell(ctx, id, is))) told++
    }
    after = page.next
  } while (after !== null)
  return ok({ told })
}
