import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { correct } from '../../src/booking/correct.ts'
import { remind } from '../../src/booking/remind.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { convert } from '../../src/changes/convert.ts'
import { convertBack } from '../../src/changes/convert-back.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { markCalled } from '../../src/changes/mark-called.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { unmarkCalled } from '../../src/changes/unmark-called.ts'
import { tick } from '../../src/clockwork.ts'
import { callsToMake } from '../../src/mail/call.ts'
import { deliver } from '../../src/mail/deliver.ts'
import type { Sent } from '../../src/mail/mailer.ts'
import { resend } from '../../src/mail/resend.ts'
import { stopMessages } from '../../src/messages/choose-messages.ts'
import { sendMessage } from '../../src/messages/send-message.ts'
import { erase } from '../../src/retention/erase.ts'
import { restore } from '../../src/waitlist/restore.ts'
import { as } from '../acts.ts'
import { MITO, NOW, type World } from '../world.ts'
import { booked, mailWorld } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mailWorld()
})
afterEach(() => w.close())

const OK: Sent = { ok: true }
const REFUSED: Sent = { ok: false, permanent: true, fault: 'RCPT TO: 550' }
const LATER: Sent = { ok: false, permanent: false, fault: 'RCPT TO: 450' }

/** One round of the sender whose server answers so, after `before`. */
const round = (sent: Sent, before: () => unknown = () => undefined) => {
  const send = async () => {
    await before()
    return sent
  }
  return deliver(w.system, { send, close: () => undefined }, 'one')
}
const calls = () => callsToMake(as(w, 'desk'))
const failed = async () => (await w.column<string>("select id from outbox where state = 'failed'"))[0] ?? ''

/** The desk takes the address of a booking away. */
async function withoutAddress(id: string) {
  const person = { company: '大洗建設', name: '海野 次郎', name_kana: 'うんの じろう', phone: '090-1234-5678' }
  expect(await correct(as(w, 'desk'), id, { ...person, email: '', revision: 0 })).toMatchObject({ ok: true })
}

describe('a call for a letter that their mail server refused', () => {
  const QUEUED = {
    reminder: async () => {
      w.at('2026-11-26T01:00:00.000Z')
      await remind(w.system)
    },
    message: async () => {
      await sendMessage(as(w, 'desk'), { kind: 'session', id: MITO }, { subject_ja: '駐車場', body_ja: '満車です。' })
    },
  }

  test.each(['reminder', 'message'] as const)('goes once the %s was sent after all', async (kind) => {
    await booked(w)
    await round(OK)
    await QUEUED[kind]()
    await round(REFUSED)
    expect(await calls()).toMatchObject([{ kind }])
    expect(await resend(as(w, 'desk'), await failed())).toMatchObject({ ok: true })
    await round(REFUSED)
    expect(await calls()).toMatchObject([{ kind }])
    expect(await resend(as(w, 'desk'), await failed())).toMatchObject({ ok: true })
    await round(OK)
    expect(await calls()).toEqual([])
  })

  test('of one message stays if another one was sent', async () => {
    await booked(w)
    await round(OK)
    await QUEUED.message()
    await round(REFUSED)
    await QUEUED.message()
    await round(OK)
    expect(await calls()).toMatchObject([{ kind: 'message' }])
  })

  test('is not made if its reader was erased while it was on its way', async () => {
    const { token } = await booked(w)
    await round(REFUSED, () => erase(w.ctx, { token }))
    expect(await w.column("select id from outbox where channel = 'phone'")).toEqual([])
  })
})

describe('a letter that becomes a call since the address is gone', () => {
  test('was called by nobody yet, however often it was tried', async () => {
    const { id } = await booked(w)
    await round(LATER)
    await withoutAddress(id)
    expect(await calls()).toMatchObject([{ kind: 'booked', attempts: 0 }])
  })

  test('nor if the address went while it was on its way', async () => {
    const { id } = await booked(w)
    await w.run("update outbox set state = 'claimed', claimed_by = 'dead', claimed_until = ?, attempts = 1", NOW)
    await w.run('update booking set email = null where id = ?', id)
    await round(OK)
    expect(await calls()).toMatchObject([{ kind: 'booked', attempts: 0 }])
  })
})

test('a mark as called is not taken back once the person is erased', async () => {
  const { id, token } = await booked(w)
  await w.run("update outbox set channel = 'phone', state = 'sent' where subject = ?", id)
  const [call = ''] = await w.column<string>('select id from outbox where subject = ?', id)
  await erase(w.ctx, { token })
  expect(await unmarkCalled(as(w, 'desk'), call)).toEqual({ ok: true, booking: id, again: true })
  expect(await calls()).toEqual([])
})

