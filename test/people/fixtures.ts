import { newId } from '../../src/base/id.ts'
import { sha256 } from '../../src/base/token.ts'
import { newToken } from '../../src/people/account.ts'
import { type Pass, passByToken } from '../../src/people/queries.ts'
import type { AccountRow, PassRow } from '../../src/store/schema.ts'
import { orThrow } from '../../src/store/store.ts'
import { withAccounts } from '../acts.ts'
import { type World, world } from '../world.ts'

/** No schedule, but an account for each of the staff of `test/acts.ts`. */
export async function staffed(): Promise<World> {
  return withAccounts(await world({ seeded: false }))
}

/** Signs a browser in directly in the rows. Returns its token. */
export async function browser(w: World, account: string, changes: Partial<PassRow> = {}): Promise<string> {
  const now = w.ctx.clock.now()
  const token = newToken()
  const row: PassRow = {
    id: newId(now),
    account,
    token_hash: await sha256(token),
    proven: 0,
    proven_at: null,
    agent: 'Firefox',
    challenge: null,
    created_at: now,
    seen_at: now,
    expires_at: '2026-11-23T00:00:00.000Z',
    ...changes,
  }
  orThrow(await w.ctx.store.commit(w.ctx.store.db.insertInto('pass').values(row)))
  return token
}

/** The pass of a browser as the console reads it. Throws if it is no longer good. */
export async function passOf(w: World, token: string): Promise<Pass> {
  const pass = await passByToken(w.ctx, token)
  if (!pass) throw new Error('signed out')
  return pass
}

export async function accountRow(w: World, id: string): Promise<AccountRow> {
  return w.ctx.store.db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** How many rows of a table belong to an account. */
export async function countOf(
  w: World,
  table: 'pass' | 'passkey' | 'recovery_code' | 'sign_in' | 'staff_feed' | 'ledger_view',
  account: string,
): Promise<number> {
  return (await w.ctx.store.db.selectFrom(table).select('id').where('account', '=', account).execute()).length
}
