import { application, MITO } from '../world.ts'

const SLOTS = ['1000', '1100', '1300', '1400', '1500']

/** People who want a place on the same day, spread over its slots. */
export const crowd = (count: number) =>
  Array.from({ length: count }, (_, i) => application({ slot: `${MITO}-${SLOTS[i % 5]}` }))

/** The number of each answer. */
export function tally(words: (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
