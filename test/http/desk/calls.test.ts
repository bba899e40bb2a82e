import { beforeEach, expect, test } from 'vitest'
import { cancel } from '../../../src/booking/cancel.ts'
import { callOff } from '../../../src/changes/call-off.ts'
import { holdAgain } from '../../../src/changes/hold-again.ts'
import { markCalled } from '../../../src/changes/mark-called.ts'
import { deliverSms } from '../../../src/mail/sms/deliver-sms.ts'
import { erase } from '../../../src/retention/erase.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { as } from '../../acts.ts'
import { MITO } from '../../world.ts'
import { type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const d = deskTexts('ja').today

let s: Site
let desk: Staff
let booking: { id: string; token: string }
let call: string
beforeEach(async () => {
  s = await site({ env: { SMS_URL: 'https://sms.example.jp/' } })
  desk = await signedIn(s, 'desk', '08')
  booking = await s.booked({ phone: '090-1234-5678' })
  await s.run('update booking set email = null where id = ?', booking.id)
  await callOff(as(s, 'desk'), MITO, { reason_ja: '大雪のため' })
  call = (await s.column<string>("select id from outbox where channel = 'phone'"))[0] ?? ''
})

/** A round of short messages. `sent`: what the gateway does meanwhile. */
async function round(sent: () => Promise<unknown>) {
  await s.run('update booking set sms = 1')
  await deliverSms(s.system, { send: async () => [await sent(), { ok: true as const }][1] as { ok: true } }, 'one')
}

const row = () => s.rows('select channel, state, attempts from outbox where id = ?', call)

/** What happened to a call while a clerk is on the telephone, and what its page says of it. */
const MEANWHILE: Record<string, { happens: () => Promise<unknown>; says: { what: string; next: string } }> = {
  'became a short message': { happens: () => round(async () => 'sent'), says: d.callStands.texted },
  'was overtaken': {
    happens: () => holdAgain(as(s, 'desk'), MITO, { reason_ja: '晴れたため' }),
    says: d.callStands.overtaken,
  },
  'lost its person': {
    happens: () => erase(s.ctx, { token: booking.token }),
    says: d.callStands.erased,
  },
  'was made by a colleague': { happens: () => markCalled(as(s, 'desk'), call), says: d.callStands.called },
}

test.each(Object.entries(MEANWHILE))(
  'a call that %s answers each mark with what happened',
  async (_, { happens, says }) => {
    await happens()
    const before = await row()
    for (const path of [`/desk/calls/${call}`, `/desk/calls/${call}/unreached`]) {
      const page = await desk.submit(path, [['tries', '0']])
      expect([path, page.status, page.main.querySelector('[role=alert]')?.text.includes(says.what)]).toEqual([
        path,
        200,
        true,
      ])
      expect(page.main.querySelector('[role=alert] a')?.getAttribute('href')).toBe('/desk#calls')
      expect(page.main.querySelector(`a[href="/desk/bookings/${booking.id}"]`)).not.toBeNull()
    }
    expect(await row()).toEqual(before)
    // A link that was kept says the same.
    const kept = await desk.page(`/desk/calls/${call}`)
    expect([kept.status, kept.text.includes(says.what)]).toEqual([200, true])
    expect((await desk.page(`/desk?called=${call}`)).status).toBe(200)
  },
)

test('a call that a colleague tried first is not counted twice, and its page says so', async () => {
  await desk.submit(`/desk/calls/${call}/unreached`, [['tries', '0']])
  const page = await desk.submit(`/desk/calls/${call}/unreached`, [['tries', '0']])
  expect(page.text).toContain(d.callStands.counted.what)
  expect(await row()).toEqual([{ channel: 'phone', state: 'waiting', attempts: 1 }])
})

test('a call that waits as a short message is marked as called, and the message never leaves', async () => {
  await s.run("update outbox set channel = 'sms' where id = ?", call)
  expect((await desk.page(`/desk/calls/${call}`)).text).toContain(d.callStands.texting.what)
  expect((await desk.submit(`/desk/calls/${call}`)).text).toContain('様を連絡済みにしました')
  expect(await row()).toMatchObject([{ channel: 'phone', state: 'sent' }])
  const left: string[] = []
  await round(async () => left.push('sent'))
  expect(left).toEqual([])
})

test('a mark as called is not taken back once the person erased their data', async () => {
  await desk.post(`/desk/calls/${call}`)
  await erase(s.ctx, { token: booking.token })
  const page = await desk.submit(`/desk/calls/${call}/back`)
  expect([page.status, page.main.querySelector('[role=alert]') !== null]).toEqual([200, true])
  expect(await row()).toMatchObject([{ state: 'sent' }])
})

test('somebody who no longer waits for a freed place is shown with their booking after the call', async () => {
  const waiting = await s.booked({
    session: 'ibaraki-2026-12-04',
    slot: 'ibaraki-2026-12-04-1000',
    email: 'b@example.jp',
  })
  await s.run("update booking set status = 'waiting' where id = ?", waiting.id)
  expect((await desk.post(`/desk/freed/${waiting.id}`, [['as', 'called']])).location).toContain('/desk#freed')
  await cancel(s.ctx, { token: waiting.token })
  const page = await desk.submit(`/desk/freed/${waiting.id}`, [['as', 'called']])
  expect(page.text).toContain(deskTexts('ja').booking.done.phoned)
})
