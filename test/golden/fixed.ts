import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

// Imported before anything else, or by `node --import`: libraries keep what they found at their first line.
let now = Date.parse(process.env.GOLDEN_NOW ?? '2026-11-22T01:00:00.000Z')
let label = process.env.GOLDEN_SEED ?? 'start'
let turn = 0

/** Sets the time that every clock of this process shows. */
export function setNow(instant: string): void {
  now = Date.parse(instant)
}

/** Begins the random bytes that belong to a label. The same label gives the same bytes. */
export function reseed(next: string): void {
  label = next
  turn = 0
}

/** Runs work that draws random bytes, then restores the state from before it. */
export async function aside<T>(work: () => Promise<T>): Promise<T> {
  const before = { label, turn }
  try {
    return await work()
  } finally {
    ;({ label, turn } = before)
  }
}

function bytes(count: number): Buffer {
  const parts: Buffer[] = []
  for (let have = 0; have < count; have += 32) {
    parts.push(crypto.createHash('sha256').update(`${label} ${turn}`).digest())
    turn++
  }
  return Buffer.concat(parts).subarray(0, count)
}

function uuid(): ReturnType<typeof crypto.randomUUID> {
  const hex = bytes(16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

function fill<T extends ArrayBufferView>(into: T): T {
  const { buffer, byteOffset, byteLength } = into
  new Uint8Array(buffer, byteOffset, byteLength).set(bytes(byteLength))
  return into
}

function randomBytes(count: number, done?: (error: null, made: Buffer) => void): Buffer | undefined {
  const made = bytes(count)
  if (!done) return made
  process.nextTick(done, null, made)
  return undefined
}

const replaced: [object, Record<string, unknown>][] = [
  [globalThis.crypto, { getRandomValues: fill, randomUUID: uuid }],
  [crypto, { randomUUID: uuid, randomFillSync: fill, randomBytes }],
  [Math, { random: () => bytes(4).readUInt32BE() / 2 ** 32 }],
  [performance, { now: () => 0 }],
  [Date, { now: () => now }],
]
for (const [of, values] of replaced) {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(of, name, { value, configurable: true, writable: true })
  }
}
globalThis.Date = new Proxy(Date, {
  construct: (target, given, as) => Reflect.construct(target, given.length === 0 ? [now] : given, as) as object,
})
syncBuiltinESMExports()
