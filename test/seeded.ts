import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { world } from './world.ts'

/** Seeds the published schedule once for the whole run; `world` copies it. */
export async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-seeded-'))
  const path = join(folder, 'seeded.db')
  const { raw, close } = await world()
  raw.pragma('wal_checkpoint(TRUNCATE)')
  writeFileSync(path, raw.serialize())
  await close()
  process.env.MADOGUCHI_SEEDED = path
  return () => rmSync(folder, { recursive: true })
}
