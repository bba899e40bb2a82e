import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { amend } from '../../src/booking/amend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { move } from '../../src/booking/move.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { sendOwnMeetingLink } from '../../src/booking/send-meeting-link.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { changeVenue } from '../../src/changes/change-venue.ts'
import { convert } from '../../src/changes/convert.ts'
import { convertBack } from '../../src/changes/convert-back.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { callsToMake } from '../../src/mail/call.ts'
import { deliver } from '../../src/mail/deliver.ts'
import { hearsOf, hearsOfAct } from '../../src/mail/hears.ts'
import { previewOne } from '../../src/mail/preview.ts'
import { restore, restored } from '../../src/waitlist/restore.ts'
import { as } from '../acts.ts'
import { MITO, NOW, type World } from '../world.ts'
import { booked, mailWorld } from './fixtures.ts'
import { type PostOffice, postOffice } from './post-office.ts'

let w: World
let office: PostOffice
let minutes: number

beforeEach(async () => {
  w = await mailWorld()
  office = await postOffice()
  minutes = 0
})
afterEach(async () => {
  await office.close()
  await w.close()
})

const why = { reason_ja: '大雪のため' }
const desk = () => as(w, 'desk')

/** Each act, and one that takes it back. */
const PAIRS = {
  move: [
    (id: string) => move(desk(), { id }, { session: MITO, slot: `${MITO}-1100`, format: 'onsite' }),
    (id: string) => move(desk(), { id }, { session: MITO, slot: `${MITO}-1000`, format: 'onsite' }),
  ],
  amend: [
    (id: string) => amend(desk(), { id }, { seats: 2, format: 'onsite' }),
    (id: string) => amend(desk(), { id }, { seats: 1, format: 'onsite' }),
  ],
  cancel: [(id: string) => cancel(desk(), { id }), (id: string) => restore(desk(), id)],
  'call off': [() => callOff(desk(), MITO, why), () => holdAgain(desk(), MITO, why)],
  convert: [() => convert(desk(), MITO, { into: 'online', ...why }), () => convertBack(desk(), MITO, why)],
  reschedule: [
    () => reschedule(desk(), MITO, { date: '2026-12-03', starts: null, ...why }),
    () => reschedule(desk(), MITO, { date: '2026-11-27', starts: null, ...why }),
  ],
  postpone: [
    () => reschedule(desk(), MITO, { date: null, starts: null, ...why }),
    () => reschedule(desk(), MITO, { date: '2026-11-27', starts: null, ...why }),
  ],
  venue: [
    () => changeVenue(desk(), MITO, { venue: 'hall', ...why }),
    (_: string, venue: string) => changeVenue(desk(), MITO, { venue, ...why }),
  ],
} as const

const hears = async (id: string) => {
  const booking = await bookingById(w.system, id)
  return booking ? hearsOf(w.system, booking) : null
}

describe.each(Object.keys(PAIRS) as (keyof typeof PAIRS)[])('after %s', (name) => {
  test.each(['mail', 'call'] as const)('and back the page says %s, or nothing, as it then happens', async (way) => {
    await w.run(
      "insert into venue (id, prefecture, name_ja, name_en, address, area_only, revision) values ('hall', '08', '大洗の会館', 'Oarai Hall', '大洗町1-1', 0, 0)",
    )
    const [venue = ''] = await w.column<string>('select venue from session where id = ?', MITO)
    const { id } = await booked(w)
    await deliver(w.system, office.mailer(), 'one')
    if (way === 'call') await w.run('update booking set email = null where id = ?', id)
    office.received.splice(0)
    const [does, back] = PAIRS[name]
    const act = async (run: typeof does | typeof back) => {
      w.at(plusMinutes(NOW, ++minutes))
      expect(await run(id, venue)).toMatchObject({ ok: true })
      return hears(id)
    }
    expect(await act(does)).toBe(way)
    expect(await act(back)).toBe('nothing')
    await deliver(w.system, office.mailer(), 'one')
    expect([office.received, await callsToMake(desk())]).toEqual([[], []])
    expect(await hears(id)).toBe('nothing')
    expect(await act(does)).toBe(way)
    await deliver(w.system, office.mailer(), 'one')
    expect([office.received.length, (await callsToMake(desk())).length]).toEqual(way === 'mail' ? [1, 0] : [0, 1])
    expect(await hears(id)).toBe(way)
  })
})

test('a link of a meeting is told by letter or call, and not once it is told', async () => {
  const { id } = await booked(w, { format: 'online' })
  await deliver(w.system, office.mailer(), 'one')
  await w.run('update booking set email = null where id = ?', id)
  expect(await sendOwnMeetingLink(desk(), id, { url: 'https://meet.example/a' })).toMatchObject({ ok: true })
  expect(await hears(id)).toBe('call')
  await w.run("update outbox set state = 'sent'")
  expect(await hears(id)).toBe('known')
})

test('a letter that cannot leave is not promised', async () => {
  const { id } = await booked(w)
  await w.run("update outbox set state = 'failed', fault = 'capped' where subject = ?", id)
  expect(await hears(id)).toBe('failed')
})

test('people who agreed to short messages hear by one, if the house sends them', async () => {
  const { id } = await booked(w, { phone: '090-1234-5678' })
  await w.run("update outbox set state = 'sent'")
  await w.run('update booking set email = null, sms = 1 where id = ?', id)
  await cancel(desk(), { id })
  expect(await hears(id)).toBe('call')
  const texting = { ...w.system, config: { ...w.system.config, smsUrl: 'https://sms.example/' } }
  const booking = await bookingById(w.system, id)
  expect(booking && (await hearsOf(texting, booking))).toBe('sms')
})

test('an act on a session counts its people by the way in which they hear', async () => {
  const [one, two, three] = [
    await booked(w),
    await booked(w, { slot: `${MITO}-1100` }),
    await booked(w, { slot: `${MITO}-1300` }),
  ]
  await deliver(w.system, office.mailer(), 'one')
  await w.run('update booking set email = null where id = ?', two.id)
  const ids = [one.id, two.id, three.id]
  w.at(plusMinutes(NOW, 1))
  await callOff(desk(), MITO, why)
  const none = { mail: 0, sms: 0, call: 0, nothing: 0, failed: 0, known: 0 }
  expect(await hearsOfAct(w.system, ['called_off'], ids)).toEqual({ ...none, mail: 2, call: 1 })
  w.at(plusMinutes(NOW, 2))
  await holdAgain(desk(), MITO, why)
  expect(await hearsOfAct(w.system, ['held_again'], ids)).toEqual({ ...none, nothing: 3 })
  expect(await hearsOfAct(w.system, ['called_off'], ids)).toEqual(none)
})

test('the look at an act that takes back what nobody heard shows no letter', async () => {
  const { id } = await booked(w)
  await deliver(w.system, office.mailer(), 'one')
  await cancel(desk(), { id })
  const booking = await bookingById(w.system, id)
  if (!booking) throw new Error('gone')
  const look = () => previewOne(w.system, 'restored', booking, (one) => restored(one, w.ctx.clock.now()))
  expect(await look()).toMatchObject({ letters: [], spoken: [], silent: [{ id }] })
  await deliver(w.system, office.mailer(), 'one')
  expect((await look()).letters).toHaveLength(1)
})
