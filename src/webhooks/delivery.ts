import type { Instant } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import type { WebhookDeliveryRow } from '../store/schema.ts'
import type { Announced } from '../store/webhooks/announce.ts'

/** A request as it leaves. */
export type Posting = { url: string; headers: Record<string, string>; body: string }

/**
 * What came of a request. `private`: the name leads to a special address. `timeout`: no answer in time.
 * `unreachable`: no connection. `secret`: nothing to sign with. `retryAfter`: the header of that name.
 */
export type Answer =
  | { status: number; retryAfter: string | null }
  | { fault: 'private' | 'timeout' | 'unreachable' | 'secret'; retryAfter?: never }

/**
 * Posts once. It never throws, follows no redirect, reads no body, and answers within `POST_SECONDS`. It connects to
 * public addresses only.
 */
export type Poster = (posting: Posting) => Promise<Answer>

/** Seconds for which an answer is waited for. A claim holds longer. */
export const POST_SECONDS = 20

/** Seconds to wait after the first, second, … failure: 75 hours in all (Standard Webhooks 1.0.0, "Retries"). */
const PAUSES = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

/** Attempts of a delivery: one after each pause, and the first. */
export const MOST_ATTEMPTS = PAUSES.length + 1

/** The most seconds that a receiver may put us off. */
const MOST_PUT_OFF = 86_400

/** Seconds that a receiver asks us to wait, by its header `Retry-After`. 0 if it says none that can be read. */
function putOff(retryAfter: string | null | undefined, now: Instant): number {
  if (!retryAfter) return 0
  const seconds = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.parse(now)) / 1000
  return Number.isFinite(seconds) ? Math.min(MOST_PUT_OFF, Math.max(0, seconds)) : 0
}

/** What becomes of a delivery after an attempt. `stop`: why the webhook may have to stop. */
export type Outcome = Partial<WebhookDeliveryRow> & {
  state: 'sent' | 'waiting' | 'failed'
  stop?: 'gone' | 'failed'
}

/**
 * The outcome of an attempt. 2xx is success, 410 says that the address wants nothing more, all else is tried again. The
 * pause is up to a tenth longer by `chance` (0 to 1). So a receiver that comes back is not asked by all at once.
 */
export function outcomeOf(answer: Answer, attempts: number, now: Instant, chance: number): Outcome {
  if ('status' in answer && answer.status >= 200 && answer.status < 300) {
    return { state: 'sent', sent_at: now, fault: null }
  }
  const fault = 'fault' in answer ? answer.fault : `HTTP ${answer.status}`
  if ('status' in answer && answer.status === 410) return { state: 'failed', fault, stop: 'gone' }
  const pause = PAUSES[attempts - 1]
  if (pause === undefined) return { state: 'failed', fault, stop: 'failed' }
  const seconds = Math.max(pause, putOff(answer.retryAfter, now)) * (1 + chance / 10)
  return { state: 'waiting', fault, due_at: new Date(Date.parse(now) + seconds * 1000).toISOString() }
}

/** The body of a delivery: the same bytes at each attempt. It says of which session, and nothing of any person. */
export function bodyOf({ config }: Pick<Ctx, 'config'>, { type, session, sequence, happened_at }: Announced): string {
  const path = encodeURIComponent(session)
  const url = `${config.publicUrl}/sessions/${path}`
  const api_url = `${config.publicUrl}/api/v1/sessions/${path}`
  return JSON.stringify({ type, timestamp: happened_at, data: { id: session, sequence, url, api_url } })
}
