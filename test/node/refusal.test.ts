import { describe, expect, test } from 'vitest'
import { FAULTS } from '../../src/base/input.ts'
import { LOCALES } from '../../src/base/locale.ts'
import { refusalText } from '../../src/node/refusal.ts'
import { deskTexts } from '../../templates/text/desk.ts'

describe.each(LOCALES)('on the command line, in %s,', (locale) => {
  const { session, booking, people } = deskTexts(locale)

  test.each(['closed', 'undecided', 'busy', 'changed'] as const)('a session refuses as on its page: %s', (why) => {
    const { what, [why]: next } = session.refused
    expect(refusalText(locale, 'session', { ok: false, why })).toBe(`${what}\n${next}`)
  })

  test.each(['closed', 'full', 'format', 'twice', 'changed', 'other'] as const)(
    'a booking refuses as on its page: %s',
    (why) => {
      const { what, [why]: next } = booking.refused
      expect(refusalText(locale, 'booking', { ok: false, why })).toBe(`${what}\n${next}`)
    },
  )

  test.each(['twice', 'changed', 'own'] as const)('an account refuses as on its page: %s', (why) => {
    const { what, next } = people.refused[why]
    expect(refusalText(locale, 'account', { ok: false, why })).toBe(next === '' ? what : `${what}\n${next}`)
  })

  test('the console has no other reason for any of them', () => {
    const { what: _, ...ofSession } = session.refused
    const { what: __, ...ofBooking } = booking.refused
    expect(Object.keys(ofSession)).toEqual(['closed', 'undecided', 'busy', 'begun', 'same', 'changed'])
    expect(Object.keys(ofBooking)).toEqual(['closed', 'full', 'format', 'twice', 'changed', 'other'])
    expect(Object.keys(people.refused)).toEqual(['twice', 'changed', 'own'])
  })

  test.each(FAULTS)('a faulty option has a sentence, never its code: %s', (fault) => {
    const [title, sentence] = refusalText(locale, 'session', {
      ok: false,
      why: 'invalid',
      errors: { capacity: fault },
    }).split('\n')
    expect(title).toMatch(locale === 'ja' ? '1か所をご確認ください' : 'Please check 1 item')
    expect(sentence).toMatch(locale === 'ja' ? /\p{Script=Han}.*/u : /^[A-Z-].*[a-z]{4}/)
    expect(sentence).not.toBe(fault)
  })
})

test('a faulty field is named by the option that sets it', () => {
  const errors = { reason_ja: 'required', starts_on: 'choice', venue: 'choice' } as const
  expect(refusalText('ja', 'session', { ok: false, why: 'invalid', errors }).split('\n')).toEqual([
    '3か所をご確認ください',
    '--reasonを入力してください',
    '--fromを「2026/12/23」のように入力してください。過ぎた日や年度の外の日でないかも、ご確認ください。',
    '--venueを選んでください',
  ])
})
