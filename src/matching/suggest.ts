import type { CivilDate } from '../base/japan/civil.ts'
import { EXCLUSIONS, type Exclusion } from '../base/vocabulary.ts'
import { type Assigned, assign, LOAD_COSTS } from './assign.ts'
import { type Candidate, exclusionOf, type Matter } from './candidate.ts'
import { type Parts, scoreOf, scoreParts } from './score.ts'

/** A candidate for a request, with the score explained. */
export type Suggestion = { expert: string; score: number; parts: Parts }

/** All experts as seen from one request. Candidates and excluded experts add up to `registered`. */
export type Explained = {
  /** The best first; of equal scores the lower id. */
  candidates: Suggestion[]
  excluded: Record<Exclusion, number>
  registered: number
}

const better = (a: Suggestion, b: Suggestion) => b.score - a.score || (a.expert < b.expert ? -1 : 1)

/** Who fits a request on a day, how well and why, and why the others do not. */
export function explain(matter: Matter, experts: readonly Candidate[], today: CivilDate): Explained {
  const excluded = Object.fromEntries(EXCLUSIONS.map((reason) => [reason, 0])) as Record<Exclusion, number>
  const candidates: Suggestion[] = []
  for (const expert of experts) {
    const reason = exclusionOf(matter, expert, today)
    if (reason !== null) {
      excluded[reason]++
      continue
    }
    const parts = scoreParts(matter, expert)
    candidates.push({ expert: expert.id, score: scoreOf(parts), parts })
  }
  return { candidates: candidates.toSorted(better), excluded, registered: experts.length }
}

/** A run over many requests: what is offered to whom, and how all experts look from each request. */
export type Suggested = Assigned & { explained: Record<string, Explained> }

/**
 * Who should be asked about which request, all together. `age` says the business days since a request was made. Nobody is
 * asked beyond their limits.
 */
export function suggest(
  matters: readonly Matter[],
  experts: readonly Candidate[],
  today: CivilDate,
  age: (matter: Matter) => number,
): Suggested {
  const loads = new Map(experts.map(({ id, open }) => [id, open]))
  const explained = Object.fromEntries(matters.map((matter) => [matter.id, explain(matter, experts, today)]))
  const seekers = matters.map((matter) => ({
    id: matter.id,
    since: matter.applied_at,
    age: age(matter),
    arcs: Object.fromEntries(
      (explained[matter.id]?.candidates ?? []).map(({ expert, score }) => [
        expert,
        // The run counts the load itself, place by place.
        score + LOAD_COSTS * (loads.get(expert) ?? 0),
      ]),
    ),
  }))
  const takers = experts.map(({ id, open, most, week, most_week }) => ({
    id,
    places: Math.min(most - open, most_week - week),
    load: open,
  }))
  return { ...assign(seekers, takers), explained }
}
