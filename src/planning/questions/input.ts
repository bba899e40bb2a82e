import * as z from 'zod'
import { type Fault, line, optional } from '../../base/input.ts'
import type { Option } from '../../base/questions.ts'
import { QUESTION_KINDS, type QuestionKind } from '../../base/vocabulary.ts'
import { optionsOf } from '../../schedule/questions.ts'
import type { QuestionRow } from '../../store/schema.ts'

/** The most options of a question, and the most characters of one. */
const MOST_OPTIONS = 30
const LONGEST_OPTION = 80

/** Options as typed: one a line, Japanese and English with a `|` between. */
function linesOf(text: string): { ja: string; en: string }[] {
  return text.split(/\r?\n/).flatMap((typed) => {
    const [ja = '', en = ''] = typed.split(/[|｜]/).map((part) => part.trim())
    return ja === '' ? [] : [{ ja, en: en || ja }]
  })
}

/** What is wrong with the options of a question, or null. */
function faultOf(kind: QuestionKind, options: readonly { ja: string; en: string }[]): Fault | null {
  if (kind !== 'choice' && kind !== 'choices') return null
  if (options.length === 0) return 'required'
  if (options.length > MOST_OPTIONS) return 'long'
  if (options.some(({ ja, en }) => !line(LONGEST_OPTION).safeParse(ja).success || en.length > LONGEST_OPTION))
    return 'long'
  return new Set(options.map(({ ja }) => ja)).size < options.length ? 'choice' : null
}

/** A question as its form sends it. The names of those who come along need no words of their own. */
export const QuestionInput = z
  .object({
    kind: z.enum(QUESTION_KINDS, 'choice'),
    label_ja: optional(line(200)),
    /** The Japanese words if it is empty. */
    label_en: optional(line(200)),
    required: z.preprocess((value) => value === true || value === 'true', z.boolean()),
    options: z.string('text').max(6000, 'long').default('').transform(linesOf),
  })
  .check(({ value, issues }) => {
    const { kind, label_ja, options } = value
    const add = (path: string, message: string) => issues.push({ code: 'custom', path: [path], message, input: value })
    if (label_ja === null && kind !== 'companions') add('label_ja', 'required')
    const fault = faultOf(kind, options)
    if (fault) add('options', fault)
  })
export type QuestionInput = z.output<typeof QuestionInput>

/** The typed options with their ids. An option keeps its id by its Japanese words; those left out are kept as gone. */
function withIds(typed: QuestionInput['options'], known: readonly Option[]): Option[] {
  let last = Math.max(0, ...known.map(({ id }) => Number(id.slice(1))))
  const kept = typed.map(({ ja, en }): Option => {
    const id = known.find((option) => option.ja === ja)?.id ?? `o${++last}`
    return { id, ja, en }
  })
  const gone = known.filter(({ id }) => kept.every((option) => option.id !== id))
  return [...kept, ...gone.map((option): Option => ({ ...option, gone: true }))]
}

/** The columns that a form decides. `known`: the question before, whose kind stays. */
export function questionColumns(
  { kind, label_ja, label_en, required, options }: QuestionInput,
  known?: Pick<QuestionRow, 'kind' | 'options'>,
): Pick<QuestionRow, 'kind' | 'required' | 'label_ja' | 'label_en' | 'options'> {
  const chosen = kind === 'choice' || kind === 'choices'
  return {
    kind,
    required: required ? 1 : 0,
    label_ja: label_ja ?? '',
    label_en: label_en ?? label_ja ?? '',
    options: JSON.stringify(chosen ? withIds(options, known ? optionsOf(known) : []) : []),
  }
}
