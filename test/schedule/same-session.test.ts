import { expect, test } from 'vitest'
import type { Ctx } from '../../src/context.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { remember } from '../../src/schedule/remembered.ts'
import { sightOf } from '../../src/store/sight.ts'
import { afterTest } from '../ends.ts'
import { MITO, world } from '../world.ts'

async function opened() {
  const w = await world()
  afterTest(w.close)
  return w
}

/** A public answer that is begun now. */
const answer = (ctx: Ctx): Ctx => ({ ...ctx, sight: sightOf(ctx.store.changes, ctx.clock.now()) })

/** The session of a test as a public answer has it now. */
async function readAgain(ctx: Ctx) {
  const session = await sessionById(answer(ctx), MITO)
  if (!session) throw new Error('no session')
  return session
}

test('a session of which nothing changed is the one that was read before', async () => {
  const { ctx } = await opened()
  const first = await readAgain(ctx)
  expect(await readAgain(ctx)).toBe(first)
})

test('also if it is read again because another one was edited', async () => {
  const { ctx, run, reads } = await opened()
  const first = await readAgain(ctx)
  await run("update session set title_en = 'Another' where id <> ?", MITO)
  reads()
  expect(await readAgain(ctx)).toBe(first)
  expect(reads()).toBeGreaterThan(0)
})

test.each([
  ['a place', 'update session set seats_taken = 1 where id = ?'],
  ['a slot', 'update slot set capacity = 1 where session = ?'],
  ['a word', "update session set title_en = 'Another' where id = ?"],
  ['a desk', "update desk set name_ja = '別の窓口' where id = (select desk from session where id = ?)"],
  ['a venue', "update venue set name_ja = '別の会場' where id = (select venue from session where id = ?)"],
  ['the year', "update programme set ends_on = '2026-11-26' where id = (select programme from session where id = ?)"],
])('one of which %s changed is another', async (_, sql) => {
  const { ctx, run } = await opened()
  const first = await readAgain(ctx)
  await run(sql, MITO)
  const second = await readAgain(ctx)
  expect(second).not.toEqual(first)
  expect(await readAgain(ctx)).toBe(second)
})

test('so is one that the clock changed: its deadline passed, or it is over', async () => {
  const { ctx, at } = await opened()
  const found = [await readAgain(ctx)]
  for (const now of ['2026-11-26T06:00:00.000Z', '2026-11-28T00:00:00.000Z']) {
    at(now)
    found.push(await readAgain(ctx))
  }
  expect(found.map((one) => one.status)).toEqual(['open', 'closed', 'held'])
})

test('another database has sessions of its own', async () => {
  const [one, other] = [await opened(), await opened()]
  expect(await readAgain(other.ctx)).not.toBe(await readAgain(one.ctx))
})

test('more sessions than are remembered are read all the same, and the oldest are forgotten', async () => {
  const { ctx } = await opened()
  const session = await sessionById(ctx, MITO)
  if (!session) throw new Error('no session')
  const copies = Array.from({ length: 30 }, (_, n) => ({ ...session, id: `copy-${n}` }))
  const remembered = (some: typeof copies) => remember(answer(ctx), structuredClone(some), 0, 20)
  const first = remembered(copies)
  expect(first).toEqual(copies)
  const again = remembered(copies.toReversed()).filter((one, n) => one === first[29 - n])
  expect(again).toHaveLength(20)
})
