import { PREFECTURES, prefecturesIn } from '../src/base/japan/prefecture.ts'
import { INDUSTRIES, REQUEST_TOPICS, STAGES } from '../src/base/vocabulary.ts'
import type { Candidate, Matter } from '../src/matching/candidate.ts'
import { explain, suggest } from '../src/matching/suggest.ts'

/*
 * Three ways to find an expert for each request, over the same requests and experts. Time is counted in business minutes:
 * a day has 480, from 9:00 to 17:00, and nothing happens between two days.
 *
 * Assumed of requests: they come evenly over 60 business days. Topics (one to three), prefecture, industry and stage are
 * by chance. One in four wants a visit and nothing else.
 *
 * Assumed of experts: each covers `general` and some 45 % of the other topics. Three in five also travel in the region of
 * their prefecture. All have five cases at once at most. A case lasts 20 business days.
 *
 * Assumed of answers, the same for all three ways: an expert reads one letter after another. One takes four business hours
 * on average (exponential). Nine in ten letters are answered, up to three a week. Each further letter of the week makes it
 * a tenth less. Seven in ten answers are a yes. An expert at the limit always says no.
 */

/** Business minutes of a day. */
const DAY = 480
const DAYS = 60
/** What happens is looked at every quarter of an hour. */
const TICK = 15
const CASE = 20 * DAY
const WEEK = 5 * DAY
const READING = 240
const TODAY = '2026-12-07'

/** How many of what, and the seed from which everything follows. */
export type World = { requests: number; experts: number; seed: number }

