import { beforeEach, describe, expect, test } from 'vitest'
import { deskTexts } from '../../templates/text/desk.ts'
import { texts } from '../../templates/text/index.ts'
import { type Fields, fieldsOf, formTo, type Page, type Site, site } from '../http/app.ts'
import { signedIn } from '../http/desk/fixtures.ts'
import { application, freshKey, MITO } from '../world.ts'

const t = deskTexts('ja').caps
const NETWORK = '2001:db8:1:2::1'
const SLOTS = ['1000', '1100', '1300', '1400', '1500']
let tries = 0
let s: Site
beforeEach(async () => {
  tries = 0
  s = await site({ env: { CAPS: 'on', CAP_NETWORK: '2' } })
})

const key = () => ({ 'idempotency-key': freshKey() })
/** Books from an address, each time in the next free slot. */
function sent(from: string) {
  const slot = `${MITO}-${SLOTS[tries++ % SLOTS.length]}`
  return s.send('/api/v1/bookings', application({ slot }), key(), from)
}

describe('beyond a cap', () => {
  test('a program is told 429 and when the counts begin anew, for a whole /64 of addresses', async () => {
    for (const last of ['1', 'ffff']) expect((await sent(`2001:db8:1:2::${last}`)).status).toBe(201)
    const refused = await sent('2001:db8:1:2:3:4:5:6')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe(String(14 * 3600))
    expect(JSON.parse(refused.body)).toMatchObject({ code: 'capped', title: texts('ja').refusals.capped.what })
    expect((await sent('2001:db8:1:3::1')).status).toBe(201)
  })

  test('people of our own network are not one visitor, because it is that of a proxy', async () => {
    const statuses: number[] = []
    for (const _ of [1, 2, 3]) statuses.push((await sent('::ffff:10.1.2.3')).status)
    expect(statuses).toEqual([201, 201, 201])
  })

  test('a person is told why, whom to call and when it works again, and what was typed is kept', async () => {
    for (const _ of [1, 2]) await sent(NETWORK)
    const { topics: _, ...given } = application({
      slot: `${MITO}-1500`,
      name: '海野 次郎',
      step: 'book',
      idempotency_key: freshKey(),
    })
    const typed = Object.entries<unknown>({ ...given, seats: '1', consent: 'true' })
    const fields = typed.flatMap(([name, value]): Fields => (typeof value === 'string' ? [[name, value]] : []))
    const page = await s.post(`/sessions/${MITO}/book`, fields, {}, NETWORK)
    expect(page.status).toBe(429)
    expect(page.headers.get('retry-after')).toBe(String(14 * 3600))
    const { what, next } = texts('ja').refusals.capped
    for (const said of [what, next, 'tel:', '海野 次郎']) expect(page.body).toContain(said)
  })
})

describe('the page of the caps', () => {
  const rows = (page: Page) => page.root.querySelectorAll('tbody tr').map((row) => row.text)

  test('is empty, then lists a cap, which the desk raises after a question and restores', async () => {
    const desk = await signedIn(s, 'desk', '08')
    expect((await desk.page('/desk/caps')).text).toContain(t.empty)
    for (const _ of [1, 2, 3]) await sent(NETWORK)
    const list = await desk.page('/desk/caps')
    expect(rows(list)).toHaveLength(1)
    expect(list.text).toContain(`${t.sources.network} 2001:db8:*：${t.counted.bookings}`)
    expect(list.body).not.toContain('2001:db8:1')
    const [id = ''] = await s.column<string>('select id from cap where refused > 0')
    const action = `/desk/caps/${id}/lift`
    const form = formTo(await desk.page(`/desk/caps/${id}`), action)
    expect((await desk.submit(action, fieldsOf(form))).text).toContain(t.lifted)
    const again = await desk.submit(action, fieldsOf(form))
    expect([again.status, again.text]).toEqual([409, expect.stringContaining(t.changed)])
    expect((await sent(NETWORK)).status).toBe(201)
    expect((await desk.submit(`/desk/caps/${id}/restore`)).text).toContain(t.restored)
    expect((await sent(NETWORK)).status).toBe(429)

    const viewer = await signedIn(s, 'viewer', '08')
    const read = await viewer.page('/desk/caps')
    expect(rows(read)).toHaveLength(1)
    expect(read.root.querySelectorAll('main .acts')).toHaveLength(0)
    expect((await viewer.post(action, fieldsOf(form))).status).toBe(403)
    const elsewhere = await signedIn(s, 'desk', '13')
    expect((await elsewhere.page('/desk/caps')).text).toContain(t.empty)
    expect((await elsewhere.page(`/desk/caps/${id}`).catch(String)) && (await elsewhere.post(action)).status).toBe(403)
  })

  test('says whose a cap is, in the list and before it is raised, and nothing once they are erased', async () => {
    s = await site({ env: { CAPS: 'on', CAP_RECIPIENT: '1', CAP_PHONE: '1' } })
    const desk = await signedIn(s, 'desk', '08')
    const given = { email: 'kenji@example.jp', phone: '029-224-0077', company: '大洗建設' }
    const { token } = await s.booked(given)
    const next = { session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1100' }
    await s.send('/api/v1/bookings', application({ ...given, ...next }), key())
    const list = await desk.page('/desk/caps')
    expect(rows(list)).toHaveLength(2)
    for (const said of ['k…@example.jp', '…0077', '大洗建設', '髙橋 太郎']) expect(list.text).toContain(said)
    for (const id of await s.column<string>('select id from cap where refused > 0')) {
      expect((await desk.page(`/desk/caps/${id}`)).text).toContain('大洗建設')
    }
    await s.post(`/b/${token}/erase`)
    const after = (await desk.page('/desk/caps')).text
    expect(after).toContain(t.nobody)
    for (const gone of ['k…@example.jp', '0077', '大洗建設']) expect(after).not.toContain(gone)
  })

  test('asks as many queries for thirty caps as for one', async () => {
    const desk = await signedIn(s, 'desk', '08')
    for (const _ of [1, 2, 3]) await sent(NETWORK)
    s.reads()
    await desk.page('/desk/caps')
    const once = s.reads()
    for (let i = 0; i < 30; i++) {
      await s.run(
        `insert into cap select 'more-${i}', day, counted, source, 'key-${i}', mask, n, most, extra, refused, refused_at, session
         from cap where refused > 0 and id not like 'more-%'`,
      )
    }
    expect(rows(await desk.page('/desk/caps'))).toHaveLength(31)
    expect(s.reads()).toBe(once)
  })
})
