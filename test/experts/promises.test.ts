import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freeing, quartersOf, taking } from '../../src/experts/busy.ts'
import { busyOf } from '../../src/experts/queries.ts'
import { withLoads } from '../../src/matching/load.ts'
import { findings } from '../../src/node/findings.ts'
import type { Committed } from '../../src/store/store.ts'
import { mito } from '../booking/fixtures.ts'
import { MITO, type World } from '../world.ts'
import { expert, offerWrite, request } from './fixtures.ts'

/** An hour on Friday afternoon in Mito, and one that begins half an hour later. */
const FROM = '2026-11-27T05:00:00.000Z'
const TO = '2026-11-27T06:00:00.000Z'

let w: World
beforeEach(async () => {
  w = await mito({ shared: true })
  await expert(w)
})
afterEach(() => w.close())

const many = <T>(count: number, one: (i: number) => T) => Array.from({ length: count }, (_, i) => one(i))
const broken = (all: Committed[]) => all.flatMap((done) => (done.ok ? [] : done.broke))
const succeeded = (all: Committed[]) => all.filter(({ ok }) => ok).length

describe('an expert is in one place', () => {
  test('of thirty who take overlapping times at once, one does', async () => {
    const times = many(30, (i) => ({ from: i % 2 === 0 ? FROM : '2026-11-27T05:30:00.000Z', to: TO }))
    const all = await Promise.all(times.map((time) => w.ctx.store.commit(...taking(w.ctx, 'expert', time, MITO))))
    expect([succeeded(all), new Set(broken(all))]).toEqual([1, new Set(['holder_is_in_one_place'])])
  })

  test('whoever looks first and then writes, without that constraint, is in several', async () => {
    const looked = await Promise.all(many(30, () => busyOf(w.ctx, 'expert', FROM, TO)))
    const free = looked.filter((taken) => taken.length === 0)
    const all = await Promise.all(
      free.map((_, i) => w.ctx.store.commit(...taking(w.ctx, `expert ${i}`, { from: FROM, to: TO }, MITO))),
    )
    expect(succeeded(all)).toBe(30)
  })

  test('two experts of one visit, taken in opposite orders: one commit has both', async () => {
    await expert(w, 'second')
    const time = { from: FROM, to: TO }
    const both = (order: string[]) => w.ctx.store.commit(...order.flatMap((one) => taking(w.ctx, one, time, MITO)))
    const all = await Promise.all(many(20, (i) => both(i % 2 === 0 ? ['expert', 'second'] : ['second', 'expert'])))
    expect(succeeded(all)).toBe(1)
    expect([await busyOf(w.ctx, 'expert', FROM, TO), await busyOf(w.ctx, 'second', FROM, TO)]).toEqual([
      quartersOf(FROM, TO),
      quartersOf(FROM, TO),
    ])
  })

  test('also as the adviser of a consultation day', async () => {
    await w.run('insert into busy (holder, at, session) values (?, ?, ?)', 'account:expert', FROM, 'seminar')
    const done = await w.ctx.store.commit(...taking(w.ctx, 'expert', { from: FROM, to: TO }, MITO))
    expect(done).toEqual({ ok: false, broke: 'holder_is_in_one_place' })
  })

  test('with the way there and back, in whole quarter hours, also over midnight of UTC', async () => {
    const time = { from: '2026-11-27T00:10:00.000Z', to: '2026-11-27T01:05:00.000Z', travelMinutes: 60 }
    await w.ctx.store.commit(...taking(w.ctx, 'expert', time, MITO))
    const taken = await busyOf(w.ctx, 'expert', '2026-11-26T00:00:00.000Z', '2026-11-28T00:00:00.000Z')
    expect([taken.at(0), taken.at(-1), taken.length]).toEqual([
      '2026-11-26T23:00:00.000Z',
      '2026-11-27T02:00:00.000Z',
      13,
    ])
    const next = { from: '2026-11-27T02:15:00.000Z', to: '2026-11-27T03:00:00.000Z' }
    expect((await w.ctx.store.commit(...taking(w.ctx, 'expert', next, 'seminar'))).ok).toBe(true)
  })

  test('a long day is taken as a whole, and freed as a whole or of one expert', async () => {
    await expert(w, 'second')
    const day = { from: '2026-11-27T00:00:00.000Z', to: '2026-11-27T12:00:00.000Z', travelMinutes: 180 }
    const of = (one: string) => busyOf(w.ctx, one, '2026-11-26T00:00:00.000Z', '2026-11-28T00:00:00.000Z')
    const take = [...taking(w.ctx, 'expert', day, MITO), ...taking(w.ctx, 'second', day, MITO)]
    expect((await w.ctx.store.commit(...take)).ok).toBe(true)
    expect([(await of('expert')).length, (await of('second')).length]).toEqual([72, 72])
    await w.ctx.store.commit(...freeing(w.ctx, MITO, 'expert'))
    expect([(await of('expert')).length, (await of('second')).length]).toEqual([0, 72])
    await w.ctx.store.commit(...freeing(w.ctx, MITO))
    expect((await of('second')).length).toBe(0)
  })
})

