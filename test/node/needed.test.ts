import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { NEEDED, nodeProblem } from '../../src/node/needed.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (name: string) => readFileSync(`${ROOT}${name}`, 'utf8')

test.each(['v24.0.0', 'v24.21.0', 'v25.1.0', 'v26.0.0-nightly'])('Node %s is new enough', (version) => {
  expect(nodeProblem(version)).toBeNull()
})

test.each(['v20.20.2', 'v22.12.0', 'v23.11.1', 'v8.0.0', ''])('Node %s is too old, and is refused', (version) => {
  expect(nodeProblem(version)).toContain(`needs Node 24 or newer, and this is Node ${version.replace('v', '')}.`)
})

test('.nvmrc and package.json ask for the same version', () => {
  expect(read('.nvmrc').trim()).toBe(String(NEEDED))
  expect(JSON.parse(read('package.json')).engines.node).toBe(`>=${NEEDED}`)
})
