import { generate } from 'otplib'

/** The code that an authenticator app shows at an instant. */
export function totpCode(secret: string, now: string): Promise<string> {
  return generate({ secret, epoch: Math.floor(Date.parse(now) / 1000) })
}
