import { expect, test } from 'vitest'
import { placesTogether } from '../../src/booking/desk/together.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { MITO } from '../world.ts'
import { mito } from './fixtures.ts'

async function day() {
  const w = await mito()
  const session = await sessionById(w.ctx, MITO)
  if (!session) throw new Error('no day in Mito')
  return { ...session, remaining: 5, slots: session.slots.map((slot) => ({ ...slot, remaining: 1 })) }
}

test('each keeps its hour if it is free, else gets the first that is, and the form if it is held there', async () => {
  const session = await day()
  const at = (n: number) => session.slots[n] ?? null
  const party = (n: number, seats = 1) => ({ slot: at(n), format: 'onsite' as const, seats })
  const hours = (places: ReturnType<typeof placesTogether>) =>
    places.map((place) => place && session.slots.findIndex(({ id }) => id === place.slot?.id))
  expect(hours(placesTogether(session, [party(2), party(2), party(0)]))).toEqual([2, 0, 1])
  const online = { ...session, formats: ['online' as const] }
  expect(placesTogether(online, [party(0)])[0]?.format).toBe('online')
  expect(
    hours(
      placesTogether(
        session,
        [0, 1, 2, 3, 4, 0].map((n) => party(n)),
      ),
    ),
  ).toEqual([0, 1, 2, 3, 4, null])
})

test('nobody gets a place beyond those of the day, of a time or of a form', async () => {
  const session = await day()
  const party = { slot: null, format: 'onsite' as const, seats: 2 }
  expect(placesTogether(session, [party])).toEqual([null])
  expect(placesTogether({ ...session, formats: [] }, [{ ...party, seats: 1 }])).toEqual([null])
  const whole = { ...session, slots: [], remaining: 3 }
  expect(placesTogether(whole, [party, party]).map((place) => place?.slot)).toEqual([null, undefined])
  const free = { ...whole, remaining: null }
  expect(placesTogether(free, [party, party]).every((place) => place?.session === free)).toBe(true)
})
