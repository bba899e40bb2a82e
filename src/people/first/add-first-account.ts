import * as z from 'zod'
import { plusMinutes } from '../../base/clock.ts'
import { newId } from '../../base/id.ts'
import { type Faults, faultsOf, line } from '../../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import { sha256 } from '../../base/token.ts'
import type { Ctx } from '../../context.ts'
import { expectNone, expectSome } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'
import { accountEmail, browserMemory, newToken, PASS_MINUTES } from '../account.ts'
import { accountWrites } from '../write/account.ts'
import { isFirstLink } from './first-link.ts'

const FirstInput = z.object({ name: line(60), email: accountEmail })

/**
 * Made and signed in: the token for the browser's cookie, and what the browser remembers. Refused: faulty fields, or
 * `closed` if the link is over or there is an account.
 */
export type FirstAdded =
  | Ok<{ account: string; token: string; memory: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed'>

/**
 * Makes the first account, of the secretariat, and signs its browser in. A second factor is set up next. Open to people
 * who hold the link that the first start printed. Two people who hold it make one account. `agent` is the browser's name.
 */
export async function addFirstAccount(ctx: Ctx, link: string, given: unknown, agent: string): Promise<FirstAdded> {
  if (!(await isFirstLink(ctx, link))) return refused('closed')
  const parsed = FirstInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { db } = ctx.store
  const now = ctx.clock.now()
  const account = newId(now)
  const token = newToken()
  const { memory } = await browserMemory(ctx, account, '')
  const held = await sha256(link)
  const done = await ctx.store.commit(
    // Locks the link. If two browsers show it at once, only one of them finds a house without accounts.
    db.updateTable('first_link').set({ token_hash: held }).where('token_hash', '=', held),
    expectSome(
      ctx,
      db.selectFrom('first_link').select('id').where('token_hash', '=', held).where('expires_at', '>', now),
    ),
    expectNone(ctx, db.selectFrom('account').select('id')),
    ...accountWrites(ctx, account, { ...parsed.data, role: 'secretariat', prefectures: [] }),
    db.updateTable('account').set({ signed_in_at: now, locale: ctx.locale }).where('id', '=', account),
    db.insertInto('pass').values({
      id: newId(now),
      account,
      token_hash: await sha256(token),
      proven: 0,
      challenge: null,
      agent: agent.slice(0, 200),
      created_at: now,
      seen_at: now,
      expires_at: plusMinutes(now, PASS_MINUTES),
    }),
    db.deleteFrom('first_link'),
    note(ctx, 'account.signed_in', account),
  )
  return done.ok ? ok({ account, token, memory }) : refusalFor(done, { still_true: 'closed' })
}
