import type { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { Ctx } from '../context.ts'
import type { PasskeyRow } from '../store/schema.ts'

// Half a megabyte of certificate parsers, not loaded at the start.
const library = () => import('@simplewebauthn/server')

type Registration = Parameters<typeof verifyRegistrationResponse>[0]['response']
type Authentication = Parameters<typeof verifyAuthenticationResponse>[0]['response']

/** The relying party of passkeys: this site, by its host name (WebAuthn section 5.1.2). */
function site({ config }: Pick<Ctx, 'config'>) {
  const { hostname, origin } = new URL(config.publicUrl)
  return { rpID: hostname, origin }
}

const transportsOf = (row: PasskeyRow) => (row.transports === '' ? [] : row.transports.split(',')) as 'internal'[]

/** The options to make a passkey. The browser signs `challenge`. */
export async function registrationOptions(
  ctx: Pick<Ctx, 'config'>,
  account: { id: string; email: string; name: string },
  known: readonly PasskeyRow[],
) {
  const { generateRegistrationOptions } = await library()
  return generateRegistrationOptions({
    rpName: 'Madoguchi',
    rpID: site(ctx).rpID,
    userID: new TextEncoder().encode(account.id),
    userName: account.email,
    userDisplayName: account.name,
    excludeCredentials: known.map((row) => ({ id: row.id, transports: transportsOf(row) })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
}

/** The options to prove one of these passkeys. */
export async function authenticationOptions(ctx: Pick<Ctx, 'config'>, known: readonly PasskeyRow[]) {
  const { generateAuthenticationOptions } = await library()
  return generateAuthenticationOptions({
    rpID: site(ctx).rpID,
    allowCredentials: known.map((row) => ({ id: row.id, transports: transportsOf(row) })),
    userVerification: 'preferred',
  })
}

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

/** The passkey that a browser made for this challenge, or null if its answer is not valid. */
export async function registered(
  ctx: Pick<Ctx, 'config'>,
  response: unknown,
  challenge: string,
): Promise<Pick<PasskeyRow, 'id' | 'public_key' | 'counter' | 'transports'> | null> {
  const { rpID, origin } = site(ctx)
  const given = {
    response: response as Registration,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: false,
  }
  const { verifyRegistrationResponse: verify } = await library()
  const done = await verify(given).catch(() => null)
  if (!done?.verified) return null
  const { id, publicKey, counter, transports = [] } = done.registrationInfo.credential
  return { id, public_key: base64url(publicKey), counter, transports: transports.join() }
}

/** The new counter of a passkey that a browser used for this challenge. Null if its answer is not valid. */
export async function authenticated(
  ctx: Pick<Ctx, 'config'>,
  response: unknown,
  challenge: string,
  passkey: PasskeyRow,
): Promise<number | null> {
  const { rpID, origin } = site(ctx)
  const given = {
    response: response as Authentication,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: false,
    credential: {
      id: passkey.id,
      publicKey: bytesOf(passkey.public_key),
      counter: passkey.counter,
      transports: transportsOf(passkey),
    },
  }
  const { verifyAuthenticationResponse: verify } = await library()
  const done = await verify(given).catch(() => null)
  return done?.verified ? done.authenticationInfo.newCounter : null
}
