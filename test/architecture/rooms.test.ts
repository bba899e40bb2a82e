import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { roomsTable } from '../../tools/rooms.ts'

/** The rows of a table without its figures, which change with every commit. */
const rooms = (table: string) => table.replaceAll(/ \| \d+ \| \d+ \| /g, ' | ')

test('the table of rooms in the documentation is the one that the code declares (`npm run rooms`)', () => {
  const text = readFileSync('docs/ARCHITECTURE.md', 'utf8')
  const table = /<!-- rooms -->\n([\s\S]*?)<!-- \/rooms -->/.exec(text)?.[1] ?? ''
  expect(rooms(table)).toBe(rooms(roomsTable()))
})

test('a room that is not in the table is noticed', () => {
  const table = roomsTable()
  const without = table.replace(/^.*src\/waitlist.*\n/m, '')
  expect(rooms(without)).not.toBe(rooms(table))
})
