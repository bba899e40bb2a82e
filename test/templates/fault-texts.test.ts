import type { HtmlEscapedString } from 'hono/utils/html'
import { describe, expect, test } from 'vitest'
import { FAULTS } from '../../src/base/input.ts'
import { ErrorSummary, faultText, Problem } from '../../templates/fields.tsx'
import { texts } from '../../templates/text/index.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import * as f from './fixtures.ts'

const ja = texts('ja')

describe('a fault says what to do with its field', () => {
  test.each([
    ['company', '企業・団体名を入力してください'],
    ['format', '開催形式を選んでください'],
    ['prefecture', '所在地の都道府県を選んでください'],
  ])('%s is missing: %s', (name, said) => {
    expect(faultText(ja, name, 'required')).toBe(said)
  })

  test.each([
    'date',
    'starts_on',
    'until',
    'ends_on',
    'starts',
    'ends',
    'closes_at',
    'dates',
    'slot_starts',
    'apply_url',
  ])('%s is typed, so nobody is asked to choose it, and an example is shown', (name) => {
    for (const locale of ['ja', 'en'] as const) {
      const { labels } = scheduleTexts(locale).series
      const said = faultText(texts(locale), name, 'choice', labels[name as keyof typeof labels])
      expect(said).not.toMatch(/選んで|choose/)
      expect(said).toMatch(/2026\/12\/23|\d\d:00|https:\/\//)
    }
  })

  test('every fault of every field is a sentence about that field', () => {
    const { labels } = scheduleTexts('ja').series
    for (const [name, label] of Object.entries({ ...ja.book.labels, ...labels, ...ja.survey.labels })) {
      for (const fault of FAULTS) expect(faultText(ja, name, fault, label)).not.toMatch(/^[をはがに、]|undefined/)
      for (const fault of ['required', 'choice'] as const) expect(faultText(ja, name, fault, label)).toContain(label)
    }
  })
})

/** Words that only a person who applies for themselves could follow. */
const TO_VISITOR = /お読みの|同意のチェック|確認へ進む|\byour(self)?\b|“Review”|\bread (it|how)/i

describe('on the console', () => {
  test.each(['/desk', '/desk/bookings/new?session=1', '/desk?done=1'])('a fault at %s is said to staff', (path) => {
    for (const locale of ['ja', 'en'] as const) {
      const frame = { ...f.frame(locale), path }
      for (const fault of FAULTS) {
        const field = Problem({ frame, name: 'any', error: fault, label: 'A' })
        const summary = ErrorSummary({ frame, errors: { any: fault }, fields: ['any'], labels: { any: 'A' } })
        for (const said of [field, summary].map((one) => String(one as HtmlEscapedString | null))) {
          expect(['', 'null']).not.toContain(said)
          expect([fault, TO_VISITOR.exec(said)?.[0]]).toEqual([fault, undefined])
        }
      }
    }
  })

  test('a page of the public beside it says the same fault to the person', () => {
    const frame = { ...f.frame('ja'), path: '/desks' }
    const said = Problem({ frame, name: 'any', error: 'consent', label: 'A' }) as HtmlEscapedString | null
    expect(String(said)).toContain(ja.faults.consent())
  })
})
