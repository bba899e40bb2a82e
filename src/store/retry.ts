import { type Refused, refused } from '../base/outcome.ts'
import type { Committed, Write } from './store.ts'

/** What an act decides about a row: writes, a refusal, or `again` if nothing is left to do. */
export type Decision<Refusal> = Write[] | 'again' | Refusal

/** The constraint that breaks when a row is no longer as the act read it. */
const CONFLICT: readonly string[] = ['still_true']

/**
 * Returns whether a commit was made. Returns false if it broke one of the `retryable` constraints: a concurrent commit won.
 * The act then looks again. Throws on any other broken constraint: that is a bug of the act.
 */
export function isCommitted(done: Committed, retryable: readonly string[] = CONFLICT): boolean {
  if (!done.ok && !retryable.includes(done.broke)) throw new Error(`a commit broke ${done.broke}`)
  return done.ok
}

/**
 * Retries `attempt` up to three times while it returns null (a concurrent commit won). Then refuses `changed`, with
 * `more` if the refusals of the act carry more.
 */
export async function retryOnConflict<T>(attempt: () => Promise<T | null>): Promise<T | Refused<'changed'>>
export async function retryOnConflict<T, More extends object>(
  attempt: () => Promise<T | null>,
  more: More,
): Promise<T | Refused<'changed', More>>
export async function retryOnConflict<T>(attempt: () => Promise<T | null>, more: object = {}) {
  for (let tries = 0; tries < 3; tries++) {
    const answer = await attempt()
    if (answer !== null) return answer
  }
  return refused('changed', more)
}

/** The reasons that `refusalFor` gives: those of the table, and `changed` if the table has no other for `still_true`. */
type Reason<Table extends Readonly<Record<string, string>>> =
  | Table[keyof Table]
  | (Table extends { still_true: string } ? never : 'changed')

/**
 * The refusal of an act whose commit broke a constraint. It is `changed` for `still_true`, and the table's reason for the
 * constraints in the table. Throws on any other: that is a bug of the act.
 */
export function refusalFor<const Table extends Readonly<Record<string, string>>>(
  { broke }: { broke: string },
  table: Table,
): Refused<Reason<Table>>
export function refusalFor(done: { broke: string }): Refused<'changed'>
export function refusalFor({ broke }: { broke: string }, table: Readonly<Record<string, string>> = {}) {
  const why = new Map(Object.entries({ still_true: 'changed', ...table })).get(broke)
  if (why === undefined) throw new Error(`a commit broke ${broke}`)
  return refused(why)
}
