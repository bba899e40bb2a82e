import { constantFrom, integer, record, subarray, uniqueArray } from 'fast-check'
import { ADVICE_FORMATS, REQUEST_TOPICS, STAGES } from '../../src/base/vocabulary.ts'
import type { Candidate, Matter } from '../../src/matching/candidate.ts'

/** A Monday in December. */
export const TODAY = '2026-12-07'

/** Wednesday morning and Thursday afternoon, in Japan. */
export const MORNING = { starts_at: '2026-12-09T00:00:00.000Z', ends_at: '2026-12-09T02:00:00.000Z' }
export const AFTERNOON = { starts_at: '2026-12-10T05:00:00.000Z', ends_at: '2026-12-10T07:00:00.000Z' }

export const matterOf = (given: Partial<Matter> = {}): Matter => ({
  id: 'r1',
  applied_at: '2026-12-07T00:00:00.000Z',
  topics: ['security', 'ict'],
  formats: ['visit', 'online'],
  prefecture: '08',
  industry: 'D',
  stage: 'preparing',
  language: 'ja',
  wished: [{ date: '2026-12-09', half: 'morning' }],
  corporate_number: null,
  name_key: '水戸建設',
  asked: [],
  former: null,
  ...given,
})

export const expertOf = (given: Partial<Candidate> = {}): Candidate => ({
  id: 'A',
  state: 'active',
  paused_until: null,
  starts_on: '2026-04-01',
  ends_on: null,
  home: '08',
  places: ['08', '09'],
  formats: ['online', 'phone', 'visit'],
  topics: ['security', 'ict'],
  industries: ['D'],
  stages: ['preparing'],
  languages: ['ja'],
  most: 5,
  most_week: 3,
  open: 0,
  week: 0,
  absent: false,
  free: [MORNING],
  ties: [],
  ...given,
})

const PLACES = ['08', '09', '13', '35']

/** A few requests with different ids, alike enough to compete. */
export const someMatters = (most: number) =>
  uniqueArray(
    record({
      id: integer({ min: 0, max: 99 }).map((n) => `r${n}`),
      applied_at: integer({ min: 1, max: 6 }).map((day) => `2026-12-0${day}T00:00:00.000Z`),
      topics: subarray([...REQUEST_TOPICS], { minLength: 1, maxLength: 3 }),
      formats: subarray([...ADVICE_FORMATS], { minLength: 1 }),
      prefecture: constantFrom(...PLACES),
      industry: constantFrom('D', 'E', null),
      stage: constantFrom(...STAGES, null),
      language: constantFrom('ja' as const, 'en' as const),
      name_key: constantFrom('水戸建設', '下関商店'),
      asked: subarray(['A', 'B']),
      former: constantFrom('A', null),
    }),
    { selector: ({ id }) => id, maxLength: most },
  ).map((all) => all.map((one) => matterOf(one)))

/** A few experts with different ids. */
export const someExperts = (most: number) =>
  uniqueArray(
    record({
      id: constantFrom(...'ABCDEFGH'),
      state: constantFrom('active' as const, 'active' as const, 'paused' as const, 'left' as const),
      home: constantFrom(...PLACES),
      places: subarray(PLACES),
      formats: subarray([...ADVICE_FORMATS], { minLength: 1 }),
      topics: subarray([...REQUEST_TOPICS], { minLength: 3 }),
      industries: constantFrom(['D'], ['E'], '*' as const),
      stages: subarray([...STAGES]),
      languages: subarray(['ja', 'en'] as const, { minLength: 1 }),
      most: integer({ min: 1, max: 3 }),
      most_week: integer({ min: 1, max: 3 }),
      open: integer({ min: 0, max: 3 }),
      week: integer({ min: 0, max: 2 }),
      absent: constantFrom(true, false, false),
      free: subarray([MORNING, AFTERNOON]),
      ties: constantFrom([], [], [{ corporate_number: null, name_key: '下関商店', until: null }]),
    }),
    { selector: ({ id }) => id, maxLength: most },
  ).map((all) => all.map((one) => expertOf(one)))
