import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { liftCap, previewLift, restoreCap } from '../../src/caps/lift.ts'
import { reachedCaps } from '../../src/caps/queries.ts'
import { type ActorName, as, lines, mayDo, STAFF } from '../acts.ts'
import { application, type World } from '../world.ts'
import { capped, from, person, trying } from './fixtures.ts'

const NETWORK = '203.0.113.7'
let w: World
let id: string

/** One network with a booking in Ibaraki, whose second try, for the seminar in Tokyo or for Ibaraki, is refused. */
beforeEach(async () => {
  w = await capped({ CAP_NETWORK: '1' })
  await trying(from(w, NETWORK), application())
  await trying(from(w, NETWORK), application())
  ;[id = ''] = (await reachedCaps(w.system)).map((cap) => cap.id)
})
afterEach(() => w.close())

const trial = () => trying(from(w, NETWORK), person())
const most = async () => Number((await w.column('select most from cap where id = ?', id))[0])

describe('a cap that was reached', () => {
  test('is listed for the desks and viewers of the prefecture, with its bookings and no whole address', async () => {
    const [number = ''] = await w.column<string>('select number from booking')
    const [cap] = await reachedCaps(as(w, 'viewer'))
    const one = { counted: 'bookings', source: 'network', mask: '203.0.*.*', n: 1, most: 1, refused: 1 }
    expect(cap).toMatchObject({ ...one, bookings: [{ number }] })
    const seen = await Promise.all(STAFF.map(async (name) => [name, (await reachedCaps(as(w, name))).length] as const))
    expect(Object.fromEntries(seen)).toEqual({ viewer: 1, desk: 1, elsewhere: 0, expert: 0, secretariat: 1 })
  })

  test('is listed where it refused, also if its bookings are elsewhere, and until the day is over', async () => {
    const [prefecture = ''] = await w.column<string>("select prefecture from session where id = 'seminar'")
    const there = { ...w.ctx, actor: { ...as(w, 'elsewhere').actor, prefectures: [prefecture] } } as World['ctx']
    expect(await trial()).toBe('capped')
    expect(await reachedCaps(there)).toMatchObject([{ refused: 2, bookings: [] }])
    w.at('2026-11-22T15:00:00.000Z')
    expect(await reachedCaps(w.system)).toEqual([])
  })

  test('is lifted by the desk of the prefecture and the secretariat only', async () => {
    const may = await mayDo(w, async (ctx) => liftCap(ctx, id, { most: await most() }))
    const who: ActorName[] = ['desk', 'secretariat', 'system']
    expect(may).toEqual(who)
    expect(await mayDo(w, (ctx) => previewLift(ctx, id))).toEqual(who)
    expect(await mayDo(w, (ctx) => restoreCap(ctx, id))).toEqual(who)
    await expect(liftCap(as(w, 'desk'), 'none', { most: 1 })).rejects.toThrow('cap')
  })

  test('allows as much again once it is lifted, once for each form, and as before once it is restored', async () => {
    const desk = as(w, 'desk')
    expect(await liftCap(desk, id, { most: '1' })).toEqual({ ok: true, most: 2 })
    expect(await liftCap(desk, id, { most: '1' })).toEqual({ ok: false, why: 'changed' })
    expect(await liftCap(desk, id, {})).toEqual({ ok: false, why: 'changed' })
    expect(await trial()).toBe('booked')
    expect(await trial()).toBe('capped')
    expect(await liftCap(desk, id, { most: 2 })).toEqual({ ok: true, most: 3 })
    expect(await restoreCap(desk, id), 'what it has stays').toEqual({ ok: true, most: 2 })
    expect(await restoreCap(desk, id)).toEqual({ ok: true, most: 2 })
    expect(await trial()).toBe('capped')
    const line = (act: string, allowed: number) => ({
      actor: 'desk',
      act,
      detail: { counted: 'bookings', source: 'network', most: allowed },
    })
    // All lines are of one moment.
    const told = (await lines(w, id)).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    expect(told).toEqual([line('cap.lifted', 2), line('cap.lifted', 3), line('cap.restored', 2)])
  })

  test('is lifted once if two desks send the same form at once', async () => {
    const twice = await Promise.all([1, 2].map(() => liftCap(as(w, 'desk'), id, { most: 1 })))
    expect(twice.filter((done) => done.ok)).toHaveLength(1)
    expect(await most()).toBe(2)
  })
})