describe('what a desk still owes a person whose booking ends and comes back', () => {
  const SLIP = { reason_ja: '中止は誤りでした' }
  const ENDS = {
    'called off and held again': [
      () => callOff(as(w, 'desk'), MITO, { reason_ja: '大雪のため' }),
      () => holdAgain(as(w, 'desk'), MITO, SLIP),
    ],
    'cancelled and restored': [
      (id: string) => cancel(as(w, 'desk'), { id }),
      (id: string) => restore(as(w, 'desk'), id),
    ],
  } as const
  const cases = Object.keys(ENDS).flatMap((end) =>
    (['phone', 'mail'] as const).map((way) => ({ end: end as keyof typeof ENDS, way })),
  )
  const write = (subject_ja: string) =>
    sendMessage(as(w, 'desk'), { kind: 'session', id: MITO }, { subject_ja, body_ja: '満車です。' })
  const owed = () => w.column<string>("select state from outbox where kind = 'message' order by id")

  test.each(cases)('a message by $way is not lost: $end', async ({ end, way }) => {
    const { id } = await booked(w)
    await round(OK)
    if (way === 'phone') await w.run('update booking set email = null where id = ?', id)
    await write('駐車場')
    const [over, back] = ENDS[end]
    w.at(plusMinutes(NOW, 1))
    expect(await over(id)).toMatchObject({ ok: true })
    await deliver(w.system, { send: async () => LATER, close: () => undefined }, 'one')
    expect(await owed()).toEqual(['superseded'])
    w.at(plusMinutes(NOW, 2))
    expect(await back(id)).toMatchObject({ ok: true })
    if (way === 'mail') await round(OK)
    expect(await owed()).toEqual([way === 'mail' ? 'sent' : 'waiting'])
    expect((await calls()).map(({ kind }) => kind)).toEqual(way === 'phone' ? ['message'] : [])
  })

  test.each(Object.keys(ENDS) as (keyof typeof ENDS)[])('one told or refused is not told again: %s', async (end) => {
    const { id } = await booked(w)
    await round(OK)
    await w.run('update booking set email = null where id = ?', id)
    await write('終わった話')
    const [call] = await calls()
    expect(await markCalled(as(w, 'desk'), call?.id ?? '')).toMatchObject({ ok: true })
    w.at(plusMinutes(NOW, 1))
    await write('断られた話')
    expect(await stopMessages(as(w, 'desk'), { id })).toMatchObject({ ok: true })
    const before = await owed()
    const [over, back] = ENDS[end]
    w.at(plusMinutes(NOW, 2))
    await over(id)
    await round(OK)
    w.at(plusMinutes(NOW, 3))
    await back(id)
    expect(before).toEqual(['sent', 'superseded'])
    expect(await owed()).toEqual(before)
  })

  const SHIFTS = {
    ...ENDS,
    'moved and moved back': [
      () => reschedule(as(w, 'desk'), MITO, { date: '2026-12-10', starts: null, ...SLIP }),
      () => reschedule(as(w, 'desk'), MITO, { date: '2026-11-27', starts: null, ...SLIP }),
    ],
    'put on the web and back': [
      () => convert(as(w, 'desk'), MITO, { into: 'online', ...SLIP }),
      () => convertBack(as(w, 'desk'), MITO, { ...SLIP, told: [] }),
    ],
  } as const

  test.each(Object.keys(SHIFTS) as (keyof typeof SHIFTS)[])(
    'a reminder of the day before is called after all, once: %s',
    async (what) => {
      const { id } = await booked(w)
      await w.run("update outbox set state = 'sent'")
      await w.run('update booking set email = null where id = ?', id)
      const eve = '2026-11-26T01:00:00.000Z'
      w.at(eve)
      await tick(w.system)
      expect((await calls()).map(({ kind }) => kind)).toEqual(['reminder'])
      for (const [at, act] of SHIFTS[what].entries()) {
        w.at(plusMinutes(eve, 2 * at + 1))
        expect(await act(id)).toMatchObject({ ok: true })
        w.at(plusMinutes(eve, 2 * at + 2))
        await tick(w.system)
        expect((await calls()).map(({ kind }) => kind)).toHaveLength(1)
      }
      const [call] = await calls()
      expect(call?.kind).toBe('reminder')
      await markCalled(as(w, 'desk'), call?.id ?? '')
      await tick(w.system)
      expect(await calls()).toEqual([])
    },
  )

  test('nobody is called about a promise to a booking that is over or past', async () => {
    const { id } = await booked(w)
    await round(OK)
    await w.run('update booking set email = null where id = ?', id)
    await write('駐車場')
    expect((await calls()).map(({ kind }) => kind)).toEqual(['message'])
    await w.run("update booking set status = 'absent' where id = ?", id)
    await w.run(
      "update outbox set kind = 'booked', before = null, channel = 'phone', state = 'waiting' where kind = 'booked'",
    )
    expect((await calls()).map(({ kind }) => kind)).toEqual(['message'])
    await w.run("update booking set status = 'cancelled', ended = 'cancelled' where id = ?", id)
    expect((await calls()).map(({ kind }) => kind)).not.toContain('message')
  })

  test('a person who was called about a change of that day is not reminded again', async () => {
    const { id } = await booked(w)
    await w.run("update outbox set state = 'sent'")
    await w.run('update booking set email = null where id = ?', id)
    w.at('2026-11-26T01:00:00.000Z')
    await tick(w.system)
    w.at('2026-11-26T01:01:00.000Z')
    await convert(as(w, 'desk'), MITO, { into: 'online', ...SLIP })
    await tick(w.system)
    const [call] = await calls()
    expect(call?.kind).toBe('converted')
    await markCalled(as(w, 'desk'), call?.id ?? '')
    w.at('2026-11-26T01:02:00.000Z')
    await w.run("update chore set done_on = '' where name = 'remind'")
    await tick(w.system)
    expect(await calls()).toEqual([])
  })
})
