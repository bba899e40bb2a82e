import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Refused } from '../../src/base/outcome.ts'
import { isCommitted, refusalFor, retryOnConflict } from '../../src/store/retry.ts'

describe('a commit', () => {
  test('that was made is committed', () => {
    expect(isCommitted({ ok: true, changed: [1] })).toBe(true)
  })

  test('that broke `still_true` is not committed', () => {
    expect(isCommitted({ ok: false, broke: 'still_true' })).toBe(false)
  })

  test('that broke any other constraint throws its name', () => {
    expect(() => isCommitted({ ok: false, broke: 'booking_once' })).toThrow('a commit broke booking_once')
  })

  test('may be retried for the constraints that an act names, and for no others', () => {
    const retryable = ['booking_once']
    expect(isCommitted({ ok: false, broke: 'booking_once' }, retryable)).toBe(false)
    expect(() => isCommitted({ ok: false, broke: 'still_true' }, retryable)).toThrow('a commit broke still_true')
  })
})

describe('the refusal for a broken constraint', () => {
  test('is `changed` for `still_true`', () => {
    expect(refusalFor({ broke: 'still_true' })).toEqual({ ok: false, why: 'changed' })
    expect(refusalFor({ broke: 'still_true' }, { booking_once: 'twice' })).toEqual({ ok: false, why: 'changed' })
  })

  test('is what the act says for a constraint that it names, also for `still_true`', () => {
    const table = { still_true: 'closed', session_has_room: 'full' } as const
    expect(refusalFor({ broke: 'session_has_room' }, table)).toEqual({ ok: false, why: 'full' })
    expect(refusalFor({ broke: 'still_true' }, table)).toEqual({ ok: false, why: 'closed' })
  })

  test.each(['session_has_room', 'toString'])('is thrown for %s, which the act does not name', (broke) => {
    expect(() => refusalFor({ broke })).toThrow(`a commit broke ${broke}`)
    expect(() => refusalFor({ broke }, { booking_once: 'twice' })).toThrow(`a commit broke ${broke}`)
  })

  test('is typed by the table', () => {
    const done = { broke: 'still_true' }
    expectTypeOf(refusalFor(done)).toEqualTypeOf<Refused<'changed'>>()
    expectTypeOf(refusalFor(done, { booking_once: 'twice' })).toEqualTypeOf<Refused<'twice' | 'changed'>>()
    expectTypeOf(refusalFor(done, { still_true: 'closed' })).toEqualTypeOf<Refused<'closed'>>()
  })
})

describe('an act that is retried on conflict', () => {
  test('returns the first answer', async () => {
    const answers = [null, null, 'third', 'fourth']
    expect(await retryOnConflict(async () => answers.shift() ?? null)).toBe('third')
    expect(answers).toEqual(['fourth'])
  })

  test('is refused after three conflicts, with what its refusals carry', async () => {
    let tries = 0
    const conflict = async () => {
      tries++
      return null
    }
    expect(await retryOnConflict(conflict)).toEqual({ ok: false, why: 'changed' })
    expect(await retryOnConflict(conflict, { nearest: [] })).toEqual({ ok: false, why: 'changed', nearest: [] })
    expect(tries).toBe(6)
  })
})
