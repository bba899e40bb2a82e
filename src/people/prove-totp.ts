import { requireAccount } from '../base/actor.ts'
import { plusMinutes } from '../base/clock.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { Act } from '../store/acts.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { totpOf } from './queries.ts'
import { totpStep } from './totp.ts'

/** Proven. Refused: the code is wrong now, or too many were tried. */
export type Proven = Ok<object> | Refused<'closed'>

/** Wrong codes allowed for one account, and in how many minutes. */
const TRIES = { minutes: 15, most: 10 }

/**
 * Proves the second factor by a code of the authenticator app. The pass then has all rights of its account. With
 * `setup`, the secret just shown, the app is set up first. Each code works once. Throws `Forbidden`.
 */
export async function proveTotp(ctx: Ctx, pass: string, code: string, setup: string | null = null): Promise<Proven> {
  const account = requireAccount(ctx.actor)
  const { db } = ctx.store
  const now = ctx.clock.now()
  const kept = await totpOf(ctx, account)
  const wrong = await db
    .selectFrom('journal')
    .select('id')
    .where('subject', '=', account)
    .where('act', '=', 'account.code_wrong' satisfies Act)
    .where('at', '>', plusMinutes(now, -TRIES.minutes))
    .execute()
  const secret = setup ?? kept?.totp_secret ?? null
  const after = setup === null ? (kept?.totp_step ?? null) : null
  if (wrong.length >= TRIES.most || secret === null || (setup !== null && kept?.totp_secret !== null)) {
    return refused('closed')
  }
  const step = totpStep(secret, code, now, after)
  if (step === null) {
    await ctx.store.commit(note(ctx, 'account.code_wrong', account))
    return refused('closed')
  }
  const mine = db.selectFrom('account').select('id').where('id', '=', account)
  const done = await ctx.store.commit(
    db
      .updateTable('account')
      .set({ totp_secret: secret, totp_step: step })
      .where('id', '=', account)
      .where((eb) => eb.or([eb('totp_step', 'is', null), eb('totp_step', '<', step)])),
    expectSome(ctx, mine.where('totp_secret', '=', secret).where('totp_step', '=', step)),
    db.updateTable('pass').set({ proven: 1 }).where('id', '=', pass).where('account', '=', account),
    note(ctx, setup === null ? 'account.proven' : 'account.totp_set_up', account),
  )
  return done.ok ? ok({}) : refused('closed')
}
