import { describe, expect, test } from 'vitest'
import { bookingCalendar, deskCalendar, sessionCalendar } from '../../src/calendar/feed.ts'
import { booking, feedText, session, writing } from './fixtures.ts'
import { instant, read, readOne, value } from './reader.ts'

const one = async (given: Parameters<typeof session>[0] = {}) =>
  readOne(await feedText(writing(), '水戸', [session(given)]))

test('a feed is published under its name and asks to be read again every hour', async () => {
  const { calendar } = await one()
  expect(value(calendar, 'method')).toBe('PUBLISH')
  expect(value(calendar, 'name')).toBe('水戸')
  expect(value(calendar, 'x-wr-calname')).toBe('水戸')
  expect(value(calendar, 'refresh-interval')).toBe('PT1H')
  expect(value(calendar, 'x-published-ttl')).toBe('PT1H')
})

test("a feed's name may hold what has a meaning in calendars", async () => {
  const feed = await feedText(writing(), '水戸, 日立; \\ と\n近く', [session()])
  expect(read(feed).events).toHaveLength(1)
  expect(feed).toContain(String.raw`NAME:水戸\, 日立\; \\ と\n近く`) // ical.js does not know that NAME is a text
})

test('a session keeps its hours, whatever the zone of the machine that writes and of the one that reads', async () => {
  const { event } = await one()
  const start = event.getFirstProperty('dtstart')
  expect(start?.getFirstParameter('tzid')).toBe('Asia/Tokyo')
  expect(start?.toICALString()).toBe('DTSTART;TZID=Asia/Tokyo:20261127T101500')
  expect(instant(event, 'dtstart')).toBe('2026-11-27T01:15:00.000Z')
  expect(instant(event, 'dtend')).toBe('2026-11-27T07:00:00.000Z')
})

test('the zone is standard time only, nine hours ahead', async () => {
  const zone = await feedText(writing(), '水戸', [session(), session({ id: 'session-2' })])
  expect(zone.match(/BEGIN:VTIMEZONE[\s\S]+END:VTIMEZONE/)?.[0].split('\r\n')).toEqual([
    'BEGIN:VTIMEZONE',
    'TZID:Asia/Tokyo',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0900',
    'TZOFFSETTO:+0900',
    'TZNAME:JST',
    'END:STANDARD',
    'END:VTIMEZONE',
  ])
})

test("an entry carries the session's own UID, SEQUENCE and stamps, in UTC and the same at every poll", async () => {
  const { event } = await one({ sequence: 4 })
  expect(value(event, 'uid')).toBe('11111111-1111-4111-8111-111111111111@madoguchi.example')
  expect(value(event, 'sequence')).toBe('4')
  expect(event.getFirstProperty('dtstamp')?.toICALString()).toBe('DTSTAMP:20261102T030405Z')
  expect(event.getFirstProperty('last-modified')?.toICALString()).toBe('LAST-MODIFIED:20261102T030405Z')
  expect(event.getFirstProperty('created')?.toICALString()).toBe('CREATED:20261101T000000Z')
  const feed = () => feedText(writing(), '水戸', [session()])
  expect(await feed()).toBe(await feed())
})

test('a feed does not change when places are taken', async () => {
  const full = session({ remaining: 0, waiting: 2, status: 'full' })
  expect(await feedText(writing(), '水戸', [full])).toBe(await feedText(writing(), '水戸', [session()]))
})

test('an entry says what, where and how in plain words', async () => {
  const { event } = await one()
  expect(value(event, 'summary')).toBe('テレワーク相談会（水戸）')
  expect(value(event, 'location')).toBe('水戸市民会館 水戸市泉町1-7-1')
  expect(value(event, 'url')).toBe('https://madoguchi.example/sessions/session-1')
  expect(value(event, 'categories')).toBe('相談会')
  expect(value(event, 'status')).toBe('CONFIRMED')
  expect(value(event, 'description')?.split('\n')).toEqual([
    '手ぶらでお越しください。',
    '開催形式：現地・WEB',
    '費用：無料（通信料はご負担ください）',
    '窓口：水戸の窓口 電話 029-000-0001, 029-000-0002',
    'お申し込み：https://madoguchi.example/sessions/session-1',
  ])
})

test('an entry can be read in English', async () => {
  const { event } = readOne(await feedText(writing('en'), 'Mito', [session({ status: 'called_off' })]))
  expect(value(event, 'summary')).toBe('[Called off] Telework consultation day in Mito')
  expect(value(event, 'location')).toBe('Mito City Hall 水戸市泉町1-7-1')
  expect(value(event, 'description')).toContain('How it is held: In person, Online')
})

test('the organizer is the address letters come from; nobody attends and nothing rings', async () => {
  const { event } = await one()
  const organizer = event.getFirstProperty('organizer')
  expect(organizer?.getFirstValue()).toBe('mailto:noreply@madoguchi.example')
  expect(organizer?.getFirstParameter('cn')).toBe('テレワーク窓口')
  expect(event.getFirstProperty('attendee')).toBeNull()
  expect(event.getAllSubcomponents()).toEqual([])
})

describe('what does not take place stays in the feed as cancelled', () => {
  test.each([
    ['called_off', '【中止】テレワーク相談会（水戸）'],
    ['skipped', '【休止】テレワーク相談会（水戸）'],
    ['postponed', '【延期】テレワーク相談会（水戸）'],
  ] as const)('%s', async (status, summary) => {
    const { event } = await one({ status, reason: { ja: '台風のため', en: 'Typhoon' } })
    expect(value(event, 'status')).toBe('CANCELLED')
    expect(value(event, 'summary')).toBe(summary)
    expect(value(event, 'description')).toContain('理由：台風のため')
    expect(value(event, 'description')).not.toContain('お申し込み')
  })
})

