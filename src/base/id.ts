const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Random bytes, drawn by the thousand because each call costs more than the bytes. */
const drawn = new Uint8Array(4096)
let used = drawn.length

/** 16 random bytes that nobody was given before. */
function randomBytes(): Uint8Array {
  if (used === drawn.length) {
    crypto.getRandomValues(drawn)
    used = 0
  }
  used += 16
  return drawn.subarray(used - 16, used)
}

/**
 * A new id of 26 characters (Crockford base 32). Ten hold the time, so that ids sort by age; the rest hold 80 random
 * bits.
 */
export function newId(now: string): string {
  let id = firstId(now)
  for (const byte of randomBytes()) id += alphabet[byte % 32]
  return id
}

/** Lower bound for ids made at `at` or later: the ten characters of the time. */
export function firstId(at: string): string {
  let time = Date.parse(at)
  let head = ''
  for (let i = 0; i < 10; i++) {
    head = alphabet[time % 32] + head
    time = Math.floor(time / 32)
  }
  return head
}

/**
 * A new calendar UID (RFC 7986 section 5.3): a UUID at our domain. It is made once for a session or booking and stored.
 */
export function newUid(domain: string): string {
  return `${crypto.randomUUID()}@${domain}`
}
