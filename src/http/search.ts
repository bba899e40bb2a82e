import { requireAccount } from '../base/actor.ts'
import { seal, unseal } from '../base/token.ts'
import type { Ctx } from '../context.ts'

const HOUR_MS = 3_600_000

/** What a sealed search is bound to: its account and an hour, `back` hours ago. */
const boundTo = (ctx: Ctx, back: number) =>
  `${requireAccount(ctx.actor)} ${Math.floor(Date.parse(ctx.clock.now()) / HOUR_MS) - back}`

/** The text of a search of the ledger for an address or form of this account. It opens in this hour and the next. */
export const sealSearch = (ctx: Ctx, text: string) => seal(ctx.config.secrets[0] ?? '', text, boundTo(ctx, 0))

/** The text of a sealed search, or null if it cannot be opened any more. */
export async function openSearch(ctx: Ctx, sealed: string): Promise<string | null> {
  const now = await unseal(ctx.config.secrets, sealed, boundTo(ctx, 0))
  return now ?? unseal(ctx.config.secrets, sealed, boundTo(ctx, 1))
}
