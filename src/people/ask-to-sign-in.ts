import * as z from 'zod'
import { plusMinutes } from '../base/clock.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { queue } from '../store/outbox.ts'
import { orThrow } from '../store/store.ts'
import { accountEmail, SIGN_IN, signInColumns } from './account.ts'
import { accountByEmail, signInsSince } from './queries.ts'

const AskInput = z.object({ email: accountEmail })

/** The same answer whether or not there is such an account. Refuses `invalid` for a faulty address. */
export type Asked = Ok<{ email: string }> | Refused<'invalid', { errors: Faults }>

/**
 * Sends a link and a code to sign in, if the address has an active account. Sends at most `SIGN_IN.letters` of them in
 * `SIGN_IN.minutes`. Open to everybody.
 */
export async function askToSignIn(ctx: Ctx, given: unknown): Promise<Asked> {
  const parsed = AskInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { email } = parsed.data
  const account = await accountByEmail(ctx, email)
  const now = ctx.clock.now()
  const since = plusMinutes(now, -SIGN_IN.minutes)
  if (account?.state !== 'active' || ctx.config.secrets.length === 0) return ok({ email })
  if ((await signInsSince(ctx, account.id, since)).length >= SIGN_IN.letters) return ok({ email })
  const id = newId(now)
  const row = {
    id,
    account: account.id,
    ...(await signInColumns(ctx, id)),
    attempts: 0,
    used_at: null,
    expires_at: plusMinutes(now, SIGN_IN.minutes),
    created_at: now,
  }
  orThrow(
    await ctx.store.commit(
      ctx.store.db.insertInto('sign_in').values(row),
      queue(ctx, { kind: 'sign_in', subject: id, sequence: 0, locale: ctx.locale }),
      note(ctx, 'account.asked_to_sign_in', account.id),
    ),
  )
  return ok({ email })
}
