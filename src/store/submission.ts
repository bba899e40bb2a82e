import { IdempotencyKey } from '../base/fields.ts'
import { newId } from '../base/id.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { sha256 } from '../base/token.ts'
import type { Act } from './acts.ts'
import { actorText } from './journal.ts'
import { isCommitted, retryOnConflict } from './retry.ts'
import type { Write, Writer } from './store.ts'

/** The hashes that recognise a repetition: of the key, and of the parsed input that came with it. */
export type Keys = { idempotency: string; input: string }

/**
 * The hashes of an idempotency key and of its input. With an `owner`, the key belongs to that account and act. For
 * another account or act, the same key has another hash.
 */
export async function keysOf(key: string, input: object, owner?: { account: string; act: Act }): Promise<Keys> {
  const owned = owner ? JSON.stringify([owner.account, owner.act, key]) : key
  return { idempotency: await sha256(owned), input: await sha256(JSON.stringify(input)) }
}

/**
 * What a form makes: the act of its journal line, the key as it was sent, and the parsed input. `races`: more constraints
 * that break if somebody else was first.
 */
export type Submitted = { act: Act; key: unknown; input: object; races?: readonly string[] }

/** The key of a form's fields, which its schema does not read. */
export function keyIn(given: unknown): unknown {
  return typeof given === 'object' && given !== null && 'key' in given ? given.key : undefined
}

/** The id of the row that was made, by this form or by an earlier sending of it. */
export type Made = Ok<{ made: string }> | Refused<'used' | 'changed'>

/**
 * Makes a row once for each key of the actor and act. `write` gets the new id of the row, which nobody can guess. The
 * same key with the same input returns the row made before, and writes nothing. Refuses `used` if the key came with
 * other input, or cannot be a key. Without a key, each call makes a row. `refuse` may refuse, but not a repetition.
 * Both are asked again if `write` breaks `still_true` or one of `races`; after three times it refuses `changed`. Throws
 * if another constraint breaks.
 */
export async function makeOnce<R = never>(
  ctx: Writer,
  { act, key, input, races = [] }: Submitted,
  write: (id: string) => Write[],
  refuse: () => Promise<R | null> = async () => null,
): Promise<Made | R> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const id = newId(now)
  const known = key === undefined || key === '' ? null : IdempotencyKey.safeParse(key)
  if (known?.success === false) return refused('used')
  const keys = known && (await keysOf(known.data, input, { account: actorText(ctx.actor), act }))
  return retryOnConflict(async () => {
    const first =
      keys &&
      (await db.selectFrom('submission').selectAll().where('key_hash', '=', keys.idempotency).executeTakeFirst())
    if (first) return first.input_hash === keys.input ? ok({ made: first.id }) : refused('used')
    const refusal = await refuse()
    if (refusal !== null) return refusal
    const row = keys && { id, key_hash: keys.idempotency, input_hash: keys.input, created_at: now }
    const done = await ctx.store.commit(...(row ? [db.insertInto('submission').values(row)] : []), ...write(id))
    return isCommitted(done, ['submission_once', 'still_true', ...races]) ? ok({ made: id }) : null
  })
}
