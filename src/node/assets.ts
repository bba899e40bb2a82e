import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname } from 'node:path'
import type { Asset } from '../http/env.ts'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}
const FOLDER = new URL('../../templates/assets/', import.meta.url)
const { resolve } = createRequire(import.meta.url)

/** Reads every asset into memory: our own, the Digital Agency's tokens, and the page that browses the API. */
export function readAssets(): Map<string, Asset> {
  const files: [name: string, path: string | URL][] = [
    ...readdirSync(FOLDER).map((name): [string, URL] => [name, new URL(name, FOLDER)]),
    ['tokens.css', resolve('@digital-go-jp/design-tokens/dist/tokens.css')],
    ['swagger-ui.css', resolve('swagger-ui-dist/swagger-ui.css')],
    ['swagger-ui-bundle.js', resolve('swagger-ui-dist/swagger-ui-bundle.js')],
  ]
  return new Map(
    files.map(([name, path]) => {
      const body = new Uint8Array(readFileSync(path))
      const tag = createHash('sha256').update(body).digest('hex').slice(0, 12)
      return [name, { body: () => body, type: TYPES[extname(name)] ?? 'application/octet-stream', tag }]
    }),
  )
}
