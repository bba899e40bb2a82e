import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { copy } from '../../src/node/copy.ts'
import { doctor } from '../../src/node/doctor.ts'
import { booked, unlawful } from '../booking/fixtures.ts'
import { everything } from '../everything.ts'
import { newFolder } from '../folder.ts'
import { application, MITO, NOW, type World, world } from '../world.ts'
import { createDatabase, dropDatabase } from './postgres-database.ts'
import { workerd } from './workerd.ts'

const migrations = readMigrations()
let folder: string
let w: World
let path: string

beforeEach(async () => {
  folder = newFolder('copy')
  path = join(folder, 'from.db')
  w = await world({ on: path, seeded: true })
  const hard = { name: '髙﨑 𠮷郎😀', company: "O'Hara's; drop table booking; --", message: '一行目\n二行目 " \\ ' }
  for (const slot of ['1000', '1100', '1300']) await booked(w, application({ ...hard, slot: `${MITO}-${slot}` }))
  await booked(w, application({ seats: 2, waitlist: true }))
})
afterEach(async () => {
  await w.close()
  rmSync(folder, { recursive: true })
})

/** Every row except the list of migrations, which differs by engine. */
async function rowsOf(one: World) {
  const { migration: _, ...rows } = await everything(one)
  return rows
}

const doctored = (one: World, databaseUrl: string) =>
  doctor({ ctx: { ...one.system, config: { ...one.system.config, databaseUrl } }, migrations })

test('a living SQLite database moves up to PostgreSQL and back, and doctor finds no fault in either', async () => {
  const there = await createDatabase('madoguchi_copied')
  await copy(`sqlite:${path}`, there, migrations, NOW)
  const copied = await world({ on: there })
  expect(await doctored(copied, there)).toEqual([])
  expect(await unlawful(copied)).toEqual([])
  expect(await rowsOf(copied)).toEqual(await rowsOf(w))
  // The copy works: counters, numbers and links are right.
  const { id } = await booked(copied, application({ slot: `${MITO}-1400` }))
  expect(await copied.column('select number from booking where id = ?', id)).toEqual(['IB-1127-05'])
  await expect(copy(`sqlite:${path}`, there, migrations, NOW)).rejects.toThrow('the target is not empty')

  const back = join(folder, 'back.db')
  await copy(there, `sqlite:${back}`, migrations, NOW)
  const again = await world({ on: back })
  expect(await doctored(again, `sqlite:${back}`)).toEqual([])
  expect(await rowsOf(again)).toEqual(await rowsOf(copied))
  await Promise.all([copied.close(), again.close()])
  await dropDatabase('madoguchi_copied')
})

test('of two copies into one PostgreSQL at once, one stands and the other is refused', async () => {
  const there = await createDatabase('madoguchi_twice')
  const both = await Promise.allSettled([1, 2].map(() => copy(`sqlite:${path}`, there, migrations, NOW)))
  expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(String(both.find((one) => one.status === 'rejected')?.reason)).toContain('the target is not empty')
  const copied = await world({ on: there })
  expect(await doctored(copied, there)).toEqual([])
  await copied.close()
  await dropDatabase('madoguchi_twice')
})

test('a copy that PostgreSQL would not keep as it is leaves nothing behind', async () => {
  const there = await createDatabase('madoguchi_forgetful')
  const copied = await world({ on: there })
  await copied.run(
    "create function forget_name() returns trigger language plpgsql as $$ begin new.name = 'x'; return new; end $$",
  )
  await copied.run('create trigger forgetful before insert on booking for each row execute function forget_name()')
  await expect(copy(`sqlite:${path}`, there, migrations, NOW)).rejects.toThrow('booking.name_length')
  expect(await copied.column('select count(*) from session')).toEqual(['0'])
  await copied.close()
  await dropDatabase('madoguchi_forgetful')
})

test('a dump is taken by D1 as workerd runs it, row for row, and doctor finds no fault there', async () => {
  const file = join(folder, 'dump.sql')
  await copy(`sqlite:${path}`, `d1:${file}`, migrations, NOW)
  const opened = await workerd.openFresh({ seeded: false, shared: false }, undefined)
  const copied = await world({ on: opened.address })
  for (const statement of readFileSync(file, 'utf8').split(/;\n(?=insert into |$)/)) {
    if (statement !== '') await copied.run(statement)
  }
  expect(await doctored(copied, 'd1:DB')).toEqual([])
  const { rows } = { rows: await copied.rows('select * from booking order by id') }
  expect(rows).toEqual(await w.rows('select * from booking order by id'))
  await copied.close()
})
