import { hmac, secretId } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import { queue } from '../store/outbox.ts'
import type { BookingRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { Booking } from './booking.ts'

/**
 * The token of a booking's manage link, derived anew whenever it is needed and never stored (only its hash is).
 * null where the secret it was made under has been taken out of service.
 */
export async function tokenOf(
  ctx: Pick<Ctx, 'config'>,
  booking: Pick<BookingRow, 'id' | 'token_version' | 'secret_id'>,
): Promise<string | null> {
  for (const secret of ctx.config.secrets) {
    if ((await secretId(secret)) === booking.secret_id) return hmac(secret, `${booking.id}.${booking.token_version}`)
  }
  return null
}

/** `$PUBLIC_URL/b/<token>`, or null where the token can no longer be derived. */
export async function manageUrl(
  ctx: Pick<Ctx, 'config'>,
  booking: Pick<BookingRow, 'id' | 'token_version' | 'secret_id'>,
): Promise<string | null> {
  const token = await tokenOf(ctx, booking)
  return token && `${ctx.config.publicUrl}/b/${token}`
}

/** A booking as staff see its letters: the link in them leads nowhere, since it is its holder's alone. */
export function withoutLink(booking: Booking): Booking {
  return { ...booking, token_version: 0 }
}

/** The letter with a booking's manage link once more, to the address on record: at most one an hour. */
export function linkLetter(ctx: Ctx, booking: Pick<BookingRow, 'id' | 'sequence' | 'locale'>): Write {
  const { id, sequence, locale } = booking
  return queue(ctx, { kind: 'link', subject: id, sequence, locale, dedupe_key: ctx.clock.now().slice(0, 13) })
}
