import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newFolder } from '../folder.ts'
import { wrangler } from './wrangler.ts'

/** Modules that run on Node only, or that are served as files. */
const NODE_ONLY = [
  '@hono/node-server',
  'better-sqlite3',
  'pg',
  'pino',
  'prom-client',
  'swagger-ui-dist',
  'thread-stream',
  'tsx',
]

let folder: string
beforeEach(() => {
  folder = newFolder('bundle')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Bundles as `wrangler deploy` does. Returns the bundled files. */
async function bundled(entry?: string): Promise<{ inputs: string[]; code: Buffer }> {
  await wrangler('deploy', ...(entry ? [entry] : []), '--dry-run', '--outdir', folder, '--metafile')
  const names = readdirSync(folder)
  const read = (pattern: RegExp) => readFileSync(join(folder, names.find((name) => pattern.test(name)) ?? ''))
  const { inputs } = JSON.parse(read(/meta\.json$/).toString()) as { inputs: Record<string, unknown> }
  return { inputs: Object.keys(inputs), code: read(/\.js$/) }
}

function strangers(inputs: string[]): string[] {
  const packages = new Set(inputs.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]))
  const ours = inputs.filter((path) =>
    /(^|\/)src\/(node\/|cli\.ts|main\.node\.ts|store\/(sqlite|postgres)\.ts)/.test(path),
  )
  return [...NODE_ONLY.filter((name) => packages.has(name)), ...ours]
}

test('the Worker holds every door and nothing that runs on Node alone, within what a free plan takes (3 MB)', async () => {
  const { inputs, code } = await bundled()
  expect(inputs.filter((path) => path.endsWith('src/app.ts'))).toHaveLength(1)
  expect(strangers(inputs)).toEqual([])
  expect(gzipSync(code).length).toBeLessThan(1.5 * 1024 * 1024)
})

test('a Worker that did hold something of the Node home is found out', async () => {
  const { inputs } = await bundled('test/worker/with-node.ts')
  expect(strangers(inputs)).toEqual(expect.arrayContaining(['better-sqlite3', 'pino']))
  expect(strangers(inputs).some((one) => one.endsWith('src/store/sqlite.ts'))).toBe(true)
})
