import type { Locale } from '../../src/base/locale.ts'
import { HELP } from '../../templates/text/desk/help/pages.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { figuresTexts } from '../../templates/text/figures.ts'
import { texts } from '../../templates/text/index.ts'
import { letterTexts } from '../../templates/text/letters.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'

const LIST = ['A', 'B']

/** Arguments for sentences with parameters: texts, numbers, lists. */
const SAMPLES = [
  ['A', 'B', 'C', 'D'],
  [2, 3],
  [LIST, LIST],
]

/** All texts of a language, by the part of the product that they belong to. */
export function everything(locale: Locale) {
  return {
    pages: texts(locale),
    console: deskTexts(locale),
    help: Object.fromEntries(Object.entries(HELP).map(([page, help]) => [page, help[locale]])),
    schedule: scheduleTexts(locale),
    figures: figuresTexts(locale),
    letters: letterTexts(locale),
  }
}

/** The text of a sentence for each sample that fits its parameters. */
function said(sentence: (...given: readonly unknown[]) => unknown): unknown[] {
  return SAMPLES.flatMap((sample) => {
    try {
      return [sentence(...sample)]
    } catch {
      return []
    }
  })
}

/** Every sentence with its path, one entry per suitable sample. */
export function sentences(value: unknown, path = ''): [path: string, sentence: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const answers = said((...given) => value(...given))
    return answers.length > 0 ? answers.flatMap((answer) => sentences(answer, path)) : [[path, '']]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => sentences(inner, path === '' ? key : `${path}.${key}`))
}
