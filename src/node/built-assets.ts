import { existsSync, readFileSync } from 'node:fs'
import type { Asset } from '../http/env.ts'

/** The assets of a build by name, without their bodies. */
export type BuiltAssets = Record<string, Pick<Asset, 'type' | 'tag'>>

/** Lies beside the bundle only. */
const FOLDER = new URL('./assets/', import.meta.url)
const BUILT = new URL('built.json', FOLDER)

/** Every asset, in memory: as built if this is a bundle, made from the sources if not. */
export async function assetsAtHand(): Promise<ReadonlyMap<string, Asset>> {
  if (!existsSync(BUILT)) return (await import('./assets.ts')).readAssets()
  const built = JSON.parse(readFileSync(BUILT, 'utf8')) as BuiltAssets
  const read = Object.entries(built).map(([name, { type, tag }]): [string, Asset] => {
    const body = new Uint8Array(readFileSync(new URL(name, FOLDER)))
    return [name, { type, tag, body: () => body }]
  })
  return new Map(read)
}
