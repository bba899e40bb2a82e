import { requireAccount, requireSecretariat, requireSystem } from '../base/actor.ts'
import { type Instant, plusMinutes } from '../base/clock.ts'
import { sha256 } from '../base/token.ts'
import { DESK_KINDS } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { once } from '../store/once.ts'
import type { AccountRow, LedgerViewRow, PasskeyRow, PassRow, SignInRow, StaffFeedRow } from '../store/schema.ts'
import { type Account, accountOf, hasFactor } from './account.ts'
import { type Desk, deskOf } from './desk.ts'

/** After every position that a desk may have. */
const LAST = 1000

/** Every desk, also ended ones: by type, then position, then prefecture. One query. */
export async function allDesks(ctx: Ctx): Promise<Desk[]> {
  const rows = await ctx.store.db
    .selectFrom('desk')
    .selectAll()
    .orderBy((eb) => eb.fn.coalesce('position', eb.lit(LAST)))
    .orderBy('prefectures')
    .orderBy('id')
    .execute()
  return rows.map(deskOf).toSorted((a, b) => DESK_KINDS.indexOf(a.kind) - DESK_KINDS.indexOf(b.kind))
}

/** The desks that have not ended, in the order of `allDesks`. One query. */
export async function desks(ctx: Ctx): Promise<Desk[]> {
  return (await allDesks(ctx)).filter(({ ended }) => !ended)
}

/** The secretariat's desk, whom staff call, or undefined. */
export async function secretariatDesk(ctx: Ctx): Promise<Desk | undefined> {
  return (await desks(ctx)).find(({ kind }) => kind === 'secretariat')
}

function selectAccounts(db: Ctx['store']['db']) {
  return db
    .selectFrom('account')
    .selectAll('account')
    .select((eb) =>
      eb
        .selectFrom('passkey')
        .select(eb.fn.countAll<number | string>().as('passkeys'))
        .whereRef('passkey.account', '=', 'account.id')
        .$asScalar()
        .$notNull()
        .as('passkeys'),
    )
}

/** An account by its id, or undefined. */
export async function accountById(ctx: Ctx, id: string): Promise<Account | undefined> {
  const row = await selectAccounts(ctx.store.db).where('account.id', '=', id).executeTakeFirst()
  return row && accountOf(row)
}

/** An account by its address in lower case, or undefined. */
export async function accountByEmail(ctx: Ctx, email: string): Promise<Account | undefined> {
  const row = await selectAccounts(ctx.store.db).where('account.email', '=', email).executeTakeFirst()
  return row && accountOf(row)
}

/** An account, and until when its invitation can be opened. Null if there is none. */
export type Invited = Account & { invitedUntil: Instant | null }

/** All accounts, by role and name. For the secretariat. One query. Throws `Forbidden`. */
export async function accounts(ctx: Ctx): Promise<Invited[]> {
  requireSecretariat(ctx.actor)
  const rows = await selectAccounts(ctx.store.db)
    .select((eb) =>
      eb
        .selectFrom('sign_in')
        .select((of) => of.fn.max<string | null>('sign_in.expires_at').as('until'))
        .whereRef('sign_in.account', '=', 'account.id')
        .where('sign_in.purpose', '=', 'invitation')
        .where('sign_in.used_at', 'is', null)
        .where('sign_in.expires_at', '>', ctx.clock.now())
        .$asScalar()
        .as('invited_until'),
    )
    .orderBy('account.state')
    .orderBy('account.role')
    .orderBy('account.name')
    .execute()
  return rows.map(({ invited_until, ...row }) => ({ ...accountOf(row), invitedUntil: invited_until }))
}

/** The accounts that are not closed, for letters of the system. One query. Throws `Forbidden`. */
export async function activeAccounts(ctx: Ctx): Promise<Account[]> {
  requireSystem(ctx.actor)
  const rows = await selectAccounts(ctx.store.db).where('account.state', '=', 'active').orderBy('account.id').execute()
  return rows.map(accountOf)
}

/** Until when the newest invitation of an account can be opened, or null. */
export async function invitedUntil(ctx: Ctx, account: string): Promise<Instant | null> {
  const row = await ctx.store.db
    .selectFrom('sign_in')
    .select('expires_at')
    .where('account', '=', account)
    .where('purpose', '=', 'invitation')
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.clock.now())
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.expires_at ?? null
}

/**
 * A signed-in browser and its account. `locked`: nobody used it for DESK_IDLE_MINUTES, so that it must prove itself again.
 * `proven`: the second factor was proven, and it is not locked.
 */
export type Pass = Pick<PassRow, 'id' | 'challenge' | 'created_at' | 'seen_at' | 'proven_at'> & {
  proven: boolean
  locked: boolean
  account: Account
}

/**
 * When a browser last proved who it is, by the second factor. Without one the sign-in proves it. Null if it has not, or is
 * locked.
 */
