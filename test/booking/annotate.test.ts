import { afterAll, beforeAll, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { annotate } from '../../src/booking/annotate.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import type { World } from '../world.ts'
import { booked, bookingRow, forSeminar, letters, mito } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await mito()
  await w.run("update session set prefecture = '08' where id = 'seminar'")
})
afterAll(() => w.close())

const somebody = () => booked(w, forSeminar())
const write = (id: string, note: unknown, revision: unknown = 0) => annotate(as(w, 'desk'), id, { note, revision })

test('what the desk wants to remember is kept as it was typed, over several lines', async () => {
  const { id } = await somebody()
  const before = await bookingRow(w, id)
  expect(await write(id, '車椅子で来場\r\n電話は午後', '0')).toEqual({ ok: true, booking: id })
  expect(await bookingRow(w, id)).toEqual({ ...before, note: '車椅子で来場\n電話は午後', revision: 1 })
})

test('no letter leaves, and the journal tells that it was, not what', async () => {
  const { id } = await somebody()
  await write(id, '車椅子で来場')
  expect((await letters(w)).filter((letter) => letter.subject === id).map((letter) => letter.kind)).toEqual(['booked'])
  expect(await lines(w, id)).toContainEqual({ actor: 'desk', act: 'booking.annotated', detail: {} })
})

test('a note is emptied, also of a booking that was cancelled', async () => {
  const { id } = await somebody()
  await write(id, '車椅子で来場')
  await cancel(as(w, 'desk'), { id })
  expect(await write(id, '', (await bookingRow(w, id)).revision)).toMatchObject({ ok: true })
  expect((await bookingRow(w, id)).note).toBe('')
})

test.each([
  ['a note that is too long', { note: 'あ'.repeat(2001), revision: 0 }, { note: 'long' }],
  ['a revision that is none', { note: '', revision: 'x' }, { revision: 'choice' }],
])('is refused for %s', async (_, given, errors) => {
  const { id } = await somebody()
  expect(await annotate(as(w, 'desk'), id, given)).toEqual({ ok: false, why: 'invalid', errors })
})

test('is refused from a page that somebody else has overtaken', async () => {
  const { id } = await somebody()
  await write(id, '先の控え')
  expect(await write(id, '後の控え')).toEqual({ ok: false, why: 'changed' })
  expect((await bookingRow(w, id)).note).toBe('先の控え')
})

test('is refused when somebody faster writes between look and write', async () => {
  const { id } = await somebody()
  const slower = meanwhile(w, () => write(id, '先の控え'))
  expect(await annotate(as(slower, 'desk'), id, { note: '後の控え', revision: 0 })).toEqual({
    ok: false,
    why: 'changed',
  })
  expect(await bookingRow(w, id)).toMatchObject({ note: '先の控え', revision: 1 })
})

test('a booking that is not there is not found', async () => {
  await expect(write('nobody', '')).rejects.toThrow(NotFound)
})

test('is for the desk of the session’s prefecture', async () => {
  const { id } = await somebody()
  expect(await mayDo(w, (ctx) => annotate(ctx, id, { note: '', revision: 9 }))).toEqual([
    'desk',
    'secretariat',
    'system',
  ])
})
