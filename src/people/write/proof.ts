import { sha256 } from '../../base/token.ts'
import type { Ctx } from '../../context.ts'
import { expectSome } from '../../store/expectation.ts'
import type { Write } from '../../store/store.ts'
import { newToken } from '../account.ts'

/** The pass that is proven, and the challenge that must still be its own if a passkey answered one. */
type Proving = { id: string; account: string; challenge?: string }

/**
 * The writes by which a pass counts as proven, and its new token. The token that the browser had before is out of use. They
 * break `still_true` if the pass is not the account's or its challenge was used meanwhile.
 */
export async function proofWrites(ctx: Ctx, given: Proving): Promise<{ token: string; writes: Write[] }> {
  const { db } = ctx.store
  const token = newToken()
  const now = ctx.clock.now()
  const token_hash = await sha256(token)
  let proven = db
    .updateTable('pass')
    .set({ proven: 1, proven_at: now, seen_at: now, challenge: null, token_hash })
    .where('id', '=', given.id)
    .where('account', '=', given.account)
  if (given.challenge !== undefined) proven = proven.where('challenge', '=', given.challenge)
  // Only this commit knows the new token. The row has it only if the update found the pass as expected.
  const found = db.selectFrom('pass').select('id').where('id', '=', given.id).where('token_hash', '=', token_hash)
  return { token, writes: [proven, expectSome(ctx, found)] }
}

/** The write that signs out all browsers of an account but one. A changed factor is no longer theirs to rely on. */
export function endOtherPasses({ store }: Pick<Ctx, 'store'>, account: string, kept: string): Write {
  return store.db.deleteFrom('pass').where('account', '=', account).where('id', '!=', kept)
}
