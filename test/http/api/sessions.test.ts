import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { SessionShape, SlotShape } from '../../../src/http/api/shapes.ts'
import { MITO } from '../../world.ts'
import { type Site, site } from '../app.ts'
import { problemOf, type Told } from './fixtures.ts'

/** Every field of a session in the API. */
const SESSION = [
  'id',
  'kind',
  'series',
  'title',
  'title_kana',
  'prefecture',
  'desk',
  'date',
  'starts_at',
  'ends_at',
  'settled',
  'formats',
  'venue',
  'capacity',
  'remaining',
  'waiting',
  'status',
  'acceptance',
  'apply',
  'slots',
  'url',
  'ics_url',
  'sequence',
  'updated_at',
  'closes_at',
  'cancels_at',
  'sample',
  'printed',
  'printed_weekday',
  'note',
  'reason',
]

const JAPANESE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/

let s: Site

async function list(query = ''): Promise<{ sessions: Told[]; next: string | null }> {
  const answer = await s.ask(`/api/v1/sessions${query}`)
  expect([query, answer.status]).toEqual([query, 200])
  return JSON.parse(answer.body)
}

async function one(id: string): Promise<Told> {
  return JSON.parse((await s.ask(`/api/v1/sessions/${id}`)).body)
}

describe('GET /sessions', () => {
  beforeAll(async () => {
    s = await site()
  })

  test('tells every field, and what is not known as null', async () => {
    const { sessions } = await list('?from=2020-04-01&limit=500')
    expect(sessions.length).toBeGreaterThan(100)
    for (const session of sessions) {
      expect(Object.keys(session).toSorted()).toEqual(SESSION.toSorted())
      z.strictObject(SessionShape.shape).parse(session)
      const times = [session.starts_at, session.ends_at, session.closes_at, session.cancels_at]
      expect(times.filter((time) => time !== null && !JAPANESE.test(time))).toEqual([])
      expect(session.updated_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      for (const slot of session.slots) {
        z.strictObject(SlotShape.shape).parse(slot)
        expect(Object.keys(slot).toSorted()).toEqual(['capacity', 'ends_at', 'id', 'remaining', 'starts_at'])
        expect([slot.starts_at, slot.ends_at]).toEqual([
          expect.stringMatching(JAPANESE),
          expect.stringMatching(JAPANESE),
        ])
      }
    }
  })

  test('tells the day in Mito to the letter', async () => {
    const { slots, printed, ...session } = await one(MITO)
    expect(printed).toContain('水戸')
    expect(session).toEqual({
      id: MITO,
      kind: 'consultation',
      series: 'ibaraki',
      prefecture: '08',
      date: '2026-11-27',
      title: { ja: 'テレワーク無料相談会', en: 'Free telework consultation day' },
      title_kana: 'テレワークムリョウソウダンカイ',
      desk: { id: 'secretariat', name: '総務省テレワーク・サポートネットワーク事務局' },
      starts_at: '2026-11-27T10:00:00+09:00',
      ends_at: '2026-11-27T15:50:00+09:00',
      settled: 'time',
      formats: ['onsite', 'online'],
      venue: { name: '水戸エリア', address: null },
      capacity: 5,
      remaining: 5,
      waiting: 0,
      status: 'open',
      acceptance: 'first_come',
      apply: { kind: 'here' },
      closes_at: '2026-11-26T15:00:00+09:00',
      cancels_at: '2026-11-27T15:00:00+09:00',
      sample: false,
      printed_weekday: null,
      reason: null,
      note: expect.objectContaining({ ja: expect.stringContaining('見本'), en: expect.stringContaining('sample') }),
      url: `http://localhost:8787/sessions/${MITO}`,
      ics_url: `http://localhost:8787/sessions/${MITO}.ics`,
      sequence: 0,
      updated_at: '2026-11-22T01:00:00.000Z',
      questions: [],
      companions: null,
      shown: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    expect(slots).toHaveLength(5)
    expect(slots[0]).toEqual({
      id: `${MITO}-1000`,
      capacity: 2,
      remaining: 2,
      starts_at: '2026-11-27T10:00:00+09:00',
      ends_at: '2026-11-27T10:50:00+09:00',
      shown: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
  })

  test('says how much is decided, and leaves the rest null', async () => {
    const nothing = {
      date: null,
      starts_at: null,
      ends_at: null,
      settled: 'nothing',
      status: 'undecided',
      closes_at: null,
    }
    expect(await one('seminar-fukui-sample')).toMatchObject({
      ...nothing,
      venue: null,
      capacity: null,
      remaining: null,
    })
    expect(await one('seminar-iwate-sample')).toMatchObject({ date: '2026-11-27', starts_at: null, settled: 'date' })
  })

  test('says where else to apply, and keeps a damaged address apart from its links', async () => {
    const { apply: elsewhere, status } = await one('aichi-sample-2026-12-14')
    expect(status).toBe('elsewhere')
    expect(elsewhere).toEqual({
      kind: 'elsewhere',
      name: expect.stringContaining('豊田市'),
      phone: expect.stringMatching(/^0/),
      url: null,
      url_printed: expect.stringContaining('city.toyota'),
    })
  })

  test('is in date order from today on, undated last, and those only if no end is given', async () => {
    const { sessions } = await list()
    const dates = sessions.map((session) => session.date ?? '9999')
    expect(dates).toEqual(dates.toSorted())
    expect(dates[0]).toBe('2026-11-24')
    expect(dates.at(-1)).toBe('9999')
    const until = await list('?to=2026-12-31')
    expect(until.sessions.map((session) => session.date)).not.toContain(null)
    expect(until.sessions.at(-1)?.date).toBe('2026-12-30')
  })

  test.each<[query: string, fits: (session: Told) => boolean]>([
    ['prefecture=08', (session) => session.prefecture === '08'],
    ['kind=seminar', (session) => session.kind === 'seminar'],
    ['format=onsite', (session) => session.formats.includes('onsite')],
    ['desk=toyota', (session) => session.desk.id === 'toyota'],
    ['status=open', (session) => session.status === 'open'],
    ['status=skipped,elsewhere', (session) => ['skipped', 'elsewhere'].includes(session.status)],
    ['from=2027-01-01&to=2027-01-31', (session) => session.date?.startsWith('2027-01') === true],
    ['prefecture=08&kind=consultation&format=online&from=2026-12-01', (session) => session.prefecture === '08'],
    ['prefecture=&kind=&from=', () => true],
  ])('narrowed to %s tells all that fits and nothing else', async (query, fits) => {
    const all = await list(/from=2/.test(query) ? '?from=2026-12-01' : '')
    const found = await list(`?${query}`)
    expect(found.sessions.length).toBeGreaterThan(0)
    expect(found.sessions).toEqual(all.sessions.filter(fits))
  })

  test.each(['', '&status=open', '&kind=seminar'])('is the same in pages of seven as in one (%s)', async (query) => {
    const whole = await list(`?limit=500${query}`)
    expect(whole.next).toBeNull()
    const pages: Told[] = []
    let cursor = ''
    for (let more = true; more; ) {
      const page = await list(`?limit=7${query}${cursor}`)
      expect(page.sessions.length).toBeLessThanOrEqual(7)
      pages.push(...page.sessions)
      more = page.next !== null
      cursor = `&cursor=${page.next}`
    }
    expect(pages).toEqual(whole.sessions)
  })

  test('tells 100 at a time unless asked for more', async () => {
    const first = await list('?from=2020-04-01')
    expect(first.sessions).toHaveLength(100)
    expect(first.next).not.toBeNull()
    expect((await list('?from=2020-04-01&limit=1')).sessions).toHaveLength(1)
  })

  test.each([
    ['from', '2026-02-30'],
    ['from', 'today'],
    ['to', '2026-1-1'],
    ['prefecture', '48'],
    ['prefecture', '8'],
    ['kind', 'party'],
    ['format', 'fax'],
    ['status', 'open,nice'],
    ['desk', 'x'.repeat(65)],
    ['limit', '0'],
    ['limit', '501'],
    ['limit', '1.5'],
    ['limit', '1e99'],
    ['limit', 'many'],
    ['cursor', '!'],
    ['cursor', 'AAAA'],
    ['cursor', btoa('2026-11-22\u0000').replaceAll('=', '')],
  ])('with %s=%s answers 422 and names the parameter', async (name, value) => {
    const problem = problemOf(await s.ask(`/api/v1/sessions?${new URLSearchParams({ [name]: value }).toString()}`))
    expect([problem.status, problem.code]).toEqual([422, 'invalid'])
    expect(Object.keys(problem.errors ?? {})).toEqual([name])
  })

  test.each(['order', 'prefectur', 'constructor', 'hasOwnProperty'])(
    'answers 422 for a parameter that it does not have (%s), because all sessions would look like an answer',
    async (name) => {
      const problem = problemOf(await s.ask(`/api/v1/sessions?${name}=08&prefecture=08`))
      expect([problem.status, Object.keys(problem.errors ?? {})]).toEqual([422, [name]])
      expect((await s.ask('/api/v1/sessions?lang=en&prefecture=08&kind=')).status).toBe(200)
    },
  )

  test('is 304 for clients that have this version, for one session and for the list', async () => {
    for (const path of ['/api/v1/sessions?prefecture=08', `/api/v1/sessions/${MITO}`]) {
      const first = await s.ask(path)
      expect(first.headers.get('content-type')).toBe('application/json')
      const tag = first.headers.get('etag') ?? ''
      expect(tag).toMatch(/^"[\w-]+"$/)
      for (const asked of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const again = await s.ask(path, { headers: { 'if-none-match': asked } })
        expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', tag])
      }
      expect((await s.ask(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    }
  })

  test('of a session that is not there answers 404', async () => {
    for (const id of ['nothing', '%00', '%E0%A4%A', '..%2f..', 'x'.repeat(3000)]) {
      const problem = problemOf(await s.ask(`/api/v1/sessions/${id}`))
      expect([problem.status, problem.code]).toEqual([404, 'unknown'])
    }
    expect(problemOf(await s.ask('/api/v1/nothing')).code).toBe('unknown')
  })

  test('never tells anything of who has booked', async () => {
    const w = await site()
    await w.booked({ name: '個人 情報郎', email: 'himitsu@example.jp' })
    const told = (await w.ask('/api/v1/sessions')).body + (await w.ask(`/api/v1/sessions/${MITO}`)).body
    for (const secret of ['情報郎', 'himitsu', '0224', 'person', 'token']) expect(told).not.toContain(secret)
  })
})
