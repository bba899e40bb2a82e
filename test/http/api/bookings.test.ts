import * as fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { BookingShape } from '../../../src/http/api/shapes.ts'
import { texts } from '../../../templates/text/index.ts'
import { application, freshKey, MITO } from '../../world.ts'
import { type Answer, type Site, site } from '../app.ts'
import { BOOKINGS, bearer, problemOf, type Told } from './fixtures.ts'

const t = texts('ja')
const BOOKING = [
  'id',
  'number',
  'status',
  'ended',
  'session',
  'slot',
  'seats',
  'manage_url',
  'ics_url',
  'shown',
  'format',
  'sequence',
]

let s: Site

async function one(id: string): Promise<Told> {
  return JSON.parse((await s.ask(`/api/v1/sessions/${id}`)).body)
}

const apply = (body: unknown, key: string | null = freshKey()) =>
  s.send(BOOKINGS, body, key === null ? {} : { 'idempotency-key': key })

const bookings = async () => (await s.rows('select id from booking')).length

describe('POST /bookings', () => {
  beforeEach(async () => {
    s = await site()
  })

  test('books: 201 with every field of a booking', async () => {
    const answer = await apply(application())
    expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'application/json'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const told = JSON.parse(answer.body)
    expect(Object.keys(told)).toEqual(['booking'])
    expect(Object.keys(told.booking).toSorted()).toEqual(BOOKING.toSorted())
    z.strictObject(BookingShape.shape).parse(told.booking)
    expect(told.booking).toMatchObject({
      number: 'IB-1127-01',
      status: 'booked',
      session: MITO,
      slot: `${MITO}-1000`,
      seats: 1,
      sequence: 0,
      manage_url: expect.stringMatching(/^http:\/\/localhost:8787\/b\/[\w-]{43}$/),
      ics_url: `${told.booking.manage_url}/booking.ics`,
    })
    expect((await s.ask(new URL(told.booking.manage_url).pathname)).status).toBe(200)
    expect((await s.ask(new URL(told.booking.ics_url).pathname)).status).toBe(200)
  })

  test('shows at once: the day’s people and the slot’s, whichever are fewer', async () => {
    await s.booked({ seats: 2 })
    await s.booked({ seats: 2, slot: `${MITO}-1100` })
    const { remaining, status, slots } = await one(MITO)
    expect([remaining, status]).toEqual([1, 'few'])
    expect(slots.map((slot) => slot.remaining)).toEqual([0, 0, 1, 1, 1])
  })

  test('says null for a slot if the session has none', async () => {
    const told = await s.booked({ session: 'seminar-ahead-sample', slot: null, format: 'online', seats: '３' })
    expect(told).toMatchObject({ slot: null, seats: 3, format: 'online' })
  })

  test('with what may be left out left out, books all the same', async () => {
    const {
      employees: _,
      industry: __,
      corporate_number: ___,
      topics: ____,
      message: _____,
      seats: ______,
      ...least
    } = application()
    expect((await apply(least)).status).toBe(201)
  })

  describe('with the same key', () => {
    test('and input answers 200 with the same booking, however often, also at the same moment', async () => {
      const body = application()
      const key = freshKey()
      const [first, second] = await Promise.all([apply(body, key), apply(body, key)])
      const third = await apply(body, ` ${key} `)
      expect(new Set([first.status, second.status])).toEqual(new Set([200, 201]))
      expect(third.status).toBe(200)
      expect(new Set([first.body, second.body, third.body]).size).toBe(1)
      expect(await bookings()).toBe(1)
    })

    test('and the same input in other widths is a repetition too', async () => {
      const body = application({ employees: 12, phone: '029-224-0001' })
      const key = freshKey()
      expect((await apply(body, key)).status).toBe(201)
      expect((await apply({ ...body, employees: '１２', company: ` ${String(body.company)} ` }, key)).status).toBe(200)
    })

    test('answers the booking as it is by now, also when the day is over, closed or full', async () => {
      const body = application()
      const key = freshKey()
      const { booking } = JSON.parse((await apply(body, key)).body)
      await s.send(`${BOOKINGS}/${booking.id}/cancel`, {}, bearer(booking.manage_url.split('/').at(-1)))
      s.at('2026-12-24T01:00:00.000Z')
      const again = await apply(body, key)
      expect(again.status).toBe(200)
      expect(JSON.parse(again.body).booking).toMatchObject({ id: booking.id, status: 'cancelled', sequence: 1 })
    })

    test('and other input is 422', async () => {
      const key = freshKey()
      await apply(application(), key)
      const problem = problemOf(await apply(application(), key))
      expect([problem.status, problem.code, Object.keys(problem.errors ?? {})]).toEqual([
        422,
        'invalid',
        ['Idempotency-Key'],
      ])
      expect(await bookings()).toBe(1)
    })

    test('after a refusal books: only a booking uses the key up', async () => {
      const key = freshKey()
      const body = application()
      expect((await apply({ ...body, phone: '12' }, key)).status).toBe(422)
      s.at('2026-12-24T01:00:00.000Z')
      expect((await apply(body, key)).status).toBe(409)
      s.at('2026-11-22T01:00:00.000Z')
      expect((await apply(body, key)).status).toBe(201)
    })
  })

  test.each([null, '', 'short', 'fifteen-letters', 'with a space inside', 'x'.repeat(201)])(
    'without a good key (%j) is 422 and books nothing',
    async (key) => {
      const problem = problemOf(await apply(application(), key))
      expect([problem.status, problem.code, Object.keys(problem.errors ?? {})]).toEqual([
        422,
        'invalid',
        ['Idempotency-Key'],
      ])
      expect(await bookings()).toBe(0)
    },
  )

  test('tells the faults of all fields together, in the language of the application', async () => {
    const faulty = { ...application(), name: '', phone: '12', email: 'taro', consent: false, employees: -1 }
    const japanese = problemOf(await apply(faulty))
    expect(japanese).toMatchObject({
      code: 'invalid',
      errors: {
        name: t.faults.required(t.book.labels.name),
        phone: t.faults.phone(),
        email: t.faults.email(),
        consent: t.faults.consent(),
        employees: t.faults.number(t.book.labels.employees),
      },
    })
    const e = texts('en')
    const english = problemOf(await apply({ ...faulty, locale: 'en' }))
    expect(english.errors).toMatchObject({ phone: e.faults.phone(), name: e.faults.required(e.book.labels.name) })
    expect(Object.keys(english.errors ?? {}).toSorted()).toEqual(Object.keys(japanese.errors ?? {}).toSorted())
  })

  test.each<[why: string, status: number, nearest: boolean, before: () => Promise<unknown>]>([
    [
      'full',
      409,
      true,
      async () =>
        Promise.all(
          ['1000', '1100', '1300'].map((at) => s.booked({ slot: `${MITO}-${at}`, seats: at === '1300' ? 1 : 2 })),
        ),
    ],
    ['closed', 409, true, async () => s.at('2026-11-26T06:00:00.000Z')],
    ['called_off', 409, true, async () => s.run("update session set state = 'called_off' where id = ?", MITO)],
    ['elsewhere', 409, true, async () => s.run("update session set apply_name = '豊田市' where id = ?", MITO)],
    [
      'undecided',
      409,
      true,
      async () => s.run('update session set date = null, starts_at = null, ends_at = null where id = ?', MITO),
    ],
    ['twice', 409, false, async () => s.booked({ email: 'Taro@example.jp', slot: `${MITO}-1100` })],
    [
      'unknown',
      404,
      false,
      async () => {
        await s.run('delete from slot where session = ?', MITO)
        await s.run('delete from session where id = ?', MITO)
      },
    ],
  ])('that cannot be is refused: %s', async (why, status, helps, before) => {
    await before()
    const taken = await bookings()
    const body = application({ email: 'taro@example.jp' })
    for (const locale of ['ja', 'en'] as const) {
      const problem = problemOf(await apply({ ...body, locale }))
      expect([problem.status, problem.code]).toEqual([status, why])
      const words = texts(locale)
      expect(problem.title).toBe(why === 'unknown' ? words.fault[404].what : words.refusals[why as 'full'].what)
      expect(problem.nearest?.length ?? 0).toBe(helps ? 3 : 0)
      for (const session of problem.nearest ?? []) expect(['open', 'few']).toContain(session.status)
      expect(problem.nearest?.[0]?.id).toBe(helps ? 'ibaraki-2026-12-04' : undefined)
    }
    expect(await bookings()).toBe(taken)
  })

  test('a second time by the same person says nothing of the first, and sends its link to the address on record', async () => {
    const first = await s.booked({ email: 'taro@example.jp', name: '別名' })
    const answer = await apply(application({ email: 'TARO@example.jp', slot: `${MITO}-1100` }))
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'twice', nearest: [] })
    for (const secret of [first.id, first.number, first.token, '別名']) expect(answer.body).not.toContain(secret)
    expect(await s.column("select subject from outbox where kind = 'link'")).toEqual([first.id])
  })

  test.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=a',
    'application/jsonx',
    'nonsense',
  ])('that is not JSON (%s) is 415', async (type) => {
    const body = new TextEncoder().encode(JSON.stringify(application()))
    const headers = { 'idempotency-key': freshKey(), ...(type !== undefined && { 'content-type': type }) }
    const problem = problemOf(await s.ask(BOOKINGS, { method: 'POST', body, headers }))
    expect([problem.status, problem.code]).toEqual([415, 'unsupported'])
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/vnd.api+json'])(
    'as %s is read',
    async (type) => {
      const headers = { 'idempotency-key': freshKey(), 'content-type': type }
      const answer = await s.ask(BOOKINGS, { method: 'POST', body: JSON.stringify(application()), headers })
      expect(answer.status).toBe(201)
    },
  )

  test('of 10 MB is 413', async () => {
    const problem = problemOf(await apply({ ...application(), message: 'x'.repeat(10_000_000) }))
    expect([problem.status, problem.code]).toEqual([413, 'too_large'])
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    const init: RequestInit = {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    }
    expect(problemOf(await s.ask(BOOKINGS, init)).code).toBe('too_large')
  })

  test('too often is 429 and says when to come again', async () => {
    s = await site({ env: { RATE_LIMIT: 'on' } })
    for (let i = 0; i < 60; i++) expect((await apply({})).status).toBe(422)
    const answer = await apply(application())
    const problem = problemOf(answer)
    expect([problem.status, problem.code]).toEqual([429, 'too_many'])
    expect(answer.headers.get('retry-after')).toBe('60')
    expect(await bookings()).toBe(0)
  })
})

