const encoder = new TextEncoder()

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** SHA-256 of a text as 64 hex digits: how tokens and idempotency keys are stored. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>

const keys = new Map<string, Key>()

async function hmacKey(secret: string): Promise<Key> {
  const made =
    keys.get(secret) ??
    (await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']))
  keys.set(secret, made)
  return made
}

/** HMAC-SHA256 of a text under a secret, 43 characters of base64url. */
export async function hmac(secret: string, text: string): Promise<string> {
  return base64url(await crypto.subtle.sign('HMAC', await hmacKey(secret), encoder.encode(text)))
}

/** Names a secret without telling it, so that rows say under which secret their token was made. */
export async function secretId(secret: string): Promise<string> {
  return (await sha256(`id of ${secret}`)).slice(0, 12)
}
