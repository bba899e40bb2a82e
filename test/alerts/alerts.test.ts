import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { askForAlert } from '../../src/alerts/ask.ts'
import { confirmAlert } from '../../src/alerts/confirm.ts'
import { endAlert } from '../../src/alerts/end.ts'
import { endOverAlerts } from '../../src/alerts/end-over.ts'
import { tellAlerts } from '../../src/alerts/tell.ts'
import { addDays, weekday } from '../../src/base/japan/civil.ts'
import { hmac } from '../../src/base/token.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { tick } from '../../src/clockwork.ts'
import { deliver } from '../../src/mail/deliver.ts'
import type { Letter } from '../../src/mail/letters.ts'
import { findings } from '../../src/node/findings.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { eraseAgain } from '../../src/retention/erase-again.ts'
import { sessions } from '../../src/schedule/queries.ts'
import type { AlertRow, OutboxRow } from '../../src/store/schema.ts'
import { letterTexts } from '../../templates/text/letters.ts'
import { mayDo } from '../acts.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { seminar } from '../schedule/fixtures.ts'
import { application, MITO, type World } from '../world.ts'

const l = letterTexts('ja').alert
const WISHES = {
  prefecture: '08',
  kinds: ['consultation', 'seminar'],
  weekdays: ['0', '1', '2', '3', '4', '5', '6'],
  days: '90',
  email: 'hanako@example.jp',
  consent: true,
}

let w: World
beforeEach(async () => {
  w = await mito({ env: { SMTP_URL: 'smtp://localhost' } })
})
afterEach(() => w.close())

const alerts = () => w.rows<AlertRow>('select * from alert order by created_at, id')
const queued = (kind: string) =>
  w.rows<OutboxRow>('select * from outbox where kind = ? order by dedupe_key, subject', kind)
const tokenOf = (id: string) => hmac(w.ctx.config.secrets[0] ?? '', `${id}.alert`)

async function asked(changes: Record<string, unknown> = {}): Promise<{ id: string; token: string }> {
  const done = await askForAlert(w.ctx, { ...WISHES, ...changes })
  if (!done.ok) throw new Error(JSON.stringify(done))
  const email = changes.email ?? WISHES.email
  const id = (await alerts()).findLast((row) => row.state === 'asked' && row.email === email)?.id ?? ''
  return { id, token: await tokenOf(id) }
}

async function confirmed(changes: Record<string, unknown> = {}) {
  const alert = await asked(changes)
  expect(await confirmAlert(w.ctx, alert.token)).toEqual({ ok: true, alert: alert.id })
  return alert
}

/** Five people in Mito on one day: it is full. Returns the first. */
async function filled(session = MITO): Promise<{ id: string; token: string }> {
  const slots = await w.column<string>('select id from slot where session = ? order by starts_at', session)
  const all: { id: string; token: string }[] = []
  for (const [i, slot] of slots.slice(0, 5).entries())
    all.push(await booked(w, application({ session, slot, email: `person-${i}@example.jp` })))
  const [first] = all
  if (!first) throw new Error('nobody booked')
  return first
}

/** Sends what is due. Returns the letters about alerts. */
async function sent(): Promise<Letter[]> {
  const letters: Letter[] = []
  const mailer = {
    send: async (letter: Letter) => {
      letters.push(letter)
      return { ok: true as const }
    },
    close: async () => undefined,
  }
  await deliver(w.system, mailer, 'test')
  return letters.filter(({ to }) => to.address === WISHES.email)
}

const later = (minutes: number) => w.at(new Date(Date.parse(w.ctx.clock.now()) + minutes * 60_000).toISOString())

