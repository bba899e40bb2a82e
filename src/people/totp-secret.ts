import { seal, unseal } from '../base/token.ts'
import type { Ctx } from '../context.ts'

/** A secret that an earlier version stored: base 32, not sealed. */
const PLAIN = /^[A-Z2-7]{1,64}$/

/** Whether a row holds the secret as plain text. */
export function isPlainTotp(stored: string): boolean {
  return PLAIN.test(stored)
}

/** What a sealed secret is bound to. */
const boundTo = (account: string) => `totp ${account}`

/** The secret of an authenticator app as a row stores it: sealed, for this account only. Throws if there is no secret. */
export async function sealedTotp({ config }: Pick<Ctx, 'config'>, account: string, secret: string): Promise<string> {
  const [first] = config.secrets
  if (first === undefined) throw new Error('no secret to seal with')
  return seal(first, secret, boundTo(account))
}

/**
 * The secret of an account's authenticator app, from its row. Returns null if it was sealed for another account, or under
 * a secret that is out of service.
 */
export async function openedTotp(
  { config }: Pick<Ctx, 'config'>,
  account: string,
  stored: string,
): Promise<string | null> {
  if (isPlainTotp(stored)) return stored
  return unseal(config.secrets, stored, boundTo(account))
}
