import { requireDesk, requireFreshProof } from '../base/actor.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { sha256 } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import { deskOf } from '../people/desk.ts'
import { requireKeeper } from '../planning/desks/input.ts'
import { deskById } from '../schedule/place-queries.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { KeyInput, newKey } from './api-key.ts'

/** How many characters of a key the console shows. */
const HINT = 4

/** Made: the key, which is shown once. Refused for faulty fields. */
export type KeyMade = Ok<{ key: string }> | Refused<'invalid', { errors: Faults }>

/**
 * Makes a key by which the system of a partner reads the schedule, or also books for a desk. Only its hash is
 * kept. For people who may keep the desk. Throws `Forbidden`, `StaleProof`.
 */
export async function makeKey(ctx: Ctx, given: unknown): Promise<KeyMade> {
  requireDesk(ctx.actor)
  const parsed = KeyInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { name, desk: of, scope } = parsed.data
  const desk = await deskById(ctx, of)
  if (!desk || desk.ended_at !== null) return refused('invalid', { errors: { desk: 'choice' } })
  requireKeeper(ctx.actor, deskOf(desk))
  requireFreshProof(ctx)
  const now = ctx.clock.now()
  const id = newId(now)
  const key = newKey()
  const known = { token_hash: await sha256(key), hint: key.slice(-HINT), used_on: null, revoked_at: null }
  orThrow(
    await ctx.store.commit(
      ctx.store.db.insertInto('api_key').values({ id, desk: of, name, scope, ...known, created_at: now }),
      note(ctx, 'key.made', id, { desk: of, scope }),
    ),
  )
  return ok({ key })
}
