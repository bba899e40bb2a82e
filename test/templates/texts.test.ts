import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../src/base/input.ts'
import { LOCALES } from '../../src/base/locale.ts'
import { FORMATS, INDUSTRIES, KINDS, SESSION_STATUSES, TOPICS } from '../../src/base/vocabulary.ts'
import { REFUSALS } from '../../src/booking/refusal.ts'
import { texts } from '../../templates/text/index.ts'
import { spoken } from '../../templates/text/spoken.ts'
import { everything, sentences, TEXTS } from './sentences.ts'

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u

/** Sentences with Japanese characters in English: the name of the other language, and an example of kana. */
const NAMED = ['pages.otherLanguage', 'pages.book.help.name_kana']

/** They name Japanese columns and what stands in them. */
const ABOUT_COLUMNS = /^pages\.openData\.event/

/** Sentences without Japanese characters in Japanese: proper names. */
const PROPER = [
  'pages.otherLanguage',
  'pages.done.outlook',
  'pages.done.outlook365',
  'pages.subscribe.apps.1.name',
  'pages.subscribe.addTo.apple',
  'pages.letters.html',
  'pages.openData.json',
  'figures.report.sjis',
  'figures.export.formats.xlsx',
  'figures.export.formats.sjis',
]

/** Empty on purpose. */
const SILENT = {
  ja: ['pages.session.notice.not_yet_open.next', 'console.people.refused.twice.next', 'schedule.closures.columns.act'],
  en: [
    'pages.era',
    'pages.book.mark',
    'pages.session.notice.not_yet_open.next',
    'console.people.refused.twice.next',
    'schedule.closures.columns.act',
  ],
}

/** The paths of all sentences, also of those in lists, and whether they have parameters. */
function shape(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} ${typeof value}`]
  return Object.entries(value)
    .flatMap(([key, inner]) => shape(inner, `${path}.${key}`))
    .toSorted()
}

/** The files of texts in a folder and below it, by their paths. */
const files = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

const TEXT = fileURLToPath(new URL('../../templates/text/', import.meta.url))

describe('the list of texts', () => {
  it('finds every file that speaks every language', () => {
    expect(TEXTS.map(({ name }) => name)).toEqual(expect.arrayContaining(['messageTexts', 'letterFileTexts']))
    const speaking = files(TEXT).filter((file) =>
      /\b(inEveryLanguage|spoken)[<(]/.test(readFileSync(TEXT + file, 'utf8')),
    )
    const read = new Set([...TEXTS.map(({ file }) => file), 'desk/help/pages.ts', 'spoken.ts'])
    for (const file of read) {
      const imports = readFileSync(TEXT + file, 'utf8').matchAll(/from '(\.\.?\/[^']+)'/g)
      for (const [, path] of imports) {
        const to = join(dirname(file), path ?? '')
        if (!to.startsWith('..')) read.add(to)
      }
    }
    expect(speaking.length).toBeGreaterThan(60)
    expect(speaking.filter((file) => !read.has(file))).toEqual([])
  })
})

describe('the texts', () => {
  it('are nowhere empty', () => {
    for (const locale of LOCALES) {
      const empty = sentences(everything(locale)).filter(([, sentence]) => sentence.trim() === '')
      expect(new Set(empty.map(([path]) => path))).toEqual(new Set(SILENT[locale]))
    }
  })

  it('hold no Japanese characters in English', () => {
    const foreign = sentences(everything('en')).filter(([, sentence]) => JAPANESE.test(sentence))
    expect(foreign.map(([path]) => path).filter((path) => !ABOUT_COLUMNS.test(path))).toEqual(NAMED)
  })

  it('are Japanese in Japanese, but for names', () => {
    const plain = sentences(everything('ja')).filter(
      ([, sentence]) => /[A-Za-z]{4}/.test(sentence) && !JAPANESE.test(sentence),
    )
    expect(new Set(plain.map(([path]) => path))).toEqual(new Set(PROPER))
  })

  it('say the same things in every language, also in their lists', () => {
    for (const locale of LOCALES) expect(shape(everything(locale))).toEqual(shape(everything('ja')))
  })

  it('have words for every code that a page may meet', () => {
    for (const locale of LOCALES) {
      const t = texts(locale)
      expect(Object.keys(t.status).toSorted()).toEqual([...SESSION_STATUSES].toSorted())
      expect(Object.keys(t.kind)).toEqual(KINDS)
      expect(Object.keys(t.format)).toEqual(FORMATS)
      expect(Object.keys(t.topics)).toEqual(TOPICS)
      expect(Object.keys(t.industries)).toEqual(INDUSTRIES)
      expect(Object.keys(t.faults).toSorted()).toEqual([...FAULTS].toSorted())
      expect(Object.keys(t.refusals).toSorted()).toEqual([...REFUSALS].toSorted())
    }
  })
})

// The type checker reads these too: an error that it no longer reports fails `npm run check`.
describe('a column of a feature', () => {
  it('lacks no language', () => {
    // @ts-expect-error no English column
    const words = spoken({ ja: { title: '日程' } })
    expect(LOCALES.filter((locale) => !(locale in words))).toEqual(['en'])
  })

  it('lacks no sentence', () => {
    const words = spoken({
      ja: { lost: { what: '席がありません。', next: '別の日程をお選びください。' } },
      // @ts-expect-error no `next`
      en: { lost: { what: 'No place is left.' } },
    })
    expect(shape(words.en)).not.toEqual(shape(words.ja))
  })

  it('has no sentence that the source lacks', () => {
    const words = spoken({
      ja: { title: '日程' },
      // @ts-expect-error no Japanese `lead`
      en: { title: 'Dates', lead: 'All dates ahead.' },
    })
    expect(shape(words.en)).not.toEqual(shape(words.ja))
  })

  it('says with parameters what the source says with parameters', () => {
    const words = spoken({
      ja: { left: (seats: number) => `残り ${seats}名` },
      // @ts-expect-error a plain text instead of a function
      en: { left: 'A few places left' },
    })
    expect(shape(words.en)).not.toEqual(shape(words.ja))
  })

  it('takes the parameters of the source', () => {
    const words = spoken({
      ja: { left: (seats: number) => `残り ${seats}名` },
      // @ts-expect-error a text instead of a number
      en: { left: (seats: string) => `${seats.trim()} left` },
    })
    expect(() => words.en.left(2)).toThrow('trim')
  })
})
