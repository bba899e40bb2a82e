import type { Hours } from '../base/hours.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import type { Locale } from '../base/locale.ts'
import type { AdviceFormat, Exclusion, ExpertState, Half, RequestTopic, Stage } from '../base/vocabulary.ts'

/** A half-day that a firm wishes. */
export type Wish = { date: CivilDate; half: Half }

/** What of a request decides who fits. Everything is plain data: the rules know no rows. */
export type Matter = {
  id: string
  applied_at: string
  /** The main topic first. */
  topics: readonly RequestTopic[]
  /** In the order of the firm's wish, without those that are suspended. */
  formats: readonly AdviceFormat[]
  prefecture: string
  /** A major of 日本標準産業分類; null if it is unknown. */
  industry: string | null
  stage: Stage | null
  language: Locale
  wished: readonly Wish[]
  corporate_number: string | null
  /** The firm's name as names are compared (`base/japan/fold.ts`). Empty without one. */
  name_key: string
  /** The experts who declined it, or did not answer in this round. */
  asked: readonly string[]
  /** The expert of an earlier request, if the firm wishes that one again. */
  former: string | null
}

/** A firm that an expert works for, sold to or has a stake in. It counts until a day; null is for good. */
export type Tie = { corporate_number: string | null; name_key: string; until: CivilDate | null }

/** What of an expert decides which requests fit. */
export type Candidate = {
  id: string
  state: ExpertState
  paused_until: CivilDate | null
  starts_on: CivilDate
  ends_on: CivilDate | null
  home: string
  /** Codes of the prefectures to which the expert travels. */
  places: readonly string[]
  formats: readonly AdviceFormat[]
  topics: readonly RequestTopic[]
  /** Majors of 日本標準産業分類, or `*` for an expert of all trades. */
  industries: readonly string[] | '*'
  stages: readonly Stage[]
  languages: readonly Locale[]
  /** The most offers and cases at once, and the most offers in seven days. */
  most: number
  most_week: number
  /** Offers and cases that are open, and offers of the last seven days. */
  open: number
  week: number
  /** Whether an absence covers this moment. */
  absent: boolean
  /** Free times within the next ten business days, in order. */
  free: readonly Hours[]
  ties: readonly Tie[]
}

/** Whether an expert takes no request on a day: paused, gone, or not there yet. */
function isPaused(expert: Pick<Candidate, 'state' | 'paused_until' | 'starts_on' | 'ends_on'>, today: CivilDate) {
  const { state, paused_until, starts_on, ends_on } = expert
  if (state === 'left' || starts_on > today || (ends_on !== null && ends_on < today)) return true
  return state === 'paused' && (paused_until === null || paused_until >= today)
}

/** Whether an expert is tied to the firm of a request on a day. */
function isTied({ ties }: Candidate, { corporate_number, name_key }: Matter, today: CivilDate): boolean {
  return ties
    .filter(({ until }) => until === null || until >= today)
    .some(
      (tie) =>
        (corporate_number !== null && tie.corporate_number === corporate_number) ||
        (name_key !== '' && tie.name_key === name_key),
    )
}

/** The formats of a request that an expert offers, in the order of the firm's wish. */
function sharedFormats(matter: Matter, expert: Candidate): AdviceFormat[] {
  return matter.formats.filter((format) => expert.formats.includes(format))
}

/** The format in which an expert would advise: the firm's first that both can do. Null if there is none. */
export function formatFor(matter: Matter, expert: Candidate): AdviceFormat | null {
  const travels = expert.places.includes(matter.prefecture)
  return sharedFormats(matter, expert).find((format) => format !== 'visit' || travels) ?? null
}

/** In this order an expert counts under the first reason that applies. */
const TESTS: Record<Exclusion, (matter: Matter, expert: Candidate, today: CivilDate) => boolean> = {
  paused: (_, expert, today) => isPaused(expert, today),
  absent: (_, expert) => expert.absent && expert.free.length === 0,
  full: (_, { open, most }) => open >= most,
  week: (_, { week, most_week }) => week >= most_week,
  conflict: (matter, expert, today) => isTied(expert, matter, today),
  asked: ({ asked }, { id }) => asked.includes(id),
  topic: ({ topics: [main] }, { topics }) => !topics.some((topic) => topic === main),
  format: (matter, expert) => sharedFormats(matter, expert).length === 0,
  place: (matter, expert) => formatFor(matter, expert) === null,
  language: ({ language }, { languages }) => !languages.includes(language),
}

/** Why an expert is not asked about a request on a day: the first reason that applies. Null for a candidate. */
export function exclusionOf(matter: Matter, expert: Candidate, today: CivilDate): Exclusion | null {
  const reasons = Object.entries(TESTS) as [Exclusion, (typeof TESTS)[Exclusion]][]
  return reasons.find(([, applies]) => applies(matter, expert, today))?.[0] ?? null
}
