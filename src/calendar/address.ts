/** A mail address with its display name, which may be empty. */
export type Address = { name: string; address: string }

/** Reads one address, `窓口 <noreply@example.jp>` (RFC 5322 section 3.4, without groups and comments). */
export function addressOf(text: string): Address {
  const match = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<]*?))\s*<([^<>\s]+)>\s*$/.exec(text)
  if (!match) return { name: '', address: text.trim() }
  const [, quoted, plain = '', address = ''] = match
  return { name: (quoted?.replaceAll(/\\(.)/g, '$1') ?? plain).trim(), address }
}

/** Text of an address in a URI. `+` and `$` may stand there as they are, and are what calendars compare. */
const encoded = (text: string) => encodeURIComponent(text).replaceAll(/%2B|%24/g, decodeURIComponent)

/**
 * An address as it follows `mailto:` (RFC 6068 section 2). A local part that is no dot-atom is quoted, for some carriers
 * gave out `a..b@example.jp`. What has a meaning in a URI is encoded.
 */
export function mailtoOf(address: string): string {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const isDotAtom = /^[^.]+(?:\.[^.]+)*$/.test(local)
  return `${encoded(isDotAtom ? local : `"${local}"`)}@${encoded(address.slice(at + 1))}`
}
