import { assert, constantFrom, dictionary, integer, property, record, shuffledSubarray, uniqueArray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assign, LOAD_COSTS, MATCH_RUN, type Pair, type Seeker, type Taker } from '../../src/matching/assign.ts'
import { PROPERTY } from './property.ts'

const experts = (most = 4) =>
  uniqueArray(
    record({
      id: constantFrom(...'ABCD'),
      places: integer({ min: 0, max: 3 }),
      load: integer({ min: 0, max: 3 }),
    }),
    { selector: ({ id }) => id, maxLength: most },
  )
const arcs = dictionary(constantFrom(...'ABCD'), integer({ min: -20, max: 120 }), { maxKeys: 4 })
const seekers = (most = 6) =>
  uniqueArray(record({ id: constantFrom(...'123456'), age: integer({ min: 0, max: 3 }), arcs }), {
    selector: ({ id }) => id,
    maxLength: most,
  })

/** How good pairs are: the number served first, then their ages, then values without what loads cost. */
function worth(requests: readonly Seeker[], all: readonly Taker[], pairs: readonly Pair[]): number {
  const load = new Map(all.map(({ id, load: before = 0 }) => [id, before]))
  return pairs.reduce((sum, { request, expert, value }) => {
    const before = load.get(expert) ?? 0
    load.set(expert, before + 1)
    const age = requests.find(({ id }) => id === request)?.age ?? 0
    return sum + 10_000_000 + 100 * age + value - LOAD_COSTS * before
  }, 0)
}

/** The most that any pairs are worth, by trying all of them. */
function best(requests: readonly Seeker[], all: readonly Taker[]): number {
  const tried = ([first, ...rest]: readonly Seeker[], pairs: readonly Pair[]): number => {
    if (!first) return worth(requests, all, pairs)
    const free = all.filter(({ id, places }) => pairs.filter(({ expert }) => expert === id).length < places)
    const taken = free.flatMap(({ id }) => {
      const value = first.arcs[id]
      return value === undefined ? [] : tried(rest, [...pairs, { request: first.id, expert: id, value }])
    })
    return Math.max(tried(rest, pairs), ...taken)
  }
  return tried(requests, [])
}

const loadsOf = (pairs: readonly Pair[], all: readonly Taker[]) =>
  all.map(({ id, load = 0 }) => load + pairs.filter(({ expert }) => expert === id).length)

