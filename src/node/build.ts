import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.ts'
import { hashOfSources } from './sources.js'

const DIST = fileURLToPath(new URL('../../dist', import.meta.url))
const fresh = `${DIST}-${process.pid}`
const hash = hashOfSources()

try {
  bundle(fresh, { main: 'src/main.node.ts', cli: 'src/cli.ts' })
  writeFileSync(join(fresh, 'hash'), hash)
  rmSync(DIST, { recursive: true, force: true })
  renameSync(fresh, DIST)
} finally {
  rmSync(fresh, { recursive: true, force: true })
}
