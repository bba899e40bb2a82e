import ICAL from 'ical.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { MITO } from '../world.ts'
import { type Answer, type Site, site } from './app.ts'

let s: Site
beforeEach(async () => {
  s = await site()
})

/** The entries of a feed, read by another library. */
function entries(answer: Answer): ICAL.Event[] {
  return new ICAL.Component(ICAL.parse(answer.body)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
}

const nameOf = (answer: Answer) => new ICAL.Component(ICAL.parse(answer.body)).getFirstPropertyValue('x-wr-calname')
const asked = (path: string, headers: Record<string, string>) => s.ask(path, { headers })

/** Moves the day in Mito by an hour, as an edit would. */
function edit(at: string): Promise<void> {
  return s.run(
    "update session set ends_at = '2026-11-27T08:00:00.000Z', sequence = 1, updated_at = ? where id = ?",
    at,
    MITO,
  )
}

describe('/calendar.ics', () => {
  test('is a calendar of everything that has a date, from two months back on', async () => {
    const feed = await s.ask('/calendar.ics')
    expect(feed.status).toBe(200)
    expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(feed.headers.get('content-disposition')).toBe('inline; filename="calendar.ics"')
    const dates = entries(feed).map((one) => one.startDate.toString().slice(0, 10))
    expect(dates.toSorted()[0]).toBe('2026-09-23')
    expect(dates.toSorted().at(-1)).toBe('2027-02-19')
    expect(dates).toHaveLength((await s.rows("select id from session where date >= '2026-09-23'")).length)
  })

  test.each([
    ['prefecture=08', '茨城県', /^ibaraki-/],
    ['kind=seminar', 'セミナー', /^seminar-/],
    ['format=online', 'WEB', /^(ibaraki|hokkaido|seminar)-/],
    ['prefecture=04&kind=consultation&format=onsite', '宮城県 相談会 現地', /^miyagi-/],
  ])('narrowed to %s holds nothing else and says so in its name', async (query, name, expected) => {
    const feed = await s.ask(`/calendar.ics?${query}`)
    const ids = entries(feed).map((one) => String(one.component.getFirstPropertyValue('url')).split('/').at(-1))
    expect(ids.length).toBeGreaterThan(0)
    expect(ids.filter((id) => !expected.test(id ?? ''))).toEqual([])
    expect(nameOf(feed)).toBe(`テレワーク相談 窓口 ${name}`)
  })

  test('passes over what only the page is asked, and is not there for a value that is none of ours', async () => {
    const plain = await s.ask('/calendar.ics')
    const same = await s.ask('/calendar.ics?month=2026-12&week=2026-12-06&view=list&prefecture=')
    expect(same.body).toBe(plain.body)
    // Whoever is no longer in a feed would vanish from calendars without a word.
    for (const query of ['prefecture=99', 'kind=party', 'format=telepathy', 'status=open']) {
      expect((await s.ask(`/calendar.ics?${query}`)).status).toBe(404)
    }
  })

  test('is for the pages of any site, and refuses other methods with those that it has', async () => {
    for (const path of ['/calendar.ics', '/calendar.ics?prefecture=08', `/sessions/${MITO}.ics`]) {
      const { headers } = await s.ask(path)
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const wrong = await s.ask(path, { method })
        expect([path, method, wrong.status, wrong.headers.get('allow')]).toEqual([path, method, 405, 'GET, HEAD'])
      }
    }
  })

  test('is not there for a filter that is mistyped: it would look like all dates', async () => {
    for (const query of ['prefectur=08', 'series=ibaraki', 'q=x']) {
      expect((await s.ask(`/calendar.ics?${query}`)).status).toBe(404)
    }
  })

  test('is in the language asked for', async () => {
    expect(nameOf(await s.ask('/calendar.ics?lang=en&prefecture=08'))).toBe('Telework Desk Madoguchi Ibaraki')
  })

  test('is empty, and still a calendar, if nothing fits', async () => {
    const feed = await s.ask('/calendar.ics?prefecture=13')
    expect(feed.status).toBe(200)
    expect(entries(feed)).toEqual([])
  })

  test('holds nothing of who has booked, and does not change when somebody books', async () => {
    const before = await s.ask('/calendar.ics')
    await s.booked({ name: '個人 情報郎', seats: 2 })
    const after = await s.ask('/calendar.ics')
    expect(after.body).toBe(before.body)
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'))
  })
})

