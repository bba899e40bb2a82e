import { afterAll, afterEach, beforeEach } from 'vitest'
import { fileEnds, testBegins, testEnds } from './ends.ts'

// Test files share a process and its modules. Only what is registered here runs for every file.
beforeEach(testBegins)
afterEach(testEnds)
afterAll(fileEnds)
