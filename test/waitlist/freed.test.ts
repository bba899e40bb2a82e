import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { freedPlaces, passedOver } from '../../src/waitlist/freed.ts'
import { markPhoned } from '../../src/waitlist/mark-phoned.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { as, mayDo } from '../acts.ts'
import { booked, forSeminar, mito } from '../booking/fixtures.ts'
import { application, MITO, type World } from '../world.ts'

/** Booking in Mito closes the business day before, 26 November, at 15:00; the day is from 10:00 to 15:50. */
const BEFORE = '2026-11-26T05:59:59.999Z'
const CLOSED = '2026-11-26T06:00:00.000Z'
const ENDS = '2026-11-27T06:50:00.000Z'

let w: World
beforeEach(async () => {
  w = await mito()
  await w.run('update slot set capacity = 1 where session = ?', MITO)
})
afterEach(() => w.close())

const slot = (time: string) => `${MITO}-${time}`
const listed = async (name: Parameters<typeof as>[1] = 'desk') =>
  (await freedPlaces(as(w, name))).map(({ session, parties }) => [session.id, parties.map(({ id }) => id)])

/** A full day on which three wait: for 10:00, for any time, and a party of two for any time. */
async function full() {
  const holders: Awaited<ReturnType<typeof booked>>[] = []
  for (const time of ['1000', '1100', '1300', '1400', '1500'])
    holders.push(await booked(w, application({ slot: slot(time) })))
  const waits = (changes: Record<string, unknown>) => booked(w, application({ waitlist: true, ...changes }))
  const ten = await waits({ slot: slot('1000') })
  const any = await waits({ slot: null })
  const two = await waits({ slot: null, seats: 2 })
  const freed = (i: number) => cancel(w.ctx, { token: holders[i]?.token ?? '' })
  return { ten: ten.id, any: any.id, two: two.id, freed }
}

describe('a place that comes free', () => {
  test('after the booking deadline is listed with those whom it fits, in their order, until the session is over', async () => {
    const { ten, any, freed } = await full()
    w.at(CLOSED)
    expect(await listed()).toEqual([])
    await freed(0)
    await offer(w.system)
    expect(await listed()).toEqual([[MITO, [ten, any]]])
    w.at('2026-11-27T01:00:00.000Z')
    expect(await listed()).toEqual([])
    await freed(4)
    expect(await listed()).toEqual([[MITO, [any]]])
    w.at(ENDS)
    expect(await listed()).toEqual([])
  })

  test('is counted, and who waits before is named for each that would get it', async () => {
    await w.run('update slot set capacity = 2 where id = ?', slot('1500'))
    const { ten, any, two, freed } = await full()
    w.at(CLOSED)
    await freed(0)
    const places = async () => (await freedPlaces(as(w, 'desk'))).map((one) => one.places)
    expect(await places()).toEqual([1])
    await freed(4)
    expect(await places()).toEqual([2])
    const ahead = async (id: string, to: string) => {
      const booking = await bookingById(w.ctx, id)
      if (!booking) throw new Error(id)
      const { slots } = booking.session
      const passed = await passedOver(w.ctx, booking, slots.find((one) => one.id === slot(to)) ?? null)
      return passed.map((one) => one.id)
    }
    expect(await ahead(ten, '1000')).toEqual([])
    expect(await ahead(any, '1000')).toEqual([ten])
    expect(await ahead(two, '1500')).toEqual([any])
  })

  test('for as many as wait is listed with them once enough places are free', async () => {
    await w.run('update slot set capacity = 2 where id = ?', slot('1500'))
    const { any, two, freed } = await full()
    w.at(CLOSED)
    await freed(3)
    expect(await listed()).toEqual([[MITO, [any]]])
    await freed(4)
    expect(await listed()).toEqual([[MITO, [any, two]]])
  })

  test('is listed with the calls about it: who did not answer, and who was reached', async () => {
    const { ten, any, freed } = await full()
    w.at(CLOSED)
    await freed(0)
    const phoned = async () => (await freedPlaces(as(w, 'desk')))[0]?.parties.map((one) => one.phoned)
    expect(await phoned()).toEqual([null, null])
    await markPhoned(as(w, 'desk'), ten, false)
    await markPhoned(as(w, 'desk'), ten, false)
    expect(await phoned()).toEqual([{ tries: 1, at: CLOSED, reached: false }, null])
    w.at('2026-11-26T06:05:00.000Z')
    await markPhoned(as(w, 'desk'), ten, true)
    await markPhoned(as(w, 'secretariat'), any, false)
    expect(await phoned()).toMatchObject([
      { tries: 1, reached: true },
      { tries: 1, reached: false },
    ])
    expect(await mayDo(w, (ctx) => markPhoned(ctx, any, true))).toEqual(['desk', 'secretariat', 'system'])
    await expect(markPhoned(as(w, 'desk'), 'nobody', true)).rejects.toThrow('booking')
  })

  test('before the deadline is offered, not listed', async () => {
    const { freed } = await full()
    w.at(BEFORE)
    await freed(0)
    expect(await listed()).toEqual([])
  })

  test('is listed for its own desk only, and not once the session is called off', async () => {
    const { freed } = await full()
    w.at(CLOSED)
    await freed(0)
    expect(await listed('elsewhere')).toEqual([])
    expect(await listed('secretariat')).toHaveLength(1)
    await callOff(w.system, MITO, { reason_ja: '大雪', reason_en: 'Heavy snow' })
    expect(await listed('secretariat')).toEqual([])
  })

  test('in a seminar is listed as well', async () => {
    await w.run("update session set capacity = 1 where id = 'seminar'")
    const { token } = await booked(w, forSeminar())
    const { id } = await booked(w, forSeminar({ waitlist: true }))
    w.at('2026-12-09T06:00:00.000Z')
    await cancel(w.ctx, { token })
    await offer(w.system)
    expect(await listed('secretariat')).toEqual([['seminar', [id]]])
  })
})

test('they are read in six queries', async () => {
  const { freed } = await full()
  w.at(CLOSED)
  await freed(0)
  w.reads()
  await listed()
  expect(w.reads()).toBe(6)
})
