import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { openApi } from '../src/http/api/openapi.ts'

/*
 * Writes the types of the API (`docs/api/client/schema.d.ts`) from its description: `npm run client`. With `--check` it
 * only compares. The generator needs another TypeScript than the house, so it runs in a folder of its own (`var/client`).
 */
const TYPES = 'docs/api/client/schema.d.ts'
const FOLDER = 'var/client'

mkdirSync(FOLDER, { recursive: true })
for (const file of ['package.json', 'package-lock.json']) cpSync(`docs/api/client/${file}`, `${FOLDER}/${file}`)
writeFileSync(`${FOLDER}/openapi.json`, JSON.stringify(openApi('https://madoguchi.example.jp'), null, 2))
for (const given of [
  ['ci', '--ignore-scripts'],
  ['run', 'generate'],
])
  execFileSync('npm', ['--prefix', FOLDER, ...given], { stdio: ['ignore', 'ignore', 'inherit'] })
const made = readFileSync(`${FOLDER}/schema.d.ts`, 'utf8')
if (!process.argv.includes('--check')) writeFileSync(TYPES, made)
else if (made !== readFileSync(TYPES, 'utf8')) {
  console.error(`${TYPES} is not that of the API: npm run client writes it`)
  process.exitCode = 1
}