test('a session without hours takes its whole day, tentatively', async () => {
  const { event } = await one({ starts_at: null, ends_at: null, settled: 'date', slots: [], status: 'undecided' })
  expect(event.getFirstProperty('dtstart')?.toICALString()).toBe('DTSTART;VALUE=DATE:20261127')
  expect(event.getFirstProperty('dtend')?.toICALString()).toBe('DTEND;VALUE=DATE:20261128')
  expect(value(event, 'status')).toBe('TENTATIVE')
  expect(value(event, 'summary')).toBe('【時間未定】テレワーク相談会（水戸）')
})

test('a session without a date is left out, and a feed without entries can still be read', async () => {
  const undated = session({ date: null, starts_at: null, ends_at: null, settled: 'nothing', status: 'undecided' })
  const { calendar, events } = read(await feedText(writing(), '水戸', [undated]))
  expect(events).toEqual([])
  expect(value(calendar, 'name')).toBe('水戸')
})

test('if applications are taken elsewhere the contact is shown, a damaged address never', async () => {
  const contact = { kind: 'elsewhere', name: '豊田市就労支援室', phone: '0565-34-6774', url: null } as const
  const { event } = await one({ apply: { ...contact, url_printed: 'https://www.city.toyota.aichi.jp/kyouyushaiki' } })
  expect(value(event, 'description')).toContain('お申し込み先：豊田市就労支援室 電話 0565-34-6774')
  expect(event.toString()).not.toContain('kyouyushaiki')
})

test('a sample says that it is one', async () => {
  expect(value((await one({ sample: true })).event, 'description')).toMatch(
    /^これは使い方をお試しいただくための見本です。/,
  )
})

test.each([
  [['online'], 'オンライン'],
  [['online', 'phone'], 'オンライン・電話'],
] as const)('without a room to go to (%s) the place is %s', async (formats, place) => {
  expect(value((await one({ formats: [...formats] })).event, 'location')).toBe(place)
})

test('if only the area is known, the place is said to follow', async () => {
  const venue = { id: 'venue', name: { ja: '水戸地域', en: 'Mito area' }, address: null, areaOnly: true }
  expect(value((await one({ venue })).event, 'location')).toBe('水戸地域（会場は追ってご案内します）')
  expect((await one({ venue: null, formats: ['onsite'] })).event.getFirstProperty('location')).toBeNull()
})

test('long titles of many-octet characters are folded between characters and come back whole', async () => {
  const ja = '髙﨑𠮷🗓️テレワーク, 相談会; \\'.repeat(12)
  expect(value((await one({ title: { ja, en: ja } })).event, 'summary')).toBe(ja)
})

test('characters that no format can carry are left out of every calendar', async () => {
  const text = 'a\u0000\u0001\u007f\u0085\ud800\ufdd0\uffff\u{10ffff}b'
  const odd = session({ title: { ja: text, en: text }, note: { ja: text, en: text } })
  for (const calendar of [
    await feedText(writing(), text, [odd]),
    await deskCalendar(writing(), text, [odd], () => text),
    sessionCalendar(writing(), odd),
    await bookingCalendar(writing(), await booking({ session: odd, name: text }), 'REQUEST'),
  ]) {
    expect(calendar.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u)
    expect(value(readOne(calendar).event, 'summary')).toMatch(/^ab/)
  }
})

test("a session's own file has the same entry and no calendar name", async () => {
  const { calendar, event } = readOne(sessionCalendar(writing(), session()))
  expect(event.toString()).toBe((await one()).event.toString())
  expect(calendar.getFirstProperty('x-wr-calname')).toBeNull()
})

describe('a feed of the whole country', () => {
  const many = Array.from({ length: 250 }, (_, i) => session({ id: `session-${i}`, uid: `session-${i}` }))

  test('has all properties of the calendar before its first component, as RFC 5545 section 3.4 asks', async () => {
    for (const some of [[], many.slice(0, 1), many]) {
      const feed = await feedText(writing(), '全国', some)
      const first = feed.indexOf('BEGIN:VTIMEZONE')
      for (const name of ['METHOD', 'NAME', 'X-WR-CALNAME', 'REFRESH-INTERVAL', 'X-PUBLISHED-TTL']) {
        const at = feed.search(new RegExp(`^${name}[:;]`, 'm'))
        expect([name, at > 0 && at < first]).toEqual([name, true])
      }
    }
  })

  test('has each entry once and in order, in one calendar', async () => {
    const feed = await feedText(writing(), '全国', many)
    expect(feed.match(/^(BEGIN|END):(VCALENDAR|VTIMEZONE)\r$/gm)?.map((line) => line.trim())).toEqual([
      'BEGIN:VCALENDAR',
      'BEGIN:VTIMEZONE',
      'END:VTIMEZONE',
      'END:VCALENDAR',
    ])
    expect(feed.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true)
    expect(read(feed).events.map((event) => value(event, 'uid'))).toEqual(many.map(({ uid }) => uid))
  })

  test('lets others be answered meanwhile, and is given up once nobody waits for it', async () => {
    let turns = 0
    let isMade = false
    const turn = () => {
      if (isMade) return
      turns++
      setImmediate(turn)
    }
    setImmediate(turn)
    await feedText(writing(), '全国', many)
    isMade = true
    expect(turns).toBeGreaterThan(1)
    const gone = { ...writing(), signal: () => AbortSignal.abort() }
    await expect(feedText(gone, '全国', many)).rejects.toThrow('abort')
  })
})
