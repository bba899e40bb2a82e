import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { LOCALES } from '../../src/base/locale.ts'
import { FORMATS, SESSION_STATUSES } from '../../src/base/vocabulary.ts'
import { sessionData } from '../../src/calendar/json-ld.ts'
import type { Session } from '../../src/schedule/session.ts'
import { session, writing } from './fixtures.ts'

const url = { type: 'string', pattern: '^https?://' }
const moment = { type: 'string', pattern: String.raw`^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\+09:00)?$` }
const place = {
  type: 'object',
  required: ['@type', 'name', 'address'],
  properties: {
    '@type': { const: 'Place' },
    name: { type: 'string', minLength: 1 },
    address: {
      type: 'object',
      required: ['@type', 'addressCountry', 'addressRegion'],
      properties: { '@type': { const: 'PostalAddress' }, addressCountry: { const: 'JP' } },
    },
  },
}
const virtual = {
  type: 'object',
  required: ['@type', 'url'],
  additionalProperties: false,
  properties: { '@type': { const: 'VirtualLocation' }, url },
}
const mode = (name: string) => `https://schema.org/${name}EventAttendanceMode`

/** What Google asks of an event (developers.google.com/search/docs/appearance/structured-data/event). */
const valid = new Ajv({ allErrors: true }).compile({
  type: 'object',
  required: ['@context', '@type', 'name', 'startDate', 'endDate', 'location', 'eventStatus', 'eventAttendanceMode'],
  properties: {
    '@context': { const: 'https://schema.org' },
    '@type': { enum: ['Event', 'EducationEvent'] },
    name: { type: 'string', minLength: 1, not: { pattern: '【|無料】' } },
    url,
    startDate: moment,
    endDate: moment,
    previousStartDate: { type: 'array', items: moment, minItems: 1 },
    eventStatus: { pattern: '^https://schema.org/Event(Scheduled|Cancelled|Postponed|Rescheduled|MovedOnline)$' },
    offers: {
      type: 'object',
      required: ['@type', 'price', 'priceCurrency', 'availability', 'url'],
      properties: { price: { const: '0' }, priceCurrency: { const: 'JPY' }, url },
    },
  },
  oneOf: [
    { properties: { eventAttendanceMode: { const: mode('Online') }, location: virtual } },
    { properties: { eventAttendanceMode: { const: mode('Offline') }, location: place } },
    {
      properties: {
        eventAttendanceMode: { const: mode('Mixed') },
        location: { type: 'array', items: [place, virtual], minItems: 2, maxItems: 2 },
      },
    },
  ],
  anyOf: [
    { not: { required: ['previousStartDate'] } },
    { properties: { eventStatus: { const: 'https://schema.org/EventRescheduled' } } },
  ],
})

const data = (given: Partial<Session> = {}, moved: string[] = [], locale: 'ja' | 'en' = 'ja') => {
  const found = sessionData(writing(locale), session(given), moved)
  if (!found) throw new Error('no data')
  // As a reader gets it.
  return JSON.parse(JSON.stringify(found)) as Record<string, unknown>
}
const statusOf = (given: Partial<Session>, moved: string[] = []) =>
  String(data(given, moved).eventStatus).replace('https://schema.org/', '')

const OCTOBER = '2026-10-30T01:15:00.000Z'
const HOURS = { starts_at: '2026-11-27T01:15:00.000Z', ends_at: '2026-11-27T07:00:00.000Z' }
const POSTPONED: Partial<Session> = {
  status: 'postponed',
  date: null,
  starts_at: null,
  ends_at: null,
  settled: 'nothing',
  former: { date: '2026-11-27', ...HOURS },
}

