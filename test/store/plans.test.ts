import { readFileSync } from 'node:fs'
import type { CompiledQuery } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { createApp } from '../../src/app.ts'
import { hmac } from '../../src/base/token.ts'
import { remind } from '../../src/booking/remind.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { suspend } from '../../src/changes/suspend.ts'
import type { Ctx } from '../../src/context.ts'
import { askForExport } from '../../src/figures/exports/request.ts'
import { ledgerPages } from '../../src/figures/exports/rows.ts'
import { exportAsked } from '../../src/figures/exports/run.ts'
import { figures } from '../../src/figures/queries.ts'
import { reportFromJournal } from '../../src/figures/replay.ts'
import { prometheus } from '../../src/node/prometheus.ts'
import { signInToken } from '../../src/people/account.ts'
import { addAccount } from '../../src/people/add-account.ts'
import { askToSignIn } from '../../src/people/ask-to-sign-in.ts'
import { signInsSince } from '../../src/people/queries.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { answerSurvey } from '../../src/survey/answer.ts'
import { askSurvey } from '../../src/survey/ask.ts'
import { surveyComments, surveyFigures } from '../../src/survey/queries.ts'
import { tickAndSend } from '../mail/fixtures.ts'
import { application, contextOn, freshKey, MITO } from '../world.ts'

/** Tables that grow with the years. A query that reads one of them whole becomes slower each year. */
const GROWING = ['booking', 'outbox', 'journal', 'session', 'slot', 'survey_answer']

/** Queries that run once a day at most, or by hand. They may read a table whole. */
const MAY_SCAN: { why: string; sql: RegExp }[] = [
  {
    why: 'who is to be forgotten is looked for once a day',
    sql: /"booking"."programme" in \(select .* and "booking"."person_key" not like/,
  },
  {
    why: 'so is who asked to be told of a session of such a year',
    sql: /^select "id" from "interest" where "email" is not null and "session" in/,
  },
  {
    why: 'who was erased is looked for once a day, in an index of these lines alone',
    sql: /"journal"."act" = \? and ("booking"."person_key" not like|"interest"."email" is not null|"alert"."email" is not null|"request"."phone" <> )/i,
  },
  {
    why: 'planning asks once a day which days of a series are made',
    sql: /^select "series", "occurrence" from "session"/,
  },
]

const opened = openSqlite(readFileSync(process.env.MADOGUCHI_SEEDED ?? ''), (event) => {
  if (event.level === 'query') asked.set(event.query.sql, event.query)
})
const asked = new Map<string, Pick<CompiledQuery, 'sql' | 'parameters'>>()
const store = {
  ...opened,
  commit: (...writes: Parameters<typeof opened.commit>) => {
    for (const write of writes) {
      const query = write.compile()
      asked.set(query.sql, query)
    }
    return opened.commit(...writes)
  },
}
const env = { RATE_LIMIT: 'off', SMTP_URL: 'smtp://localhost' }
const ctx = contextOn(store, { kind: 'public' }, env)
const system: Ctx = { ...ctx, actor: { kind: 'system', name: 'clockwork' } }
const app = createApp({
  ...ctx,
  log: pino({ level: 'silent' }),
  migrations: readMigrations(),
  assets: new Map(),
  metrics: prometheus(),
  cache: false,
  nudge: () => undefined,
})
const mailer = { send: async () => ({ ok: true as const }), close: () => undefined }

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const json = { 'content-type': 'application/json', ...headers }
  const response = await app.request(path, { method: 'POST', headers: json, body: JSON.stringify(body) })
  return (await response.json()) as { booking?: { id: string } }
}

async function booked(changes: Record<string, unknown> = {}) {
  const { booking } = await post('/api/v1/bookings', application(changes), { 'idempotency-key': freshKey() })
  if (!booking) throw new Error('not booked')
  const { id } = booking
  return { id, token: await hmac(ctx.config.secrets[0] ?? '', `${id}.1`) }
}

