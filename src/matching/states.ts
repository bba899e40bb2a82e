import type { MatchState, ReportState, RequestState } from '../base/vocabulary.ts'

/**
 * The states that each may go to, by state; anything else is refused. `docs/ARCHITECTURE.md` draws the tables of requests
 * and matches. A finished request goes on only by staff, in its programme, while the firm has visits left.
 */
export const NEXT_STATES = {
  request: {
    matching: ['matched', 'held', 'withdrawn', 'unmatched'],
    held: ['matching', 'withdrawn', 'unmatched'],
    matched: ['advising', 'matching', 'withdrawn'],
    advising: ['matching', 'finished', 'withdrawn'],
    finished: ['advising'],
    unmatched: ['matching'],
    withdrawn: [],
  },
  match: {
    offered: ['accepted', 'declined', 'expired', 'withdrawn'],
    accepted: ['ended', 'released'],
    declined: [],
    expired: [],
    withdrawn: [],
    ended: [],
    released: [],
  },
  report: {
    draft: ['filed'],
    filed: ['approved', 'returned'],
    returned: ['filed'],
    approved: [],
  },
} as const satisfies {
  request: Record<RequestState, readonly RequestState[]>
  match: Record<MatchState, readonly MatchState[]>
  report: Record<ReportState, readonly ReportState[]>
}

type StatesOf = { request: RequestState; match: MatchState; report: ReportState }

/** Whether a request, match or report may go from one state to another. Staying is no step. */
export function mayGo<K extends keyof StatesOf>(kind: K, from: StatesOf[K], to: StatesOf[K]): boolean {
  const table: Record<string, readonly string[]> = NEXT_STATES[kind]
  return table[from]?.includes(to) ?? false
}
