import { beforeEach, describe, expect, test } from 'vitest'
import { consultTexts } from '../../../../templates/text/consult.ts'
import { fieldsOf, formTo, type Site, site } from '../../app.ts'
import { type Staff, signedIn } from '../fixtures.ts'

const { enter } = consultTexts('ja')
const NEW = '/desk/requests/new'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site({ env: { SMTP_URL: 'smtp://localhost' } })
  desk = await signedIn(s, 'desk', '08')
})

/** What the desk types of a firm that calls. */
const CALLER: Record<string, string> = {
  company: '大洗建設',
  municipality: '大洗町',
  name: '大洗 一',
  name_kana: 'おおあらい はじめ',
  phone: '０２９２-67-0003',
  topics: 'labour',
  formats: 'phone',
  channel: 'phone',
  consent: 'true',
}

const filled = async (changes: Record<string, string> = {}, address = NEW) =>
  fieldsOf(formTo(await desk.page(address), NEW), { ...CALLER, ...changes })

describe('/desk/requests/new', () => {
  test('has the only prefecture of the desk chosen, and no other to choose', async () => {
    const page = await desk.page(NEW)
    expect(fieldsOf(formTo(page, NEW))).toContainEqual(['prefecture', '08'])
    expect(page.root.querySelectorAll('#prefecture option').map((one) => one.getAttribute('value'))).toEqual(['', '08'])
  })

  test('enters a firm without an e-mail, and says the number to tell it', async () => {
    const answer = await desk.post(NEW, await filled())
    expect(answer.status).toBe(303)
    const page = await desk.page(new URL(answer.location).pathname + new URL(answer.location).search)
    expect(page.text).toContain(enter.entered('IB-T-0001').what)
    expect(await s.rows('select channel, email, topics, formats from request')).toEqual([
      { channel: 'phone', email: null, topics: 'labour', formats: 'phone' },
    ])
    expect(await s.column("select kind from outbox where about = 'request'")).toEqual([])
  })

  test('sent twice is one request', async () => {
    const fields = await filled()
    for (const _ of ['first', 'second']) expect((await desk.post(NEW, fields)).status).toBe(303)
    expect(await s.column('select number from request')).toEqual(['IB-T-0001'])
  })

  test('has what a booking says of its firm, and keeps that it came from it', async () => {
    const booking = await s.booked({ company: '株式会社すみれ', topics: ['ict', 'security'] })
    const detail = await desk.page(`/desk/bookings/${booking.id}`)
    const address = `${NEW}?booking=${booking.id}`
    expect(detail.root.querySelector(`a[href="${address}"]`)?.text).toBe(enter.from)
    const known = fieldsOf(formTo(await desk.page(address), NEW))
    for (const field of [
      ['company', '株式会社すみれ'],
      ['topics', 'ict'],
      ['topics_more', 'security'],
      ['prefecture', '08'],
    ]) {
      expect(known).toContainEqual(field)
    }
    const own = { municipality: '水戸市', formats: 'online', consent: 'true' }
    const answer = await desk.post(NEW, fieldsOf(formTo(await desk.page(address), NEW), own))
    expect(answer.status).toBe(303)
    expect(await s.column('select from_booking from request')).toEqual([booking.id])
  })

  test('says the number of the request that the firm has, and keeps what was typed', async () => {
    await desk.post(NEW, await filled())
    const page = await desk.post(NEW, await filled({ message: '二度目' }))
    expect(page.status).toBe(409)
    expect(page.body).toContain(enter.twice('IB-T-0001').what)
    expect(page.body).toContain('二度目')
  })

  test('says at each field what is wrong', async () => {
    const answer = await desk.post(NEW, await filled({ company: '', phone: '1' }))
    expect(answer.status).toBe(422)
    for (const field of ['company', 'phone']) expect(answer.body).toContain(`id="${field}-error"`)
  })

  test('shows nothing of a booking or request of another prefecture', async () => {
    const booking = await s.booked({ company: '株式会社すみれ' })
    await desk.post(NEW, await filled())
    const [id] = await s.column<string>('select id from request')
    const other = await signedIn(s, 'desk', '13')
    expect((await other.page(`${NEW}?booking=${booking.id}`)).body).not.toContain('すみれ')
    expect((await other.page(`${NEW}?entered=${id}`)).body).not.toContain('IB-T-0001')
    const foreign = await other.post(NEW, await filled())
    expect(foreign.status).toBe(422)
  })
})

test('what was applied for stands in the list of its prefecture, without a person', async () => {
  expect((await desk.page('/desk/requests')).text).toContain(consultTexts('ja').list.empty)
  await desk.post(NEW, await filled())
  const page = await desk.page('/desk/requests')
  const cells = page.main.querySelectorAll('tbody td').map((cell) => cell.text.replaceAll(/\s+/g, ' ').trim())
  expect(cells.slice(0, 2)).toEqual(['IB-T-0001', '大洗建設 茨城県'])
  expect(cells.at(-1)).toBe(consultTexts('ja').states.matching)
  expect(page.text).not.toMatch(/大洗 一|0003/)
  const other = await signedIn(s, 'desk', '13')
  expect((await other.page('/desk/requests')).text).toContain(consultTexts('ja').list.empty)
})