describe('a place that frees', () => {
  test('is told once by letter, and to nobody before the address is confirmed', async () => {
    const first = await filled()
    const { token } = await asked()
    await tellAlerts(w.system)
    await confirmAlert(w.ctx, token)
    later(1)
    expect(await tellAlerts(w.system)).toEqual({ ok: true, told: 0 })
    await cancel(w.ctx, { token: first.token })
    later(1)
    expect(await tellAlerts(w.system)).toEqual({ ok: true, told: 1 })
    expect(await tellAlerts(w.system)).toEqual({ ok: true, told: 0 })
    const [row] = await queued('place_free')
    expect(JSON.parse(row?.before ?? '')).toEqual({ sessions: [MITO] })
    const letter = (await sent()).find(({ subject }) => subject.startsWith(l.kinds.place_free.mark))
    expect(letter?.text).toContain(`/sessions/${MITO}`)
    expect(letter?.text).toContain('2026年11月27日(金) 10:00〜15:50')
    expect(letter?.text).toContain('茨城県')
    expect(letter?.headers).toMatchObject({
      'List-Unsubscribe': `<http://localhost:8787/alerts/${token}/end>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    expect(await findings(w.system)).toEqual([])
  })

  test('is told at most once a day; what frees later that day is told the next, if it is still free', async () => {
    const [first, second] = [await filled(), await filled('ibaraki-2026-12-04')]
    await confirmed()
    later(1)
    await cancel(w.ctx, { token: first.token })
    later(1)
    await tellAlerts(w.system)
    await cancel(w.ctx, { token: second.token })
    later(1)
    expect(await tellAlerts(w.system)).toMatchObject({ told: 0 })
    later(24 * 60)
    expect(await tellAlerts(w.system)).toMatchObject({ told: 1 })
    expect((await queued('place_free')).map(({ before }) => JSON.parse(before ?? '').sessions)).toEqual([
      [MITO],
      ['ibaraki-2026-12-04'],
    ])
    later(24 * 60)
    expect(await tellAlerts(w.system)).toMatchObject({ told: 0 })
  })

  test('is offered to people who wait first: it is no news while one of them may take it', async () => {
    const first = await filled()
    await booked(w, application({ session: MITO, slot: null, waitlist: true, email: 'waits@example.jp' }))
    await confirmed()
    later(1)
    await cancel(w.ctx, { token: first.token })
    await tick(w.system)
    expect(await queued('offered')).toHaveLength(1)
    expect(await queued('place_free')).toEqual([])
  })

  test('is not told if it is gone when the letter leaves', async () => {
    const first = await filled()
    await confirmed()
    later(1)
    await cancel(w.ctx, { token: first.token })
    later(1)
    await tellAlerts(w.system)
    const [slot] = await w.column<string>(
      'select id from slot where session = ? and seats_taken = 0 order by starts_at',
      MITO,
    )
    await booked(w, application({ session: MITO, slot, email: 'quick@example.jp' }))
    expect((await sent()).filter(({ subject }) => subject.startsWith(l.kinds.place_free.mark))).toEqual([])
    expect(await queued('place_free')).toMatchObject([{ state: 'superseded' }])
  })

  test('is no news to people who have a booking in that session', async () => {
    const first = await filled()
    await confirmed({ email: 'person-1@example.jp' })
    later(1)
    await cancel(w.ctx, { token: first.token })
    later(1)
    expect(await tellAlerts(w.system)).toMatchObject({ told: 0 })
  })
})

test('a session that is added is told; on which days, of which kind, and on the web, as each person asked', async () => {
  const online = seminar({ id: 'web', prefecture: '13', formats: ['online'] })
  const onsite = seminar({ id: 'hall', prefecture: '13', formats: ['onsite'] })
  const near = seminar({ id: 'near', prefecture: '08' })
  const day = String(weekday(near.date ?? ''))
  const other = String((Number(day) + 1) % 7)
  const people = {
    all: {},
    web: { web: true },
    day: { weekdays: [day] },
    other: { weekdays: [other] },
    seminars: { kinds: ['seminar'] },
    consultations: { kinds: ['consultation'] },
    tokyo: { prefecture: '13' },
  }
  for (const [name, changes] of Object.entries(people)) await confirmed({ ...changes, email: `${name}@example.jp` })
  later(1)
  for (const one of [online, onsite, near]) await publishSession(w.system, one)
  later(1)
  await tellAlerts(w.system)
  const byId = new Map((await alerts()).map(({ id, email }) => [id, email?.split('@')[0]]))
  const told = (await queued('place_free')).map(({ subject, before }) => [
    byId.get(subject),
    JSON.parse(before ?? '').sessions.toSorted(),
  ])
  expect(Object.fromEntries(told)).toEqual({
    all: ['near'],
    web: ['near', 'web'],
    day: ['near'],
    seminars: ['near'],
    tokyo: ['hall', 'web'],
  })
})

test('what was free when somebody asked is no news, whoever else asked before', async () => {
  await confirmed()
  later(1)
  await tellAlerts(w.system)
  later(1)
  await confirmed({ email: 'jiro@example.jp', prefecture: '13', web: true })
  later(1)
  expect(await tellAlerts(w.system)).toMatchObject({ told: 0 })
  const free = (await sessions(w.system, { prefecture: '08', status: ['open', 'few'] })).sessions
  expect(free.length).toBeGreaterThan(3)
})

describe('an alert', () => {
  test('asked for twice is one letter an hour; confirmed again it takes the place of the one before', async () => {
    const { id } = await asked()
    await asked()
    expect(await queued('confirm_alert')).toHaveLength(1)
    later(61)
    await asked()
    expect((await queued('confirm_alert')).map(({ subject }) => subject)).toEqual([id, id])
    await confirmAlert(w.ctx, await tokenOf(id))
    later(1)
    const second = await confirmed({ weekdays: ['5'] })
    later(1)
    expect((await alerts()).map((row) => [row.id, row.state, row.email])).toEqual([
      [id, 'ended', null],
      [second.id, 'confirmed', 'hanako@example.jp'],
    ])
    const elsewhere = await confirmed({ prefecture: '13' })
    expect((await alerts()).filter(({ state }) => state === 'confirmed').map((row) => row.id)).toEqual([
      second.id,
      elsewhere.id,
    ])
  })

  test('confirmed twice at once, for the same prefecture, stands once', async () => {
    const first = await asked()
    await askForAlert(w.ctx, { ...WISHES, weekdays: ['5'] })
    const ids = (await alerts()).map(({ id }) => id)
    expect(ids).toHaveLength(2)
    expect(ids).toContain(first.id)
    await Promise.all(ids.map(async (id) => confirmAlert(w.ctx, await tokenOf(id))))
    expect((await alerts()).map(({ state }) => state).toSorted()).toEqual(['confirmed', 'ended'])
  })

  test('ends by its link with its address, and no letter leaves any more, also after a backup is restored', async () => {
    const first = await filled()
    const { id, token } = await confirmed()
    later(1)
    await cancel(w.ctx, { token: first.token })
    later(1)
    await tellAlerts(w.system)
    expect(await endAlert(w.ctx, token)).toEqual({ ok: true, alert: id })
    expect(await alerts()).toMatchObject([{ state: 'ended', email: null, person_key: `ended:${id}` }])
    expect((await sent()).filter(({ subject }) => subject.startsWith(l.kinds.place_free.mark))).toEqual([])
    await w.ctx.store.commit(
      w.ctx.store.db.updateTable('alert').set({ state: 'confirmed', email: WISHES.email }).where('id', '=', id),
    )
    await eraseAgain(w.system)
    expect(await alerts()).toMatchObject([{ state: 'ended', email: null }])
    await expect(endAlert(w.ctx, 'nobody')).rejects.toThrow('alert')
    await expect(confirmAlert(w.ctx, 'nobody')).rejects.toThrow('alert')
  })

  test('ends with its days by a letter, and its address with that; nobody confirms one after a week', async () => {
    const { id } = await confirmed({ days: '30' })
    const unknown = await asked({ email: 'jiro@example.jp' })
    await sent()
    const row = (await alerts()).find((one) => one.id === id)
    expect(row?.ends_on).toBe(addDays('2026-11-22', 30))
    w.at('2026-12-22T14:59:00.000Z')
    await endOverAlerts(w.system)
    expect(new Set((await alerts()).map((one) => `${one.id} ${one.state} ${one.email}`))).toEqual(
      new Set([`${id} confirmed ${WISHES.email}`, `${unknown.id} ended null`]),
    )
    w.at('2026-12-22T23:30:00.000Z')
    expect(await endOverAlerts(w.system)).toEqual({ ok: true, ended: 1 })
    expect(await endOverAlerts(w.system)).toEqual({ ok: true, ended: 0 })
    expect((await sent()).map(({ subject }) => subject)).toEqual([l.subject(l.kinds.alert_over.mark, '茨城県')])
    await endOverAlerts(w.system)
    expect((await alerts()).map(({ email }) => email)).toEqual([null, null])
    expect(await findings(w.system)).toEqual([])
  })

  test('asks for each field, and answers with the fault at it', async () => {
    const done = await askForAlert(w.ctx, { email: 'x', prefecture: '99', kinds: [], weekdays: ['7'], days: '9' })
    expect(done).toEqual({
      ok: false,
      why: 'invalid',
      errors: {
        email: 'email',
        prefecture: 'required',
        kinds: 'required',
        weekdays: 'choice',
        days: 'required',
        consent: 'consent',
      },
    })
  })

  test('a called-off session has no free place', async () => {
    await confirmed()
    later(1)
    await tellAlerts(w.system)
    await callOff(w.system, MITO, { reason_ja: '大雪', reason_en: 'Snow' })
    later(1)
    expect(await tellAlerts(w.system)).toMatchObject({ told: 0 })
    const places = await w.column<string>('select session from alert_place order by session')
    expect(places).not.toContain(MITO)
    expect(places).toContain('ibaraki-2026-12-04')
  })
})

test('only the clockwork tells and ends', async () => {
  expect(await mayDo(w, tellAlerts)).toEqual(['system'])
  expect(await mayDo(w, endOverAlerts)).toEqual(['system'])
})

test('nobody looks at the schedule while nobody asks', async () => {
  await tellAlerts(w.system)
  expect(await w.rows('select * from alert_place')).toEqual([])
  const { token } = await confirmed()
  await tellAlerts(w.system)
  await endAlert(w.ctx, token)
  await tellAlerts(w.system)
  expect(await w.rows('select * from alert_place')).toEqual([])
})
