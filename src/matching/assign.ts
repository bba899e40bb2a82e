import { munkres } from 'munkres'

/** A request of a run. */
export type Seeker = {
  id: string
  /** Business days since it was made. The more, the sooner it is served. */
  age?: number
  /** When it was made. Of requests of the same age the earlier comes first. */
  since?: string
  /** What each expert who may take it is worth, by the expert's id: integers, without the expert's load. */
  arcs: Readonly<Record<string, number>>
}

/** An expert of a run: how many more requests they may take, and how many they have. */
export type Taker = { id: string; places: number; load?: number }

/** A request and the expert to whom it is offered. */
export type Pair = { request: string; expert: string; value: number }

/** The pairs in the order of their requests, and the requests without an expert. `later` are for the next run. */
export type Assigned = { pairs: Pair[]; total: number; unmatched: string[]; later: string[] }

/** The most requests of one run; the oldest. A larger run would hold up everything else. */
export const MATCH_RUN = 300

/** What each request or case that an expert has already takes from the next one. So loads stay even. */
export const LOAD_COSTS = 6

/**
 * What it costs to leave a request without an expert, and what each day of its age adds. The first is more than all
 * values of a run together, so that as many as possible are served.
 */
const UNMATCHED = 10_000_000
const A_DAY = 100
const OLDEST = 30

/** Costs are multiplied by this. What is below it decides only between equals: the older request comes first. */
const EQUALS = 65_536

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : Number(a.id > b.id))

function oldestFirst(a: Seeker, b: Seeker): number {
  const [since, other] = [a.since ?? '', b.since ?? '']
  if ((a.age ?? 0) !== (b.age ?? 0)) return (b.age ?? 0) - (a.age ?? 0)
  if (since !== other) return since < other ? -1 : 1
  return byId(a, b)
}

/** One free place of an expert: the index of the expert, and the requests and cases before it. */
type Place = { expert: Taker; before: number }

/** The free places of experts, no more of each than there are requests for it. */
function placesOf(experts: readonly Taker[], seekers: readonly Seeker[]): Place[] {
  return experts.flatMap((expert) => {
    const most = Math.min(expert.places, seekers.filter(({ arcs }) => Object.hasOwn(arcs, expert.id)).length)
    return Array.from({ length: Math.max(0, most) }, (_, i) => ({ expert, before: (expert.load ?? 0) + i }))
  })
}

/** What each request costs at each place, and last at a column of its own for none. */
function costsOf(seekers: readonly Seeker[], places: readonly Place[]): number[][] {
  return seekers.map(({ arcs, age = 0 }, row) => {
    const unmatched = UNMATCHED + A_DAY * Math.min(age, OLDEST)
    return [
      ...places.map(({ expert, before }) => {
        const value = Object.hasOwn(arcs, expert.id) ? arcs[expert.id] : undefined
        return value === undefined ? Number.POSITIVE_INFINITY : (LOAD_COSTS * before - value) * EQUALS
      }),
      ...seekers.map((_, i) =>
        i === row ? unmatched * EQUALS + (seekers.length - 1 - row) : Number.POSITIVE_INFINITY,
      ),
    ]
  })
}

/** Moves a pair to an expert with a lower id if that costs the same. So ties do not depend on the solver. */
function withTiesToLowerIds(chosen: number[], costs: readonly (readonly number[])[], places: number): number[] {
  const taken = new Set(chosen)
  for (const [row, column] of chosen.entries()) {
    if (column >= places) continue
    const cost = costs[row]?.[column]
    const lower = costs[row]?.findIndex((other, i) => i < column && other === cost && !taken.has(i)) ?? -1
    if (lower < 0) continue
    taken.delete(column)
    taken.add(lower)
    chosen[row] = lower
  }
  return chosen
}

/**
 * Gives requests to experts. As many are served as can be, and among these the older ones. Of all ways to do so, the
 * pairs are worth most and loads are even. `total` is the sum of the pairs' values without loads. The order of what is
 * given changes nothing.
 */
export function assign(requests: readonly Seeker[], experts: readonly Taker[]): Assigned {
  const all = requests.toSorted(oldestFirst)
  const seekers = all.slice(0, MATCH_RUN)
  const later = all.slice(MATCH_RUN).map(({ id }) => id)
  if (seekers.length === 0) return { pairs: [], total: 0, unmatched: [], later }
  const places = placesOf(experts.toSorted(byId), seekers)
  const costs = costsOf(seekers, places)
  const chosen = Array.from(seekers, () => places.length)
  for (const [row, column] of munkres(costs)) chosen[row] = column
  const columns = withTiesToLowerIds(chosen, costs, places.length)
  const pairs = seekers.flatMap(({ id, arcs }, row) => {
    const expert = places[columns[row] ?? places.length]?.expert.id
    return expert === undefined ? [] : [{ request: id, expert, value: arcs[expert] ?? 0 }]
  })
  const served = new Set(pairs.map(({ request }) => request))
  return {
    pairs,
    total: pairs.reduce((sum, { value }) => sum + value, 0),
    unmatched: seekers.flatMap(({ id }) => (served.has(id) ? [] : id)),
    later,
  }
}
