import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { explained, meaningOf } from '../../src/node/explain.ts'
import { openSqlite, openSqliteReadonly } from '../../src/store/sqlite.ts'
import { Busy } from '../../src/store/store.ts'
import { afterTest } from '../ends.ts'
import { newFolder } from '../folder.ts'

const folder = newFolder('explain')
const path = join(folder, 'house.db')

/** A database with one table. */
function open() {
  const { raw } = openSqlite(path)
  afterTest(() => raw.close())
  raw.exec('create table if not exists one (a text)')
  return raw
}

test.each([
  [
    'another process kept the database locked for too long',
    () => {
      open().exec('begin immediate')
      const second = open()
      second.pragma('busy_timeout = 0')
      second.exec('begin immediate')
    },
  ],
  [
    'the disk is full',
    () => {
      const raw = open()
      raw.pragma('max_page_count = 2')
      raw.exec('insert into one values (hex(randomblob(100000)))')
    },
  ],
  [
    'this user or this disk does not allow writing there',
    () => {
      open()
      openSqliteReadonly(path).raw.exec("insert into one values ('')")
    },
  ],
  ['a file or its folder is missing or cannot be opened', () => openSqlite(folder)],
  [
    'a file is where a folder should be',
    () => {
      writeFileSync(join(folder, 'file'), '')
      mkdirSync(join(folder, 'file', 'backup'), { recursive: true })
    },
  ],
  [
    'the file is not a database of Madoguchi, or is damaged',
    () => {
      writeFileSync(join(folder, 'text'), 'hello '.repeat(2000))
      openSqlite(join(folder, 'text'))
    },
  ],
])('%s', (means, fails) => {
  if (!existsSync(folder)) mkdirSync(folder)
  afterTest(() => rmSync(folder, { recursive: true, force: true }))
  let met: unknown
  try {
    fails()
  } catch (error) {
    met = error
  }
  expect(met).toBeInstanceOf(Error)
  expect(explained(met)).toBe(`${means} (${met instanceof Error ? met.message : ''})`)
})

test('a sentence of our own stays as it is, and its cause counts', () => {
  const cause = Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC' })
  expect(explained(new Busy('the database is busy', { cause }))).toBe('the database is busy')
  expect(meaningOf(new Busy('the database is busy', { cause }))).toBe('the disk is full')
  expect([meaningOf(new Error('there is no file')), explained('words')]).toEqual([null, 'words'])
})
