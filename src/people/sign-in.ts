import * as z from 'zod'
import { plusMinutes } from '../base/clock.ts'
import { newId } from '../base/id.ts'
import { word } from '../base/input.ts'
import { narrow } from '../base/japan/width.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { sha256 } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import { expectNone } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { SignInRow } from '../store/schema.ts'
import { orThrow } from '../store/store.ts'
import { type Account, accountEmail, browserMemory, newToken, PASS_MINUTES, SIGN_IN, signInCode } from './account.ts'
import { noteRefusal } from './note-refusal.ts'
import { accountByEmail, accountById, signInByToken, signInsSince } from './queries.ts'
import { tellAccount } from './write/tell-account.ts'

const CodeInput = z.object({
  email: accountEmail,
  code: word(20).transform((text) => narrow(text).replaceAll(/\D/g, '')),
})

/**
 * Signed in: the token for the browser's cookie, and what the browser remembers (`browserMemory`). Refused: the link or
 * code was used, has expired, or is wrong.
 */
export type SignedIn = Ok<{ token: string; memory: string; account: Account }> | Refused<'closed'>

/** What a person shows from a letter: the token of its link, or an address and its code as typed. */
export type Shown = { token: string } | { email: unknown; code: unknown }

/** The valid sign-in that the link or code belongs to, or null. Counts each code tried, and notes each refusal. */
async function shown(ctx: Ctx, given: Shown): Promise<SignInRow | null> {
  const now = ctx.clock.now()
  const good = (row: SignInRow | undefined) => (row && row.used_at === null && now < row.expires_at ? row : null)
  if ('token' in given) {
    const row = await signInByToken(ctx, given.token)
    if (!good(row)) orThrow(await ctx.store.commit(noteRefusal(ctx, 'link', row?.account)))
    return good(row)
  }
  const parsed = CodeInput.safeParse(given)
  const account = parsed.success ? await accountByEmail(ctx, parsed.data.email) : undefined
  const rows = account ? await signInsSince(ctx, account.id, plusMinutes(now, -SIGN_IN.minutes)) : []
  let counted = 0
  for (const row of rows) {
    if (!good(row)) continue
    // Counted before the comparison, so that parallel attempts do not get extra tries.
    const done = await ctx.store.commit(
      ctx.store.db
        .updateTable('sign_in')
        .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
        .where('id', '=', row.id)
        .where('attempts', '<', SIGN_IN.attempts),
    )
    if (!done.ok || done.changed[0] !== 1) continue
    counted++
    if (parsed.success && (await signInCode(ctx, row)) === parsed.data.code) return row
  }
  // A line for an account only if a try was counted: their number is bounded.
  orThrow(await ctx.store.commit(noteRefusal(ctx, 'code', counted > 0 ? account?.id : undefined)))
  return null
}

/**
 * Signs a browser in with a link or code of a letter. Each works once. An existing second factor is asked for
 * afterwards. `agent` is the browser's name, `remembered` what it remembers. If that is not this account, and the account
 * signed in before, a letter tells its owner. Open to everybody.
 */
export async function signIn(ctx: Ctx, given: Shown, agent: string, remembered = ''): Promise<SignedIn> {
  const row = await shown(ctx, given)
  const account = row && (await accountById(ctx, row.account))
  if (!row || account?.state !== 'active') return refused('closed')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const token = newToken()
  const { known, memory } = await browserMemory(ctx, account.id, remembered)
  const tells = !known && account.signed_in_at !== null
  const name = agent.slice(0, 200)
  const done = await ctx.store.commit(
    // Locks the row. If two browsers show it at once, only one of them finds it unused.
    db.updateTable('sign_in').set({ attempts: row.attempts }).where('id', '=', row.id),
    expectNone(ctx, db.selectFrom('sign_in').select('id').where('id', '=', row.id).where('used_at', 'is not', null)),
    // After the first sign-in no invitation is needed.
    db
      .updateTable('sign_in')
      .set({ used_at: now })
      .where('account', '=', account.id)
      .where('used_at', 'is', null)
      .where((eb) => eb.or([eb('id', '=', row.id), eb('purpose', '=', 'invitation')])),
    db.insertInto('pass').values({
      id: newId(now),
      account: account.id,
      token_hash: await sha256(token),
      proven: 0,
      challenge: null,
      agent: name,
      created_at: now,
      seen_at: now,
      expires_at: plusMinutes(now, PASS_MINUTES),
    }),
    db.updateTable('account').set({ signed_in_at: now }).where('id', '=', account.id),
    ...(tells ? [tellAccount(ctx, 'new_browser', account.id, { agent: name })] : []),
    note(ctx, 'account.signed_in', account.id),
  )
  return done.ok ? ok({ token, memory, account }) : refusalFor(done, { still_true: 'closed' })
}
