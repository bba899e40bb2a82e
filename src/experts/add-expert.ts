import { requireSecretariat } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { accountById } from '../people/queries.ts'
import { expectNone, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { ExpertInput, expertColumns } from './expert.ts'
import { expertById } from './queries.ts'

/**
 * Added. Refused: faulty fields. `role` if the account is no active one of an expert. `twice` if it is an expert already.
 * `changed` if somebody changed the account or added the expert meanwhile.
 */
export type ExpertAdded =
  | Ok<{ expert: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'role' | 'twice' | 'changed'>

/**
 * Makes an expert of an account with that role. The expert has no hours yet. For the secretariat and the command line.
 * Throws `NotFound`, `Forbidden`.
 */
export async function addExpert(ctx: Ctx, id: string, given: unknown): Promise<ExpertAdded> {
  requireSecretariat(ctx.actor)
  const parsed = ExpertInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const account = await accountById(ctx, id)
  if (!account) throw new NotFound('account')
  if (account.role !== 'expert' || account.state !== 'active') return refused('role')
  if (await expertById(ctx, id)) return refused('twice')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const row = {
    id,
    ...expertColumns(parsed.data),
    taken: 0,
    excess: 0,
    state: 'active' as const,
    paused_until: null,
    revision: 0,
    created_at: now,
    updated_at: now,
  }
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'account', account),
    expectNone(ctx, db.selectFrom('expert').select('id').where('id', '=', id)),
    db.insertInto('expert').values(row),
    note(ctx, 'expert.added', id),
  )
  return done.ok ? ok({ expert: id }) : refusalFor(done)
}
