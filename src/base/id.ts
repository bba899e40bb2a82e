const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * A new id: 26 characters (Crockford base 32), the first ten from the given moment so that rows made later
 * sort later, the rest random (80 bits).
 */
export function newId(now: string): string {
  const random = crypto.getRandomValues(new Uint8Array(16))
  return firstId(now) + Array.from(random, (byte) => alphabet[byte % 32]).join('')
}

/** The id of what a form makes: the `key` it came with, so that a form sent twice makes one row; without one a new id. */
export function keyedId(given: unknown, now: string): string {
  const key = typeof given === 'object' && given !== null && 'key' in given ? given.key : null
  return typeof key === 'string' && /^[0-9a-z]{26}$/.test(key) ? key : newId(now)
}

/** What stands before every id made at a moment or later, and after every id made before it: the ten characters of its time. */
export function firstId(at: string): string {
  let time = Date.parse(at)
  let head = ''
  for (let i = 0; i < 10; i++) {
    head = alphabet[time % 32] + head
    time = Math.floor(time / 32)
  }
  return head
}

/** A calendar UID (RFC 7986 section 5.3: a UUID, here at a domain of ours); made once for a session or booking and stored. */
export function newUid(domain: string): string {
  return `${crypto.randomUUID()}@${domain}`
}
