import { sha256, tokenColumns, tokenUnder } from '../base/token.ts'
import { capLetter } from '../caps/letter.ts'
import type { Ctx } from '../context.ts'
import type { ActAbout } from '../store/acts.ts'
import { note } from '../store/journal.ts'
import type { BookingRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { Booking } from './booking.ts'

const linkText = (id: string, version: number) => `${id}.${version}`

/** The columns of a new manage link: version `version`, under the secret now in service. */
export async function linkColumns(
  ctx: Pick<Ctx, 'config'>,
  id: string,
  version: number,
): Promise<Pick<BookingRow, 'token_version' | 'token_hash' | 'secret_id'>> {
  return { token_version: version, ...(await tokenColumns(ctx.config.secrets, linkText(id, version))) }
}

/** The token of a booking's manage link. Returns null if the secret it was made under is out of service. */
export async function tokenOf(
  ctx: Pick<Ctx, 'config'>,
  booking: Pick<BookingRow, 'id' | 'token_version' | 'secret_id'>,
): Promise<string | null> {
  return tokenUnder(ctx.config.secrets, booking.secret_id, linkText(booking.id, booking.token_version))
}

/** `$PUBLIC_URL/b/<token>`. Returns null if the secret it was made under is out of service. */
export async function manageUrl(
  ctx: Pick<Ctx, 'config'>,
  booking: Pick<BookingRow, 'id' | 'token_version' | 'secret_id'>,
): Promise<string | null> {
  const token = await tokenOf(ctx, booking)
  return token && `${ctx.config.publicUrl}/b/${token}`
}

/** The writes that say why the manage link of a booking works no more. None if its secret is out of service already. */
export async function endLink(
  ctx: Ctx,
  act: ActAbout<'link'>,
  booking: Pick<BookingRow, 'id' | 'token_version' | 'secret_id'>,
): Promise<Write[]> {
  const token = await tokenOf(ctx, booking)
  return token === null ? [] : [note(ctx, act, await sha256(token))]
}

/** Why a link leads nowhere. `cut`: it is shorter than any link. Null is unknown. */
export type DeadLink = 'cut' | 'replaced' | 'used' | 'erased' | null

const LENGTH = 43

const ENDS = { 'link.replaced': 'replaced', 'link.used': 'used', 'link.erased': 'erased' } as const

/**
 * Why the link with this token leads nowhere. An answer other than `cut` needs the link itself: a guess tells nothing
 * about bookings.
 */
export async function deadLink(ctx: Ctx, token: string): Promise<DeadLink> {
  if (token.length < LENGTH) return 'cut'
  const line = await ctx.store.db
    .selectFrom('journal')
    .select('act')
    .where('subject', '=', await sha256(token))
    .where('act', 'in', Object.keys(ENDS))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return ENDS[line?.act as keyof typeof ENDS] ?? null
}

/** A booking as staff preview its letters: their link does not work, because only its holder may have it. */
export function withoutLink(booking: Booking): Booking {
  return { ...booking, token_version: 0 }
}

/**
 * The writes that send a booking's manage link again, to the address on record; none without one. At most one letter an
 * hour leaves, and none beyond the recipient's cap.
 */
export async function linkLetter(
  ctx: Ctx,
  booking: Pick<BookingRow, 'id' | 'sequence' | 'locale' | 'email' | 'session'>,
): Promise<Write[]> {
  const { id, sequence, locale, email, session } = booking
  const dedupe_key = ctx.clock.now().slice(0, 13)
  if (email === null) return []
  return capLetter(ctx, { email, session }, { kind: 'link', subject: id, sequence, locale, dedupe_key })
}
