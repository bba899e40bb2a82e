import { configureGlobal } from 'fast-check'
import { afterAll, afterEach, beforeEach } from 'vitest'
import { fileEnds, testBegins, testEnds } from './ends.ts'

// Test files share a process and its modules. Only what is registered here runs for every file.
beforeEach(testBegins)
afterEach(testEnds)
afterAll(fileEnds)

// The same choices in every run, so that what a property finds comes from the change.
// PROPERTY_SEED makes others; PROPERTY_RUNS (test/engine.ts) makes more of them.
configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20260401) })
