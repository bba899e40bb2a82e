import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The secret kept in a file for development: made once, whole from the first moment on, readable by its owner only. */
export function keptSecret(path = 'var/secret'): string {
  mkdirSync(dirname(path), { recursive: true })
  const made = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
  const draft = `${path}.${crypto.randomUUID()}`
  try {
    writeFileSync(draft, made, { flag: 'wx', mode: 0o600 })
    linkSync(draft, path) // fails where there is one already; a process that starts beside us never reads half of it
    return made
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return readFileSync(path, 'utf8').trim()
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
