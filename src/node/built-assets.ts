import { existsSync, readFileSync } from 'node:fs'
import type { Asset } from '../http/env.ts'
import type { Built } from '../worker/built.ts'

/** Exists only beside the bundle. */
const FOLDER = new URL('./assets/', import.meta.url)
const BUILT = new URL('built.json', FOLDER)

/** All assets, in memory: from the build if this is a bundle, else made from the sources. */
export async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  if (!existsSync(BUILT)) return (await import('./assets.ts')).readAssets()
  const built = JSON.parse(readFileSync(BUILT, 'utf8')) as Built['assets']
  const read = Object.entries(built).map(([name, { type, tag }]): [string, Asset] => {
    const body = new Uint8Array(readFileSync(new URL(name, FOLDER)))
    return [name, { type, tag, body: () => body }]
  })
  return new Map(read)
}
