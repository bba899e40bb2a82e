import { requireDesk } from '../base/actor.ts'
import { NotFound } from '../base/outcome.ts'
import { sha256 } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import { type Desk, deskOf } from '../people/desk.ts'
import { allDesks } from '../people/queries.ts'
import { mayKeep, requireKeeper } from '../planning/desks/input.ts'
import { deskById } from '../schedule/place-queries.ts'
import type { ApiKeyRow } from '../store/schema.ts'

/** The columns of a key that the console shows. */
const SHOWN = ['id', 'desk', 'name', 'scope', 'hint', 'used_on', 'revoked_at', 'created_at'] as const

/** A key as the console shows it, with its desk. Nobody can read the key itself. */
export type ApiKey = Omit<ApiKeyRow, 'token_hash' | 'desk'> & { desk: Desk }

/** The keys of the desks that the actor may keep, the newest first. Two queries. Throws `Forbidden`. */
export async function apiKeys(ctx: Ctx): Promise<ApiKey[]> {
  requireDesk(ctx.actor)
  const rows = await ctx.store.db.selectFrom('api_key').select(SHOWN).orderBy('id', 'desc').execute()
  const desks = new Map((await allDesks(ctx)).map((desk) => [desk.id, desk]))
  return rows.flatMap((row) => {
    const desk = desks.get(row.desk)
    return desk && mayKeep(ctx.actor, desk) ? [{ ...row, desk }] : []
  })
}

/** A key of a desk that the actor may keep. Throws `NotFound`, `Forbidden`. */
export async function keptKey(ctx: Ctx, id: string): Promise<ApiKey> {
  const row = await ctx.store.db.selectFrom('api_key').select(SHOWN).where('id', '=', id).executeTakeFirst()
  const desk = row && (await deskById(ctx, row.desk))
  if (!row || !desk) throw new NotFound('key')
  requireKeeper(ctx.actor, deskOf(desk))
  return { ...row, desk: deskOf(desk) }
}

/** The key that a program sent, unless it was revoked or is none. One query. */
export async function keyByToken(ctx: Ctx, token: string): Promise<ApiKeyRow | undefined> {
  return ctx.store.db
    .selectFrom('api_key')
    .selectAll()
    .where('token_hash', '=', await sha256(token))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
}
