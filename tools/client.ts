import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { openApi } from '../src/http/api/openapi.ts'

/*
 * Writes the types of the API (`docs/api/client/schema.d.ts`) from its description: `npm run client`. With `--check` it
 * only compares. The generator needs another TypeScript than the house, so its packages stand in a folder of their own.
 */
const FOLDER = 'docs/api/client'
const TYPES = `${FOLDER}/schema.d.ts`

const npm = (...given: string[]) => execFileSync('npm', ['--prefix', FOLDER, ...given], { stdio: 'pipe' })

mkdirSync('var', { recursive: true })
writeFileSync('var/openapi.json', JSON.stringify(openApi('https://madoguchi.example.jp'), null, 2))
npm('ci', '--ignore-scripts')
const before = readFileSync(TYPES, 'utf8')
npm('run', 'generate')
const after = readFileSync(TYPES, 'utf8')
if (process.argv.includes('--check') && before !== after) {
  writeFileSync(TYPES, before)
  console.error(`${TYPES} is not that of the API: npm run client writes it`)
  process.exitCode = 1
}
