import { afterEach, describe, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { enter } from '../../src/booking/enter.ts'
import { noteCapped, withCapCount } from '../../src/caps/count.ts'
import { erase } from '../../src/retention/erase.ts'
import { forgetCaps } from '../../src/retention/forget-caps.ts'
import { as } from '../acts.ts'
import { tally } from '../booking/crowd.ts'
import { ask, booked, unlawful } from '../booking/fixtures.ts'
import { everything } from '../everything.ts'
import { application, freshKey, MITO, type World, world } from '../world.ts'
import { capped, from, person, trying } from './fixtures.ts'

let w: World
afterEach(() => w.close())

const counters = () =>
  w.column<string>(
    "select counted || ' ' || source || ' ' || n from cap where day = '' or day = '2026-11-22' order by counted, source, n",
  )

describe('the bookings of a day', () => {
  test('of one mailbox are capped however it is written, and counted anew tomorrow', async () => {
    w = await capped({ CAP_RECIPIENT: '2' })
    expect(await trying(w.ctx, person({ email: 'taro@example.jp' }))).toBe('booked')
    const key = freshKey()
    const again = person({ email: 'TARO+2@example.jp' })
    expect(await trying(w.ctx, again, key)).toBe('booked')
    expect(await trying(w.ctx, person({ email: 'taro+3@example.jp' }))).toBe('capped')
    expect(await trying(w.ctx, again, key), 'the same form').toBe('booked')
    for (const email of ['hanako@例え.jp', 'hanako@XN--r8jz45g.jp']) {
      expect(await trying(w.ctx, person({ email }))).toBe('booked')
    }
    expect(await trying(w.ctx, person({ email: 'Hanako+1@例え.JP' }))).toBe('capped')
    expect(await trying(w.ctx, person())).toBe('booked')
    expect(await w.column('select count(*) as n from booking').then(([n]) => Number(n))).toBe(5)
    expect(await unlawful(w)).toEqual([])
    w.at('2026-11-22T15:00:00.000Z')
    expect(await trying(w.ctx, person({ email: 'taro+3@example.jp' }))).toBe('booked')
  })

  test('of one Gmail mailbox are capped with any dots and either domain, and the letter goes where it was asked', async () => {
    w = await capped({ CAP_RECIPIENT: '2' })
    for (const email of ['ta.ro.k@gmail.com', 'tarok+a@googlemail.com']) {
      expect(await trying(w.ctx, person({ email }))).toBe('booked')
    }
    expect(await trying(w.ctx, person({ email: 'T.a.r.o.k+b@GMail.com' }))).toBe('capped')
    expect(await trying(w.ctx, person({ email: 'ta.rok@example.jp' }))).toBe('booked')
    expect(await trying(w.ctx, person({ email: 'tarok@example.jp' }))).toBe('booked')
    expect(await w.column('select email from booking order by id')).toContain('ta.ro.k@gmail.com')
  })

  test('of one telephone and of one network are capped too, but never those that a desk enters', async () => {
    w = await capped({ CAP_PHONE: '1', CAP_NETWORK: '2' })
    const here = from(w, '203.0.113.7')
    expect(await trying(here, person({ phone: '029-224-0001' }))).toBe('booked')
    expect(await trying(w.ctx, person({ phone: '０２９（２２４）０００１' }))).toBe('capped')
    expect(await trying(here, person())).toBe('booked')
    expect(await trying(here, person())).toBe('capped')
    expect(await trying(from(w, '203.0.113.8'), person())).toBe('booked')
    const caller = { ...application(), channel: 'phone', full: 'refuse', over: null, note: '', phone: '029-224-0001' }
    expect(await enter(as(w, 'desk'), { session: MITO, ...caller }, freshKey())).toMatchObject({ ok: true })
  })

  test('are never more than the cap if many come at once, also to other days and after a restart', async () => {
    w = await capped({ CAP_NETWORK: '5' }, { shared: true })
    const here = from(w, '203.0.113.7')
    const slots = ['1000', '1100', '1300', '1400']
    const crowd = Array.from({ length: 12 }, (_, i) =>
      i % 3 === 0 ? person({ session: MITO, slot: `${MITO}-${slots[i / 3]}`, format: 'onsite' }) : person(),
    )
    expect(tally(await Promise.all(crowd.map((one) => trying(here, one))))).toEqual({ booked: 5, capped: 7 })
    expect(await unlawful(w)).toEqual([])
    const restarted = await world({ on: w.address, env: { CAPS: 'on', CAP_NETWORK: '5' } })
    try {
      expect(await trying(from(restarted, '203.0.113.7'), person())).toBe('capped')
      expect(await trying(from(restarted, '203.0.113.8'), person())).toBe('booked')
    } finally {
      await restarted.close()
    }
  })

  test('refuse nobody any more once a cap was lifted', async () => {
    w = await capped({ CAP_PHONE: '1' })
    const sources = [{ source: 'phone' as const, key_hash: 'x', mask: '' }]
    const asked = { session: 'seminar', seats: 1 }
    expect(await noteCapped(w.ctx, sources, asked)).toBe(false)
    await w.run(`insert into cap values ('c', '2026-11-22', 'bookings', 'phone', 'x', '', 1, 1, 0, 0, null, null)`)
    expect(await noteCapped(w.ctx, sources, asked)).toBe(true)
    await w.run(`update cap set most = 2, extra = 1`)
    expect(await noteCapped(w.ctx, sources, asked)).toBe(false)
    expect(await w.column('select refused from cap').then(([n]) => Number(n))).toBe(1)
  })

  test('are not counted without caps', async () => {
    w = await capped({ CAPS: 'off', CAP_RECIPIENT: '1' })
    expect(withCapCount(w.ctx, [{ source: 'phone', key_hash: 'x', mask: '' }], 'b')).toEqual([])
    for (const _ of [1, 2]) expect(await trying(w.ctx, person({ email: `a+${_}@example.jp` }))).toBe('booked')
    expect(await counters()).toEqual([])
  })
})

describe('the places held at once', () => {
  test('are capped until some are given back; those who wait hold none', async () => {
    w = await capped({ CAP_PLACES: '5' })
    const phone = '090-1234-5678'
    const { token } = await booked(w, person({ phone, seats: 3 }))
    expect(await trying(w.ctx, person({ phone, seats: 3 }))).toBe('capped')
    w.at('2026-11-24T01:00:00.000Z')
    expect(await trying(w.ctx, person({ phone, seats: 3 })), 'the day after').toBe('capped')
    expect(await trying(w.ctx, person({ phone, seats: 2 }))).toBe('booked')
    await cancel(w.ctx, { token })
    expect(await trying(w.ctx, person({ phone, seats: 3 }))).toBe('booked')
    expect(await counters()).toContain('places phone 5')
  })
})

describe('the counters', () => {
  test('name nobody, and are forgotten with the booking or after two days', async () => {
    w = await capped({})
    const given = person({ email: 'secret@example.jp', phone: '090-8765-4321' })
    const here = from(w, '203.0.113.7')
    expect(await trying(here, given)).toBe('booked')
    const { cap, cap_booking } = await everything(w)
    expect([cap?.length, cap_booking?.length]).toEqual([7, 3])
    expect(JSON.stringify([cap, cap_booking])).not.toMatch(/secret|8765|113\.7/)
    const { token } = await booked(w, person())
    await erase(w.ctx, { token })
    expect(await w.column('select source from cap_booking order by source')).toEqual(['network', 'phone', 'recipient'])

    w.at('2026-11-23T15:00:00.000Z') // Tuesday in Japan
    await forgetCaps(w.system)
    expect(await w.column('select distinct counted from cap')).toEqual(['places'])
    expect(await w.column('select count(*) as n from cap').then(([n]) => Number(n))).toBe(3)
    w.at('2027-03-01T15:00:00.000Z')
    await forgetCaps(w.system)
    const later = await everything(w)
    expect([later.cap, later.cap_booking]).toEqual([[], []])
  })

  test('stay for the whole of the next day', async () => {
    w = await capped({})
    await ask(w, person())
    w.at('2026-11-23T14:59:00.000Z')
    await forgetCaps(w.system)
    expect(await w.column('select distinct counted from cap order by counted')).toEqual([
      'bookings',
      'letters',
      'places',
    ])
  })
})
