import type { AdviceFormat, RequestTopic } from '../base/vocabulary.ts'
import type { EntitlementRow, RequestRow } from '../store/schema.ts'
import type { Wish } from './candidate.ts'

/** A request as its firm sees it. `allowed` is null if nothing is on record of its visits any more. */
export type RequestView = Omit<RequestRow, 'topics' | 'formats' | 'wished'> & {
  /** The main one first. */
  topics: RequestTopic[]
  /** In the order of the wish. */
  formats: AdviceFormat[]
  wished: Wish[]
  /** The visits of its programme: those it may have, with what staff gave beyond, and those that count. */
  allowed: number | null
  used: number
}

/** A request with its visits, as its firm sees it. */
export function requestView(row: RequestRow, entitled: EntitlementRow | undefined): RequestView {
  return {
    ...row,
    topics: row.topics.split(',') as RequestTopic[],
    formats: row.formats.split(',') as AdviceFormat[],
    wished: JSON.parse(row.wished) as Wish[],
    allowed: entitled ? entitled.allowed + entitled.excess : null,
    used: entitled?.used ?? 0,
  }
}
