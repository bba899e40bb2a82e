import * as z from 'zod'
import { day, paragraphs, wholeNumber } from '../base/fields.ts'
import { line, optional } from '../base/input.ts'
import { isKatakana, toKatakana } from '../base/japan/kana.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { LOCALES, type Locale } from '../base/locale.ts'
import {
  ADVICE_FORMATS,
  type AdviceFormat,
  type ExpertState,
  INDUSTRIES,
  REQUEST_TOPICS,
  type RequestTopic,
  STAGES,
  type Stage,
} from '../base/vocabulary.ts'
import type { ExpertRow } from '../store/schema.ts'

/** The states that an expert may go to, by state; anything else is refused. Who left comes back with another account. */
const NEXT_EXPERT = {
  active: ['paused', 'left'],
  paused: ['active', 'left'],
  left: [],
} as const satisfies Record<ExpertState, readonly ExpertState[]>

/** Whether an expert may go from one state to another. Staying is no step. */
export function mayBecomeExpert(from: ExpertState, to: ExpertState): boolean {
  const next: readonly ExpertState[] = NEXT_EXPERT[from]
  return next.includes(to)
}

/** An expert, as acts and pages read it. */
export type Expert = Omit<ExpertRow, 'places' | 'formats' | 'topics' | 'industries' | 'stages' | 'languages'> & {
  places: string[]
  formats: AdviceFormat[]
  topics: RequestTopic[]
  /** Majors A to T, or `*` for all trades. */
  industries: string[] | '*'
  stages: Stage[]
  languages: Locale[]
}

const list = <T extends string>(text: string) => text.split(',').filter((one) => one !== '') as T[]

/** Reads an expert from its row. */
export function expertOf(row: ExpertRow): Expert {
  return {
    ...row,
    places: list(row.places),
    formats: list(row.formats),
    topics: list(row.topics),
    industries: row.industries === '*' ? '*' : list(row.industries),
    stages: list(row.stages),
    languages: list(row.languages),
  }
}

/** The holder of an expert's time, as in the table of what is taken. A day with duty as adviser counts as well. */
export const holderOf = (expert: string) => `account:${expert}`

/** Several of a closed list, in the order of the list, each once. A single value is a list of one. */
const several = <T extends string>(all: readonly T[]) =>
  z
    .union([z.string(), z.array(z.string())], 'choice')
    .transform((given) => [given].flat().filter((one) => one !== ''))
    .refine((given) => given.every((one) => all.some((known) => known === one)), 'choice')
    .transform((given) => all.filter((one) => given.includes(one)))

const some = <T extends string>(all: readonly T[]) => several(all).refine((given) => given.length > 0, 'required')

const kana = line(100)
  .transform((text) => toKatakana(text))
  .refine((text) => isKatakana(text), 'kana')

const prefecture = z.string('required').refine(isPrefectureCode, 'choice')

const prefectures = z
  .union([z.string(), z.array(z.string())], 'choice')
  .transform((given) => [...new Set([given].flat().filter((code) => code !== ''))].toSorted())
  .pipe(z.array(z.string().refine(isPrefectureCode, 'choice')))

/** The fields of an expert, as the secretariat fills them in. Who travels to visits says where. */
export const ExpertInput = z
  .object({
    name: line(60),
    name_kana: kana,
    profile_ja: paragraphs(2000).default(''),
    profile_en: paragraphs(2000).default(''),
    home: prefecture,
    places: prefectures.default([]),
    formats: some(ADVICE_FORMATS),
    topics: some(REQUEST_TOPICS),
    industries: z.union([z.literal('*'), several(INDUSTRIES)]).default([]),
    stages: several(STAGES).default([]),
    languages: some(LOCALES),
    most: wholeNumber(1, 50, 'number').default(5),
    most_week: wholeNumber(1, 50, 'number').default(3),
    travel_minutes: wholeNumber(0, 180, 'number').default(60),
    starts_on: day,
    ends_on: optional(day),
  })
  .refine(({ formats, places }) => !formats.includes('visit') || places.length > 0, {
    message: 'required',
    path: ['places'],
  })
  .refine(({ starts_on, ends_on }) => ends_on === null || ends_on >= starts_on, {
    message: 'choice',
    path: ['ends_on'],
  })
export type ExpertInput = z.output<typeof ExpertInput>

/** The columns of an expert from its fields. */
export function expertColumns(given: ExpertInput) {
  const { places, formats, topics, industries, stages, languages, ...same } = given
  return {
    ...same,
    places: places.join(','),
    formats: formats.join(','),
    topics: topics.join(','),
    industries: industries === '*' ? '*' : industries.join(','),
    stages: stages.join(','),
    languages: languages.join(','),
  } satisfies Partial<ExpertRow>
}
