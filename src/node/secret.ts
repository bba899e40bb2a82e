import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * The secret of a development machine, from a file. It is made once, complete from the start, readable only by its
 * owner.
 */
export function keptSecret(path = 'var/secret'): string {
  mkdirSync(dirname(path), { recursive: true })
  const made = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
  const draft = `${path}.${crypto.randomUUID()}`
  try {
    writeFileSync(draft, made, { flag: 'wx', mode: 0o600 })
    linkSync(draft, path) // fails if the file exists; a process that starts at the same time never reads half of it
    return made
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return readFileSync(path, 'utf8').trim()
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
