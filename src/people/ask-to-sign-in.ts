import { z } from 'zod'
import { plusMinutes } from '../base/clock.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { secretId, sha256 } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { queue } from '../store/outbox.ts'
import { orThrow } from '../store/store.ts'
import { accountEmail, SIGN_IN, signInToken } from './account.ts'
import { accountByEmail, signInsSince } from './queries.ts'

const AskInput = z.object({ email: accountEmail })

/** Asked, or refused for a faulty address. Whether there is such an account is not told. */
export type Asked = Ok<{ email: string }> | Refused<'invalid', { errors: Faults }>

/**
 * Sends a link and a code to sign in with, where the address has an active account and was not sent too many lately; the
 * answer is the same either way. Open to everybody.
 */
export async function askToSignIn(ctx: Ctx, given: unknown): Promise<Asked> {
  const parsed = AskInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { email } = parsed.data
  const account = await accountByEmail(ctx, email)
  const now = ctx.clock.now()
  const since = plusMinutes(now, -SIGN_IN.minutes)
  const secret = ctx.config.secrets[0]
  if (account?.state !== 'active' || secret === undefined) return ok({ email })
  if ((await signInsSince(ctx, account.id, since)).length >= SIGN_IN.letters) return ok({ email })
  const id = newId(now)
  const kept = { id, secret_id: await secretId(secret) }
  const token = await signInToken(ctx, kept)
  orThrow(
    await ctx.store.commit(
      ctx.store.db.insertInto('sign_in').values({
        ...{ ...kept, account: account.id, token_hash: await sha256(token ?? ''), attempts: 0, used_at: null },
        ...{ expires_at: plusMinutes(now, SIGN_IN.minutes), created_at: now },
      }),
      queue(ctx, { kind: 'sign_in', subject: id, sequence: 0, locale: ctx.locale }),
      note(ctx, 'account.asked_to_sign_in', account.id),
    ),
  )
  return ok({ email })
}
