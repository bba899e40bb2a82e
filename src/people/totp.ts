import { generateSecret, generateURI, verifySync } from 'otplib'
import { narrow } from '../base/japan/width.ts'

/** A new secret for an authenticator app, in base 32 (RFC 6238). */
export function newTotpSecret(): string {
  return generateSecret()
}

/** The `otpauth:` address that an authenticator app reads from a QR code. */
export function totpUri(secret: string, label: string, issuer: string): string {
  return generateURI({ secret, label, issuer })
}

/**
 * The time step of a code, or null if it is wrong at the instant `now`. Half a minute early or late is accepted. Codes
 * of step `after` and earlier ones are refused, because each code works once.
 */
export function totpStep(secret: string, typed: string, now: string, after: number | null): number | null {
  const token = narrow(typed).replaceAll(/\D/g, '')
  if (token.length !== 6) return null
  const epoch = Math.floor(Date.parse(now) / 1000)
  const found = verifySync({
    secret,
    token,
    epoch,
    epochTolerance: 30,
    ...(after !== null && { afterTimeStep: after }),
  })
  return found.valid && 'timeStep' in found ? found.timeStep : null
}
