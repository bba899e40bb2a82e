import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('a run whose tests failed ends with their exit code, although it had a PostgreSQL', () => {
  const run = `
    const { startPostgres } = await import('./test/engines/postgres-process.ts')
    process.exitCode = 3
    await (await startPostgres(['-c', 'fsync=off'])).remove()`
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', run], {
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([3, ''])
})
