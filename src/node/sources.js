import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** What a build is made of. */
const FOLDERS = ['src', 'db', 'templates', 'docs/manual']
const FILES = ['docs/manual.ja.md', 'package.json', 'package-lock.json', 'tsconfig.json']

/**
 * A hash of the path and content of every source, in hex. A build that keeps the same hash is current.
 *
 * @param {string[]} more Other folders to include.
 * @returns {string}
 */
export function hashOfSources(more = []) {
  const found = [...FOLDERS, ...more].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  const hash = createHash('sha256')
  for (const path of [...found, ...FILES.map((name) => join(ROOT, name))].toSorted()) {
    hash
      .update(`${path.slice(ROOT.length)}\0`)
      .update(readFileSync(path))
      .update('\0')
  }
  return hash.digest('hex')
}
