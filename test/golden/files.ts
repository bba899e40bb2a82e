import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'

/** A folder of answers. A name that comes twice gets a number. */
export function folder(out: string) {
  const taken = new Map<string, number>()
  let files = 0

  /** The name under which the next file of this name is written. */
  function named(path: string): string {
    const short =
      path.length > 180 ? `${path.slice(0, 150)}-${createHash('sha256').update(path).digest('hex').slice(0, 12)}` : path
    const count = (taken.get(short) ?? 0) + 1
    taken.set(short, count)
    return count === 1 ? short : `${short}~${count}`
  }

  function write(name: string, content: string | Uint8Array): void {
    const path = join(out, `${name}.txt`)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, content)
    files++
  }

  return { named, write, count: () => files }
}

/** An address as part of a file's name. */
export function fileName(address: string): string {
  return address.replaceAll('/', '_').replaceAll(/[^\w.=&%,@-]/g, '+')
}

/** The files in a ZIP archive, one after the other, as text: the compressed bytes depend on the library. */
export function unzipped(archive: Buffer): string {
  const parts: string[] = []
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)]
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const local = archive.readUInt32LE(at + 42)
    const begins = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const data = archive.subarray(begins, begins + size)
    const content = method === 0 ? data : inflateRawSync(data)
    parts.push(`== ${archive.toString('utf8', at + 46, at + 46 + name)}\n${content.toString('utf8')}\n`)
    at += 46 + name + extra + comment
  }
  return parts.join('')
}
