import { requireAccount, requireSecretariat } from '../base/actor.ts'
import { plusMinutes } from '../base/clock.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { tellAccount } from '../people/write/tell-account.ts'
import { expectNone, lockRow } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'

/** Minutes in which a second press of the button sends no second letter. */
const AGAIN = 1

/**
 * Sends the actor a letter on trial, on the way that every letter takes. Asked again within a minute, it sends no other
 * one. For the secretariat. Throws `Forbidden`.
 */
export async function tryLetter(ctx: Ctx): Promise<Ok<object>> {
  requireSecretariat(ctx.actor)
  const account = requireAccount(ctx.actor)
  const just = ctx.store.db
    .selectFrom('outbox')
    .select('id')
    .where('subject', '=', account)
    .where('about', '=', 'account')
    .where('kind', '=', 'trial')
    .where('created_at', '>', plusMinutes(ctx.clock.now(), -AGAIN))
  isCommitted(
    await ctx.store.commit(
      lockRow(ctx, 'account', account),
      expectNone(ctx, just),
      tellAccount(ctx, 'trial', account, {}),
      note(ctx, 'account.trial_asked', account),
    ),
  )
  return ok({})
}
