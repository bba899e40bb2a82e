/** A mail address with its display name, which may be empty. */
export type Address = { name: string; address: string }

/** Reads one address, `窓口 <noreply@example.jp>` (RFC 5322 section 3.4, without groups and comments). */
export function addressOf(text: string): Address {
  const match = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<]*?))\s*<([^<>\s]+)>\s*$/.exec(text)
  if (!match) return { name: '', address: text.trim() }
  const [, quoted, plain = '', address = ''] = match
  return { name: (quoted?.replaceAll(/\\(.)/g, '$1') ?? plain).trim(), address }
}
