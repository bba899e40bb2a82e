import { type Refused, refused } from '../base/outcome.ts'
import type { Committed } from './store.ts'

/**
 * Whether a commit stands; false where what the act had read was no longer so (`still_true`). Any other broken constraint
 * is a bug of the act, and is thrown.
 */
export function isCommitted(done: Committed): boolean {
  if (!done.ok && done.broke !== 'still_true') throw new Error(`a commit broke ${done.broke}`)
  return done.ok
}

/**
 * Looks and decides until the act has an answer: null where somebody else's commit came between, and it looks again, three
 * times at most, then refuses `changed`.
 */
export async function retryOnConflict<T>(attempt: () => Promise<T | null>): Promise<T | Refused<'changed'>> {
  for (let tries = 0; tries < 3; tries++) {
    const answer = await attempt()
    if (answer !== null) return answer
  }
  return refused('changed')
}
