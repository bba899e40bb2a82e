import { expect, test } from 'vitest'
import { SEED, times } from './size.ts'

test('the run has a seed to repeat it with, and a length', () => {
  expect(Number.isInteger(SEED)).toBe(true)
  expect(times(1, 2)).toBe(process.env.FAULTS === 'long' ? 2 : 1)
})
