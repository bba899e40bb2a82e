import { expect, test } from 'vitest'
import { everything } from '../everything.ts'
import { NOW, type World, world } from '../world.ts'
import { postgres } from './postgres.ts'

/** A world on the engine's own databases, as the project `postgres` has them. */
async function opened(): Promise<{ w: World; address: string; close(): Promise<void> }> {
  const { address, close } = await postgres.openFresh({ seeded: true, shared: false }, undefined)
  return { w: await world({ on: address, now: NOW }), address, close }
}

async function closed({ w, close }: Awaited<ReturnType<typeof opened>>): Promise<void> {
  await w.close()
  await close()
}

test('the rows of a world are restored for the next one, whatever was added, changed or deleted', async () => {
  const first = await opened()
  const before = await everything(first.w)
  await first.w.run("insert into chore (name, done_on) values ('added', '2026-11-22')")
  await first.w.run('update session set seats_taken = 1')
  await first.w.run('delete from slot')
  await first.w.run("update desk set name_ja = 'x'")
  await first.w.run('delete from journal')
  await closed(first)

  const second = await opened()
  expect(second.address).toBe(first.address)
  expect(await everything(second.w)).toEqual(before)
  await second.w.run('update slot set seats_taken = 0')
  await closed(second)

  const third = await opened()
  expect(third.address).toBe(first.address)
  expect(await everything(third.w)).toEqual(before)
  await closed(third)
})

test.each([
  'alter table outbox rename to lost',
  'alter table chore drop column done_on',
  'create table more (id text)',
  'drop index session_by_date',
  "create function forgotten() returns integer language sql as 'select 1'",
])('after %j nobody gets the database again', async (statement) => {
  const first = await opened()
  await first.w.run(statement)
  await closed(first)
  const second = await opened()
  expect(second.address).not.toBe(first.address)
  await closed(second)
})

test('connections that one world has ended are refused to it, and serve the next one', async () => {
  const first = await postgres.openFresh({ seeded: true, shared: false }, undefined)
  const count = () => first.store.db.selectFrom('programme').select('id').execute()
  expect((await count()).length).toBeGreaterThan(0)
  await first.close()
  await expect(count()).rejects.toThrow('driver has already been destroyed')
  await expect(first.store.commit(first.store.db.deleteFrom('programme'))).rejects.toThrow('the database is busy')
  const second = await postgres.openFresh({ seeded: true, shared: false }, undefined)
  expect(second.address).toBe(first.address)
  expect(await second.store.db.selectFrom('programme').select('id').execute()).not.toEqual([])
  await second.close()
})
