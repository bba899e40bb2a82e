import { beforeEach, describe, expect, test } from 'vitest'
import { offer } from '../../src/waitlist/offer.ts'
import { faultText } from '../../templates/fields.tsx'
import { texts } from '../../templates/text/index.ts'
import { application, freshKey, MITO } from '../world.ts'
import { type Fields, fieldsOf, formTo, pageOf, type Site, site } from './app.ts'

const t = texts('ja')
const DOOR = `/sessions/${MITO}/book`
const NEXT = 'ibaraki-2026-12-04'
const SLOTS = ['1000', '1100', '1300', '1400', '1500'].map((time) => `${MITO}-${time}`)

let s: Site
let holders: Awaited<ReturnType<Site['booked']>>[]
beforeEach(async () => {
  s = await site()
  holders = []
  for (const slot of SLOTS) holders.push(await s.booked({ slot }))
})

/** What a person types into the form. */
const typed = (changes: Record<string, string | undefined>): Fields =>
  Object.entries(application(changes)).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'session' ? [[name, value] satisfies Fields[number]] : [],
  )
const waiting = (changes: Record<string, unknown> = {}) => s.booked({ waitlist: true, slot: null, ...changes })
const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` })
const told = async ({ id, token }: { id: string; token: string }) =>
  JSON.parse((await s.ask(`/api/v1/bookings/${id}`, { headers: bearer({ token }) })).body).booking
/** Cancels the first booking, so that whoever is next is offered its place. */
async function freed() {
  await s.post(`/b/${holders[0]?.token}/cancel`)
  await offer(s.system)
}

describe('a full day', () => {
  test('has a way to wait, from its page to the end of the form', async () => {
    const page = await s.page(`/sessions/${MITO}`)
    expect(page.text).toContain(t.wait.joinTitle)
    const to = page.main.querySelectorAll('a').find((one) => one.text.trim() === t.wait.join)
    expect(to?.getAttribute('href')).toBe(`${DOOR}?waitlist=true`)
    const form = await s.page(`${DOOR}?waitlist=true`)
    expect(form.main.querySelector('h1')?.text).toBe(t.wait.formTitle)
    const fields = typed({ email: 'w@example.jp', slot: '', waitlist: 'true' })
    const confirm = pageOf(await s.post(DOOR, [...fields, ['consent', 'true']]))
    expect(confirm.text).toContain(t.wait.check)
    expect(confirm.text).toContain(t.wait.anySlot)
    const done = await s.submit(formTo(confirm, DOOR, 'book'))
    expect(done.main.querySelector('h1')?.text).toBe(t.wait.done)
    expect(done.text).not.toContain(t.done.noMail)
    expect(done.text).toContain(t.done.noNotice)
    expect(done.text).toContain(t.wait.position(1))
    expect(done.text).not.toContain(t.done.calendar)
  })

  test('without the wish to wait leads back to its page', async () => {
    expect((await s.ask(DOOR)).status).toBe(303)
  })

  test('refused at the last step offers to wait with what was typed', async () => {
    await s.post(`/b/${holders[0]?.token}/cancel`)
    const fields = typed({ slot: SLOTS[0] })
    const confirm = pageOf(await s.post(DOOR, [...fields, ['consent', 'true']]))
    await s.booked({ slot: SLOTS[0] })
    const refused = await s.submit(formTo(confirm, DOOR, 'book'))
    expect(refused.status).toBe(409)
    const form = await s.submit(formTo(refused, DOOR, 'edit'))
    expect(form.main.querySelector('h1')?.text).toBe(t.wait.formTitle)
    expect(Object.fromEntries(fieldsOf(formTo(form, DOOR)))).toMatchObject({ waitlist: 'true', name: '髙橋 太郎' })
  })
})

describe('who waits', () => {
  test('sees their turn, and can leave after a step in between', async () => {
    const first = await waiting()
    const second = await waiting()
    expect(await told(second)).toMatchObject({ status: 'waiting', slot: null, position: 2 })
    const page = await s.page(`/b/${first.token}`)
    expect(page.text).toContain(t.wait.position(1))
    const leaving = await s.page(`/b/${first.token}/cancel`)
    expect(leaving.main.querySelector('h1')?.text).toBe(t.wait.leaving.title)
    const left = await s.submit(formTo(leaving, `/b/${first.token}/cancel`))
    expect(left.text).toContain(t.booking.statuses.cancelled)
    expect(await told(second)).toMatchObject({ position: 1 })
  })

  test('is offered a freed place, and only a button takes it', async () => {
    const one = await waiting()
    await freed()
    const path = `/b/${one.token}`
    expect(await told(one)).toMatchObject({
      status: 'offered',
      slot: SLOTS[0],
      offer: { expires_at: '2026-11-22T14:00:00+09:00' },
    })
    for (const address of [path, `${path}/decline`, `${path}/cancel`, `${path}/move`]) {
      await s.ask(address)
      await s.ask(address, { method: 'HEAD' })
    }
    const page = await s.page(path)
    expect(page.text).toContain(t.wait.offerHeld('11月22日(日) 14:00'))
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
    s.at('2026-11-22T05:00:00.000Z')
    expect((await s.page(`/b/${one.token}`)).text).toContain(t.wait.offerOver.what)
    const late = pageOf(await s.post(`/b/${one.token}/accept`))
    expect([late.status, late.text.includes(t.booking.refused.closed.what)]).toEqual([409, true])
  })
})

describe('the API', () => {
  test('accepts and declines an offer once, harmlessly repeated, with the bearer token alone', async () => {
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

  test('says of a waiting session what is left for others', async () => {
    await waiting()
    await s.post(`/b/${holders[0]?.token}/cancel`)
    const session = JSON.parse((await s.ask(`/api/v1/sessions/${MITO}`)).body)
    expect(session).toMatchObject({ remaining: 0, waiting: 1, status: 'full' })
    const refused = await s.send('/api/v1/bookings', application(), { 'idempotency-key': freshKey() })
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([409, 'full'])
  })

  test('moves a booking, says what is wrong, and repeats harmlessly', async () => {
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

describe('changing the time on the web', () => {
  test('goes from the booking over a choice and a confirmation, which changes nothing, to the new time', async () => {
    const path = `/b/${holders[0]?.token}`
    const own = await s.page(path)
    expect(own.main.querySelectorAll('a').map((one) => one.getAttribute('href'))).toContain(`${path}/move`)
    const choice = await s.page(`${path}/move`)
    const form = formTo(choice, `${path}/move`)
    const confirm = await s.submit(form, fieldsOf(form, { place: `${NEXT} ${NEXT}-1100` }))
    expect(confirm.text).toContain(t.move.notYet.what)
    expect(confirm.text).toContain('2026年12月4日(金)')
    expect((await s.page(path)).text).toContain('2026年11月27日(金)')
    const moved = await s.submit(formTo(confirm, `${path}/move`, 'move'))
    expect(moved.text).toContain(t.booking.done.moved)
    expect(moved.text).toContain('2026年12月4日(金)')
  })

  test('asks for a choice where none was made, and says why a place can no longer be had', async () => {
    const path = `/b/${holders[0]?.token}`
    const choice = await s.page(`${path}/move`)
    const form = formTo(choice, `${path}/move`)
    const missing = pageOf(await s.post(`${path}/move`, fieldsOf(form, { place: [] })))
    expect([missing.status, missing.text.includes(faultText(t, 'slot', 'required'))]).toEqual([422, true])
    for (const time of ['1000', '1000']) await s.booked({ session: NEXT, slot: `${NEXT}-${time}` })
    const full = pageOf(await s.post(`${path}/move`, fieldsOf(form, { place: `${NEXT} ${NEXT}-1000` })))
    expect([full.status, full.text.includes(t.refusals.full.what)]).toEqual([409, true])
  })

  test('shows a few days at a time, and leads to the later ones, none twice', async () => {
    const path = `/b/${holders[0]?.token}/move`
    const seen: string[] = []
    for (let at: string | undefined = path; at; ) {
      const page = await s.page(at)
      seen.push(...page.main.querySelectorAll('legend').map((one) => one.text))
      at = page.main
        .querySelectorAll('a')
        .find((one) => one.text === t.move.later)
        ?.getAttribute('href')
    }
    const days = seen.filter((legend) => legend.includes('水戸'))
    expect(days.length).toBeGreaterThan(8)
    expect(new Set(days).size).toBe(days.length)
    expect((await s.ask(`${path}?after=nonsense`)).status).toBe(200)
  })

  test('is not offered to who has nothing to move', async () => {
    const one = await waiting()
    expect((await s.ask(`/b/${one.token}/move`)).status).toBe(303)
    expect((await s.ask('/b/none/move')).status).toBe(404)
  })
})