describe('the data of a session for search engines', () => {
  const formats = FORMATS.flatMap((one, i) => [[one], ...FORMATS.slice(i + 1).map((other) => [one, other])])

  test.each(LOCALES)('fits the schema in each state and format, moved or not (%s)', (locale) => {
    for (const status of SESSION_STATUSES) {
      for (const given of formats) {
        for (const moved of [[], [OCTOBER]]) {
          const found = data({ status, formats: [...given], ...(status === 'postponed' && POSTPONED) }, moved, locale)
          expect(valid(found), `${status} ${given.join()} ${JSON.stringify(valid.errors)}`).toBe(true)
        }
      }
    }
  })

  test('the schema refuses what search engines refuse', () => {
    const right = data()
    for (const wrong of [
      { startDate: '2026-11-27T10:15:00Z' },
      { eventStatus: 'https://schema.org/Cancelled' },
      { location: { '@type': 'VirtualLocation', url: 'https://example.jp' } },
      { previousStartDate: ['2026-10-30'] },
      { name: '【中止】相談会' },
    ]) {
      expect(valid({ ...right, ...wrong }), JSON.stringify(wrong)).toBe(false)
    }
  })

  test('times are in Japan, and a day without hours has no time', () => {
    expect(data()).toMatchObject({ startDate: '2026-11-27T10:15:00+09:00', endDate: '2026-11-27T16:00:00+09:00' })
    const day = data({ status: 'undecided', settled: 'date', starts_at: null, ends_at: null, slots: [] })
    expect(day).toMatchObject({ startDate: '2026-11-27', endDate: '2026-11-27' })
  })

  test('nothing is said of a session without a date, or of a sample', () => {
    const undated = session({ date: null, starts_at: null, ends_at: null, settled: 'nothing', status: 'undecided' })
    expect(sessionData(writing(), undated, [])).toBeNull()
    expect(sessionData(writing(), session({ sample: true }), [])).toBeNull()
  })

  test('each state has its word; a postponed session keeps its day, and one that moved names the days before', () => {
    expect(statusOf({ status: 'open' })).toBe('EventScheduled')
    expect(statusOf({ status: 'called_off' })).toBe('EventCancelled')
    expect(statusOf({ status: 'skipped' })).toBe('EventCancelled')
    expect(statusOf(POSTPONED)).toBe('EventPostponed')
    expect(data(POSTPONED)).toMatchObject({ startDate: '2026-11-27T10:15:00+09:00' })
    expect(statusOf({}, [OCTOBER])).toBe('EventRescheduled')
    expect(data({}, [OCTOBER])).toMatchObject({ previousStartDate: ['2026-10-30T10:15:00+09:00'] })
    expect(statusOf({ formats: ['online'], formats_before: ['onsite'] })).toBe('EventMovedOnline')
    expect(statusOf({ formats: ['online'], formats_before: null })).toBe('EventScheduled')
    // Only a rescheduled event may name earlier days.
    expect(data({ status: 'called_off' }, [OCTOBER])).not.toHaveProperty('previousStartDate')
    expect(statusOf({ formats: ['online'], formats_before: ['onsite'] }, [OCTOBER])).toBe('EventRescheduled')
  })

  test('an area has no street, and an address no prefecture twice', () => {
    const venue = { id: 'v', name: { ja: '水戸エリア', en: 'Mito area' }, address: '茨城県水戸市1-1', areaOnly: true }
    const street = (areaOnly: boolean) => data({ formats: ['onsite'], venue: { ...venue, areaOnly } }).location
    expect(street(true)).not.toHaveProperty('address.streetAddress')
    expect(street(false)).toHaveProperty('address.streetAddress', '水戸市1-1')
  })

  test('an offer says whether there is a place, and where to apply; none if nobody can apply', () => {
    const of = (status: Session['status']) =>
      (data({ status }).offers as { availability: string } | undefined)?.availability
    expect(of('open')).toBe('https://schema.org/InStock')
    expect(of('full')).toBe('https://schema.org/SoldOut')
    expect(of('not_yet_open')).toBe('https://schema.org/PreOrder')
    expect(of('closed')).toBeUndefined()
    expect(of('called_off')).toBeUndefined()
  })

  test('nothing of it is private', () => {
    const text = JSON.stringify(data({ meeting_url: 'https://meet.example.jp/secret' }))
    expect(text).not.toContain('secret')
    expect(text).not.toContain('remainingAttendeeCapacity')
  })
})
