import { requireSecretariat } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { LIVE_MATCH } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import type { AbsenceRow, AccountRow, AffiliationRow, ExpertHoursRow, MatchRow, RequestRow } from '../store/schema.ts'
import { type Expert, expertOf, holderOf } from './expert.ts'

/** All experts, by kana; those who left last. */
export async function experts(ctx: Ctx): Promise<Expert[]> {
  const rows = await ctx.store.db.selectFrom('expert').selectAll().orderBy('name_kana').orderBy('id').execute()
  const all = rows.map(expertOf)
  return [...all.filter(({ state }) => state !== 'left'), ...all.filter(({ state }) => state === 'left')]
}

/** The expert with this id, which is that of the account. */
export async function expertById(ctx: Ctx, id: string): Promise<Expert | undefined> {
  const row = await ctx.store.db.selectFrom('expert').selectAll().where('id', '=', id).executeTakeFirst()
  return row && expertOf(row)
}

/** The hours of an expert's week, from Sunday on. */
export function hoursOf(ctx: Ctx, expert: string): Promise<ExpertHoursRow[]> {
  const { db } = ctx.store
  return db
    .selectFrom('expert_hours')
    .selectAll()
    .where('expert', '=', expert)
    .orderBy('weekday')
    .orderBy('starts')
    .execute()
}

/** The absences of an expert that end after a moment, in order. */
export function absencesOf(ctx: Ctx, expert: string, after: Instant): Promise<AbsenceRow[]> {
  const { db } = ctx.store
  return db
    .selectFrom('absence')
    .selectAll()
    .where('expert', '=', expert)
    .where('ends_at', '>', after)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
}

/** The firms to which an expert is tied, by name. */
export function tiesOf(ctx: Ctx, expert: string): Promise<AffiliationRow[]> {
  const { db } = ctx.store
  return db
    .selectFrom('affiliation')
    .selectAll()
    .where('expert', '=', expert)
    .orderBy('name_key')
    .orderBy('id')
    .execute()
}

/** The quarter hours from one moment to another in which an expert is taken, in order. */
export async function busyOf(ctx: Ctx, expert: string, from: Instant, to: Instant): Promise<Instant[]> {
  const rows = await ctx.store.db
    .selectFrom('busy')
    .select('at')
    .where('holder', '=', holderOf(expert))
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .execute()
  return rows.map(({ at }) => at)
}

/**
 * The accounts that can become experts: active ones of that role that are none yet, by name. For the secretariat. One query.
 * Throws `Forbidden`.
 */
export function accountsToAdd(ctx: Ctx): Promise<Pick<AccountRow, 'id' | 'name' | 'email'>[]> {
  requireSecretariat(ctx.actor)
  return ctx.store.db
    .selectFrom('account')
    .leftJoin('expert', 'expert.id', 'account.id')
    .select(['account.id', 'account.name', 'account.email'])
    .where('account.role', '=', 'expert')
    .where('account.state', '=', 'active')
    .where('expert.id', 'is', null)
    .orderBy('account.name')
    .orderBy('account.id')
    .execute()
}

/** An offer or a case of an expert that is open. */
export type OpenMatch = Pick<MatchRow, 'id' | 'state' | 'expires_at'> & Pick<RequestRow, 'number' | 'prefecture'>

/** The offers and cases of an expert that are open, the oldest first. For the secretariat. Throws `Forbidden`. */
export function openMatchesOf(ctx: Ctx, expert: string): Promise<OpenMatch[]> {
  requireSecretariat(ctx.actor)
  return ctx.store.db
    .selectFrom('match')
    .innerJoin('request', 'request.id', 'match.request')
    .select(['match.id', 'match.state', 'match.expires_at', 'request.number', 'request.prefecture'])
    .where('match.expert', '=', expert)
    .where('match.state', 'in', [...LIVE_MATCH])
    .orderBy('match.offered_at')
    .orderBy('match.id')
    .execute()
}
