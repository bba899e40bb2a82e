import { sha256 } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import type { EntitlementRow, RequestRow } from '../store/schema.ts'

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
