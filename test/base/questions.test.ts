import { describe, expect, test } from 'vitest'
import { type Answering, companionsFit, type Question, readAnswers, requiredOf } from '../../src/base/questions.ts'

const question = (kind: Question['kind'], changes: Partial<Question> = {}): Question => ({
  id: kind,
  kind,
  required: false,
  label: { ja: kind, en: kind },
  options: [
    { id: 'o1', ja: '車', en: 'Car' },
    { id: 'o2', ja: '電車', en: 'Train' },
    { id: 'o3', ja: '徒歩', en: 'On foot', gone: true },
  ],
  ...changes,
})

const read = (one: Question, given: unknown, by: Answering = 'api') =>
  readAnswers([one], given === undefined ? {} : { [one.id]: given }, by)

describe('an answer', () => {
  test.each<[Question['kind'], unknown, unknown]>([
    ['text', ' 二番目の入口 ', '二番目の入口'],
    ['number', '１２', 12],
    ['number', 0, 0],
    ['choice', 'o2', 'o2'],
    ['choices', ['o1', 'o2'], ['o1', 'o2']],
    ['choices', 'o1', ['o1']],
    ['tick', true, true],
    ['tick', 'true', true],
  ])('of the kind %s is read from %j', (kind, given, answer) => {
    expect(read(question(kind), given)).toEqual({ answers: { [kind]: answer }, faults: {} })
  })

  test.each<[Question['kind'], unknown, string]>([
    ['text', '長'.repeat(501), 'long'],
    ['text', 'a\u202eb', 'text'],
    ['text', 3, 'required'],
    ['number', '-1', 'number'],
    ['number', '多い', 'number'],
    ['number', '1000000000', 'number'],
    ['choice', 'o3', 'choice'],
    ['choice', ['o1'], 'choice'],
    ['choices', ['o1', 'o9'], 'choice'],
    ['choices', ['o1', 'o2', 'o1'], 'choice'],
  ])('of the kind %s is refused if it is %j', (kind, given, fault) => {
    expect(read(question(kind), given)).toEqual({ answers: {}, faults: { [`answers.${kind}`]: fault } })
  })

  test.each<[Question['kind'], unknown[], string]>([
    ['text', [undefined, null, '', '  '], 'required'],
    ['number', [undefined, null, ''], 'required'],
    ['choice', [undefined, null, ''], 'unchosen'],
    ['choices', [undefined, null, '', []], 'unchosen'],
    ['tick', [undefined, null, '', false, 'no'], 'unticked'],
  ])(
    'of the kind %s that is left empty is a fault only if it is required, and never for a desk',
    (kind, empty, fault) => {
      for (const given of empty) {
        expect(read(question(kind), given)).toEqual({ answers: {}, faults: {} })
        const required = question(kind, { required: true })
        for (const by of ['api', 'form'] as const) {
          expect([given, read(required, given, by).faults]).toEqual([given, { [`answers.${kind}`]: fault }])
        }
        expect(read(required, given, 'desk')).toEqual({ answers: {}, faults: {} })
      }
    },
  )

  test('to what is not asked is a fault for a program, and left out of a form', () => {
    const given = { retired: 'x', constructor: 'y' }
    expect(readAnswers([], given, 'api').faults).toEqual({
      'answers.retired': 'choice',
      'answers.constructor': 'choice',
    })
    expect(readAnswers([], given, 'form')).toEqual({ answers: {}, faults: {} })
  })
})

test.each<[asked: 'optional' | 'required' | null, names: number, seats: number, fit: boolean, forDesk: boolean]>([
  [null, 0, 3, true, true],
  [null, 1, 3, false, false],
  ['optional', 0, 3, true, true],
  ['optional', 2, 3, true, true],
  ['optional', 3, 3, false, false],
  ['required', 0, 1, true, true],
  ['required', 1, 3, false, true],
  ['required', 2, 3, true, true],
])('if names are %s, %i names for %i people fit: %s', (asked, names, seats, fit, forDesk) => {
  expect(companionsFit(asked, names, seats, 'form')).toBe(fit)
  expect(companionsFit(asked, names, seats, 'desk')).toBe(forDesk)
})

test('what nobody may leave empty is named in order, companions last', () => {
  const questions = [question('text', { required: true }), question('tick'), question('choice', { required: true })]
  expect(requiredOf({ questions, companions: 'required' })).toEqual(['text', 'choice', 'companions'])
  expect(requiredOf({ questions, companions: 'optional' })).toEqual(['text', 'choice'])
})