describe("one's own booking", () => {
  beforeEach(async () => {
    s = await site()
  })

  test('is returned to the holder of its token, with its current state', async () => {
    const { token, ...told } = await s.booked()
    const answer = await s.ask(`${BOOKINGS}/${told.id}`, { headers: bearer(token) })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toEqual({ booking: told })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('is cancelled by its token, and cancelling again changes nothing', async () => {
    const { token, ...told } = await s.booked()
    const first = await s.send(`${BOOKINGS}/${told.id}/cancel`, undefined, bearer(token))
    expect(first.status).toBe(200)
    expect(JSON.parse(first.body)).toEqual({
      booking: {
        ...told,
        status: 'cancelled',
        ended: 'cancelled',
        sequence: 1,
        shown: expect.not.stringMatching(told.shown),
      },
    })
    const second = await s.send(`${BOOKINGS}/${told.id}/cancel`, {}, bearer(token))
    expect([second.status, second.body]).toEqual([200, first.body])
    expect((await one(MITO)).remaining).toBe(5)
    expect(await s.rows('select id from outbox')).toHaveLength(2)
    expect(s.nudges()).toBe(3)
  })

  test('is changed by PATCH: what is given changes, the rest stays, and what is wrong is told by field', async () => {
    const { id, token } = await s.booked()
    const patch = (body: unknown) =>
      s.ask(`${BOOKINGS}/${id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', ...bearer(token) },
        body: JSON.stringify(body),
      })
    await s.run('update slot set capacity = 3')
    const answer = await patch({ seats: 2, format: 'online', company: '株式会社べつ', name_kana: 'べつ' })
    expect([answer.status, JSON.parse(answer.body).booking]).toMatchObject([200, { id, seats: 2, format: 'online' }])
    const [row] = await s.rows('select company, name, name_kana from booking where id = ?', id)
    expect(row).toEqual({ company: '株式会社べつ', name: application().name, name_kana: 'ベツ' })
    const wrong = await patch({ seats: 9, phone: '1' })
    expect([wrong.status, Object.keys(problemOf(wrong).errors ?? {})]).toEqual([422, ['phone']])
    await s.run('update slot set capacity = 2')
    await s.run('update session set capacity = 2')
    await s.run('update slot set capacity = 3')
    expect(problemOf(await patch({ seats: 3 })).status).toBe(422)
    expect((await s.ask(`${BOOKINGS}/${id}`, { method: 'PATCH', body: '{}' })).status).toBe(401)
  })

  test('cannot be cancelled after its time: 409 closed', async () => {
    const { token, id } = await s.booked()
    s.at('2026-11-27T01:00:00.000Z')
    const problem = problemOf(await s.send(`${BOOKINGS}/${id}/cancel`, {}, bearer(token)))
    expect([problem.status, problem.code]).toEqual([409, 'closed'])
  })

  test('is told to nobody without a token, with an unknown one (401), or with another booking’s (403)', async () => {
    const mine = await s.booked()
    const other = await s.booked()
    for (const [method, path] of [
      ['GET', `${BOOKINGS}/${mine.id}`],
      ['POST', `${BOOKINGS}/${mine.id}/cancel`],
    ] as const) {
      for (const authorization of [
        '',
        'Bearer',
        'Bearer unknown',
        `Basic ${mine.token}`,
        mine.token,
        `Bearer ${mine.token}x`,
      ]) {
        const answer = await s.ask(path, { method, headers: authorization === '' ? {} : { authorization } })
        const problem = problemOf(answer)
        expect([problem.status, problem.code]).toEqual([401, 'unauthorized'])
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      }
      for (const id of [mine.id, 'nothing']) {
        const answer = await s.ask(path.replace(mine.id, id), { method, headers: bearer(other.token) })
        expect(problemOf(answer)).toMatchObject({ status: 403, code: 'forbidden' })
      }
    }
    expect(await s.rows("select id from booking where status = 'booked'")).toHaveLength(2)
  })
})

describe('whatever a client sends', () => {
  beforeAll(async () => {
    s = await site()
    await s.run('update session set capacity = null')
    await s.run('update slot set capacity = null')
  })

  const ODD: [name: string, value: unknown][] = [
    ...[null, true, false, 0, -1, 1.5, 1e21, 1e308, Number.MAX_SAFE_INTEGER + 2].map((each): [string, unknown] => [
      String(each),
      each,
    ]),
    ['a negative zero', -0],
    ['nothing', ''],
    ['blanks', ' \u3000\t\n'],
    ['U+0000', 'a\u0000b'],
    ['half a pair', '\ud83d'],
    ['a long text', 'あ'.repeat(10_000)],
    ['a list', []],
    ['a list of lists', [[['ict']]]],
    ['a list of texts', ['ict', 'ict']],
    ['a long list', Array.from({ length: 1000 }, () => 'ict')],
    ['an object', {}],
    ['an object like a text', { toString: 'x', length: 3 }],
    ['SQL', "'; drop table booking; --"],
    ['markup', '<script>alert(1)</script>'],
  ]
  const FIELDS = [...Object.keys(application()), 'waitlist', 'channel', 'id', 'status', 'key', 'token']

  /** Never a server error, and a problem document if it is refused. */
  function statusOf(answer: Answer): number {
    return answer.status > 201 ? problemOf(answer).status : answer.status
  }
  const ANSWERS = [200, 201, 404, 409, 422]

  test.each(FIELDS)('as %s is booked or refused, never a 500', async (field) => {
    for (const [name, value] of ODD) {
      const status = statusOf(await apply({ ...application(), [field]: value }))
      expect([name, ANSWERS.includes(status)]).toEqual([name, true])
    }
  })

  test('as a body that is no object, or not even JSON, is 422', async () => {
    const bodies = [
      '',
      '{',
      '[]',
      '[{}]',
      'null',
      '0',
      '"text"',
      '{"a":',
      '\ufeff{}',
      '{"__proto__":{"consent":true}}',
      '['.repeat(9000),
    ]
    for (const body of bodies) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': freshKey() }
      const problem = problemOf(await s.ask(BOOKINGS, { method: 'POST', body, headers }))
      expect([body.slice(0, 20), problem.status, problem.code]).toEqual([body.slice(0, 20), 422, 'invalid'])
    }
  })

  test('under names that JavaScript knows changes nothing for those after it', async () => {
    const raw = JSON.stringify(application()).replace(
      /^\{/,
      '{"__proto__":{"consent":true,"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"hasOwnProperty":[],',
    )
    const headers = { 'content-type': 'application/json', 'idempotency-key': freshKey() }
    expect((await s.ask(BOOKINGS, { method: 'POST', body: raw, headers })).status).toBe(201)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    const { consent: _, ...without } = application()
    const faulty = JSON.stringify(without).replace(/^\{/, '{"__proto__":{"consent":true},')
    const problem = problemOf(
      await s.ask(BOOKINGS, { method: 'POST', body: faulty, headers: { ...headers, 'idempotency-key': freshKey() } }),
    )
    expect(Object.keys(problem.errors ?? {})).toEqual(['consent'])
  })

  test('as any JSON value for the body, a field or a query is answered and never with 500', async () => {
    const name = fc.oneof(fc.constantFrom(...FIELDS, '__proto__', 'constructor', 'toString'), fc.string())
    const value = fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 })
    await fc.assert(
      fc.asyncProperty(value, name, value, async (body, field, given) => {
        expect(ANSWERS).toContain(statusOf(await apply(body)))
        expect(ANSWERS).toContain(statusOf(await apply({ ...application(), [field]: given })))
        const query = new URLSearchParams([
          [field, JSON.stringify(given)],
          ['cursor', btoa(encodeURIComponent(field))],
        ])
        expect([200, 422]).toContain((await s.ask(`/api/v1/sessions?${query.toString()}`)).status)
      }),
      { numRuns: 100 },
    )
    expect((await s.ask('/healthz')).status).toBe(200)
  })
})