async function well(path: string, init?: RequestInit): Promise<void> {
  const { status } = await app.request(path, init)
  if (status !== 200) throw new Error(`${path}: ${status}`)
}

/** Figures and exports of the console, for all prefectures and for some. */
async function counted(): Promise<void> {
  const year = { from: '2026-04-01', to: '2027-03-31' }
  await figures(system, year)
  await figures(system, { ...year, prefectures: ['08', '13'], kind: 'consultation' })
  await reportFromJournal(system, '2026-11')
  const prepared = await askForExport(system, { ...year, format: 'csv', prefecture: '08' })
  const { pages } = await exportAsked(system, prepared.ok ? prepared.export : '')
  const all = { ...year, prefecture: null, kind: null, status: null, channel: null, way: null }
  for (const each of [pages, ledgerPages(system, all, 1), ledgerPages(system, { ...all, status: 'booked' }, 1)]) {
    for await (const _ of each);
  }
}

/** The pages that a desk opens in a day. */
async function desk(booking: string): Promise<void> {
  const added = await addAccount(system, { email: 'desk@example.jp', name: '担当', role: 'desk', prefectures: ['08'] })
  if (!added.ok) throw new Error('no account')
  await askToSignIn(ctx, { email: 'desk@example.jp' })
  const [sent] = await signInsSince(ctx, added.account, '')
  const link = sent && (await signInToken(ctx, sent))
  const signed = await app.request(`/desk/sign-in/${link}`, { method: 'POST' })
  const headers = { cookie: (signed.headers.get('set-cookie') ?? '').split(';')[0] ?? '' }
  for (const path of [
    '/desk',
    '/desk/bookings',
    '/desk/bookings?sort=made&status=booked',
    '/desk/bookings/new',
    '/desk/outbox',
    '/desk/outbox?state=failed',
    `/desk/bookings/${booking}`,
    `/desk/sessions/${MITO}`,
    '/desk/security',
    `/desk/bookings/places?session=${MITO}`,
    `/desk/bookings/${booking}/move`,
  ]) {
    await well(path, { headers })
  }
  for (const [path, fields] of [
    ['/desk/bookings', { text: 'タカハシ' }],
    ['/desk/bookings', { text: '029-224' }],
    ['/desk/bookings/alike', { phone: '029-224-0001', name_kana: 'タカハシ タロウ' }],
  ] as const) {
    const init = { method: 'POST', headers, body: new URLSearchParams(fields) }
    const { status, headers: told } = await app.request(path, init)
    if (status !== 303 && status !== 200) throw new Error(`${path}: ${status}`)
    const to = told.get('location')
    if (to !== null) await well(to, { headers })
  }
}

/** The acts of people, staff and the clockwork in a day, so that every query runs once. */
beforeAll(async () => {
  for (const path of ['/', '/calendar', '/calendar?prefecture=08&kind=consultation', '/desks', `/sessions/${MITO}`]) {
    await well(path)
  }
  for (const path of [
    '/calendar.ics',
    '/api/v1/sessions',
    '/api/v1/sessions?status=open&limit=5',
    '/readyz',
    '/metrics',
  ]) {
    await well(path)
  }
  const three = await booked({ slot: `${MITO}-1100` })
  const one = await booked({ seats: 1 })
  const two = await booked({ slot: `${MITO}-1300` })
  await booked({ seats: 2, waitlist: true, slot: null })
  for (const path of ['', '/done', '/booking.ics', '/move', '/cancel', '/erase', '/survey'])
    await app.request(`/b/${one.token}${path}`)
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const next = 'ibaraki-2026-12-04'
  await post(`/api/v1/bookings/${two.id}/move`, { session: next, slot: `${next}-1000` }, bearer(two.token))
  await post(`/api/v1/bookings/${one.id}/cancel`, {}, bearer(one.token))
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const [path, body] of [
    ['/lookup', 'number=IB-1127-01&phone=029-224-0001'],
    ['/lookup/link', 'email=taro1@example.jp'],
  ] as const) {
    await app.request(path, { method: 'POST', headers: form, body })
  }
  await desk(three.id)
  await tickAndSend(system, mailer, 'one')
  await remind(system)
  const after = { ...system, clock: { now: () => '2026-11-28T01:00:00.000Z' } }
  await askSurvey(after)
  await answerSurvey(
    after,
    { token: three.token },
    {
      satisfaction: '5',
      understood: '4',
      telework: 'no',
      recommend: '3',
      comment: '',
    },
  )
  await surveyFigures(ctx, { programme: 'fy2026', prefecture: '08', month: '2026-11' })
  await surveyComments(ctx, { programme: 'fy2026' })
  await reschedule(system, next, { date: '2026-12-08', starts: null, reason_ja: '都合により' })
  await suspend(system, {
    prefectures: ['08'],
    starts_on: '2026-12-01',
    ends_on: '2026-12-31',
    into: 'online',
    reason_ja: '休止',
  })
  await tickAndSend(system, mailer, 'two')
  await callOff(system, next, { reason_ja: '大雪のため' })
  await counted()
})
afterAll(() => opened.close())

