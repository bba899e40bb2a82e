import { requireSystem } from '../base/actor.ts'
import { prefecturesIn } from '../base/japan/prefecture.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import type { DeskRow } from '../store/schema.ts'
import { orThrow } from '../store/store.ts'
import { areaColumns } from './desk.ts'

/** A desk as it was published: with its prefecture or its region, or neither if it serves all of Japan. */
export type PublishedDesk = Omit<DeskRow, 'prefectures' | 'position' | 'ended_at' | 'revision'>

/**
 * Adds a published desk. `email_use` says whether letters may be sent to its address. Idempotent. For the seed. Throws
 * `Forbidden`.
 */
export async function addDesk(ctx: Ctx, desk: PublishedDesk): Promise<Ok<{ desk: string }>> {
  requireSystem(ctx.actor)
  const { prefecture, region } = desk
  const prefectures = prefecture === null ? prefecturesIn(region ?? '') : [prefecture]
  orThrow(
    await ctx.store.commit(
      ctx.store.db
        .insertInto('desk')
        .values({ ...desk, ...areaColumns(prefectures), position: null, ended_at: null, revision: 0 })
        .onConflict((oc) => oc.doNothing()),
      note(ctx, 'desk.added', desk.id),
    ),
  )
  return ok({ desk: desk.id })
}
