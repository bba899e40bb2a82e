import { type Instant, plusMinutes } from '../base/clock.ts'
import { seal, unseal } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import type { WebhookRow } from '../store/schema.ts'

/** Minutes for which the secret before still signs: a day, so that the receiver can change over. */
const BOTH_MINUTES = 24 * 60

/** What a sealed secret is bound to. */
const BOUND = 'webhook'

/** A new secret: 32 random bytes in base64, behind `whsec_` (Standard Webhooks 1.0.0, "Signature scheme"). */
export function newSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`
}

/** A secret as a row stores it: sealed. Throws if there is no `SECRET`. */
export async function sealedSecret({ config }: Pick<Ctx, 'config'>, secret: string): Promise<string> {
  const [first] = config.secrets
  if (first === undefined) throw new Error('no secret to seal with')
  return seal(first, secret, BOUND)
}

/** When the secret before stops to sign. */
export const untilBoth = (now: Instant): Instant => plusMinutes(now, BOTH_MINUTES)

/**
 * The secrets that sign now, the present one first. Empty if they were sealed under a `SECRET` that is out of service.
 */
export async function secretsOf(
  { config, clock }: Pick<Ctx, 'config' | 'clock'>,
  { secret, secret_before, before_until }: Pick<WebhookRow, 'secret' | 'secret_before' | 'before_until'>,
): Promise<string[]> {
  const isBoth = secret_before !== null && before_until !== null && clock.now() < before_until
  const sealed = isBoth ? [secret, secret_before] : [secret]
  const opened = await Promise.all(sealed.map((one) => unseal(config.secrets, one, BOUND)))
  return opened.filter((one) => one !== null)
}