describe('an expert is never over the limit', () => {
  const offered = async () => Number((await w.column('select count(*) from match'))[0])

  beforeEach(async () => {
    await w.run('update expert set most = 3')
    for (const i of many(20, (n) => n)) await request(w, `r${i}`)
  })

  test('of twenty offers at once three are made', async () => {
    const all = await Promise.all(
      many(20, (i) =>
        w.ctx.store.commit(
          ...withLoads(w.ctx, ['expert'], offerWrite(w, { request: `r${i}`, expert: 'expert', id: `m${i}` })),
        ),
      ),
    )
    expect([succeeded(all), new Set(broken(all)), await offered()]).toEqual([3, new Set(['expert_has_room']), 3])
    expect(await w.column('select taken from expert')).toEqual([3])
    expect(await findings(w.system)).toEqual([])
  })

  test('without the recount all twenty are', async () => {
    const all = await Promise.all(
      many(20, (i) => w.ctx.store.commit(offerWrite(w, { request: `r${i}`, expert: 'expert', id: `m${i}` }))),
    )
    expect([succeeded(all), await offered()]).toEqual([20, 20])
    expect(await findings(w.system)).toEqual([{ code: 'counter_expert', count: 1, ids: ['expert'] }])
  })

  test('what staff gave beyond it is lowered to what is left of it', async () => {
    const offer = (i: number, extra: number) => {
      const { db } = w.ctx.store
      const raise = db.updateTable('expert').set((eb) => ({ excess: eb('excess', '+', extra) }))
      return w.ctx.store.commit(
        raise,
        ...withLoads(w.ctx, ['expert'], offerWrite(w, { request: `r${i}`, expert: 'expert', id: `m${i}` })),
      )
    }
    for (const i of [0, 1, 2]) expect((await offer(i, 1)).ok).toBe(true)
    expect(await w.rows('select taken, excess from expert')).toEqual([{ taken: 3, excess: 0 }])
    expect(await offer(3, 0)).toEqual({ ok: false, broke: 'expert_has_room' })
    expect((await offer(3, 2)).ok).toBe(true)
    expect(await w.rows('select taken, excess from expert')).toEqual([{ taken: 4, excess: 1 }])
    const end = w.ctx.store.db.updateTable('match').set({ state: 'withdrawn' }).where('id', '=', 'm0')
    await w.ctx.store.commit(...withLoads(w.ctx, ['expert'], end))
    expect(await w.rows('select taken, excess from expert')).toEqual([{ taken: 3, excess: 0 }])
  })
})

describe('a request has one live match', () => {
  beforeEach(async () => {
    await request(w, 'r')
    for (const i of many(20, (n) => n)) await expert(w, `e${i}`)
  })

  const offer = (i: number, role?: string) => {
    const to = { request: 'r', expert: `e${i}`, id: `m${i}`, ...(role !== undefined && { role }) }
    return w.ctx.store.commit(...withLoads(w.ctx, [`e${i}`], offerWrite(w, to)))
  }

  test('of twenty experts at once one is asked', async () => {
    const all = await Promise.all(many(20, (i) => offer(i)))
    expect([succeeded(all), new Set(broken(all))]).toEqual([1, new Set(['request_has_one'])])
    expect(await findings(w.system)).toEqual([])
  })

  test('whoever looks first and then writes, without that constraint, asks twenty', async () => {
    const looked = await Promise.all(many(20, () => w.column("select id from match where state = 'offered'")))
    const free = looked.filter((found) => found.length === 0)
    const all = await Promise.all(free.map((_, i) => offer(i, `lead ${i}`)))
    expect(succeeded(all)).toBe(20)
  })

  test('a second expert is asked beside the first; after an end the next one is, and nobody twice in a round', async () => {
    expect([(await offer(0)).ok, (await offer(1, 'second')).ok]).toEqual([true, true])
    await w.run("update match set state = 'declined' where id = 'm0'")
    expect(await w.ctx.store.commit(offerWrite(w, { request: 'r', expert: 'e0', id: 'again' }))).toEqual({
      ok: false,
      broke: 'match_asked_once',
    })
    expect((await offer(2)).ok).toBe(true)
  })
})

test('a firm has one open request, and another one after its end', async () => {
  const all = await Promise.all(many(10, (i) => request(w, `r${i}`, { firm: 'firm' })))
  expect([succeeded(all), new Set(broken(all))]).toEqual([1, new Set(['firm_has_one_request'])])
  await w.run("update request set state = 'withdrawn'")
  expect((await request(w, 'next', { firm: 'firm' })).ok).toBe(true)
})
