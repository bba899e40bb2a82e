import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import type { Asset } from '../http/env.ts'
import type { Built } from '../worker/built.ts'
import { manualPictures, renderManual } from './manual.ts'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
}
/** An asset in memory. */
type Loaded = Omit<Asset, 'body'> & { body(): Uint8Array<ArrayBuffer> }

/** Files that are served unchanged. */
const AS_IT_IS = new Set(['.js', '.svg'])
const FOLDER = new URL('../../templates/assets/', import.meta.url)
const BROWSER = new URL('../../templates/browser/', import.meta.url)
const { resolve } = createRequire(import.meta.url)

/**
 * Bundles each script of `templates/browser/` and each style sheet directly in `templates/assets/` with its imports.
 * One call for all, because each call starts a process.
 */
function bundles(): [name: string, body: Uint8Array<ArrayBuffer>][] {
  const entries = [
    ...readdirSync(BROWSER).flatMap((name) => (name.endsWith('.ts') ? [new URL(name, BROWSER)] : [])),
    ...readdirSync(FOLDER).flatMap((name) => (name.endsWith('.css') ? [new URL(name, FOLDER)] : [])),
  ]
  const { outputFiles } = buildSync({
    entryPoints: entries.map((one) => fileURLToPath(one)),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    outdir: 'assets',
  })
  return outputFiles.map(({ path, contents }) => [basename(path), new Uint8Array(contents)])
}

const tagOf = (body: Uint8Array) => createHash('sha256').update(body).digest('hex').slice(0, 12)

type File = [name: string, body: Uint8Array<ArrayBuffer>]

const readFile = ([name, path]: [name: string, path: string | URL]): File => [name, new Uint8Array(readFileSync(path))]

/** The pictures of the manual, and the manual itself as `manual.json`. */
function manual(): File[] {
  const pictures = manualPictures().map(readFile)
  const shown = pictures.map(([name, body]) => [name, { body, address: `/assets/${name}?v=${tagOf(body)}` }] as const)
  return [...pictures, ['manual.json', new TextEncoder().encode(JSON.stringify(renderManual(new Map(shown))))]]
}

/** Reads every asset into memory: ours, the Digital Agency's tokens, the manual, and the page that shows the API. */
export function readAssets(): Map<string, Loaded> {
  const files: [name: string, path: string | URL][] = [
    ...readdirSync(FOLDER)
      .filter((name) => AS_IT_IS.has(extname(name)))
      .map((name): [string, URL] => [name, new URL(name, FOLDER)]),
    ['tokens.css', resolve('@digital-go-jp/design-tokens/dist/tokens.css')],
    ['swagger-ui.css', resolve('swagger-ui-dist/swagger-ui.css')],
    ['swagger-ui-bundle.js', resolve('swagger-ui-dist/swagger-ui-bundle.js')],
  ]
  return new Map(
    [...files.map(readFile), ...manual(), ...bundles()].map(([name, body]) => {
      const tag = tagOf(body)
      return [name, { body: () => body, type: TYPES[extname(name)] ?? 'application/octet-stream', tag }]
    }),
  )
}

/** Writes every asset into a folder, which is made if it is missing. Returns their types and tags. */
export function writeAssets(folder: string): Built['assets'] {
  mkdirSync(folder, { recursive: true })
  const built: Built['assets'] = {}
  for (const [name, { body, type, tag }] of readAssets()) {
    writeFileSync(join(folder, name), body())
    built[name] = { type, tag }
  }
  return built
}
