import { assert, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EXCLUSIONS, type Exclusion } from '../../src/base/vocabulary.ts'
import { type Candidate, exclusionOf, formatFor, type Matter } from '../../src/matching/candidate.ts'
import { scoreOf, scoreParts } from '../../src/matching/score.ts'
import { explain, suggest } from '../../src/matching/suggest.ts'
import { AFTERNOON, expertOf, MORNING, matterOf, someExperts, someMatters, TODAY } from './arbitraries.ts'
import { PROPERTY } from './property.ts'

/** For each reason: a request, and an expert. The reason keeps this expert from being asked. */
const EXCLUDED: [Exclusion, Partial<Candidate>, Partial<Matter>?][] = [
  ['paused', { state: 'paused' }],
  ['paused', { state: 'paused', paused_until: TODAY }],
  ['paused', { state: 'left' }],
  ['paused', { starts_on: '2026-12-08' }],
  ['paused', { ends_on: '2026-12-06' }],
  ['absent', { absent: true, free: [] }],
  ['full', { open: 5 }],
  ['week', { week: 3 }],
  ['conflict', { ties: [{ corporate_number: null, name_key: '水戸建設', until: null }] }],
  [
    'conflict',
    { ties: [{ corporate_number: '7000012050002', name_key: '', until: TODAY }] },
    { corporate_number: '7000012050002' },
  ],
  ['asked', {}, { asked: ['A'] }],
  ['topic', { topics: ['ict'] }],
  ['format', { formats: ['phone'] }],
  ['place', { places: ['09'] }, { formats: ['visit'] }],
  ['place', { places: ['09'], formats: ['visit'] }],
  ['language', {}, { language: 'en' }],
]

/** What is near a reason, and none. */
const CANDIDATES: [string, Partial<Candidate>, Partial<Matter>?][] = [
  ['whose pause is over', { state: 'paused', paused_until: '2026-12-06' }],
  ['who begins and ends today', { starts_on: TODAY, ends_on: TODAY }],
  ['who is absent now, and free within ten days', { absent: true }],
  ['who has no free time, and is not absent', { free: [] }],
  ['with one place left', { open: 4 }],
  ['with one offer of the week left', { week: 2 }],
  ['whose tie to the firm is over', { ties: [{ corporate_number: null, name_key: '水戸建設', until: '2026-12-06' }] }],
  [
    'tied to firms without a name or number',
    { ties: [{ corporate_number: null, name_key: '', until: null }] },
    { name_key: '' },
  ],
  ['who does not travel there, if the web will do', { places: [] }],
]

describe('an expert', () => {
  test.each(EXCLUDED)('is not asked: %s', (reason, expert, matter = {}) => {
    expect(exclusionOf(matterOf(matter), expertOf(expert), TODAY)).toBe(reason)
  })

  test.each(CANDIDATES)('is asked %s', (_, expert, matter = {}) => {
    expect(exclusionOf(matterOf(matter), expertOf(expert), TODAY)).toBeNull()
  })

  test('counts under the first reason that applies', () => {
    const expert = expertOf()
    const matter = matterOf({ language: 'en' })
    const reasons: Exclusion[] = []
    // From the last reason to the first: each one added takes over.
    for (const [reason, own, wish = {}] of EXCLUDED.toReversed()) {
      Object.assign(expert, own, reason === 'topic' ? {} : { topics: expert.topics })
      Object.assign(matter, wish)
      const is = exclusionOf(matter, expert, TODAY)
      if (is !== null) reasons.push(is)
    }
    expect(reasons.map((one) => EXCLUSIONS.indexOf(one))).toEqual(
      reasons.map((one) => EXCLUSIONS.indexOf(one)).toSorted((a, b) => b - a),
    )
    expect(exclusionOf(matter, expert, TODAY)).toBe('paused')
  })
})

