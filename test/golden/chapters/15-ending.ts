import { LETTER_KINDS } from '../../../src/base/letters.ts'
import { files, h, LOCALES, out } from '../stage.ts'
import { kept } from './13-kept.ts'

files.write('log', h.logged.join('\n'))
const tables = await h.column<string>(
  "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name",
)
for (const table of tables) {
  const rows = await h.rows(`select * from "${table}"`)
  files.write(
    `tables/${table}`,
    rows
      .map((row) => JSON.stringify(row, Object.keys(row).toSorted()))
      .toSorted()
      .join('\n'),
  )
}
await h.end()

const missed = [...new Set(h.routes.map((one) => one.name))].filter(
  (name) => !h.visited.has(name) && !kept.visited.has(name),
)
const unwritten = LETTER_KINDS.flatMap((kind) => LOCALES.map((locale) => `${kind} ${locale}`)).filter(
  (one) => !h.kinds.has(one),
)
const said = [
  `${files.count()} files in ${out}`,
  ...missed.map((name) => `not visited: ${name}`),
  ...unwritten.map((name) => `not written: ${name}`),
  ...[...h.refused, ...kept.refused].map((name) => `refused: ${name}`),
]
process.stdout.write(`${said.join('\n')}\n`)
if (said.length > 1) process.exitCode = 1
