import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { copy } from '../../src/node/copy.ts'
import { booked } from '../booking/fixtures.ts'
import { newFolder } from '../folder.ts'
import { application, NOW, type World, world } from '../world.ts'
import { migratedFolder, rowsIn, wrangler } from './wrangler.ts'

/** Texts that wrangler removes from a file, unclosed quotes, and characters of every width. */
const HARD = 'BEGIN TRANSACTION; COMMIT; \'"` -- /* 髙﨑 𠮷郎😀\n二行目'

let folder: string
let dump: string
let w: World

beforeAll(async () => {
  folder = newFolder('d1')
  dump = join(folder, 'dump.sql')
  w = await world({ on: join(folder, 'from.db'), seeded: true })
  await booked(w, application({ message: HARD }))
  await booked(w, application({ message: HARD.toLowerCase() }))
  await copy(`sqlite:${join(folder, 'from.db')}`, `d1:${dump}`, readMigrations(), NOW)
})
afterAll(async () => {
  await w?.close()
  rmSync(folder, { recursive: true, force: true })
})

const execute = (place: string) => wrangler('d1', 'execute', 'DB', '--local', '--persist-to', place, '--file', dump)

/** Reads or changes rows of a database that no workerd has open. */
function rows(place: string, sql: string): Record<string, unknown>[] {
  const database = rowsIn(place)
  const found = database.prepare(sql).all()
  database.close()
  return found.map((row) => ({ ...row }))
}

test('wrangler takes a dump into D1, every text as it was, and a second time refuses it whole', async () => {
  const one = await migratedFolder()
  await execute(one)
  expect(rows(one, 'select message from booking order by number')).toEqual([
    { message: HARD },
    { message: HARD.toLowerCase() },
  ])
  await expect(execute(one)).rejects.toThrow('still_true')
  expect(rows(one, 'select count(*) as count from booking')).toEqual([{ count: 2 }])
  rmSync(one, { recursive: true })
})

test('a D1 with a single row, or with other migrations, takes nothing of it', async () => {
  const two = await migratedFolder()
  rows(two, "insert into chore (name, done_on) values ('plan', '2026-11-22')")
  await expect(execute(two)).rejects.toThrow('still_true')
  rows(two, 'delete from chore')
  rows(two, "insert into migration (name) values ('9999_newer.sql')")
  await expect(execute(two)).rejects.toThrow('still_true')
  rows(two, "delete from migration where name = '9999_newer.sql'")
  rows(two, "create trigger forgetful after insert on booking begin update booking set name = 'x'; end")
  await expect(execute(two)).rejects.toThrow('still_true')
  expect(rows(two, 'select (select count(*) from booking) + (select count(*) from session) as count')).toEqual([
    { count: 0 },
  ])
  rmSync(two, { recursive: true })
})
