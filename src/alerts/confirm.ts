import { NotFound, type Ok, ok, type Refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { endAlertWrites } from './end.ts'
import { lookAtPlaces } from './places.ts'
import { alertByToken, confirmedFor, placesKnown } from './queries.ts'

/** Confirmed, or refused because others changed it three times meanwhile. */
export type AlertConfirmed = Ok<{ alert: string }> | Refused<'changed'>

/**
 * Confirms the address of an alert, by the button of the page its link leads to. From now on it tells of places that free.
 * Another alert of the same person for the prefecture ends. Idempotent; one that has ended stays so. Throws `NotFound`
 * for an unknown token.
 */
export async function confirmAlert(ctx: Ctx, token: string): Promise<AlertConfirmed> {
  return retryOnConflict<AlertConfirmed>(async () => {
    const alert = await alertByToken(ctx, token)
    if (!alert) throw new NotFound('alert')
    const { id, prefecture, web } = alert
    if (alert.state !== 'asked') return ok({ alert: id })
    const others = await confirmedFor(ctx, alert)
    // What is free already is no news.
    const known = await placesKnown(ctx)
    const look = await lookAtPlaces(ctx, { prefectures: [prefecture], web: web === 1 }, known, { all: false })
    const now = ctx.clock.now()
    const done = await ctx.store.commit(
      ...look.writes,
      ...(others.length === 0
        ? []
        : endAlertWrites(
            ctx,
            others.map((one) => one.id),
          )),
      ctx.store.db
        .updateTable('alert')
        .set({ state: 'confirmed', since: now, updated_at: now })
        .where('id', '=', id)
        .where('state', '=', 'asked'),
      ...others.map((one) => note(ctx, 'alert.ended', one.id)),
      note(ctx, 'alert.confirmed', id),
    )
    return isCommitted(done, ['alert_once']) ? ok({ alert: id }) : null
  })
}
