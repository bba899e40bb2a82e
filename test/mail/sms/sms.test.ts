import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Forbidden } from '../../../src/base/actor.ts'
import { internationalDigits, isMobile } from '../../../src/base/japan/phone.ts'
import { bookingById } from '../../../src/booking/queries.ts'
import { remind } from '../../../src/booking/remind.ts'
import { callOff } from '../../../src/changes/call-off.ts'
import { convert } from '../../../src/changes/convert.ts'
import { callList } from '../../../src/changes/queries.ts'
import { reschedule } from '../../../src/changes/reschedule.ts'
import { hearsOfAct } from '../../../src/mail/hears.ts'
import { asCalledOff, asConverted, asRescheduled, preview, previewOne } from '../../../src/mail/preview.ts'
import { deliverSms } from '../../../src/mail/sms/deliver-sms.ts'
import { giveBackSms } from '../../../src/mail/sms/give-back.ts'
import { httpSms } from '../../../src/mail/sms/sms.ts'
import { chooseSms } from '../../../src/messages/choose-sms.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { MITO, type World } from '../../world.ts'
import { booked, mailWorld } from '../fixtures.ts'

/** A gateway for short messages on this machine. It answers with `status`, and keeps what it gets. */
let gateway: Server
let url: string
let status = 200
let got: { method: string | undefined; headers: Record<string, unknown>; body: Record<string, string> }[] = []
beforeAll(async () => {
  gateway = createServer((request, answer) => {
    let body = ''
    request.on('data', (part) => {
      body += String(part)
    })
    request.on('end', () => {
      got.push({ method: request.method, headers: request.headers, body: JSON.parse(body) })
      answer.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`
})
afterAll(() => new Promise((resolve) => gateway.close(resolve)))

let w: World
beforeEach(async () => {
  status = 200
  got = []
  w = await mailWorld({ env: { SMS_URL: url, SMS_TOKEN: 'token' } })
})
afterEach(() => w.close())

/** Somebody without an e-mail address who agreed. */
async function agreed(phone = '090-1234-5678', sms = true): Promise<string> {
  const { id } = await booked(w, { phone })
  await w.run('update booking set email = null where id = ?', id)
  await w.run("update outbox set state = 'sent' where subject = ?", id)
  if (sms) await chooseSms(w.system, id, true)
  return id
}
const round = () => deliverSms(w.system, httpSms(url, 'token'), 'one')
const off = () => callOff(as(w, 'desk'), MITO, { reason_ja: '講師の体調不良', reason_en: 'Illness' })
const rows = () => w.rows("select channel, state, attempts, fault from outbox where kind = 'called_off' order by id")

describe('a short message', () => {
  test('takes the place of a call to people who agreed, says what happened and whom to call, and names nobody', async () => {
    const id = await agreed()
    await agreed('029-224-0001').catch(() => undefined)
    expect((await off()).ok).toBe(true)
    expect(await round()).toEqual({ sent: 1, waiting: 0, called: 0, superseded: 0 })
    const [{ method, headers, body } = { method: '', headers: {}, body: {} }] = got
    expect([method, headers.authorization, headers['content-type']]).toEqual([
      'POST',
      'Bearer token',
      'application/json',
    ])
    expect(body.to).toBe('+819012345678')
    expect(headers['idempotency-key']).toBe(body.id)
    for (const part of ['中止', '11月27日', 'IB-1127-01', '講師の体調不良', '/b/', '03-5422-1517'])
      expect(body.text).toContain(part)
    expect(body.text).not.toContain('髙橋')
    expect(await w.rows('select channel, state, subject from outbox where id = ?', body.id)).toEqual([
      { channel: 'sms', state: 'sent', subject: id },
    ])
    expect(await round()).toEqual({ sent: 0, waiting: 0, called: 0, superseded: 0 })
  })

  test('goes to nobody who did not agree, has an e-mail address or no mobile telephone, nor without a gateway', async () => {
    await agreed('090-1234-5678', false)
    expect((await off()).ok).toBe(true)
    expect(await round()).toEqual({ sent: 0, waiting: 0, called: 0, superseded: 0 })
    expect(await callList(w.system)).toHaveLength(1)
    const numbers = [
      '09012345678',
      '08011112222',
      '07011112222',
      '08001112222',
      '0292240001',
      '05011112222',
      '0901234567',
    ]
    expect(numbers.map(isMobile)).toEqual([true, true, true, false, false, false, false])
    expect(internationalDigits('09012345678')).toBe('+819012345678')
  })

  test('reminds of tomorrow by day, and never wakes anybody', async () => {
    await agreed()
    w.at('2026-11-26T01:00:00.000Z')
    expect((await remind(w.system)).reminded).toBe(1)
    w.at('2026-11-26T13:00:00.000Z') // 22:00 in Japan
    expect(await round()).toMatchObject({ sent: 0 })
    w.at('2026-11-26T01:30:00.000Z')
    expect(await round()).toMatchObject({ sent: 1 })
    expect(got[0]?.body.text).toContain('11月27日')
  })

  test.each([400, 422])('that the gateway refuses with %i is a call at once, and stays one', async (answered) => {
    status = answered
    await agreed()
    await off()
    expect(await round()).toEqual({ sent: 0, waiting: 0, called: 1, superseded: 0 })
    expect(await rows()).toEqual([{ channel: 'phone', state: 'waiting', attempts: 0, fault: `SMS: HTTP ${answered}` }])
    expect(await callList(w.system)).toHaveLength(1)
    await round()
    expect(got).toHaveLength(1)
  })

  test.each([302, 401, 429, 503])('that meets %i is tried three times, then somebody is called', async (answered) => {
    status = answered
    await agreed()
    await off()
    expect(await round()).toMatchObject({ waiting: 1 })
    expect(await callList(w.system)).toEqual([])
    for (const minutes of [3, 15]) {
      w.at(new Date(Date.parse('2026-11-22T01:00:00.000Z') + minutes * 60_000).toISOString())
      await round()
    }
    expect(await rows()).toEqual([{ channel: 'phone', state: 'waiting', attempts: 0, fault: `SMS: HTTP ${answered}` }])
    expect([got.length, new Set(got.map(({ body }) => body.id)).size]).toEqual([3, 1])
  })

  test('to a gateway that is not there waits', async () => {
    await agreed()
    await off()
    expect(await deliverSms(w.system, httpSms('http://127.0.0.1:1/', null), 'one')).toMatchObject({ waiting: 1 })
    expect(await w.column("select fault from outbox where channel = 'sms'")).toEqual(['SMS: not reached (TypeError)'])
  })

  test('that waits is a call again if its holder withdrew, or if there is no gateway any more', async () => {
    status = 503
    const id = await agreed()
    await off()
    await round()
    w.at('2026-11-22T01:05:00.000Z')
    await giveBackSms(w.system)
    expect(await rows()).toMatchObject([{ channel: 'sms' }])
    await giveBackSms({ ...w.system, config: { ...w.ctx.config, smsUrl: null } })
    expect(await rows()).toMatchObject([{ channel: 'phone', state: 'waiting', attempts: 0 }])
    await w.run("update outbox set channel = 'sms' where kind = 'called_off'")
    await chooseSms(w.system, id, false)
    expect(await round()).toMatchObject({ called: 1 })
    expect(await callList(w.system)).toHaveLength(1)
  })

  test('that cannot be written stops no other, and is a call in the end', async () => {
    await agreed()
    await agreed('080-1111-2222')
    await off()
    const [first] = await w.column<string>("select id from outbox where kind = 'called_off' order by id")
    await w.run("update outbox set before = 'no JSON' where id = ?", first)
    expect(await round()).toEqual({ sent: 1, waiting: 1, called: 0, superseded: 0 })
    for (const minutes of [3, 15]) {
      w.at(new Date(Date.parse('2026-11-22T01:00:00.000Z') + minutes * 60_000).toISOString())
      await round()
    }
    const fault = 'could not be written: SyntaxError'
    expect(await rows()).toMatchObject([{ channel: 'phone', state: 'waiting', attempts: 0, fault }, { state: 'sent' }])
  })

  test('is not begun for numbers that no mobile telephone has', async () => {
    const id = await agreed()
    await off()
    for (const digits of ['08001112222', '09001112222', '0901234567']) {
      await w.run('update booking set phone = ?, phone_digits = ? where id = ?', digits, digits, id)
      expect(await round()).toEqual({ sent: 0, waiting: 0, called: 0, superseded: 0 })
    }
  })

  test('is sent by the sender alone', async () => {
    await expect(deliverSms(as(w, 'desk'), httpSms(url, null), 'one')).rejects.toThrow(Forbidden)
    await expect(giveBackSms(as(w, 'desk'))).rejects.toThrow(Forbidden)
  })
})

test('the desk records who agrees to short messages, and who wants none any more', async () => {
  const { id } = await booked(w)
  expect(await mayDo(w, (ctx) => chooseSms(ctx, id, true))).toEqual(['desk', 'secretariat', 'system'])
  expect(await chooseSms(as(w, 'desk'), id, true)).toEqual({ ok: true, booking: id, again: true })
  expect(await chooseSms(as(w, 'desk'), id, false)).toEqual({ ok: true, booking: id, again: false })
  expect((await lines(w, id)).map(({ act }) => act)).toContain('booking.sms_agreed')
  expect((await lines(w, id)).map(({ act }) => act)).toContain('booking.sms_refused')
})

const why = { reason_ja: '講師の体調不良', reason_en: 'Illness' }
const because = { ja: why.reason_ja, en: why.reason_en }
const day = '2026-12-03'

describe('the look before an act', () => {
  test.each([
    ['called_off', asCalledOff(because), () => callOff(as(w, 'desk'), MITO, why)],
    ['converted', asConverted('online', because), () => convert(as(w, 'desk'), MITO, { into: 'online', ...why })],
    [
      'rescheduled',
      asRescheduled(day, null, because),
      () => reschedule(as(w, 'desk'), MITO, { date: day, starts: null, ...why }),
    ],
  ] as const)('%s has the short message that leaves, and how many get one', async (kind, after, run) => {
    const id = await agreed()
    const { id: called } = await booked(w, { phone: '029-224-0009', slot: `${MITO}-1100` })
    await w.run('update booking set email = null where id = ?', called)
    const look = await preview(as(w, 'desk'), kind, [MITO], after)
    expect([look.texted.map((one) => one.id), look.calls.map((one) => one.id)]).toEqual([[id], [called]])
    expect([look.messages.length, look.spoken.length]).toEqual([1, 1])
    expect((await run()).ok).toBe(true)
    expect(await hearsOfAct(w.system, [kind], [id, called])).toMatchObject({ sms: 1, call: 1 })
    await round()
    const said = (text = '') => text.split('\n').filter((line) => !line.includes('/b/'))
    expect(said(look.messages[0]?.text).length).toBeGreaterThan(3)
    expect(said(look.messages[0]?.text)).toEqual(said(got[0]?.body.text).filter(Boolean))
  })

  test('of one booking has it too, and never the link that lets its holder in', async () => {
    const id = await agreed()
    const booking = await bookingById(w.system, id)
    if (!booking) throw new Error('no booking')
    const look = await previewOne(as(w, 'desk'), 'called_off', booking, asCalledOff(because))
    expect([look.texted.length, look.calls.length, look.spoken.length]).toEqual([1, 0, 0])
    expect(look.messages[0]?.text).toContain('中止')
    await off()
    await round()
    const link = /\/b\/\S+/.exec(got[0]?.body.text ?? '')?.[0] ?? ''
    expect(link).not.toBe('')
    expect(look.messages[0]?.text).not.toContain(link)
  })

  test('without a gateway has a call', async () => {
    const id = await agreed()
    const own = { ...as(w, 'desk'), config: { ...w.system.config, smsUrl: null } }
    const look = await preview(own, 'called_off', [MITO], asCalledOff(because))
    expect([look.texted, look.messages, look.calls.map((one) => one.id)]).toEqual([[], [], [id]])
  })
})