describe.each(['/calendar.ics', '/calendar.ics?prefecture=08', `/sessions/${MITO}.ics`])('%s', (path) => {
  beforeEach(() => s.at('2026-11-22T03:00:00.000Z'))

  test('is 304 for clients that have this version, by its tag or by its date', async () => {
    const feed = await s.ask(path)
    const [tag, modified] = [feed.headers.get('etag') ?? '', feed.headers.get('last-modified') ?? '']
    expect(tag).toMatch(/^"[\w-]+"$/)
    expect(modified).toBe('Sun, 22 Nov 2026 01:00:00 GMT')
    for (const headers of [
      { 'if-none-match': tag },
      { 'if-none-match': `W/${tag}` },
      { 'if-modified-since': modified },
    ]) {
      const again = await asked(path, headers)
      expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', tag])
      expect(again.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=60, stale-while-revalidate=600')
    }
  })

  test('is sent again after an edit, and the tag goes before the date', async () => {
    const before = await s.ask(path)
    await edit('2026-11-22T02:30:00.000Z')
    const [tag, modified] = [before.headers.get('etag') ?? '', before.headers.get('last-modified') ?? '']
    for (const headers of [
      { 'if-none-match': tag },
      { 'if-modified-since': modified },
      { 'if-none-match': tag, 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' },
    ]) {
      const after = await asked(path, headers)
      expect(after.status).toBe(200)
      expect(after.headers.get('last-modified')).toBe('Sun, 22 Nov 2026 02:30:00 GMT')
      expect(after.headers.get('etag')).not.toBe(tag)
    }
  })

  test.each(['yesterday', '', '0', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'asked with If-Modified-Since: %j is sent',
    async (since) => {
      expect((await asked(path, { 'if-modified-since': since })).status).toBe(200)
    },
  )

  test('has a HEAD without a body', async () => {
    const head = await s.ask(path, { method: 'HEAD' })
    expect([head.status, head.body]).toEqual([200, ''])
    expect(head.headers.get('etag')).toBe((await s.ask(path)).headers.get('etag'))
  })
})

test('a session that leaves a filtered feed leaves its date there, so that its entry goes', async () => {
  s.at('2026-11-22T03:00:00.000Z')
  const path = '/calendar.ics?prefecture=08&format=online'
  const modified = (await s.ask(path)).headers.get('last-modified') ?? ''
  await s.run("update session set formats = 'onsite', updated_at = '2026-11-22T04:00:00.000Z' where id = ?", MITO)
  s.at('2026-11-22T05:00:00.000Z')
  const after = await asked(path, { 'if-modified-since': modified })
  expect([after.status, after.headers.get('last-modified')]).toEqual([200, 'Sun, 22 Nov 2026 04:00:00 GMT'])
  expect(after.body).not.toContain(`/sessions/${MITO}`)
})

test('two changes of one second are told apart: the second of a change has no date yet', async () => {
  s.at('2026-11-22T02:30:00.500Z')
  await edit('2026-11-22T02:30:00.400Z')
  expect((await s.ask('/calendar.ics')).headers.get('last-modified')).toBeNull()
  expect((await asked('/calendar.ics', { 'if-modified-since': 'Sun, 22 Nov 2026 02:30:00 GMT' })).status).toBe(200)
})

test('the feed is another at midnight in Japan, when its window moves on', async () => {
  const modified = async () => (await s.ask('/calendar.ics')).headers.get('last-modified')
  s.at('2026-11-22T14:59:59.000Z')
  expect(await modified()).toBe('Sun, 22 Nov 2026 01:00:00 GMT')
  s.at('2026-11-22T15:00:01.000Z')
  expect(await modified()).toBe('Sun, 22 Nov 2026 15:00:00 GMT')
})

describe('/sessions/:id.ics', () => {
  test('is the one session, the same entry as in the feed, to be kept under its name', async () => {
    const file = await s.ask(`/sessions/${MITO}.ics`)
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${MITO}.ics"`)
    const [entry, ...others] = entries(file)
    expect(others).toEqual([])
    const inFeed = entries(await s.ask('/calendar.ics')).find((one) => one.uid === entry?.uid)
    expect(inFeed?.component.toString()).toBe(entry?.component.toString())
  })

  test.each(['nothing', 'seminar-fukui-sample'])(
    'is 404 for a session that is not there or has no date (%s)',
    async (id) => {
      expect((await s.ask(`/sessions/${id}.ics`)).status).toBe(404)
    },
  )
})
