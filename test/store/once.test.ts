import { expect, test } from 'vitest'
import { insertOnce, once } from '../../src/store/once.ts'
import { orThrow } from '../../src/store/store.ts'
import { afterTest } from '../ends.ts'
import { MITO, NOW, world } from '../world.ts'

async function opened() {
  const w = await world()
  afterTest(w.close)
  return w
}

/** A statement over sessions, and how often it was made. */
function counted() {
  const made = { times: 0 }
  const statement = once((db, { ids, kind }: { ids: string[]; kind?: 'consultation' | 'seminar' }) => {
    made.times++
    const found = db.selectFrom('session').select('id').where('id', 'in', ids)
    return kind === undefined ? found : found.where('kind', '=', kind)
  })
  return { made, statement }
}

test('a statement is made once for each length of its list, and finds what it is bound to', async () => {
  const { ctx } = await opened()
  const { db } = ctx.store
  const { made, statement } = counted()
  expect(await statement.rows(db, { ids: [MITO] })).toEqual([{ id: MITO }])
  expect(await statement.first(db, { ids: ['none'] })).toBeUndefined()
  expect(made.times).toBe(1)
  expect(await statement.rows(db, { ids: ['none', MITO] })).toEqual([{ id: MITO }])
  expect(await statement.rows(db, { ids: [MITO, 'none'] })).toEqual([{ id: MITO }])
  expect(made.times).toBe(2)
})

test('a value that is left out makes another statement', async () => {
  const { ctx } = await opened()
  const { db } = ctx.store
  const { statement } = counted()
  expect(await statement.rows(db, { ids: [MITO], kind: 'seminar' })).toEqual([])
  expect(await statement.rows(db, { ids: [MITO] })).toEqual([{ id: MITO }])
  expect(await statement.rows(db, { ids: [MITO], kind: 'consultation' })).toEqual([{ id: MITO }])
})

test('each database has statements of its own', async () => {
  const [one, other] = [await opened(), await opened()]
  const { made, statement } = counted()
  await other.run("update session set kind = 'seminar' where id = ?", MITO)
  const asked = { ids: [MITO], kind: 'seminar' as const }
  expect(await statement.rows(one.ctx.store.db, asked)).toEqual([])
  expect(await statement.rows(other.ctx.store.db, asked)).toEqual([{ id: MITO }])
  expect(made.times).toBe(2)
})

test('more statements than are remembered are right all the same', async () => {
  const { ctx } = await opened()
  const { made, statement } = counted()
  const many = (n: number) => [...Array.from({ length: n }, (_, i) => `none-${i}`), MITO]
  for (let n = 0; n < 450; n++) expect(await statement.rows(ctx.store.db, { ids: many(n) })).toEqual([{ id: MITO }])
  expect(made.times).toBe(450)
  await statement.rows(ctx.store.db, { ids: many(449) })
  expect(made.times).toBe(450)
})

test('rows are inserted with the values of each, null and left out ones too', async () => {
  const { ctx, column } = await opened()
  const { db } = ctx.store
  const insert = insertOnce('chore')
  const writes = ['one', 'two', 'three'].map((name) => insert(db, { name, done_on: `${name} day` }))
  expect(orThrow(await ctx.store.commit(...writes))).toEqual([1, 1, 1])
  const days = await column("select done_on from chore where name in ('one', 'two', 'three') order by done_on")
  expect(days).toEqual(['one day', 'three day', 'two day'])
  const feed = insertOnce('journal')
  const line = { id: 'a', at: NOW, actor: 'cli', act: 'bench', subject: 'x', detail: '{}' }
  // The same write, compiled twice, is the same.
  const write = feed(db, line)
  expect(write.compile().parameters).toEqual(write.compile().parameters)
  expect(orThrow(await ctx.store.commit(write, feed(db, { ...line, id: 'b', subject: 'y' })))).toEqual([1, 1])
  expect(await column("select subject from journal where act = 'bench' order by id")).toEqual(['x', 'y'])
})
