import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readMigrations } from '../../db/seed/migrations.ts'
import type { Built } from '../worker/built.ts'
import { writeAssets } from './assets.ts'

const FOLDER = fileURLToPath(new URL('../../var/worker/assets/', import.meta.url))

const built: Built = { assets: writeAssets(FOLDER), migrations: readMigrations().map((one) => one.name) }
writeFileSync(join(FOLDER, 'built.json'), JSON.stringify(built))
for (const name of readdirSync(FOLDER)) {
  if (name !== 'built.json' && !(name in built.assets)) rmSync(join(FOLDER, name))
}
