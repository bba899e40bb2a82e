import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cancel } from '../../../src/booking/cancel.ts'
import { tokenOf } from '../../../src/booking/link.ts'
import type { Store } from '../../../src/store/store.ts'
import { application, MITO, type World } from '../../world.ts'
import { ask, bookingRow, emptied, forSeminar, mito, unlawful } from '../fixtures.ts'
import { withoutRecount } from '../without-recount.ts'

let w: World

beforeAll(async () => {
  w = await mito()
  await w.run("update session set capacity = 4 where id = 'seminar'")
})
beforeEach(() => emptied(w))
afterAll(() => w.close())

const SLOTS = ['1000', '1100', '1300', '1400', '1500']
const party = fc.record({
  at: fc.constantFrom('seminar', ...SLOTS),
  seats: fc.integer({ min: 1, max: 2 }),
})
/** Books a party, or cancels the nth booking made so far. */
const step = fc.oneof({ weight: 3, arbitrary: party }, fc.record({ cancels: fc.nat(9) }))

type Room = { day: number; slot: number }

async function roomFor(at: string): Promise<Room> {
  const left = async (table: string, id: string) => {
    const [seats = 0] = await w.column<number>(`select capacity - seats_taken from ${table} where id = ?`, id)
    return seats
  }
  if (at === 'seminar') return { day: await left('session', 'seminar'), slot: Number.POSITIVE_INFINITY }
  return { day: await left('session', MITO), slot: await left('slot', `${MITO}-${at}`) }
}

/** Runs the steps one after the other, `upToDate` as `Ctx` says. Returns each answer, and whether there was room. */
async function walk(
  steps: (typeof step extends fc.Arbitrary<infer T> ? T : never)[],
  store: Store = w.ctx.store,
  upToDate = false,
) {
  const visitor = { ...w, ctx: { ...w.ctx, store, upToDate } }
  const made: string[] = []
  const said: { ok: boolean; why: string; fits: boolean }[] = []
  for (const one of steps) {
    if ('cancels' in one) {
      const id = made[one.cancels]
      if (id !== undefined) await cancel(visitor.ctx, { token: (await tokenOf(w.ctx, await bookingRow(w, id))) ?? '' })
      continue
    }
    const { day, slot } = await roomFor(one.at)
    const place = one.at === 'seminar' ? forSeminar() : application({ slot: `${MITO}-${one.at}` })
    const done = await ask(visitor, { ...place, seats: one.seats })
    if (done.ok) made.push(done.booking)
    said.push({ ok: done.ok, why: done.ok ? '' : done.why, fits: one.seats <= day && one.seats <= slot })
  }
  return said
}

test('whatever is booked and cancelled, the counters are the rows, and no day or slot has more people than room', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), fc.boolean(), async (steps, upToDate) => {
      await emptied(w)
      const said = await walk(steps, w.ctx.store, upToDate)
      expect(await unlawful(w)).toEqual([])
      expect(said.every((one) => one.ok === one.fits && (one.ok || one.why === 'full'))).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('the same law finds the fault if the recount is left out', async () => {
  const six = Array.from({ length: 6 }, () => ({ at: '1000', seats: 1 }))
  await walk(six, withoutRecount(w.ctx.store))
  expect(await unlawful(w)).toEqual([
    { what: 'session', id: MITO, how: '0 of 5, counted 6' },
    { what: 'slot', id: `${MITO}-1000`, how: '0 of 2, counted 6' },
  ])
})
