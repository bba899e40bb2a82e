import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { nodeProblem } from '../../src/node/needed.ts'
import { program } from '../programs.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

describe('a start with an older Node', () => {
  const OLDER = "data:text/javascript,Object.defineProperty(process, 'version', { value: 'v20.20.2' })"
  const start = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', OLDER, ...args], { cwd: ROOT, encoding: 'utf8', timeout: 60_000 })

  test.each([
    ['the command line from its sources', ['--import', 'tsx', 'src/cli.ts', 'doctor']],
    ['the server from its sources', ['--import', 'tsx', 'src/main.node.ts']],
    ['the command line as built', [program('cli'), 'doctor']],
    ['the server as built', [program('main')]],
    ['npm start', ['src/start.js', 'main']],
  ])('%s: says which Node is needed and ends', (_, args) => {
    const { status, stdout, stderr } = start(...args)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toBe(`${nodeProblem('v20.20.2')}\n`)
  })
})
