import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Asset } from '../http/env.ts'
import type { Compress } from '../http/packed.ts'
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

const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)

/** Brotli at its best takes seconds for half a megabyte. */
const BEST_BYTES = 200_000

/** Compresses what is sent, on a thread of its own. What is sent often becomes as small as it can. */
export const compress: Compress = async (body, as, often) => {
  const quality = often && body.byteLength < BEST_BYTES ? 11 : 5
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength }
  const made = as === 'br' ? await brotli(body, { params }) : await deflate(body, { level: often ? 9 : 6 })
  return new Uint8Array(made)
}
