import type { Instant } from '../base/clock.ts'
import { hmac, secretId } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import type { Session } from '../schedule/session.ts'
import type { InterestRow } from '../store/schema.ts'

/** Somebody who is to be told once a session is settled, with that session. */
export type Interest = InterestRow & { session_view: Session }

/** The token of an interest's link, derived anew whenever it is needed; null where its secret is out of service. */
export async function interestToken(
  ctx: Pick<Ctx, 'config'>,
  interest: Pick<InterestRow, 'id' | 'secret_id'>,
): Promise<string | null> {
  for (const secret of ctx.config.secrets) {
    if ((await secretId(secret)) === interest.secret_id) return hmac(secret, `${interest.id}.interest`)
  }
  return null
}

/** Until when some may book first: as wanted, yet half way to the end of booking at the latest, so that all get their turn. */
export function earlyAccessUntil(now: Instant, wanted: Instant, closes: Instant): Instant {
  const half = Math.floor((Date.parse(now) + Date.parse(closes)) / 120_000) * 60_000
  const latest = new Date(Math.max(half, Date.parse(now))).toISOString()
  return wanted < latest ? wanted : latest
}

/** Whether somebody may book before everybody else at the instant `now`: told of the settling, and in their time for it. */
export function hasEarlyAccess(interest: Pick<InterestRow, 'state' | 'first_until'>, now: string): boolean {
  return interest.state === 'notified' && interest.first_until !== null && now < interest.first_until
}
