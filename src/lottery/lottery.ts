import { sha256 } from '../base/token.ts'

/** An entry in the draw: its receipt number, and whether it is the person's first place in the programme. */
export type Entry = { number: string; first: boolean }

/**
 * The order of a draw: first-timers before the others, within each by the SHA-256 of `<seed>:<number>` in hexadecimal,
 * smallest first. The same seed and numbers always give the same order (docs/lottery.md).
 */
export async function drawOrder<E extends Entry>(seed: string, entries: readonly E[]): Promise<E[]> {
  const hashed = await Promise.all(
    entries.map(async (entry) => ({ entry, hash: await sha256(`${seed}:${entry.number}`) })),
  )
  return hashed
    .toSorted((a, b) => Number(b.entry.first) - Number(a.entry.first) || (a.hash < b.hash ? -1 : 1))
    .map(({ entry }) => entry)
}

/** A new seed: 128 bits from the system's generator, in hexadecimal. */
export function newSeed(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
