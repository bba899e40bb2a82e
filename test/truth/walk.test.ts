import { array, assert, asyncProperty } from 'fast-check'
import { test } from 'vitest'
import { RUNS } from '../engine.ts'
import { step, walk } from './walk.ts'

const STEPS = Number(process.env.WALK_STEPS ?? 40)

test('whatever happens, everything that people are shown and told agrees', { timeout: 3_600_000 }, async () => {
  await assert(asyncProperty(array(step, { minLength: STEPS, maxLength: STEPS, size: 'max' }), walk), {
    numRuns: RUNS,
    endOnFailure: process.env.WALK_SHRINK === undefined,
  })
})
