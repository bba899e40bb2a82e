import type { Instant } from '../base/clock.ts'
import { tokenColumns, tokenUnder } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import type { Session } from '../schedule/session.ts'
import type { InterestRow } from '../store/schema.ts'

/** Somebody who asked for news of a session without a date or hours, with that session. */
export type Interest = InterestRow & { session_view: Session }

const linkText = (id: string) => `${id}.interest`

/** The columns of an interest's link, under the secret now in service. */
export function interestLinkColumns(
  ctx: Pick<Ctx, 'config'>,
  id: string,
): Promise<Pick<InterestRow, 'token_hash' | 'secret_id'>> {
  return tokenColumns(ctx.config.secrets, linkText(id))
}

/** The token of an interest's link. Returns null if the secret it was made under is out of service. */
export async function interestToken(
  ctx: Pick<Ctx, 'config'>,
  interest: Pick<InterestRow, 'id' | 'secret_id'>,
): Promise<string | null> {
  return tokenUnder(ctx.config.secrets, interest.secret_id, linkText(interest.id))
}

/** The end of early access: `wanted`, but never later than the midpoint between `now` and `closes`. */
export function earlyAccessUntil(now: Instant, wanted: Instant, closes: Instant): Instant {
  const half = Math.floor((Date.parse(now) + Date.parse(closes)) / 120_000) * 60_000
  const latest = new Date(Math.max(half, Date.parse(now))).toISOString()
  return wanted < latest ? wanted : latest
}

/** Whether somebody may book before everybody else at `now`: they were notified, and their early access has not ended. */
export function hasEarlyAccess(interest: Pick<InterestRow, 'state' | 'first_until'>, now: string): boolean {
  return interest.state === 'notified' && interest.first_until !== null && now < interest.first_until
}