type Plan = { detail: string }

/** The plan of a query if it reads a growing table whole, or nearly (all letters by mail). */
function scansOf({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): string[] {
  const rows = opened.raw.prepare<unknown[], Plan>(`explain query plan ${sql}`).all(...parameters)
  // Waiting bookings and offers are few in any year.
  const few = parameters.includes('waiting') || parameters.includes('offered')
  const coarse = few ? /\((channel|about)=\?\)$/ : /\((channel|about|status)=\?\)$/
  const whole = new RegExp(`^SCAN (${GROWING.join('|')}|earlier)\\b`)
  return rows.map((row) => row.detail).filter((detail) => whole.test(detail) || coarse.test(detail))
}

const isKnown = (sql: string) => MAY_SCAN.some((one) => one.sql.test(sql))

describe('no query reads a growing table from end to end', () => {
  test('of all that people, staff and the clockwork ask', async () => {
    const all = [...asked.values()].filter(({ sql }) => /^(select|update|delete|insert)/i.test(sql))
    expect(all.length).toBeGreaterThan(60)
    const scans: string[] = []
    for (const query of all) {
      if (isKnown(query.sql)) continue
      for (const scan of scansOf(query)) scans.push(`${scan}\n    ${query.sql}`)
    }
    expect(scans).toEqual([])
  })

  test('the sender reads the first letters of a long queue only, and finds sign-in letters by their own index', () => {
    const query = [...asked.values()].find(({ sql }) => sql.includes(`"about" = 'sign_in'`))
    if (!query) throw new Error('no letter was looked for')
    const plan = opened.raw.prepare<unknown[], Plan>(`explain query plan ${query.sql}`).all(...query.parameters)
    const details = plan.map(({ detail }) => detail).join('\n')
    expect(details).toContain('USING INDEX outbox_sign_in (channel=? AND state=? AND due_at<?)')
    expect(details).toContain('USING INDEX outbox_by_due (channel=? AND state=? AND due_at<?)')
    expect(details).not.toContain('TEMP B-TREE')
  })

  test('and each exception is still asked', () => {
    const unused = MAY_SCAN.filter((one) => ![...asked.keys()].some((sql) => one.sql.test(sql)))
    expect(unused.map((one) => one.why)).toEqual([])
  })

  test('which this would notice: without its index the recount of a day scans', async () => {
    const recount = [...asked.values()].find(({ sql }) => sql.includes('sum("seats")') && sql.includes('"session" ='))
    if (!recount) throw new Error('no recount was asked')
    expect(scansOf(recount)).toEqual([])
    opened.raw.exec('drop index booking_by_session; drop index booking_waiting; drop index booking_once')
    expect(scansOf(recount)).not.toEqual([])
  })
})
