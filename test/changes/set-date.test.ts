import { assert, integer, nat, property } from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { hmac } from '../../src/base/token.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { setDate } from '../../src/changes/set-date.ts'
import { askToBeTold } from '../../src/interest/ask.ts'
import { confirmInterest } from '../../src/interest/confirm.ts'
import { endInterest } from '../../src/interest/end.ts'
import { earlyAccessUntil } from '../../src/interest/interest.ts'
import { notifySettled } from '../../src/interest/notify-settled.ts'
import { deliver } from '../../src/mail/deliver.ts'
import type { Letter } from '../../src/mail/letters.ts'
import { findings } from '../../src/node/findings.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { ask, booked, forSeminar, mito } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { seminar } from '../schedule/fixtures.ts'
import { application, NOW, type World, world } from '../world.ts'

const DAY = { date: '2026-12-15', starts: '13:00', ends: '16:00' }
const WHY = { reason_ja: '講師の都合により' }
const BESIDE = { beside: '講師が二人いるため' }
const HOUR = 3_600_000

let w: World
beforeEach(async () => {
  w = await mito({ env: { SMTP_URL: 'smtp://localhost' } })
  await publishSession(w.system, seminar({ id: 'later', date: null, hours: null, formats: [], capacity: null }))
})
afterEach(() => w.close())

const later = () => sessionById(w.ctx, 'later')
const asking = (changes: Record<string, unknown> = {}) => forSeminar({ session: 'later', ...changes })

/** Registers an interest and confirms it. Returns the token of the link. */
async function interested(email = 'hanako@example.jp'): Promise<string> {
  await askToBeTold(w.ctx, 'later', { email, consent: true })
  const [id] = await w.column<string>('select id from interest where email = ?', email)
  const token = await hmac(w.ctx.config.secrets[0] ?? '', `${id}.interest`)
  await confirmInterest(w.ctx, token)
  return token
}

describe('settling gives a session', () => {
  test('all that is needed to book it, in one step', async () => {
    const venue = { id: 'tottori', prefecture: '31', name_ja: '鳥取の会場', name_en: 'Tottori hall' }
    await addVenue(w.system, { ...venue, address: null, area_only: 0, printed: null })
    const all = { ...DAY, formats: ['online', 'onsite'], venue: 'tottori', capacity: '２' }
    expect(await setDate(w.system, 'later', all)).toEqual({ ok: true, session: 'later', told: 0, again: false })
    expect(await later()).toMatchObject({
      status: 'open',
      settled: 'time',
      formats: ['onsite', 'online'],
      capacity: 2,
      sequence: 1,
      venue: { name: { ja: '鳥取の会場' } },
    })
    expect(await setDate(w.system, 'later', all)).toMatchObject({ ok: true, again: true })
    expect(await setDate(w.system, 'later', { ...all, formats: ['phone'] })).toEqual({ ok: false, why: 'closed' })
    await booked(w, asking({ seats: 2 }))
    expect(await ask(w, asking())).toMatchObject({ ok: false, why: 'full' })
  })

  test('hours only if it is held in some way; until then nothing changes', async () => {
    const before = await later()
    for (const [given, errors] of [
      [DAY, { formats: 'required' }],
      [{ ...DAY, formats: [] }, { formats: 'required' }],
      [{ ...DAY, formats: ['letter'] }, { formats: 'choice' }],
      [{ ...DAY, formats: 'online', venue: 'nowhere' }, { venue: 'choice' }],
      [{ ...DAY, formats: 'online', capacity: '0' }, { capacity: 'number' }],
      [{ starts: '13:00', ends: '16:00', formats: 'online' }, { date: 'required' }],
      [{ ...DAY, starts: null, formats: 'online' }, { starts: 'required' }],
      [{ ...DAY, ends: '', formats: 'online' }, { ends: 'required' }],
      [{ ...DAY, date: '2028-04-01', formats: 'online' }, { date: 'choice' }],
      [{ date: '2026-11-21' }, { date: 'choice' }],
    ] as const) {
      expect([given, await setDate(w.system, 'later', given)]).toEqual([given, { ok: false, why: 'invalid', errors }])
    }
    expect(await later()).toEqual(before)
    expect(await w.column("select act from journal where act like 'session.settled'")).toEqual([])
  })

  test('no venue of another prefecture', async () => {
    await addVenue(w.system, {
      id: 'mito-hall',
      prefecture: '08',
      name_ja: '',
      name_en: '',
      address: null,
      area_only: 0,
      printed: null,
    })
    const elsewhere = { ...DAY, formats: 'onsite', venue: 'mito-hall' }
    expect(await setDate(w.system, 'later', elsewhere)).toMatchObject({ errors: { venue: 'choice' } })
  })

  test('its date first and its hours later; people are notified only then', async () => {
    await interested()
    const { date } = DAY
    expect(await setDate(w.system, 'later', { date })).toEqual({ ok: true, session: 'later', told: 0, again: false })
    expect(await setDate(w.system, 'later', { date })).toMatchObject({ again: true })
    expect(await later()).toMatchObject({ status: 'undecided', settled: 'date', date, sequence: 1 })
    await notifySettled(w.system)
    expect(await w.column("select kind from outbox where kind = 'settled'")).toEqual([])
    const hours = { starts: '13:00', ends: '16:00', formats: ['online'] }
    expect(await setDate(w.system, 'later', hours)).toMatchObject({ ok: true, told: 1, again: false })
    expect(await later()).toMatchObject({ status: 'not_yet_open', settled: 'time', date, sequence: 2 })
    expect(await w.column("select act from journal where subject = 'later' order by act")).toEqual([
      'session.dated',
      'session.published',
      'session.settled',
    ])
  })

  test('another date as long as it has no hours', async () => {
    await setDate(w.system, 'later', { date: '2026-12-14', formats: 'online', capacity: 10 })
    expect(await setDate(w.system, 'later', DAY)).toMatchObject({ ok: true, again: false })
    expect(await later()).toMatchObject({ date: DAY.date, formats: ['online'], capacity: 10 })
  })

  test('never less room than is taken', async () => {
    for (let i = 0; i < 2; i++) await booked(w, forSeminar())
    await w.run("update session set starts_at = null, ends_at = null where id = 'seminar'")
    expect(await setDate(w.system, 'seminar', { ...DAY, capacity: 1 })).toMatchObject({ errors: { capacity: 'seats' } })
    expect(await setDate(w.system, 'seminar', { ...DAY, capacity: 2 })).toMatchObject({ ok: true })
    expect(await sessionById(w.ctx, 'seminar')).toMatchObject({ status: 'full' })
  })

  test('what was asked for last, or nothing, if it changes meanwhile', async () => {
    const slower = meanwhile(w, () => setDate(w.system, 'later', { date: '2026-12-14', capacity: 7 }))
    const asStaff = { ...slower.ctx, actor: w.system.actor }
    expect(await setDate(asStaff, 'later', { ...DAY, formats: 'online' })).toMatchObject({ ok: true })
    expect(await later()).toMatchObject({ date: DAY.date, capacity: 7, sequence: 2 })
    await publishSession(w.system, seminar({ id: 'off', date: null, hours: null }))
    const called = meanwhile(w, () => callOff(w.system, 'off', WHY))
    expect(await setDate({ ...called.ctx, actor: w.system.actor }, 'off', { ...DAY, ...BESIDE })).toEqual({
      ok: false,
      why: 'closed',
    })
  })
})

