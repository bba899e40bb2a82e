import { readdirSync } from 'node:fs'
import type { Locale } from '../../src/base/locale.ts'
import { HELP } from '../../templates/text/desk/help/pages.ts'

const LIST = ['A', 'B']

/** Arguments for sentences with parameters: texts, numbers, lists. */
const SAMPLES = [
  ['A', 'B', 'C', 'D'],
  [2, 3],
  [2026, 2027],
  [LIST, LIST],
]

/** Names of texts that differ from those of their functions. */
const PARTS: Record<string, string> = { texts: 'pages', deskTexts: 'console', letterTexts: 'letters' }

const FOLDER = new URL('../../templates/text/', import.meta.url)

/** Each file beside the folders of texts with what it exports. */
const FILES: [file: string, exported: Record<string, unknown>][] = []
for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))) {
  FILES.push([file, await import(new URL(file, FOLDER).href)])
}

/** Every function that returns the texts of a language: its file and name. */
export const TEXTS = FILES.flatMap(([file, exported]) =>
  Object.entries(exported).flatMap(([name, value]) =>
    typeof value === 'function' && /^texts$|Texts$/.test(name) ? [{ file, name, of: value }] : [],
  ),
)

/** All texts of a language, by the part of the product that they belong to. A new file of texts is found by itself. */
export function everything(locale: Locale): Record<string, unknown> {
  return {
    ...Object.fromEntries(TEXTS.map(({ name, of }) => [PARTS[name] ?? name.replace(/Texts$/, ''), of(locale)])),
    help: Object.fromEntries(Object.entries(HELP).map(([page, help]) => [page, help[locale]])),
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
