import { beforeEach, describe, expect, test } from 'vitest'
import { offer } from '../../../src/waitlist/offer.ts'
import { texts } from '../../../templates/text/index.ts'
import { formTo, pageOf, type Site } from '../app.ts'
import { fullDay, type Held, SLOTS } from '../full-day.ts'

const t = texts('ja')

let s: Site
let holders: Held[]
beforeEach(async () => {
  ;({ s, holders } = await fullDay())
})

const waiting = (changes: Record<string, unknown> = {}) => s.booked({ waitlist: true, slot: null, ...changes })
const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` })
const told = async ({ id, token }: { id: string; token: string }) =>
  JSON.parse((await s.ask(`/api/v1/bookings/${id}`, { headers: bearer({ token }) })).body).booking

/** Cancels the first booking, so that its place is offered to the next party. */
async function freed() {
  await s.post(`/b/${holders[0]?.token}/cancel`)
  await offer(s.system)
}

describe('a waiting party', () => {
  test('sees their turn, and can leave after a step in between', async () => {
    const first = await waiting()
    const second = await waiting()
    expect(await told(second)).toMatchObject({ status: 'waiting', slot: null, position: 2 })
    const page = await s.page(`/b/${first.token}`)
    expect(page.text).toContain(t.wait.position(1))
    const leaving = await s.page(`/b/${first.token}/cancel`)
    expect(leaving.main.querySelector('h1')?.text).toBe(t.wait.leaving.title)
    const left = await s.submit(formTo(leaving, `/b/${first.token}/cancel`))
    expect(left.text).toContain(`${t.booking.given.left}${t.booking.mailed}`)
    expect(left.text).toContain(t.standings.cancelled)
    expect(await told(second)).toMatchObject({ position: 1 })
  })

  test('is offered a freed place, and only a button takes it', async () => {
    const one = await waiting()
    await freed()
    const path = `/b/${one.token}`
    expect(await told(one)).toMatchObject({
      status: 'offered',
      slot: SLOTS[0],
      offer: { expires_at: '2026-11-24T17:00:00+09:00' },
    })
    for (const address of [path, `${path}/decline`, `${path}/cancel`, `${path}/move`]) {
      await s.ask(address)
      await s.ask(address, { method: 'HEAD' })
    }
    const page = await s.page(path)
    expect(page.text).toContain(t.wait.offerHeld('11月24日(火) 17:00'))
    const accepted = await s.submit(formTo(page, `${path}/accept`))
    expect(accepted.text).toContain(t.booking.done.accepted)
    expect(await told(one)).toMatchObject({ status: 'booked', sequence: 2 })
  })

  test('declines after a step in between', async () => {
    const one = await waiting()
    await freed()
    const page = await s.page(`/b/${one.token}/decline`)
    expect(page.main.querySelector('h1')?.text).toBe(t.wait.declining.title)
    await s.submit(formTo(page, `/b/${one.token}/decline`))
    expect(await told(one)).toMatchObject({ status: 'cancelled' })
  })

  test('is told in words that an offer is over', async () => {
    const one = await waiting()
    await freed()
    s.at('2026-11-24T08:00:00.000Z')
    const over = await s.page(`/b/${one.token}`)
    expect([over.text.includes(t.over.offer_over.what), over.text.includes(t.standings.offered)]).toEqual([true, false])
    expect((await s.ask(`/b/${one.token}/booking.ics`)).body).toContain('SUMMARY:【期限切れ】')
    const late = pageOf(await s.post(`/b/${one.token}/accept`))
    expect([late.status, late.text.includes(t.booking.refused.ended.what)]).toEqual([409, true])
  })
})
