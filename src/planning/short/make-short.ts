import { requireDesk } from '../../base/actor.ts'
import { NotFound, type Ok, ok, type Refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { deskOf } from '../../people/desk.ts'
import { deskById } from '../../schedule/place-queries.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import { requireKeeper } from '../desks/input.ts'
import { seriesById } from '../queries.ts'
import { newShort, ownerText, type ShortOwner, shortOf } from './short.ts'

/** Made; `again` if there was one already, which stays. Refuses `changed` if it could not be stored three times. */
export type ShortMade = Ok<{ short: string; again: boolean }> | Refused<'changed'>

async function requireOwner(ctx: Ctx, { scope, id }: ShortOwner): Promise<void> {
  if (scope === 'series') {
    const series = await seriesById(ctx, id)
    if (!series) throw new NotFound('series')
    requireDesk(ctx.actor, series.prefecture)
    return
  }
  const row = await deskById(ctx, id)
  if (!row) throw new NotFound('desk')
  requireKeeper(ctx.actor, deskOf(row))
}

const MADE = { series: 'series.short_made', desk: 'desk.short_made' } as const

/**
 * Makes the short address of a series or desk, `/s/` and six characters. It is made once and never changes, because it is
 * printed. For the staff who may change the series or desk. Idempotent. Throws `NotFound`, `Forbidden`.
 */
export async function makeShort(ctx: Ctx, owner: ShortOwner): Promise<ShortMade> {
  await requireOwner(ctx, owner)
  return retryOnConflict(async () => {
    const known = await shortOf(ctx, owner)
    if (known !== null) return ok({ short: known, again: true })
    const short = newShort()
    const row = { short, owner: ownerText(owner), created_at: ctx.clock.now() }
    const done = await ctx.store.commit(
      ctx.store.db.insertInto('short_address').values(row),
      note(ctx, MADE[owner.scope], owner.id, { short }),
    )
    return isCommitted(done, ['short_address_once']) ? ok({ short, again: false }) : null
  })
}
