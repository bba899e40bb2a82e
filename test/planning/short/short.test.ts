import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { NotFound } from '../../../src/base/outcome.ts'
import { addDesk } from '../../../src/people/add-desk.ts'
import { makeShort } from '../../../src/planning/short/make-short.ts'
import { ownerOfShort, shortOf } from '../../../src/planning/short/short.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { desk } from '../../schedule/fixtures.ts'
import { type World, world } from '../../world.ts'

const SERIES = { scope: 'series', id: 'ibaraki' } as const
const DESK = { scope: 'desk', id: 'mito' } as const

let w: World
beforeAll(async () => {
  w = await world()
  await addDesk(w.system, desk())
})
afterAll(() => w.close())
beforeEach(() => w.run('delete from short_address'))

test('a short address is made once for a series or desk, and stays', async () => {
  const made = await makeShort(as(w, 'desk'), SERIES)
  const short = made.ok ? made.short : ''
  expect(short).toMatch(/^[2-9a-hjkmnp-z]{6}$/)
  expect(await makeShort(as(w, 'secretariat'), SERIES)).toEqual({ ok: true, short, again: true })
  expect([await shortOf(w.ctx, SERIES), await shortOf(w.ctx, DESK)]).toEqual([short, null])
  expect((await lines(w, 'ibaraki')).filter(({ act }) => act === 'series.short_made')).toEqual([
    { actor: 'desk', act: 'series.short_made', detail: { short } },
  ])
  for (const typed of [
    short,
    short.toUpperCase(),
    short.replaceAll(/[a-z2-9]/g, (one) => String.fromCodePoint(one.charCodeAt(0) + 0xfee0)),
  ]) {
    expect(await ownerOfShort(w.ctx, typed)).toEqual(SERIES)
  }
  for (const typed of ['', 'none22', `${short}2`, "' or 1", 'x'.repeat(5000)]) {
    expect(await ownerOfShort(w.ctx, typed)).toBeUndefined()
  }
})

test('two who make a short address at once get the same one', async () => {
  const made = await Promise.all([makeShort(as(w, 'desk'), DESK), makeShort(as(w, 'secretariat'), DESK)])
  const shorts = made.map((one) => (one.ok ? one.short : one.why))
  expect(new Set(shorts).size).toBe(1)
  expect(shorts[0]).toBe(await shortOf(w.ctx, DESK))
})

test('only staff who may change a series or desk make its short address', async () => {
  expect(await mayDo(w, (ctx) => makeShort(ctx, SERIES))).toEqual(['desk', 'secretariat', 'system'])
  expect(await mayDo(w, (ctx) => makeShort(ctx, DESK))).toEqual(['desk', 'secretariat', 'system'])
  expect(await mayDo(w, (ctx) => makeShort(ctx, { scope: 'desk', id: 'secretariat' }))).toEqual([
    'secretariat',
    'system',
  ])
  await expect(makeShort(w.system, { scope: 'series', id: 'none' })).rejects.toThrow(NotFound)
})
