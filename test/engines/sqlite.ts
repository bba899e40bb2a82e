import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KyselyConfig } from 'kysely'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Engine, Opened } from '../engine.ts'
import { newFolder } from '../folder.ts'

/** The database as seeded at NOW, made once for the whole run (`test/seeded.ts`). Copies are quick. */
function seededImage(): Buffer | undefined {
  const path = process.env.MADOGUCHI_SEEDED
  return path ? readFileSync(path) : undefined
}

function inFile(image: Buffer | undefined, log: KyselyConfig['log']): Opened {
  const folder = newFolder('world')
  const path = join(folder, 'world.db')
  if (image) writeFileSync(path, image)
  const store = openSqlite(path, log)
  const close = async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  }
  return { store, address: path, seeded: image !== undefined, close }
}

/** SQLite in memory, or in a file if other processes open it too. */
export const sqlite: Engine = {
  async openFresh({ seeded, shared }, log) {
    const image = seeded ? seededImage() : undefined
    if (shared) return inFile(image, log)
    const store = openSqlite(image ?? ':memory:', log)
    return { store, address: ':memory:', seeded: image !== undefined, close: () => store.close() }
  },
  async openAgain(address, log) {
    const store = openSqlite(address, log)
    return { store, address, seeded: false, close: () => store.close() }
  },
}
