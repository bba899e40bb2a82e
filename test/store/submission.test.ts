import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/base/id.ts'
import type { Ctx } from '../../src/context.ts'
import { note } from '../../src/store/journal.ts'
import { makeOnce } from '../../src/store/submission.ts'
import { as } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { NOW, type World, world } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await world({ seeded: false })
})
afterAll(() => w.close())

type Act = 'venue.added' | 'series.started'

/** Makes a line of the journal, as the only row. */
const make = (ctx: Ctx, key: unknown, input: object = { name: '会場' }, act: Act = 'venue.added') =>
  makeOnce(ctx, { act, key, input }, (id) => [note(ctx, act, id)])

const made = () => w.column<string>('select subject from journal order by id')

test('the same key and content find the row made before, at once and later', async () => {
  const key = newId(NOW)
  let first: unknown
  const slower = meanwhile(w, async () => {
    first = await make(as(w, 'desk'), key)
  })
  const before = await made()
  expect(await make(as(slower, 'desk'), key)).toEqual(first)
  expect(await make(as(w, 'desk'), key)).toEqual(first)
  expect(await made()).toHaveLength(before.length + 1)
})

test('the same key with other content is refused, also at once', async () => {
  const key = newId(NOW)
  const slower = meanwhile(w, () => make(as(w, 'desk'), key))
  const before = await made()
  expect(await make(as(slower, 'desk'), key, { name: '別の会場' })).toEqual({ ok: false, why: 'used' })
  expect(await make(as(w, 'desk'), key, { name: '別の会場' })).toEqual({ ok: false, why: 'used' })
  expect(await made()).toHaveLength(before.length + 1)
})

test('a key is only that of its account and act', async () => {
  const key = newId(NOW)
  const all = [
    await make(as(w, 'desk'), key),
    await make(as(w, 'elsewhere'), key),
    await make(as(w, 'secretariat'), key),
    await make(as(w, 'desk'), key, { name: '会場' }, 'series.started'),
  ]
  expect(new Set(all.map((done) => done.ok && done.made)).size).toBe(4)
})

test('the id of the row cannot be told from the key, and an id that is there is a key like any other', async () => {
  const key = newId(NOW)
  const first = await make(as(w, 'desk'), key)
  const id = first.ok ? first.made : ''
  expect(id).not.toBe(key)
  const second = await make(as(w, 'desk'), id)
  expect(second).toMatchObject({ ok: true })
  expect(second).not.toEqual(first)
})

test('without a key each call makes a row; what cannot be a key is refused', async () => {
  const before = await made()
  expect([await make(as(w, 'desk'), undefined), await make(as(w, 'desk'), '')]).toMatchObject([
    { ok: true },
    { ok: true },
  ])
  expect(await made()).toHaveLength(before.length + 2)
  for (const key of ['short', 'x'.repeat(201), 'sixteen\u200bletters-long', '\u202esixteen-letters', ['a'], 7]) {
    expect(await make(as(w, 'desk'), key)).toEqual({ ok: false, why: 'used' })
  }
  expect(await made()).toHaveLength(before.length + 2)
})
