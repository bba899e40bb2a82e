import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { readMigrations } from '../../db/seed/migrations.ts'
import type { Built } from '../worker/built.ts'
import { readAssets } from './assets.ts'

const FOLDER = new URL('../../var/worker/assets/', import.meta.url)

mkdirSync(FOLDER, { recursive: true })

const built: Built = { assets: {}, migrations: readMigrations().map((one) => one.name) }
for (const [name, { body, type, tag }] of readAssets()) {
  writeFileSync(new URL(name, FOLDER), await body())
  built.assets[name] = { type, tag }
}
writeFileSync(new URL('built.json', FOLDER), JSON.stringify(built))
for (const name of readdirSync(FOLDER)) {
  if (name !== 'built.json' && !(name in built.assets)) rmSync(new URL(name, FOLDER))
}
