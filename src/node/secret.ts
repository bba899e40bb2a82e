import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The secret kept in a file for development: made once, readable by its owner only. */
export function keptSecret(path = 'var/secret'): string {
  mkdirSync(dirname(path), { recursive: true })
  const made = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
  try {
    writeFileSync(path, made, { flag: 'wx', mode: 0o600 })
    return made
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return readFileSync(path, 'utf8').trim()
    throw error
  }
}
