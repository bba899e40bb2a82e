import { createHash, createHmac } from 'node:crypto'
import { remembered } from './recall.ts'

const encoder = new TextEncoder()

/** Bytes as base64url without padding (RFC 4648 section 5). */
export function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** SHA-256 of bytes as 64 hexadecimal digits. */
export function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Promise.resolve(createHash('sha256').update(bytes).digest('hex'))
}

const hexOf = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * SHA-256 of a text as 64 hexadecimal digits. Tokens and idempotency keys are stored so. It is computed at once. WebCrypto
 * would hand a text of a few bytes to another thread, and take a turn of the event loop.
 */
export function sha256(text: string): Promise<string> {
  return Promise.resolve(hexOf(text))
}

/** HMAC-SHA256 of a text under a secret: 43 characters of base64url. Computed at once, as `sha256` is. */
export function hmac(secret: string, text: string): Promise<string> {
  return Promise.resolve(createHmac('sha256', secret).update(text).digest('base64url'))
}

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>

async function sealingKey(secret: string): Promise<Key> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(`seal of ${secret}`))
  return crypto.subtle.importKey('raw', digest, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/**
 * Encrypts a text with AES-256-GCM, as base64url, for personal data in an address. It opens only with the same `bound`:
 * the account and the act that it is for.
 */
export async function seal(secret: string, text: string, bound: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const how = { name: 'AES-GCM', iv, additionalData: encoder.encode(bound) }
  const sealed = await crypto.subtle.encrypt(how, await sealingKey(secret), encoder.encode(text))
  return base64url(new Uint8Array([...iv, ...new Uint8Array(sealed)]).buffer)
}

/** Decrypts a text that was sealed for the same `bound`, with the first secret that fits. Returns null if none does. */
export async function unseal(secrets: readonly string[], sealed: string, bound: string): Promise<string | null> {
  // No base64 has a length of 4n + 1: `atob` throws for it.
  if (!/^[\w-]{38,2000}$/.test(sealed) || sealed.length % 4 === 1) return null
  const bytes = Uint8Array.from(atob(sealed.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  for (const secret of secrets) {
    const key = await sealingKey(secret)
    const how = { name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData: encoder.encode(bound) }
    const opened = crypto.subtle.decrypt(how, key, bytes.slice(12))
    const text = await opened.then((plain) => new TextDecoder().decode(plain)).catch(() => null)
    if (text !== null) return text
  }
  return null
}

const idOf = remembered((secret: string) => hexOf(`id of ${secret}`).slice(0, 12), 10)

/** The name of a secret, 12 hex digits, which does not reveal it. A row keeps the name of the secret of its token. */
export function secretId(secret: string): Promise<string> {
  return Promise.resolve(idOf(secret))
}

/**
 * The token of a text under the secret with this id. It is computed on demand, because only its hash is stored.
 * Returns null if that secret is out of service.
 */
export async function tokenUnder(secrets: readonly string[], id: string, text: string): Promise<string | null> {
  for (const secret of secrets) {
    if ((await secretId(secret)) === id) return hmac(secret, text)
  }
  return null
}

/**
 * What a row stores of a new token: its hash, and the id of the first secret in service.
 * `tokenUnder` computes the token itself. Throws if there is no secret.
 */
export async function tokenColumns(
  secrets: readonly string[],
  text: string,
): Promise<{ token_hash: string; secret_id: string }> {
  const [secret] = secrets
  if (secret === undefined) throw new Error('no secret to sign links with')
  return { token_hash: await sha256(await hmac(secret, text)), secret_id: await secretId(secret) }
}