describe('requests and experts', () => {
  test('are paired together where first come would leave one out', () => {
    const requests = [
      { id: 'r1', arcs: { A: 90, B: 80 } },
      { id: 'r2', arcs: { A: 85 } },
      { id: 'r3', arcs: { B: 20 } },
    ]
    expect(
      assign(requests, [
        { id: 'A', places: 1 },
        { id: 'B', places: 2 },
      ]),
    ).toEqual({
      pairs: [
        { request: 'r1', expert: 'B', value: 80 },
        { request: 'r2', expert: 'A', value: 85 },
        { request: 'r3', expert: 'B', value: 20 },
      ],
      total: 185,
      unmatched: [],
      later: [],
    })
  })

  test('are as good as the best of all pairs', () => {
    assert(
      property(seekers(), experts(), (requests, all) => {
        expect(worth(requests, all, assign(requests, all).pairs)).toBe(best(requests, all))
      }),
      PROPERTY,
    )
  })

  test('keep to arcs and places, and each request is told of once', () => {
    assert(
      property(seekers(), experts(), (requests, all) => {
        const { pairs, unmatched, later, total } = assign(requests, all)
        for (const { request, expert, value } of pairs) {
          expect(requests.find(({ id }) => id === request)?.arcs[expert]).toBe(value)
        }
        for (const { id, places } of all) {
          expect(pairs.filter(({ expert }) => expert === id).length).toBeLessThanOrEqual(places)
        }
        expect([...pairs.map(({ request }) => request), ...unmatched, ...later].toSorted()).toEqual(
          requests.map(({ id }) => id).toSorted(),
        )
        expect(total).toBe(pairs.reduce((sum, { value }) => sum + value, 0))
      }),
      PROPERTY,
    )
  })

  test('of more experts no fewer are served', () => {
    assert(
      property(seekers(), experts(), (requests, all) => {
        const served = (some: readonly Taker[]) => assign(requests, some).pairs.length
        expect(served(all)).toBeGreaterThanOrEqual(served(all.slice(1)))
      }),
      PROPERTY,
    )
  })

  test('of two equal requests the older is never left out for the younger', () => {
    assert(
      property(seekers(), experts(), arcs, integer({ min: 0, max: 2 }), (others, all, same, days) => {
        const twins = [
          { id: 'young', age: 1, since: '2026-12-02', arcs: same },
          { id: 'old', age: 1 + days, since: '2026-12-01', arcs: same },
        ]
        const served = assign([...others, ...twins], all).pairs.map(({ request }) => request)
        expect(served.includes('old') || !served.includes('young')).toBe(true)
      }),
      PROPERTY,
    )
  })

  test('give equal experts equal loads, but for one', () => {
    assert(
      property(integer({ min: 0, max: 9 }), integer({ min: 1, max: 4 }), (count, many) => {
        const all = [...'ABCD'].slice(0, many).map((id) => ({ id, places: 5, load: 1 }))
        const requests = Array.from({ length: count }, (_, i) => ({
          id: `r${i}`,
          arcs: Object.fromEntries(all.map(({ id }) => [id, 50])),
        }))
        const loads = loadsOf(assign(requests, all).pairs, all)
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1)
      }),
      PROPERTY,
    )
  })

  test('come to the same pairs in whatever order they are given', () => {
    assert(
      property(
        seekers().chain((all) =>
          shuffledSubarray(all, { minLength: all.length }).map((other) => [all, other] as const),
        ),
        experts().chain((all) =>
          shuffledSubarray(all, { minLength: all.length }).map((other) => [all, other] as const),
        ),
        ([requests, shuffled], [all, mixed]) => {
          expect(assign(shuffled, mixed)).toEqual(assign(requests, all))
        },
      ),
      PROPERTY,
    )
  })
})

test('of equal experts the one with the lower id is asked', () => {
  const requests = [{ id: 'r', arcs: { A: 50, B: 50, C: 60 } }]
  const [a, b] = [
    { id: 'A', places: 2 },
    { id: 'B', places: 2 },
  ]
  expect(assign(requests, [b, a]).pairs).toEqual([{ request: 'r', expert: 'A', value: 50 }])
  // A load of one makes A dearer.
  expect(assign(requests, [b, { ...a, load: 1 }]).pairs).toEqual([{ request: 'r', expert: 'B', value: 50 }])
})

test('a request that is worth less than nothing is served all the same', () => {
  expect(assign([{ id: 'r', arcs: { A: -500 } }], [{ id: 'A', places: 1, load: 40 }]).unmatched).toEqual([])
})

test('an expert or a request called like a part of an object is one like any other', () => {
  const requests: Seeker[] = [
    { id: 'constructor', arcs: {} },
    { id: 'toString', arcs: { valueOf: 5 } },
  ]
  const { pairs, unmatched } = assign(requests, [
    { id: 'constructor', places: 1 },
    { id: 'valueOf', places: 1 },
  ])
  expect([pairs, unmatched]).toEqual([[{ request: 'toString', expert: 'valueOf', value: 5 }], ['constructor']])
})

test('a run takes the oldest, and leaves the rest to the next one', () => {
  const requests = Array.from({ length: MATCH_RUN + 2 }, (_, i) => ({
    id: `r${i}`,
    since: `2026-12-01T00:00:00.${String(999 - i).padStart(3, '0')}Z`,
    arcs: { A: 10 },
  }))
  const { pairs, unmatched, later } = assign(requests, [{ id: 'A', places: 5 }])
  expect(pairs.map(({ request }) => request)).toEqual(['r301', 'r300', 'r299', 'r298', 'r297'])
  expect([unmatched.length, later]).toEqual([MATCH_RUN - 5, ['r1', 'r0']])
})
