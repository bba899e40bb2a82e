import { civilDate, civilTime } from '../base/japan/civil.ts'
import { PREFECTURES } from '../base/japan/prefecture.ts'
import { SCORE_PARTS, type ScorePart } from '../base/vocabulary.ts'
import { LOAD_COSTS } from './assign.ts'
import { type Candidate, formatFor, type Matter, type Wish } from './candidate.ts'

/** The parts of a score. They are integers, and add up to it. */
export type Parts = Record<ScorePart, number>

/** What each offer of the last seven days takes from the score. */
const WEEK_COSTS = 2

const REGION = new Map(PREFECTURES.map(({ code, region }) => [code, region.id]))

/** 40 points: half for the main topic, the rest for the share of the further topics that the expert covers. */
function topicPart({ topics: [main, ...further] }: Matter, expert: Candidate): number {
  const covered = further.filter((topic) => expert.topics.includes(topic)).length
  const rest = further.length === 0 ? 20 : Math.floor((20 * covered) / further.length)
  return (expert.topics.some((topic) => topic === main) ? 20 : 0) + rest
}

function industryPart({ industry }: Matter, { industries }: Candidate): number {
  if (industry === null || industries === '*') return 10
  return industries.includes(industry) ? 20 : 0
}

/** Up to 15 points on a visit, up to 8 otherwise: for the same prefecture or region. */
function placePart(matter: Matter, expert: Candidate): number {
  const [same, near] = formatFor(matter, expert) === 'visit' ? [15, 8] : [8, 4]
  if (matter.prefecture === expert.home) return same
  return REGION.get(matter.prefecture) === REGION.get(expert.home) ? near : 0
}

/** Whether a time lies in a half-day, at least in part. Noon ends the morning. */
function meets({ date, half }: Wish, { starts_at, ends_at }: Candidate['free'][number]): boolean {
  if (civilDate(starts_at) !== date) return false
  if (half === 'morning') return civilTime(starts_at) < '12:00'
  // A time that ends at midnight ends on the next day.
  return half === 'any' || civilDate(ends_at) !== date || civilTime(ends_at) > '12:00'
}

function timePart({ wished }: Matter, { free }: Candidate): number {
  if (free.some((time) => wished.some((wish) => meets(wish, time)))) return 15
  return free.length > 0 ? 8 : 0
}

/**
 * The parts of a candidate's score for a request. The first five add up to 100 at most. The load takes from it, and an
 * expert whom the firm knows gets 20 more. Only what is open and the last seven days count, so newcomers are equal.
 */
export function scoreParts(matter: Matter, expert: Candidate): Parts {
  return {
    topic: topicPart(matter, expert),
    industry: industryPart(matter, expert),
    stage: matter.stage !== null && expert.stages.includes(matter.stage) ? 10 : 0,
    place: placePart(matter, expert),
    time: timePart(matter, expert),
    load: 0 - LOAD_COSTS * expert.open,
    week: 0 - WEEK_COSTS * expert.week,
    continuity: matter.former === expert.id ? 20 : 0,
  }
}

/** A score from its parts. */
export const scoreOf = (parts: Parts) => SCORE_PARTS.reduce((sum, part) => sum + parts[part], 0)