describe('the first right', () => {
  const between = integer({ min: 0, max: 30 * 24 * 60 })

  test('never lasts longer than wanted, nor past half the time there is to book', () => {
    assert(
      property(between, between, nat(59_999), (wanted, minutes, ms) => {
        const now = new Date(Date.parse(NOW) + ms).toISOString()
        const closes = plusMinutes(NOW, minutes)
        const until = earlyAccessUntil(now, plusMinutes(now, wanted), closes)
        const lasts = Date.parse(until) - Date.parse(now)
        const left = Math.max(0, Date.parse(closes) - Date.parse(now))
        expect(lasts).toBeGreaterThanOrEqual(0)
        expect(lasts).toBeLessThanOrEqual(Math.min(wanted * 60_000, left / 2))
      }),
    )
  })

  test('ends half way if booking closes sooner, and everybody else still gets in', async () => {
    await interested()
    // Monday is a holiday: booking closes on Tuesday at 15:00, 53 hours from now, so that a whole day first is no trouble.
    expect(await setDate(w.system, 'later', { ...DAY, date: '2026-11-25', formats: 'online' })).toMatchObject({
      told: 1,
    })
    expect((await later())?.opens_at).toBe(plusMinutes(NOW, 24 * 60))
    w.at('2026-11-24T01:00:00.000Z')
    expect(await later()).toMatchObject({ status: 'open' })

    await publishSession(w.system, seminar({ id: 'soon', date: null, hours: null }))
    await askToBeTold(w.ctx, 'soon', { email: 'taro@example.jp', consent: true })
    await w.run("update interest set state = 'confirmed' where session = 'soon'")
    await setDate(w.system, 'soon', { ...DAY, date: '2026-11-25', ...BESIDE })
    const soon = () => sessionById(w.ctx, 'soon')
    expect(await soon()).toMatchObject({ status: 'not_yet_open', closes_at: '2026-11-24T06:00:00.000Z' })
    expect((await soon())?.opens_at).toBe('2026-11-24T03:30:00.000Z')
    await notifySettled(w.system)
    expect(await w.column("select first_until from interest where session = 'soon'")).toEqual([
      (await soon())?.opens_at,
    ])
    w.at('2026-11-24T03:30:00.000Z')
    await booked(w, asking({ session: 'soon' }))
    w.at('2026-11-24T06:00:00.000Z')
    expect(await ask(w, asking({ session: 'soon' }))).toMatchObject({ ok: false, why: 'closed' })
  })

  test('opens nothing after the deadline, whatever the rows say', async () => {
    const token = await interested()
    await setDate(w.system, 'later', { ...DAY, date: '2026-11-25', formats: 'online' })
    await notifySettled(w.system)
    await w.run("update session set opens_at = '2026-11-25T01:00:00.000Z' where id = 'later'")
    await w.run("update interest set first_until = '2026-11-25T01:00:00.000Z'")
    w.at('2026-11-24T05:59:00.000Z')
    await booked(w, asking({ first: token }))
    w.at('2026-11-24T06:00:00.000Z')
    expect(await ask(w, asking({ first: token }))).toMatchObject({ ok: false, why: 'closed' })
  })

  test('ends sooner if the session is put on an earlier day', async () => {
    await interested()
    await setDate(w.system, 'later', { ...DAY, formats: 'online' })
    const opens = async () => Date.parse((await later())?.opens_at ?? '') - Date.parse(NOW)
    expect(await opens()).toBe(24 * HOUR)
    await reschedule(w.system, 'later', { date: '2026-12-14', starts: null, ...WHY })
    expect(await opens()).toBe(24 * HOUR)
    w.at('2026-11-22T05:00:00.000Z')
    await reschedule(w.system, 'later', { date: '2026-11-24', starts: '15:00', ...WHY })
    // Booking closed on Friday at 15:00 already, so early access keeps nobody out.
    expect(await opens()).toBe(4 * HOUR)
  })
})

