/** The list in parts of at most `size`, in order; no parts of an empty list. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  for (let i = 0; i < list.length; i += size) parts.push(list.slice(i, i + size))
  return parts
}

export type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()

/** The bytes of a text in UTF-8. */
export const encoded = (text: string): Bytes => encoder.encode(text)

/** The bytes of parts, one after the other. What was encoded before is only copied. */
export function bytesOf(parts: readonly (string | Bytes)[]): Bytes {
  const each = parts.map((part) => (typeof part === 'string' ? encoded(part) : part))
  const [first] = each
  if (first && each.length === 1) return first
  const all = new Uint8Array(each.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const one of each) {
    all.set(one, at)
    at += one.byteLength
  }
  return all
}
