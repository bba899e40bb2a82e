import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { roomsTable } from '../../tools/rooms.ts'

test('the table of rooms in the documentation is true (`npm run rooms` writes it)', () => {
  const text = readFileSync('docs/ARCHITECTURE.md', 'utf8')
  expect(/<!-- rooms -->\n([\s\S]*?)<!-- \/rooms -->/.exec(text)?.[1]).toBe(roomsTable())
})

test('the table has a row for each room, with files and lines', () => {
  expect(roomsTable()).toMatch(/^\| `src\/waitlist\/` \| [1-9]\d* \| [1-9]\d*00 \| Offers of freed places/m)
})
