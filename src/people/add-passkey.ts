import { requireAccount } from '../base/actor.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import type { Pass } from './queries.ts'
import { registered } from './webauthn.ts'

/** Added. Refused: the browser's answer is not valid, or came too late. */
export type PasskeyAdded = Ok<{ passkey: string }> | Refused<'closed'>

/**
 * Stores the passkey that the browser made for the challenge of its pass. It becomes a second factor, and the pass
 * counts as proven. Throws `Forbidden`.
 */
export async function addPasskey(ctx: Ctx, pass: Pass, response: unknown, name: string): Promise<PasskeyAdded> {
  const account = requireAccount(ctx.actor)
  const made = pass.challenge === null ? null : await registered(ctx, response, pass.challenge)
  if (!made) return refused('closed')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const done = await ctx.store.commit(
    db.updateTable('pass').set({ proven: 1, challenge: null }).where('id', '=', pass.id),
    db
      .insertInto('passkey')
      .values({ ...made, account, name: name.slice(0, 60), created_at: now, used_at: null })
      .onConflict((oc) => oc.doNothing()),
    note(ctx, 'account.passkey_added', account),
  )
  return done.ok ? ok({ passkey: made.id }) : refused('closed')
}
