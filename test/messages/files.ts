/** A document that begins as a PDF does, of this many bytes. */
export function pdf(bytes = 100, mark = 'a'): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at++) content[at] = (at * 7 + mark.charCodeAt(0)) % 256
  content.set(new TextEncoder().encode('%PDF-1.7\n'))
  return content
}

/** The smallest image: one pixel, as PNG. */
export const PNG = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (one) => one.charCodeAt(0),
)

/** What begins as a JPEG does. */
export const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0])
