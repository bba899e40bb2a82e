import { globSync, readFileSync, statSync } from 'node:fs'
import { dialectIn } from './dialect.ts'

/*
 * Checks the English of comments: `node tools/english.ts [folder or file …]`. Without arguments it checks all sources.
 * Prints each fault with its place, and exits with 1 if there is one.
 */
const given = process.argv.slice(2)
const files = (given.length > 0 ? given : ['src', 'templates', 'bench', 'tools', 'db'])
  .flatMap((path) => (statSync(path).isDirectory() ? globSync(`${path}/**/*.{ts,tsx,js}`) : path))
  .toSorted()
const reports = files.flatMap((file) =>
  dialectIn(readFileSync(file, 'utf8')).map(({ line, fault, sentence }) => `${file}:${line}: ${fault}\n  ${sentence}`),
)
if (reports.length > 0) {
  console.error(reports.join('\n'))
  process.exitCode = 1
}
