import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { amend } from '../../src/booking/amend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { move } from '../../src/booking/move.ts'
import { remind } from '../../src/booking/remind.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { callList } from '../../src/changes/queries.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { callOf, callsToMake } from '../../src/mail/call.ts'
import { dropCalls } from '../../src/mail/drop-calls.ts'
import type { Letter } from '../../src/mail/letters.ts'
import { as } from '../acts.ts'
import { tickAndSend } from '../mail/fixtures.ts'
import { application, MITO, type World } from '../world.ts'
import { booked, journal, letters, mito } from './fixtures.ts'

/** Thursday 26 November 2026, 10:00 in Japan: the day before. */
const DAY_BEFORE = '2026-11-26T01:00:00.000Z'
const WHY = { reason_ja: '講師の都合により' }

let w: World
beforeEach(async () => {
  w = await mito({ env: { SMTP_URL: 'smtp://localhost' } })
})
afterEach(() => w.close())

const reminders = async () => (await letters(w)).filter((letter) => letter.kind === 'reminder')

function recording() {
  const sent: Letter[] = []
  return { sent, send: async (letter: Letter) => ({ ok: Boolean(sent.push(letter)) as true }), close: () => undefined }
}

describe('the day before', () => {
  test('everybody with a place and an e-mail is reminded once, in the daytime', async () => {
    const { id } = await booked(w)
    await booked(w, application({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' }))
    await booked(w, application({ seats: 2, waitlist: true }))
    const mailer = recording()
    w.at('2026-11-25T22:59:00.000Z')
    await tickAndSend(w.system, mailer, 'one')
    expect(await reminders()).toEqual([])
    w.at(DAY_BEFORE)
    await tickAndSend(w.system, mailer, 'one')
    await tickAndSend(w.system, mailer, 'two')
    const [first, ...others] = mailer.sent.filter((letter) => letter.subject.startsWith('【前日のご案内】'))
    expect(others).toEqual([])
    expect(first?.calendar).toBeNull()
    expect(first?.text).toContain('日時：2026年11月27日(金) 10:00〜10:50')
    expect(await reminders()).toMatchObject([{ subject: id, dedupe_key: '2026-11-27', state: 'sent' }])
  })

  test('the record of each booking shows it, with the day', async () => {
    const ids = [(await booked(w)).id, (await booked(w)).id]
    w.at(DAY_BEFORE)
    await remind(w.system)
    expect(await remind(w.system)).toEqual({ ok: true, reminded: 0 })
    const told = (await journal(w)).filter((line) => line.act === 'booking.reminded')
    expect(told.map((line) => line.subject).toSorted()).toEqual(ids.toSorted())
    expect(told.map((line) => line.detail)).toEqual([{ date: '2026-11-27' }, { date: '2026-11-27' }])
  })

  test('people on the web who have no meeting link yet are told so', async () => {
    await booked(w, application({ format: 'online' }))
    const mailer = recording()
    w.at(DAY_BEFORE)
    await tickAndSend(w.system, mailer, 'one')
    const reminder = mailer.sent.find((letter) => letter.subject.startsWith('【前日のご案内】'))
    expect(reminder?.text.replaceAll(/\s/g, '')).toContain('接続先はまだお送りしていません。窓口からご案内します。')
  })

  test('a call that was taken back before anybody rang leaves the one that reminds', async () => {
    const [{ id }, moved] = [await booked(w), await booked(w, application({ slot: `${MITO}-1100` }))]
    await w.run("update outbox set state = 'sent'")
    await w.run('update booking set email = null')
    await callOff(w.system, MITO, WHY)
    await holdAgain(w.system, MITO, WHY)
    await move(as(w, 'desk'), { id: moved.id }, { session: MITO, slot: `${MITO}-1300` })
    w.at(DAY_BEFORE)
    await tickAndSend(w.system, recording(), 'one')
    const calls = await callsToMake(w.system)
    expect(Object.fromEntries(calls.map(({ booking, kind }) => [booking, kind]))).toEqual({
      [id]: 'reminder',
      [moved.id]: 'moved',
    })
    expect(await callList(w.system)).toHaveLength(2)
    expect(await dropCalls(w.system)).toEqual({ ok: true, dropped: 0 })
  })

  test('people who cancelled, wait or booked today are not reminded, by letter or by telephone', async () => {
    const { token } = await booked(w)
    await cancel(w.ctx, { token })
    w.at('2026-11-25T15:30:00.000Z')
    await booked(w)
    const bare = await booked(w)
    await w.run('update booking set email = null where id = ?', bare.id)
    w.at(DAY_BEFORE)
    expect(await remind(w.system)).toEqual({ ok: true, reminded: 0 })
  })

  test('fewer people, a new name or a failed letter of the same day leave the reminder', async () => {
    const [fewer, failed] = [
      await booked(w, application({ seats: 2 })),
      await booked(w, application({ slot: `${MITO}-1100` })),
    ]
    w.at('2026-11-25T22:00:00.000Z')
    expect(await amend(w.ctx, { token: fewer.token }, { seats: 1 })).toMatchObject({ ok: true })
    await move(w.ctx, { token: failed.token }, { session: MITO, slot: `${MITO}-1300` })
    await w.run("update outbox set state = 'failed' where kind = 'moved'")
    w.at(DAY_BEFORE)
    expect(await remind(w.system)).toEqual({ ok: true, reminded: 2 })
  })

  test('a reminder that has been overtaken does not leave', async () => {
    const one = await booked(w)
    await booked(w)
    w.at(DAY_BEFORE)
    expect(await remind(w.system)).toEqual({ ok: true, reminded: 2 })
    await cancel(w.ctx, { token: one.token })
    await reschedule(w.system, 'ibaraki-2026-11-27', { date: '2026-11-30', starts: null, ...WHY })
    const mailer = recording()
    await tickAndSend(w.system, mailer, 'one')
    expect((await reminders()).map((letter) => letter.state)).toEqual(['superseded', 'superseded'])
    expect(mailer.sent.some((letter) => letter.subject.startsWith('【前日のご案内】'))).toBe(false)
  })

  test('who has no e-mail is called instead, with what to say, until the day begins', async () => {
    const { id } = await booked(w)
    await w.run('update booking set email = null where id = ?', id)
    w.at(DAY_BEFORE)
    expect(await remind(w.system)).toEqual({ ok: true, reminded: 1 })
    expect(await remind(w.system)).toEqual({ ok: true, reminded: 0 })
    const [call, ...others] = await callList(as(w, 'desk'))
    expect([call?.kind, call?.booking, others]).toEqual(['reminder', id, []])
    const { heading, facts } = await callOf(as(w, 'desk'), call?.id ?? '')
    expect(heading).toBe('明日のご予約のご案内')
    expect(facts).toContainEqual({ label: '日時', value: '2026年11月27日(金) 10:00〜10:50' })
    expect((await journal(w)).filter((line) => line.act === 'booking.reminded')).toEqual([])
    w.at('2026-11-26T23:00:00.000Z')
    await remind(w.system)
    expect(await callList(as(w, 'desk'))).toEqual([])
  })

  test('who is to be called about a change anyway is not called twice', async () => {
    const { id } = await booked(w)
    await w.run('update booking set email = null where id = ?', id)
    await move(as(w, 'desk'), { id }, { session: MITO, slot: `${MITO}-1500` })
    w.at(DAY_BEFORE)
    expect(await remind(w.system)).toEqual({ ok: true, reminded: 0 })
    expect((await callList(as(w, 'desk'))).map(({ kind }) => kind)).toEqual(['moved'])
  })

  test('whose mail server refused the reminder is called that day', async () => {
    await booked(w)
    w.at(DAY_BEFORE)
    const fault = { ok: false, permanent: true, fault: '550' } as const
    const refusing = { send: async () => fault, close: () => undefined }
    await w.run("update outbox set state = 'sent' where kind = 'booked'")
    await tickAndSend(w.system, refusing, 'one')
    expect(await callList(as(w, 'desk'))).toMatchObject([{ kind: 'reminder', undelivered: true }])
    w.at('2026-11-26T23:00:00.000Z')
    await remind(w.system)
    expect(await callList(as(w, 'desk'))).toEqual([])
  })

  test('a session put on another day is reminded of before its new day', async () => {
    const { id } = await booked(w)
    await reschedule(w.system, 'ibaraki-2026-11-27', { date: '2026-11-30', starts: null, ...WHY })
    w.at(DAY_BEFORE)
    expect(await remind(w.system)).toEqual({ ok: true, reminded: 0 })
    w.at('2026-11-29T01:00:00.000Z')
    expect(await remind(w.system)).toEqual({ ok: true, reminded: 1 })
    expect(await remind(w.system)).toEqual({ ok: true, reminded: 0 })
    expect(await reminders()).toMatchObject([{ subject: id, dedupe_key: '2026-11-30' }])
  })
})

test('only the clockwork reminds', async () => {
  await expect(remind(w.ctx)).rejects.toThrow('only for the system')
})
