import { beforeEach, describe, expect, test } from 'vitest'
import { offer } from '../../../src/waitlist/offer.ts'
import { application, freshKey, MITO } from '../../world.ts'
import type { Site } from '../app.ts'
import { fullDay, type Held } from '../full-day.ts'

const NEXT = 'ibaraki-2026-12-04'

let s: Site
let holders: Held[]
beforeEach(async () => {
  ;({ s, holders } = await fullDay())
})

const waiting = (changes: Record<string, unknown> = {}) => s.booked({ waitlist: true, slot: null, ...changes })
const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` })

/** Cancels the first booking, so that its place is offered to the next party. */
async function freed() {
  await s.post(`/b/${holders[0]?.token}/cancel`)
  await offer(s.system)
}

describe('the API', () => {
  test('accepts and declines an offer once, with the bearer token alone; repeating it changes nothing', async () => {
    const [one, two] = [await waiting(), await waiting()]
    await freed()
    const accept = `/api/v1/bookings/${one.id}/accept`
    expect((await s.send(accept, {})).status).toBe(401)
    expect((await s.send(accept, {}, bearer(two))).status).toBe(403)
    for (const _ of [1, 2]) {
      const answer = await s.send(accept, {}, bearer(one))
      expect([answer.status, JSON.parse(answer.body).booking.status]).toEqual([200, 'booked'])
    }
    const declined = await s.send(`/api/v1/bookings/${two.id}/decline`, {}, bearer(two))
    expect([declined.status, JSON.parse(declined.body).code]).toEqual([409, 'closed'])
  })

  test('tells an offer that was declined, and one whose time is over, from a booking that was cancelled', async () => {
    const [one, two] = [await waiting(), await waiting()]
    await freed()
    const of = async (who: typeof one) => {
      const { booking } = JSON.parse((await s.ask(`/api/v1/bookings/${who.id}`, { headers: bearer(who) })).body)
      return [booking.status, booking.ended, booking.declined, booking.offer !== undefined]
    }
    await s.send(`/api/v1/bookings/${one.id}/decline`, {}, bearer(one))
    expect(await of(one)).toEqual(['cancelled', 'cancelled', true, false])
    await offer(s.system)
    expect(await of(two)).toEqual(['offered', null, undefined, true])
    s.at('2026-11-24T08:00:00.000Z')
    expect(await of(two)).toEqual(['lapsed', 'offer_over', undefined, false])
  })

  test('says of a waiting session what is left for others', async () => {
    await waiting()
    await s.post(`/b/${holders[0]?.token}/cancel`)
    const session = JSON.parse((await s.ask(`/api/v1/sessions/${MITO}`)).body)
    expect(session).toMatchObject({ remaining: 0, waiting: 1, status: 'full' })
    const refused = await s.send('/api/v1/bookings', application(), { 'idempotency-key': freshKey() })
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([409, 'full'])
  })

  test('moves a booking, says what is wrong, and is idempotent', async () => {
    const [one] = holders
    if (!one) throw new Error('nobody')
    const door = `/api/v1/bookings/${one.id}/move`
    const to = { session: NEXT, slot: `${NEXT}-1000` }
    for (const _ of [1, 2]) {
      const answer = await s.send(door, to, bearer(one))
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.body).booking).toMatchObject({ ...to, status: 'booked', sequence: 1 })
    }
    const invalid = await s.send(door, { session: NEXT, slot: 'none' }, bearer(one))
    expect([invalid.status, Object.keys(JSON.parse(invalid.body).errors)]).toEqual([422, ['slot']])
    const unknown = await s.send(door, { session: 'none', slot: null }, bearer(one))
    expect(unknown.status).toBe(404)
    const text = await s.ask(door, { method: 'POST', headers: bearer(one), body: 'x' })
    expect(text.status).toBe(415)
  })
})
