import { expect, test } from 'vitest'
import { chunks } from '../../src/base/chunks.ts'

test('a list is divided into full parts and a rest, in order', () => {
  expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(chunks([1, 2, 3, 4], 2)).toEqual([
    [1, 2],
    [3, 4],
  ])
})

test('an empty list has no parts', () => {
  expect(chunks([], 2)).toEqual([])
})