/** How a way did. Shares are of all requests, in percent. Days are business days from application to match. */
export type Outcome = {
  within: Record<1 | 3 | 5, number>
  matched: number
  letters_a_match: number
  p50: number
  p90: number
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Dice = { roll: () => number; one: <T>(all: readonly T[]) => T; some: <T>(all: readonly T[], share: number) => T[] }

function dice(seed: number): Dice {
  const roll = chance(seed)
  return {
    roll,
    one: <T>(all: readonly T[]) => all[Math.floor(roll() * all.length)] as T,
    some: (all, share) => all.filter(() => roll() < share),
  }
}

type Request = Matter & { at: number; matchedAt: number | null; asked: string[] }
type Letter = { request: Request; at: number; answersAt: number; says: 'yes' | 'no' | 'nothing' }
type Expert = Candidate & { letters: Letter[]; cases: number[]; readsUntil: number }

const numbered = (letter: string, i: number) => `${letter}${String(i).padStart(4, '0')}`

function makeRequests({ requests, seed }: World): Request[] {
  const { roll, one, some } = dice(seed)
  const times = Array.from({ length: requests }, () => Math.floor(roll() * DAYS * DAY)).toSorted((a, b) => a - b)
  return times.map((at, i) => {
    const main = one(REQUEST_TOPICS)
    const further = some(REQUEST_TOPICS, 0.15).filter((topic) => topic !== main)
    return {
      id: numbered('r', i),
      applied_at: numbered('t', at),
      topics: [main, ...further.slice(0, 2)],
      formats: one([['visit'], ['online', 'phone'], ['online'], ['visit', 'online']] as const),
      prefecture: one(PREFECTURES).code,
      industry: one(INDUSTRIES),
      stage: one(STAGES),
      language: 'ja',
      wished: [],
      corporate_number: null,
      name_key: '',
      asked: [],
      former: null,
      at,
      matchedAt: null,
    }
  })
}

function makeExperts({ experts, seed }: World): Expert[] {
  const { roll, one, some } = dice(seed + 1)
  return Array.from({ length: experts }, (_, i) => {
    const home = one(PREFECTURES)
    const travels = roll() < 0.6
    return {
      id: numbered('e', i),
      state: 'active',
      paused_until: null,
      starts_on: TODAY,
      ends_on: null,
      home: home.code,
      places: prefecturesIn(home.region.id),
      formats: travels ? ['online', 'phone', 'visit'] : ['online', 'phone'],
      topics: ['general', ...some(REQUEST_TOPICS.slice(1), 0.45)],
      industries: roll() < 0.25 ? '*' : some(INDUSTRIES, 0.25),
      stages: some(STAGES, 0.5),
      languages: ['ja'],
      most: 5,
      most_week: 3,
      open: 0,
      week: 0,
      absent: false,
      free: [],
      ties: [],
      letters: [],
      cases: [],
      readsUntil: 0,
    }
  })
}

const caseCount = ({ cases }: Expert, now: number) => cases.filter((until) => until > now).length
const lettersOfWeek = ({ letters }: Expert, now: number) => letters.filter(({ at }) => at > now - WEEK).length

/** Writes to an expert about a request, who then counts as asked. What they will answer, and when, follows from the dice. */
function write(expert: Expert, request: Request, now: number, { roll }: Dice): Letter {
  const answers = 0.9 - 0.1 * Math.max(0, lettersOfWeek(expert, now) - 2)
  const isAnswered = roll() < answers
  const isYes = roll() < 0.7
  const took = -READING * Math.log(1 - roll())
  const answersAt = Math.max(now, expert.readsUntil) + took
  if (isAnswered) expert.readsUntil = answersAt
  const says = isAnswered ? (isYes ? 'yes' : 'no') : 'nothing'
  const letter: Letter = { request, at: now, answersAt, says }
  expert.letters.push(letter)
  request.asked.push(expert.id)
  return letter
}

/** Whether a letter has become a yes by now: in time, of an open request, by an expert with room. */
function accepts(expert: Expert, { request, answersAt, says }: Letter, now: number, until = Number.POSITIVE_INFINITY) {
  const isYes = says === 'yes' && answersAt <= Math.min(now, until)
  return isYes && request.matchedAt === null && caseCount(expert, now) < expert.most
}

function take(expert: Expert, request: Request, now: number): void {
  request.matchedAt = now
  expert.cases.push(now + CASE)
}

/** One step of a way, at a moment. It may write letters and take cases. */
type Step = (now: number, waiting: Request[], experts: readonly Expert[], dice: Dice) => void

/** One expert after another. An offer ends at 17:00 of the next day and holds a place. All that wait are given together. */
function oneByOne(): Step {
  const offers = new Map<Request, { expert: Expert; letter: Letter; until: number }>()
  const settle = (now: number) => {
    for (const [request, { expert, letter, until }] of offers) {
      if (accepts(expert, letter, now, until)) take(expert, request, now)
      else if (!(now >= until || (letter.says !== 'nothing' && letter.answersAt <= now))) continue
      offers.delete(request)
    }
  }
  return (now, waiting, experts, thrown) => {
    settle(now)
    const open = waiting.filter((request) => request.matchedAt === null && !offers.has(request))
    if (open.length === 0) return
    const held = [...offers.values()]
    for (const expert of experts) {
      expert.open = caseCount(expert, now) + held.filter((offer) => offer.expert === expert).length
      expert.week = lettersOfWeek(expert, now)
    }
    const age = (matter: Matter) => Math.floor((now - (matter as Request).at) / DAY)
    for (const pair of suggest(open, experts, TODAY, age).pairs) {
      const request = open.find(({ id }) => id === pair.request)
      const expert = experts.find(({ id }) => id === pair.expert)
      if (!request || !expert) continue
      const until = (Math.floor(now / DAY) + 2) * DAY
      offers.set(request, { expert, letter: write(expert, request, now, thrown), until })
    }
  }
}

/** The experts who fit a request and were not asked yet, the best first, as if nobody had any load. */
function fitting(request: Request, experts: readonly Expert[]): Expert[] {
  for (const expert of experts) Object.assign(expert, { open: 0, week: 0 })
  const ids = explain(request, experts, TODAY).candidates.map(({ expert }) => expert)
  return ids.flatMap((id) => experts.find((expert) => expert.id === id) ?? [])
}

/**
 * Three experts at once: the best by the same score, without loads and limits of offers. The first yes has it. After three
 * days without one, the next three.
 */
function threeAtOnce(): Step {
  const asked = new Map<Request, { expert: Expert; letter: Letter }[]>()
  const again = new Map<Request, number>()
  const settle = (now: number) => {
    for (const [request, letters] of asked) {
      const first = letters
        .filter(({ expert, letter }) => accepts(expert, letter, now))
        .toSorted((a, b) => a.letter.answersAt - b.letter.answersAt)[0]
      if (first) take(first.expert, request, now)
      if (request.matchedAt !== null) asked.delete(request)
    }
  }
  return (now, waiting, experts, thrown) => {
    settle(now)
    for (const request of waiting) {
      if (request.matchedAt !== null || now < (again.get(request) ?? 0)) continue
      const letters = fitting(request, experts)
        .slice(0, 3)
        .map((expert) => ({ expert, letter: write(expert, request, now, thrown) }))
      asked.set(request, [...(asked.get(request) ?? []), ...letters])
      again.set(request, now + 3 * DAY)
    }
  }
}

/**
 * Two people by hand: each search and telephone call takes one of them an hour. They ask somebody who fits, and wait up to
 * three days for an answer. Then the request goes to the end of the pile.
 */
function byHand(): Step {
  const hands = [0, 0]
  const pile: Request[] = []
  const known = new Set<Request>()
  let asked: { request: Request; expert: Expert; letter: Letter; until: number }[] = []
  const settle = (now: number) => {
    const over = asked.filter(
      ({ letter, until }) => now >= until || (letter.says !== 'nothing' && letter.answersAt <= now),
    )
    for (const { request, expert, letter, until } of over) {
      if (accepts(expert, letter, now, until)) take(expert, request, now)
      else pile.push(request)
    }
    asked = asked.filter((one) => !over.includes(one))
  }
  return (now, waiting, experts, thrown) => {
    pile.push(...waiting.filter((request) => !known.has(request)))
    for (const request of waiting) known.add(request)
    settle(now)
    for (const [hand, until] of hands.entries()) {
      const request = until <= now ? pile.shift() : undefined
      if (!request) continue
      hands[hand] = now + 60
      const fit = fitting(request, experts)
      if (fit.length === 0) continue
      const expert = thrown.one(fit)
      asked.push({ request, expert, letter: write(expert, request, now + 60, thrown), until: now + 3 * DAY })
    }
  }
}

/** The ways, in the order of the table. */
export const WAYS = { one_by_one: oneByOne, three_at_once: threeAtOnce, by_hand: byHand }

/** Lets one way work until 20 business days after the last request. */
export function simulate(way: keyof typeof WAYS, world: World): Outcome {
  const [requests, experts, thrown] = [makeRequests(world), makeExperts(world), dice(world.seed + 2)]
  const step = WAYS[way]()
  for (let now = 0; now < (DAYS + 20) * DAY; now += TICK) {
    // A request that nobody took in ten days is over. By hand it stays on the pile.
    const waiting = requests.filter(({ at, matchedAt }) => matchedAt === null && at <= now && now < at + 10 * DAY)
    step(now, waiting, experts, thrown)
  }
  return outcomeOf(requests, experts)
}

function outcomeOf(requests: readonly Request[], experts: readonly Expert[]): Outcome {
  const days = requests
    .flatMap(({ at, matchedAt }) => (matchedAt === null ? [] : (matchedAt - at) / DAY))
    .toSorted((a, b) => a - b)
  const within = (limit: number) => Math.round((100 * days.filter((day) => day <= limit).length) / requests.length)
  const at = (share: number) => Math.round(10 * (days[Math.floor(days.length * share)] ?? 0)) / 10
  const letters = experts.reduce((sum, expert) => sum + expert.letters.length, 0)
  return {
    within: { 1: within(1), 3: within(3), 5: within(5) },
    matched: days.length,
    letters_a_match: Math.round((10 * letters) / Math.max(1, days.length)) / 10,
    p50: at(0.5),
    p90: at(0.9),
  }
}
