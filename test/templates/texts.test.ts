import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../src/base/input.ts'
import { LOCALES } from '../../src/base/locale.ts'
import { FORMATS, KINDS, SESSION_STATUSES } from '../../src/base/vocabulary.ts'
import { INDUSTRIES, TOPICS } from '../../src/booking/booking.ts'
import { REFUSALS } from '../../src/booking/refusal.ts'
import { texts } from '../../templates/text/index.ts'

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u

/** What may stand in Japanese on an English page: the name of the other language, and an example of kana. */
const NAMED = ['otherLanguage', 'book.help.name_kana']

/** Every sentence with its path; sentences that take something are given a letter and a number in turn. */
function sentences(value: unknown, path = ''): [path: string, sentence: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    return [
      [path, String(value('A', 'B'))],
      [path, String(value(2, 3))],
    ]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => sentences(inner, path === '' ? key : `${path}.${key}`))
}

/** Empty on purpose. */
const SILENT = {
  ja: ['session.notice.not_yet_open.next'],
  en: ['era', 'book.mark', 'session.notice.not_yet_open.next'],
}

describe('the texts', () => {
  it('are nowhere empty', () => {
    for (const locale of LOCALES) {
      const empty = sentences(texts(locale)).filter(([, sentence]) => sentence.trim() === '')
      expect(new Set(empty.map(([path]) => path))).toEqual(new Set(SILENT[locale]))
    }
  })

  it('hold no Japanese characters in English', () => {
    const foreign = sentences(texts('en')).filter(([, sentence]) => JAPANESE.test(sentence))
    expect(foreign.map(([path]) => path)).toEqual(NAMED)
  })

  it('are Japanese in Japanese, but for names', () => {
    const plain = sentences(texts('ja')).filter(
      ([, sentence]) => /[A-Za-z]{4}/.test(sentence) && !JAPANESE.test(sentence),
    )
    expect(plain.map(([path]) => path)).toEqual([
      'otherLanguage',
      'done.outlook',
      'done.outlook365',
      'subscribe.apps.1.name',
      'letters.html',
    ])
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