export function provenAtOf({ account, proven, proven_at, locked, created_at }: Pass): Instant | null {
  if (locked) return null
  if (!hasFactor(account)) return created_at
  return proven ? proven_at : null
}

const passRow = once((db, { hash, now }: { hash: string; now: Instant }) =>
  selectAccounts(db)
    .innerJoin('pass', 'pass.account', 'account.id')
    .select(['pass.id as pass_id', 'pass.proven', 'pass.proven_at', 'pass.challenge', 'pass.seen_at'])
    .select('pass.created_at as pass_created_at')
    .where('pass.token_hash', '=', hash)
    .where('pass.expires_at', '>', now)
    .where('account.state', '=', 'active'),
)

/** The pass with this token, if it has not expired and its account is active. One query. */
export async function passByToken(ctx: Ctx, token: string): Promise<Pass | undefined> {
  const row = await passRow.first(ctx.store.db, { hash: await sha256(token), now: ctx.clock.now() })
  if (!row) return undefined
  const { pass_id: id, pass_created_at: created_at, proven, proven_at, challenge, seen_at, ...account } = row
  const locked = seen_at <= plusMinutes(ctx.clock.now(), -ctx.config.deskIdleMinutes)
  const times = { proven_at, created_at, seen_at }
  return { id, locked, proven: proven === 1 && !locked, ...times, challenge, account: accountOf(account) }
}

/** The browsers in which the actor is signed in, the newest first. */
export async function passesOf(ctx: Ctx): Promise<Pick<PassRow, 'id' | 'agent' | 'created_at' | 'seen_at'>[]> {
  return ctx.store.db
    .selectFrom('pass')
    .select(['id', 'agent', 'created_at', 'seen_at'])
    .where('account', '=', requireAccount(ctx.actor))
    .where('expires_at', '>', ctx.clock.now())
    .orderBy('created_at', 'desc')
    .execute()
}

/** The sign-in with this token of a link, or undefined. */
export async function signInByToken(ctx: Ctx, token: string): Promise<SignInRow | undefined> {
  return ctx.store.db
    .selectFrom('sign_in')
    .selectAll()
    .where('token_hash', '=', await sha256(token))
    .executeTakeFirst()
}

/** A sign-in with the address of its letter, or undefined. */
export async function signInById(
  ctx: Ctx,
  id: string,
): Promise<(SignInRow & Pick<AccountRow, 'email' | 'name' | 'role'>) | undefined> {
  return ctx.store.db
    .selectFrom('sign_in')
    .innerJoin('account', 'account.id', 'sign_in.account')
    .selectAll('sign_in')
    .select(['account.email', 'account.name', 'account.role'])
    .where('sign_in.id', '=', id)
    .executeTakeFirst()
}

/** The sign-ins sent to an account since an instant, the newest first. */
export async function signInsSince(ctx: Ctx, account: string, since: Instant): Promise<SignInRow[]> {
  return ctx.store.db
    .selectFrom('sign_in')
    .selectAll()
    .where('account', '=', account)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .execute()
}

/** The secret of an account's authenticator app and the last time step used, or nulls. */
export async function totpOf(
  ctx: Ctx,
  account: string,
): Promise<Pick<AccountRow, 'totp_secret' | 'totp_step'> | undefined> {
  return ctx.store.db
    .selectFrom('account')
    .select(['totp_secret', 'totp_step'])
    .where('id', '=', account)
    .executeTakeFirst()
}

/** The passkeys of an account, the newest first. */
export async function passkeysOf(ctx: Ctx, account: string): Promise<PasskeyRow[]> {
  return ctx.store.db
    .selectFrom('passkey')
    .selectAll()
    .where('account', '=', account)
    .orderBy('created_at', 'desc')
    .execute()
}

/** The private calendar feeds of the actor. */
export async function staffFeeds(ctx: Ctx): Promise<StaffFeedRow[]> {
  return ctx.store.db
    .selectFrom('staff_feed')
    .selectAll()
    .where('account', '=', requireAccount(ctx.actor))
    .orderBy('created_at')
    .execute()
}

/** The feed with this secret token and its account, if the account is active. */
export async function staffFeedByToken(
  ctx: Ctx,
  token: string,
): Promise<{ feed: StaffFeedRow; account: Account } | undefined> {
  const row = await ctx.store.db
    .selectFrom('staff_feed')
    .selectAll()
    .where('token_hash', '=', await sha256(token))
    .executeTakeFirst()
  const account = row && (await accountById(ctx, row.account))
  return row && account?.state === 'active' ? { feed: row, account } : undefined
}

/** The saved filters of the actor, by name. */
export async function ledgerViews(ctx: Ctx): Promise<LedgerViewRow[]> {
  return ctx.store.db
    .selectFrom('ledger_view')
    .selectAll()
    .where('account', '=', requireAccount(ctx.actor))
    .orderBy('name')
    .execute()
}
