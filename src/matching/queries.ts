import { sha256 } from '../base/token.ts'
import { OPEN_REQUEST } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { withinReach } from '../store/reach.ts'
import type { EntitlementRow, ExpertRow, RequestRow } from '../store/schema.ts'

/** One request, or undefined. */
export function requestById(ctx: Pick<Ctx, 'store'>, id: string): Promise<RequestRow | undefined> {
  return ctx.store.db.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The request whose link carries this token, or undefined. */
export async function requestByToken(ctx: Pick<Ctx, 'store'>, token: string): Promise<RequestRow | undefined> {
  return ctx.store.db
    .selectFrom('request')
    .selectAll()
    .where('token_hash', '=', await sha256(token))
    .executeTakeFirst()
}

/** The visits that the firm of a request may have in its programme, and has used. */
export function entitlementOf(
  ctx: Pick<Ctx, 'store'>,
  { firm, programme }: Pick<RequestRow, 'firm' | 'programme'>,
): Promise<EntitlementRow | undefined> {
  return ctx.store.db
    .selectFrom('entitlement')
    .selectAll()
    .where('firm', '=', firm)
    .where('programme', '=', programme)
    .executeTakeFirst()
}

/** The request that was made with an idempotency key, by its hash. */
export function requestByKey(ctx: Pick<Ctx, 'store'>, hash: string): Promise<RequestRow | undefined> {
  return ctx.store.db.selectFrom('request').selectAll().where('idempotency_hash', '=', hash).executeTakeFirst()
}

/** The open request of one of these firms, the earliest. */
export function openRequestOf(ctx: Pick<Ctx, 'store'>, firms: readonly string[]): Promise<RequestRow | undefined> {
  return ctx.store.db
    .selectFrom('request')
    .selectAll()
    .where('firm', 'in', firms)
    .where('state', 'in', OPEN_REQUEST)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** The expert who accepted a request as its lead, as its firm may know them. */
export function leadOf(
  ctx: Pick<Ctx, 'store'>,
  request: string,
): Promise<Pick<ExpertRow, 'name' | 'profile_ja' | 'profile_en'> | undefined> {
  return ctx.store.db
    .selectFrom('match')
    .innerJoin('expert', 'expert.id', 'match.expert')
    .select(['expert.name', 'expert.profile_ja', 'expert.profile_en'])
    .where('match.request', '=', request)
    .where('match.role', '=', 'lead')
    .where('match.state', 'in', ['accepted', 'ended'])
    .where('expert.name', '<>', '')
    .orderBy('match.round', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** A request as a desk finds it: no person, and nothing of how to reach one. */
export type RequestLine = Pick<RequestRow, 'number' | 'company' | 'prefecture' | 'applied_at' | 'topics' | 'state'>

/** The newest hundred requests of the prefectures that the actor may read. One query. */
export async function latestRequests(ctx: Pick<Ctx, 'store' | 'actor'>): Promise<RequestLine[]> {
  return ctx.store.db
    .selectFrom('request')
    .select(['number', 'company', 'prefecture', 'applied_at', 'topics', 'state'])
    .where(withinReach(ctx, 'request.prefecture'))
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}
