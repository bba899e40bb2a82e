import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import { Forbidden } from '../../src/base/actor.ts'
import { NotFound } from '../../src/base/outcome.ts'
import { accessibleBooking, type BookingRef, type HolderRef, isStaff } from '../../src/booking/access.ts'
import { as } from '../acts.ts'
import { type World, world } from '../world.ts'
import { booked } from './fixtures.ts'

let w: World
let one: { id: string; token: string }
beforeAll(async () => {
  w = await world()
  one = await booked(w)
})
afterAll(() => w.close())

describe('a booking', () => {
  test('is found by the token of its link, by everybody', async () => {
    expect((await accessibleBooking(w.ctx, { token: one.token })).id).toBe(one.id)
    expect(isStaff({ token: one.token })).toBe(false)
  })

  test('is found by its id, by the desk of its prefecture only', async () => {
    expect((await accessibleBooking(as(w, 'desk'), { id: one.id })).id).toBe(one.id)
    for (const name of ['public', 'viewer', 'elsewhere'] as const) {
      await expect(accessibleBooking(as(w, name), { id: one.id })).rejects.toThrow(Forbidden)
    }
    expect(isStaff({ id: one.id })).toBe(true)
  })

  test('is not found if a token is taken for an id, or an id for a token', async () => {
    await expect(accessibleBooking(as(w, 'desk'), { id: one.token })).rejects.toThrow(NotFound)
    await expect(accessibleBooking(w.ctx, { token: one.id })).rejects.toThrow(NotFound)
  })

  test('is never addressed by a plain text, nor by id if the act is the holder’s', () => {
    expectTypeOf<string>().not.toExtend<BookingRef>()
    expectTypeOf<{ id: string }>().not.toExtend<HolderRef>()
    expectTypeOf<HolderRef>().toExtend<BookingRef>()
  })
})
