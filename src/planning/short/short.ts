import type { Ctx } from '../../context.ts'

/** What a short address leads to. */
export const SHORT_OWNERS = ['series', 'desk'] as const
export type ShortOwner = { scope: (typeof SHORT_OWNERS)[number]; id: string }

/** An owner as its row has it. */
export const ownerText = ({ scope, id }: ShortOwner) => `${scope}:${id}`

/** Letters and digits that nobody mixes up on paper: no 0 and o, no 1, i and l. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'

/** A new short address of six characters. */
export function newShort(): string {
  const random = crypto.getRandomValues(new Uint8Array(6))
  return Array.from(random, (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

/** The short address of a series or desk, or null if none was made yet. */
export async function shortOf(ctx: Ctx, owner: ShortOwner): Promise<string | null> {
  const row = await ctx.store.db
    .selectFrom('short_address')
    .select('short')
    .where('owner', '=', ownerText(owner))
    .executeTakeFirst()
  return row?.short ?? null
}

/** What a short address leads to, as it was typed. Undefined if it is none. The series or desk may be gone. */
export async function ownerOfShort(ctx: Ctx, typed: string): Promise<ShortOwner | undefined> {
  const short = typed.normalize('NFKC').toLowerCase()
  if (!/^[a-z0-9]{6}$/.test(short)) return undefined
  const row = await ctx.store.db
    .selectFrom('short_address')
    .select('owner')
    .where('short', '=', short)
    .executeTakeFirst()
  const scope = SHORT_OWNERS.find((one) => row?.owner.startsWith(`${one}:`))
  return row && scope && { scope, id: row.owner.slice(scope.length + 1) }
}
