import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { ROOMS } from '../src/rooms.ts'

/** Where the table of rooms stands, between its two marks. */
const DOCUMENT = 'docs/ARCHITECTURE.md'
const TABLE = /(<!-- rooms -->\n)[\s\S]*?(<!-- \/rooms -->)/

/** The table of rooms, top down: name, files, lines (up to the next hundred), and what belongs there. */
export function roomsTable(): string {
  const files = globSync('{src,templates,db}/**/*.{ts,tsx}').map((file) => file.replaceAll('\\', '/'))
  const inRoom = Map.groupBy(files, (file) => ROOMS.findIndex(({ path }) => path.test(file)))
  const rows = ROOMS.map(({ name, holds }, i) => {
    const inside = inRoom.get(i) ?? []
    const lines = inside.reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 1, 0)
    return `| \`${name}\` | ${inside.length} | ${Math.ceil(lines / 100) * 100} | ${holds} |`
  })
  return `${['| room | files | lines up to | holds |', '|---|--:|--:|---|', ...rows].join('\n')}\n`
}

if (import.meta.main) {
  const text = readFileSync(DOCUMENT, 'utf8')
  writeFileSync(
    DOCUMENT,
    text.replace(TABLE, (_, before: string, after: string) => `${before}${roomsTable()}${after}`),
  )
}
