import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  ADVICE_FORMATS,
  LIVE_MATCH,
  MATCH_STATES,
  OPEN_REQUEST,
  REPORT_STATES,
  REQUEST_STATES,
  REQUEST_TOPICS,
  TOPICS,
} from '../../src/base/vocabulary.ts'
import { mayGo, NEXT_STATES } from '../../src/matching/states.ts'

/** Every step that a table allows, as `from to`. */
const steps = (table: Record<string, readonly string[]>) =>
  Object.entries(table).flatMap(([from, all]) => all.map((to) => `${from} ${to}`))

/** Every step that `mayGo` allows, of all pairs of states. */
const allowed = <S extends string>(states: readonly S[], may: (from: S, to: S) => boolean) =>
  states.flatMap((from) => states.filter((to) => may(from, to)).map((to) => `${from} ${to}`))

describe('nothing but these steps is allowed', () => {
  test('of a request', () => {
    const is = allowed(REQUEST_STATES, (from, to) => mayGo('request', from, to))
    expect(is.toSorted()).toEqual(
      [
        'matching matched',
        'matching held',
        'matching withdrawn',
        'matching unmatched',
        'held matching',
        'held withdrawn',
        'held unmatched',
        'matched advising',
        'matched matching',
        'matched withdrawn',
        'advising matching',
        'advising finished',
        'advising withdrawn',
        'unmatched matching',
        'finished advising',
      ].toSorted(),
    )
  })

  test('of a match', () => {
    const is = allowed(MATCH_STATES, (from, to) => mayGo('match', from, to))
    expect(is.toSorted()).toEqual(
      [
        'offered accepted',
        'offered declined',
        'offered expired',
        'offered withdrawn',
        'accepted ended',
        'accepted released',
      ].toSorted(),
    )
  })

  test('of a report', () => {
    const is = allowed(REPORT_STATES, (from, to) => mayGo('report', from, to))
    expect(is.toSorted()).toEqual(['draft filed', 'filed approved', 'filed returned', 'returned filed'])
  })
})

test('the states drawn in the architecture are those of the tables', () => {
  const page = readFileSync('docs/ARCHITECTURE.md', 'utf8')
  const section = page.split('\n## ').find((part) => part.startsWith('The states of a request')) ?? ''
  const drawn = [...section.matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(([, from, to]) => `${from} ${to}`)
  expect(drawn).toEqual([...steps(NEXT_STATES.request), ...steps(NEXT_STATES.match)])
})

test('a firm whose request is open comes to an end of it, and a live match ends', () => {
  const ends = (['finished', 'unmatched', 'withdrawn'] as const).map(String)
  for (const state of OPEN_REQUEST) {
    const reached = new Set<string>([state])
    for (const one of reached) for (const to of NEXT_STATES.request[one as typeof state]) reached.add(to)
    expect([state, ends.every((end) => reached.has(end))]).toEqual([state, true])
  }
  const settled = MATCH_STATES.filter((state) => NEXT_STATES.match[state].length === 0)
  expect([...LIVE_MATCH, ...settled].toSorted()).toEqual(MATCH_STATES.toSorted())
})

test('a firm asks about what desks are asked about, and about management', () => {
  expect(REQUEST_TOPICS).toEqual([...TOPICS, 'management'])
  expect(ADVICE_FORMATS).not.toContain('onsite')
})
