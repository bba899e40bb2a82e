import { generateSecret, generateURI, verifySync } from 'otplib'
import { narrow } from '../base/japan/width.ts'

/** A new secret for an authenticator app, in base 32 (RFC 6238). */
export function newTotpSecret(): string {
  return generateSecret()
}

/** The address that an authenticator app reads from a QR code. */
export function totpUri(secret: string, label: string, issuer: string): string {
  return generateURI({ secret, label, issuer })
}

/**
 * The time step of a code that is right at the instant `now` (half a minute early or late is forgiven), or null; a code of
 * the step `after` which one was taken, or of an earlier one, is not right any more.
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