describe('a score', () => {
  const parts = (matter: Partial<Matter>, expert: Partial<Candidate>) => scoreParts(matterOf(matter), expertOf(expert))

  test('adds up as it is told: 71', () => {
    const is = parts({ stage: null }, { home: '11', places: ['08'], stages: [], open: 2 })
    expect(is).toEqual({ topic: 40, industry: 20, stage: 0, place: 8, time: 15, load: -12, week: 0, continuity: 0 })
    expect(scoreOf(is)).toBe(71)
  })

  test.each<[number, Partial<Matter>, Partial<Candidate>]>([
    [40, { topics: ['ict'] }, {}],
    [20, { topics: ['ict', 'labour'] }, {}],
    [26, { topics: ['ict', 'labour', 'security', 'subsidy'] }, {}],
    [30, { topics: ['ict', 'labour', 'security'] }, {}],
  ])('has %i points for these topics', (points, matter, expert) => {
    expect(parts(matter, expert).topic).toBe(points)
  })

  test.each<[number, Partial<Matter>, Partial<Candidate>]>([
    [20, {}, {}],
    [10, { industry: null }, {}],
    [10, {}, { industries: '*' }],
    [0, { industry: 'E' }, {}],
    [0, {}, { industries: [] }],
  ])('has %i points for this industry', (points, matter, expert) => {
    expect(parts(matter, expert).industry).toBe(points)
  })

  test.each<[number, Partial<Matter>, Partial<Candidate>]>([
    [15, {}, {}],
    [8, {}, { home: '13' }],
    [0, {}, { home: '35' }],
    [8, { formats: ['online', 'visit'] }, {}],
    [4, { formats: ['online'] }, { home: '13' }],
    [0, { formats: ['phone'] }, { home: '35' }],
    // Who does not travel there advises by web, and gets the points of that.
    [8, {}, { places: [] }],
  ])('has %i points for this place', (points, matter, expert) => {
    expect(parts(matter, expert).place).toBe(points)
  })

  test.each<[number, Partial<Matter>, Partial<Candidate>]>([
    [15, {}, { free: [AFTERNOON, MORNING] }],
    [8, {}, { free: [AFTERNOON] }],
    [0, {}, { free: [] }],
    [8, { wished: [] }, {}],
    [8, { wished: [{ date: '2026-12-09', half: 'afternoon' }] }, {}],
    [15, { wished: [{ date: '2026-12-09', half: 'any' }] }, {}],
    [15, { wished: [{ date: '2026-12-10', half: 'afternoon' }] }, { free: [AFTERNOON] }],
    [8, { wished: [{ date: '2026-12-10', half: 'morning' }] }, { free: [AFTERNOON] }],
  ])('has %i points for these times', (points, matter, expert) => {
    expect(parts(matter, expert).time).toBe(points)
  })

  test('loses six a case and two an offer of the week, and wins twenty for the expert of before', () => {
    expect(parts({ former: 'A' }, { open: 3, week: 2 })).toMatchObject({ load: -18, week: -4, continuity: 20 })
  })
})

describe('for any requests and experts', () => {
  test('parts add up to the score, and candidates and excluded experts to all', () => {
    assert(
      property(someMatters(1), someExperts(8), ([matter], experts) => {
        if (!matter) return
        const { candidates, excluded, registered } = explain(matter, experts, TODAY)
        for (const { score, parts } of candidates) {
          expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(score)
          expect(Object.values(parts).every(Number.isInteger)).toBe(true)
          const { load, week, continuity } = parts
          expect(score - load - week - continuity).toBeLessThanOrEqual(100)
        }
        expect(Object.values(excluded).reduce((sum, count) => sum + count, candidates.length)).toBe(registered)
        expect(candidates.map(({ score }) => score)).toEqual(
          candidates.map(({ score }) => score).toSorted((a, b) => b - a),
        )
      }),
      PROPERTY,
    )
  })

  test('no pair fails a filter, and nobody is asked beyond a limit', () => {
    assert(
      property(someMatters(8), someExperts(6), (matters, experts) => {
        const { pairs } = suggest(matters, experts, TODAY, () => 0)
        for (const pair of pairs) {
          const matter = matters.find(({ id }) => id === pair.request)
          const expert = experts.find(({ id }) => id === pair.expert)
          if (!matter || !expert) throw new Error('a pair of nobody')
          expect(exclusionOf(matter, expert, TODAY)).toBeNull()
          expect(formatFor(matter, expert)).not.toBeNull()
        }
        for (const { id, open, most, week, most_week } of experts) {
          const asked = pairs.filter(({ expert }) => expert === id).length
          expect(asked === 0 || (open + asked <= most && week + asked <= most_week)).toBe(true)
        }
      }),
      PROPERTY,
    )
  })

  test('a request alone is offered to its first candidate', () => {
    assert(
      property(someMatters(1), someExperts(8), (matters, experts) => {
        const { pairs, explained } = suggest(matters, experts, TODAY, () => 0)
        const first = matters.flatMap(({ id }) => explained[id]?.candidates[0] ?? [])
        expect(pairs.map(({ expert }) => expert)).toEqual(first.map(({ expert }) => expert))
      }),
      PROPERTY,
    )
  })

  test('the order of rows changes nothing', () => {
    assert(
      property(someMatters(8), someExperts(6), (matters, experts) => {
        const is = suggest(matters, experts, TODAY, () => 0)
        const turned = suggest(matters.toReversed(), experts.toReversed(), TODAY, () => 0)
        expect(turned).toEqual(is)
      }),
      PROPERTY,
    )
  })
})
