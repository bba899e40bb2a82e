import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../src/node/bundle.ts'
import { hashOfSources } from '../src/node/sources.js'

/** The programs that tests start as processes. */
const PROGRAMS = {
  main: 'src/main.node.ts',
  cli: 'src/cli.ts',
  'seed-sql': 'db/seed-sql.ts',
  visitors: 'test/booking/visitors.ts',
  converter: 'test/changes/converter.ts',
  runner: 'test/booking/ticked/runner.ts',
  visitor: 'test/engines/visitor.ts',
  migrator: 'test/store/migrator.ts',
  writer: 'test/store/writer.ts',
  racer: 'test/faults/racer.ts',
  sender: 'test/faults/sender.ts',
}

const HOME = fileURLToPath(new URL('../var/programs', import.meta.url))
const DAY_MS = 86_400_000

/** Bundles every program, unless these very sources are bundled already. Returns the folder. */
function bundled(): string {
  const folder = join(HOME, hashOfSources(['test']).slice(0, 16))
  if (existsSync(folder)) return folder
  mkdirSync(HOME, { recursive: true })
  for (const name of readdirSync(HOME)) {
    const old = join(HOME, name)
    const made = statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY
    if (made < Date.now() - DAY_MS) rmSync(old, { recursive: true, force: true })
  }
  const fresh = `${folder}-${process.pid}`
  bundle(fresh, PROGRAMS)
  try {
    renameSync(fresh, folder)
  } catch {
    rmSync(fresh, { recursive: true, force: true }) // Another process was faster.
  }
  return folder
}

let folder: string | null = null

/** The path of a bundled program, which Node runs as it is. A start takes a third of what it takes from the sources. */
export function program(name: keyof typeof PROGRAMS): string {
  folder ??= bundled()
  return join(folder, `${name}.js`)
}