describe('the letters', () => {
  function recording() {
    const sent: Letter[] = []
    return {
      sent,
      send: async (letter: Letter) => ({ ok: Boolean(sent.push(letter)) as true }),
      close: () => undefined,
    }
  }
  const states = () => w.rows("select kind, state from outbox where about = 'interest' order by kind")

  test('of a settling leave, but not for a session that is called off meanwhile', async () => {
    const mailer = recording()
    await interested()
    await deliver(w.system, mailer, 'one')
    await setDate(w.system, 'later', { ...DAY, formats: 'online' })
    await notifySettled(w.system)
    await callOff(w.system, 'later', WHY)
    await deliver(w.system, mailer, 'one')
    expect(mailer.sent.map(({ subject }) => subject.slice(0, 9))).toEqual(['【お知らせの確認】'])
    expect(await states()).toEqual([
      { kind: 'confirm_interest', state: 'sent' },
      { kind: 'settled', state: 'superseded' },
    ])
  })

  test('of a settling do not leave for a session that is postponed meanwhile', async () => {
    await interested()
    await setDate(w.system, 'later', { ...DAY, formats: 'online' })
    await notifySettled(w.system)
    await reschedule(w.system, 'later', { date: null, starts: null, ...WHY })
    const mailer = recording()
    await deliver(w.system, mailer, 'one')
    expect(mailer.sent.some(({ subject }) => subject.startsWith('【日程決定】'))).toBe(false)
  })

  test('ask nobody to confirm what is called off', async () => {
    await askToBeTold(w.ctx, 'later', { email: 'hanako@example.jp', consent: true })
    await callOff(w.system, 'later', WHY)
    const mailer = recording()
    await deliver(w.system, mailer, 'one')
    expect([mailer.sent, await states()]).toEqual([[], [{ kind: 'confirm_interest', state: 'superseded' }]])
  })
})

describe('the doctor', () => {
  const codes = async () => (await findings(w.system)).map((fault) => fault.code)

  test('finds who wants to be told and was sent no letter', async () => {
    const token = await interested()
    expect(await codes()).toEqual([])
    const [id] = await w.column<string>('select id from interest')
    await w.run("delete from outbox where kind = 'confirm_interest'")
    expect(await findings(w.system)).toEqual([{ code: 'interest_letter_missing', count: 1, ids: [id] }])
    await endInterest(w.ctx, token)
    expect(await codes()).toEqual([])
  })

  test('finds who was told, as it says, without a letter', async () => {
    await interested()
    await setDate(w.system, 'later', { ...DAY, formats: 'online' })
    await notifySettled(w.system)
    expect(await codes()).toEqual([])
    await w.run("delete from outbox where kind = 'settled'")
    expect(await codes()).toEqual(['interest_letter_missing'])
  })

  test('finds who was not told for three days after the settling', async () => {
    await interested()
    await setDate(w.system, 'later', { ...DAY, formats: 'online' })
    await w.run("update outbox set state = 'sent'")
    w.at('2026-11-25T00:59:00.000Z')
    expect(await codes()).toEqual([])
    w.at('2026-11-25T01:01:00.000Z')
    expect(await codes()).toEqual(['interest_untold'])
  })
})

test('a session of the published schedule without hours or formats can be settled and booked', async () => {
  const seeded = await world()
  const id = 'seminar-iwate-sample'
  const hours = { date: '2026-12-15', starts: '13:00', ends: '16:00' }
  expect(await setDate(seeded.system, id, hours)).toMatchObject({ errors: { formats: 'required' } })
  expect(await setDate(seeded.system, id, { ...hours, formats: ['online'], capacity: 30 })).toMatchObject({ ok: true })
  await booked(seeded, application({ session: id, slot: null, format: 'online' }))
  await seeded.close()
})
