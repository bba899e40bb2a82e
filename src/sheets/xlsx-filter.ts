import { strToU8, Unzip, UnzipPassThrough, Zip, ZipDeflate } from 'fflate'

const SHEET = 'xl/worksheets/sheet1.xml'
const END = strToU8('</worksheet>')

/** Passes on all but the last bytes, `</worksheet>`. At the end, writes the filter in front of them. */
function beforeEnd(filter: () => Uint8Array, push: (bytes: Uint8Array, final: boolean) => void) {
  let held = new Uint8Array(0)
  return (bytes: Uint8Array, final: boolean) => {
    const all = new Uint8Array(held.length + bytes.length)
    all.set(held)
    all.set(bytes, held.length)
    const cut = Math.max(0, all.length - END.length)
    held = all.slice(cut)
    push(all.subarray(0, cut), false)
    if (!final) return
    push(filter(), false)
    push(held, true)
  }
}

/**
 * A workbook whose sheet has filter buttons over `range()`, asked for after its last row. Its parts come stored, and
 * leave deflated, chunk by chunk.
 */
export async function* withFilter(stored: AsyncIterable<Uint8Array>, range: () => string): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    ready.push(bytes)
  })
  const unzip = new Unzip((part) => {
    const packed = new ZipDeflate(part.name, { level: 3 })
    zip.add(packed)
    const push = packed.push.bind(packed)
    const write = part.name === SHEET ? beforeEnd(() => strToU8(`<autoFilter ref="${range()}"/>`), push) : push
    part.ondata = (error, bytes, final) => {
      if (error) throw error
      write(bytes, final)
    }
    part.start()
  })
  unzip.register(UnzipPassThrough)
  for await (const bytes of stored) {
    unzip.push(bytes)
    yield* ready.splice(0)
  }
  unzip.push(new Uint8Array(0), true)
  zip.end()
  yield* ready.splice(0)
}
