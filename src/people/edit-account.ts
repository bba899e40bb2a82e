import * as z from 'zod'
import { requireFreshProof, requireSecretariat } from '../base/actor.ts'
import { seenRevision } from '../base/fields.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { Write } from '../store/store.ts'
import { type Account, AccountInput, hasFactor } from './account.ts'
import { accountById } from './queries.ts'
import { tellAccount } from './write/tell-account.ts'

const EditInput = AccountInput.safeExtend({
  state: z.enum(['active', 'closed'], 'choice'),
  /** The revision that was on the page. */
  revision: seenRevision,
  forget_factors: z.boolean().default(false),
})

/**
 * Edited. Refused: faulty fields, `changed` if edited meanwhile. `twice` if another account has the address. `own` for the
 * actor's own rights and factors.
 */
export type AccountEdited =
  | Ok<{ account: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'twice' | 'changed' | 'own'>

/** Whether an account would lose its rights or factors. */
function takesRights({ role }: Account, input: z.output<typeof EditInput>): boolean {
  return input.role !== role || input.state !== 'active' || input.forget_factors
}

/** Whether more than the name of an account changes. */
function changesMore(account: Account, input: z.output<typeof EditInput>): boolean {
  const { role, state, email, prefectures, forget_factors: forgets } = input
  return (
    role !== account.role ||
    state !== account.state ||
    email !== account.email ||
    prefectures.join() !== account.prefectures.join() ||
    forgets
  )
}

/** The letters to the owner: about forgotten factors, and about another address at both. */
function lettersOf(ctx: Ctx, account: Account, email: string, forgets: boolean): Write[] {
  const { id, email: former } = account
  const by = 'secretariat' as const
  const emails = { former, present: email }
  return [
    ...(forgets && hasFactor(account) ? [tellAccount(ctx, 'factor_dropped', id, { factor: 'all', by })] : []),
    ...(email === former
      ? []
      : [
          tellAccount(ctx, 'email_changed', id, { by, email: former, emails }),
          tellAccount(ctx, 'email_changed', id, { by, emails }),
        ]),
  ]
}

/**
 * Changes the name, address and rights of an account, and closes or reopens it. `forget_factors` removes its second
 * factors. If its rights change, it is signed out everywhere. Letters tell the owner of forgotten factors, and of a new
 * address at both. Nobody removes their own rights or factors. Saved as it was,
 * it changes nothing. For the secretariat. Throws `NotFound` or `Forbidden`, and
 * `StaleProof` if more than the name changes.
 */
export async function editAccount(ctx: Ctx, id: string, given: unknown): Promise<AccountEdited> {
  requireSecretariat(ctx.actor)
  const parsed = EditInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const account = await accountById(ctx, id)
  if (!account) throw new NotFound('account')
  const { prefectures, forget_factors: forgets, revision, ...rest } = parsed.data
  if (revision !== account.revision) return refused('changed')
  const own = ctx.actor.kind === 'staff' && ctx.actor.id === id
  if (own && takesRights(account, parsed.data)) return refused('own')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const others = changesMore(account, parsed.data)
  if (others) requireFreshProof(ctx)
  if (!others && rest.name === account.name) return ok({ account: id })
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'account', account),
    db
      .updateTable('account')
      .set({
        ...rest,
        prefectures: prefectures.join(','),
        ...(forgets && { totp_secret: null, totp_step: null }),
        revision: revision + 1,
        updated_at: now,
      })
      .where('id', '=', id),
    ...(forgets
      ? [db.deleteFrom('passkey').where('account', '=', id), db.deleteFrom('recovery_code').where('account', '=', id)]
      : []),
    ...(others && !own ? [db.deleteFrom('pass').where('account', '=', id)] : []),
    ...(others
      ? [db.updateTable('sign_in').set({ used_at: now }).where('account', '=', id).where('used_at', 'is', null)]
      : []),
    ...lettersOf(ctx, account, rest.email, forgets),
    note(ctx, 'account.edited', id, { role: rest.role, state: rest.state, prefectures, forgets }),
  )
  return done.ok ? ok({ account: id }) : refusalFor(done, { account_once: 'twice' })
}
