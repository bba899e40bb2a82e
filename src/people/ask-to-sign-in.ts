import * as z from 'zod'
import { plusMinutes } from '../base/clock.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectNone, lockRow } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { queue } from '../store/outbox.ts'
import { isCommitted } from '../store/retry.ts'
import { accountEmail, SIGN_IN, signInColumns } from './account.ts'
import { noteRefusal } from './note-refusal.ts'
import { accountByEmail, signInsSince } from './queries.ts'

const AskInput = z.object({ email: accountEmail })

/** The same answer whether or not there is such an account. Refuses `invalid` for a faulty address. */
export type Asked = Ok<{ email: string }> | Refused<'invalid', { errors: Faults }>

/** Minutes of a day. */
const DAY = 24 * 60

/**
 * Sends a link and a code to sign in, if the address has an active account. Sends at most `SIGN_IN.letters` in
 * `SIGN_IN.window` minutes, also to parallel requests, and at most `SIGN_IN.codes` codes a day. Every address costs
 * the same work. The time of the answer does not show whether an account exists. Open to everybody.
 */
export async function askToSignIn(ctx: Ctx, given: unknown): Promise<Asked> {
  const parsed = AskInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { email } = parsed.data
  if (ctx.config.secrets.length === 0) return ok({ email })
  const found = await accountByEmail(ctx, email)
  const now = ctx.clock.now()
  const [id, nobody] = [newId(now), newId(now)]
  const account = found?.state === 'active' ? found.id : nobody
  const { db } = ctx.store
  const sent = (minutes: number) =>
    db
      .selectFrom('sign_in')
      .select('account')
      .where('account', '=', account)
      .where('created_at', '>', plusMinutes(now, -minutes))
      .groupBy('account')
  const today = await signInsSince(ctx, account, plusMinutes(now, -DAY))
  const row = {
    id,
    account,
    purpose: 'sign_in' as const,
    ...(await signInColumns(ctx, id)),
    // Without a try left its code is no code, and its letter has only the link.
    attempts: today.length < SIGN_IN.codes ? 0 : SIGN_IN.attempts,
    used_at: null,
    expires_at: plusMinutes(now, SIGN_IN.minutes),
    created_at: now,
  }
  const exceeded = sent(SIGN_IN.window).having((eb) => eb.fn.countAll<number>(), '>=', SIGN_IN.letters)
  const writes =
    account === nobody
      ? [noteRefusal(ctx, 'unknown')]
      : [
          expectNone(ctx, exceeded),
          db.insertInto('sign_in').values(row),
          queue(ctx, { kind: 'sign_in', subject: id, sequence: 0, locale: ctx.locale }),
          note(ctx, 'account.asked_to_sign_in', account),
        ]
  // The lock makes parallel requests count each other's letters.
  isCommitted(await ctx.store.commit(lockRow(ctx, 'account', account), ...writes))
  return ok({ email })
}
