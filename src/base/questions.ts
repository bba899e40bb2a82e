import * as z from 'zod'
import { wholeNumber } from './fields.ts'
import { blankIsNull, FAULTS, type Fault, type Faults, line, optional } from './input.ts'
import type { Locale } from './locale.ts'
import type { QuestionKind } from './vocabulary.ts'

/** One option of a question. `gone`: no longer offered; it stays for the answers that chose it. */
export type Option = { id: string; ja: string; en: string; gone?: true }

/** A question of a desk to the people who book. */
export type Question = {
  id: string
  kind: Exclude<QuestionKind, 'companions'>
  required: boolean
  label: Record<Locale, string>
  options: Option[]
}

/** What a session asks: its questions in order, and whether it asks for the names of those who come along. */
export type Asking = { questions: Question[]; companions: 'optional' | 'required' | null }

/** A session that asks nothing. */
export const NOTHING_ASKED: Asking = { questions: [], companions: null }

/** An answer: a text, the id of an option, the ids of several, a number, or a ticked box. */
export type Answer = string | string[] | number | true

/** Answers by the ids of their questions. What was left empty is left out. */
export type Answers = Record<string, Answer>

/** An answer with its question. */
export type Answered = { question: Question; answer: Answer }

/** The support that somebody needs. Fields without a need are left out. */
export type Support = {
  /** The language of an interpreter. */
  interpreter?: string | undefined
  wheelchair?: true | undefined
  captions?: true | undefined
  sign_language?: true | undefined
  other?: string | undefined
}

/** The support in the column of a booking. */
export function supportOf({ support }: { support: string }): Support {
  return JSON.parse(support) as Support
}

/** What a booking says besides its own fields. */
export type Extras = { answers: Answered[]; companions: string[]; support: Support }

/** The extras of a booking that has none. */
export const NO_EXTRAS: Extras = { answers: [], companions: [], support: {} }

/** The options that a question offers now. */
export function offered({ options }: Pick<Question, 'options'>): Option[] {
  return options.filter(({ gone }) => !gone)
}

/** The most characters of an answer in words. */
const LONGEST = 500

const isTicked = (value: unknown) => value === true || value === 'true'

/** How an answer is read. An empty one becomes null, an empty list or false. */
function schemaOf(question: Question): z.ZodType<string | string[] | number | boolean | null> {
  const { kind } = question
  if (kind === 'text') return optional(line(LONGEST))
  if (kind === 'number') return optional(wholeNumber(0, 999_999_999, 'number'))
  if (kind === 'tick') return z.preprocess(isTicked, z.boolean())
  const ids = offered(question).map(({ id }) => id)
  const option = z.string('choice').refine((id) => ids.includes(id), 'choice')
  if (kind === 'choice') return optional(option)
  const several = z.array(option, 'choice').max(ids.length, 'choice')
  return z.preprocess((value) => (blankIsNull(value) === null ? [] : [value].flat()), several)
}

/** The fault of a required answer that is empty, by the kind of its question. */
const MISSING: Record<Question['kind'], Fault> = {
  text: 'required',
  number: 'required',
  choice: 'unchosen',
  choices: 'unchosen',
  tick: 'unticked',
}

const faultIn = ({ issues }: z.ZodError): Fault => FAULTS.find((one) => one === issues[0]?.message) ?? 'choice'

/** The beginning of the names of the fields of answers. */
export const ANSWERS = 'answers.'

/** The name of the field of an answer, in forms and in the errors of the API. */
export function answerField({ id }: Pick<Question, 'id'>): string {
  return ANSWERS + id
}

/**
 * Who answers. `api`: a program, to which every answer that is not asked for is a fault. `form`: a person, whose form may
 * be older than the questions; what is not asked any more is left out. `desk`: the same, and required answers may be
 * left empty.
 */
export type Answering = 'api' | 'form' | 'desk'

/** Reads the answers to these questions, with a fault at `answers.<id>` for each that does not fit. */
export function readAnswers(
  questions: readonly Question[],
  given: Readonly<Record<string, unknown>>,
  by: Answering,
): { answers: Answers; faults: Faults } {
  const answers: Answers = {}
  const faults: Faults = {}
  for (const id of by === 'api' ? Object.keys(given) : []) {
    if (questions.every((question) => question.id !== id)) faults[ANSWERS + id] = 'choice'
  }
  for (const question of questions) {
    const { id, kind, required } = question
    const read = schemaOf(question).safeParse(Object.hasOwn(given, id) ? given[id] : null)
    if (!read.success) {
      faults[answerField(question)] = faultIn(read.error)
      continue
    }
    const { data } = read
    if (data !== null && data !== false && !(Array.isArray(data) && data.length === 0)) answers[id] = data
    else if (required && by !== 'desk') faults[answerField(question)] = MISSING[kind]
  }
  return { answers, faults }
}

/** Whether these names fit what is asked: at most one for each person besides one; if required, one for each. */
export function companionsFit(asked: Asking['companions'], names: number, seats: number, by: Answering): boolean {
  if (asked === null) return names === 0
  return names <= seats - 1 && (asked === 'optional' || by === 'desk' || names === seats - 1)
}

/**
 * What a session asks of somebody who answered before. The options that they chose are offered again. The names that they
 * gave have their field, also if nobody else is asked for names.
 */
export function askedAgain({ questions, companions }: Asking, { answers, companions: names }: Extras): Asking {
  return {
    questions: questions.map((question) => {
      const before = answers.find((one) => one.question.id === question.id)?.answer
      const chosen: readonly unknown[] = [before].flat()
      const options = question.options.map(
        ({ gone, ...option }): Option => (gone && !chosen.includes(option.id) ? { ...option, gone } : option),
      )
      return { ...question, options }
    }),
    companions: companions ?? (names.length > 0 ? 'optional' : null),
  }
}

/** What nobody may leave empty: the ids of the required questions, and `companions` if their names are required. */
export function requiredOf({ questions, companions }: Asking): string[] {
  const ids = questions.filter(({ required }) => required).map(({ id }) => id)
  return companions === 'required' ? [...ids, 'companions'] : ids
}
