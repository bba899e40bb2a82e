import { array, assert, asyncProperty } from 'fast-check'
import { test } from 'vitest'
import { step, walk } from './walk.ts'

/** How long a walk is, and how many there are. PROPERTY_SEED chooses others, WALK_SHRINK looks for a shorter one. */
const STEPS = Number(process.env.WALK_STEPS ?? 40)
const WALKS = Number(process.env.PROPERTY_RUNS ?? 2)

test('whatever happens, everything that people are shown and told agrees', { timeout: 3_600_000 }, async () => {
  await assert(asyncProperty(array(step, { minLength: STEPS, maxLength: STEPS, size: 'max' }), walk), {
    numRuns: WALKS,
    endOnFailure: process.env.WALK_SHRINK === undefined,
  })
})
