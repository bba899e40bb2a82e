import { expect, test } from 'vitest'
import { stateColumns } from '../../src/base/vocabulary.ts'
import { manageUrl } from '../../src/booking/link.ts'
import { bookingCalendar } from '../../src/calendar/feed.ts'
import { booking, session, writing } from './fixtures.ts'
import { instant, read, readOne, value } from './reader.ts'

test("a booking's file is published without an attendee and holds the slot's hours", async () => {
  const made = await booking({ sequence: 2 })
  const { calendar, event } = readOne(await bookingCalendar(writing(), made, 'PUBLISH'))
  expect(value(calendar, 'method')).toBe('PUBLISH')
  expect(event.getFirstProperty('attendee')).toBeNull()
  expect(value(event, 'uid')).toBe(made.uid)
  expect(value(event, 'sequence')).toBe('2')
  expect(value(event, 'status')).toBe('CONFIRMED')
  expect(event.getFirstProperty('dtstamp')?.toICALString()).toBe('DTSTAMP:20261120T000000Z')
  expect(instant(event, 'dtstart')).toBe('2026-11-27T01:15:00.000Z')
  expect(instant(event, 'dtend')).toBe('2026-11-27T02:00:00.000Z')
})

test("a booking's entry tells number, form, place, desk and the link to change it", async () => {
  const made = await booking()
  const { event } = readOne(await bookingCalendar(writing(), made, 'PUBLISH'))
  expect(value(event, 'description')?.split('\n')).toEqual([
    '手ぶらでお越しください。',
    '受付番号：IB-1127-03',
    '人数：1名',
    '開催形式：現地',
    '場所：水戸市民会館 水戸市泉町1-7-1',
    '費用：無料（通信料はご負担ください）',
    '窓口：水戸の窓口 電話 029-000-0001, 029-000-0002',
    `予約の確認・変更・キャンセル：${await manageUrl(writing(), made)}`,
  ])
})

test('an invitation names its recipient as an attendee who has accepted and need not answer', async () => {
  const { calendar, event } = readOne(await bookingCalendar(writing(), await booking(), 'REQUEST'))
  expect(value(calendar, 'method')).toBe('REQUEST')
  expect(value(event, 'status')).toBe('CONFIRMED')
  const attendees = event.getAllProperties('attendee')
  expect(attendees).toHaveLength(1)
  expect(String(attendees[0]?.getFirstValue()).toLowerCase()).toBe('mailto:yoshiro@example.jp')
  expect(attendees[0]?.getFirstParameter('partstat')).toBe('ACCEPTED')
  expect(attendees[0]?.getFirstParameter('rsvp')).toBe('FALSE')
  expect(attendees[0]?.getFirstParameter('cn')).toBe('髙﨑 𠮷郎')
  expect(event.getFirstPropertyValue('organizer')).toBe('mailto:noreply@madoguchi.example')
})

test.each([
  ['a..b@docomo.ne.jp', 'mailto:%22a..b%22@docomo.ne.jp', '"a..b"@docomo.ne.jp'],
  ['.a@ezweb.ne.jp', 'mailto:%22.a%22@ezweb.ne.jp', '".a"@ezweb.ne.jp'],
  ['a.@ezweb.ne.jp', 'mailto:%22a.%22@ezweb.ne.jp', '"a."@ezweb.ne.jp'],
  ['a/b?c=d&e#f%41@docomo.ne.jp', 'mailto:a%2Fb%3Fc%3Dd%26e%23f%2541@docomo.ne.jp', 'a/b?c=d&e#f%41@docomo.ne.jp'],
  ["o'neil+desk.1@example.jp", "mailto:o'neil+desk.1@example.jp", "o'neil+desk.1@example.jp"],
  ['花@例え.jp', 'mailto:%E8%8A%B1@%E4%BE%8B%E3%81%88.jp', '花@例え.jp'],
])('the address %s is an attendee that a URI may be, and is read back', async (email, uri, addrSpec) => {
  const { event } = readOne(await bookingCalendar(writing(), await booking({ email }), 'REQUEST'))
  const [attendee, ...others] = event.getAllProperties('attendee')
  const address = String(attendee?.getFirstValue()).replace(/^mailto:/i, 'mailto:')
  expect([address, others]).toEqual([uri, []])
  expect(decodeURIComponent(new URL(address).pathname)).toBe(addrSpec)
})

test.each(['髙﨑, 𠮷; 郎: 🎉', 'A "Q" B', 'a^b', 'x\r\nATTENDEE:mailto:evil@example.jp'])(
  'a name like %j stays one quoted parameter',
  async (name) => {
    const text = await bookingCalendar(writing(), await booking({ name }), 'REQUEST')
    const attendees = readOne(text).event.getAllProperties('attendee')
    expect(attendees).toHaveLength(1)
    expect(attendees[0]?.getFirstParameter('cn')).toBe(name.replace('\r\n', '\n'))
  },
)

test('a cancellation takes the same entry away: same UID, organizer, hours and attendee, a higher SEQUENCE', async () => {
  const before = readOne(await bookingCalendar(writing(), await booking(), 'REQUEST')).event
  const gone = await booking({ status: 'cancelled', sequence: 1, updated_at: '2026-11-21T00:00:00.000Z' })
  const { calendar, event } = readOne(await bookingCalendar(writing(), gone, 'CANCEL'))
  expect(value(calendar, 'method')).toBe('CANCEL')
  expect(value(event, 'status')).toBe('CANCELLED')
  expect(value(event, 'sequence')).toBe('1')
  for (const name of ['uid', 'organizer', 'dtstart', 'dtend', 'attendee']) {
    expect(event.getFirstProperty(name)?.toICALString()).toBe(before.getFirstProperty(name)?.toICALString())
  }
})

test("a cancelled booking's file says so", async () => {
  const { event } = readOne(await bookingCalendar(writing(), await booking({ status: 'cancelled' }), 'PUBLISH'))
  expect(value(event, 'status')).toBe('CANCELLED')
  expect(value(event, 'summary')).toBe('【キャンセル】テレワーク相談会（水戸）')
})

test('a booking of a session that was called off is cancelled too', async () => {
  const made = await booking({ ...stateColumns('called_off'), session: session({ status: 'called_off' }) })
  const { event } = readOne(await bookingCalendar(writing(), made, 'PUBLISH'))
  expect(value(event, 'status')).toBe('CANCELLED')
  expect(value(event, 'summary')).toBe('【開催中止】テレワーク相談会（水戸）')
})

test.each(['attended', 'booked'] as const)(
  'called off while it ran, a day took place for who is %s',
  async (status) => {
    const made = await booking({ status, session: session({ status: 'called_off' }) })
    const { event } = readOne(await bookingCalendar(writing(), made, 'PUBLISH'))
    expect([value(event, 'status'), value(event, 'summary')]).toEqual(['CONFIRMED', 'テレワーク相談会（水戸）'])
  },
)

const drawn = session({ acceptance: 'lottery', draw: 'announced' })

test.each([
  ['requested', '【窓口の回答待ち】', { status: 'requested' }],
  ['waiting', '【キャンセル待ち】', { status: 'waiting' }],
  ['entered', '【抽選待ち】', { status: 'waiting', session: session({ acceptance: 'lottery', draw: null }) }],
  ['reserve', '【補欠】', { status: 'waiting', drawn: 'reserve', session: drawn }],
  ['offered', '【空きのご案内】', { status: 'offered' }],
  ['won', '【当選】', { status: 'offered', drawn: 'won', session: drawn }],
] as const)('a booking that is only %s is tentative', async (_, mark, given) => {
  const { event } = readOne(await bookingCalendar(writing(), await booking(given), 'PUBLISH'))
  expect(value(event, 'status')).toBe('TENTATIVE')
  expect(value(event, 'summary')).toBe(`${mark}テレワーク相談会（水戸）`)
})

test.each([
  ['cancelled_by_desk', '【キャンセル】'],
  ['called_off', '【開催中止】'],
  ['offer_over', '【期限切れ】'],
  ['turned_down', '【受付終了】'],
  ['unanswered', '【受付終了】'],
  ['session_over', '【終了】'],
] as const)('the entry of a booking says how it ended: %s', async (ended, mark) => {
  const { event } = readOne(await bookingCalendar(writing(), await booking(stateColumns(ended)), 'PUBLISH'))
  expect([value(event, 'status'), value(event, 'summary')]).toEqual(['CANCELLED', `${mark}テレワーク相談会（水戸）`])
})

test('an online booking is not sent to the venue', async () => {
  const { event } = readOne(await bookingCalendar(writing(), await booking({ format: 'online' }), 'PUBLISH'))
  expect(value(event, 'location')).toBe('オンライン')
  expect(value(event, 'description')).not.toContain('水戸市民会館')
})

test('a booking whose hours are undecided takes its day, and none without a date', async () => {
  const hours = { starts_at: null, ends_at: null, slots: [], status: 'undecided' } as const
  const day = await booking({ slot: null, session: session({ ...hours, slots: [], settled: 'date' }) })
  const { event } = readOne(await bookingCalendar(writing(), day, 'PUBLISH'))
  expect(event.getFirstProperty('dtstart')?.toICALString()).toBe('DTSTART;VALUE=DATE:20261127')
  expect(value(event, 'status')).toBe('TENTATIVE')
  const none = { ...day, session: session({ ...hours, slots: [], settled: 'nothing', date: null }) }
  expect(read(await bookingCalendar(writing(), none, 'PUBLISH')).events).toEqual([])
})

test('there is no invitation without an e-mail, but there is a file', async () => {
  const phoned = await booking({ email: null })
  await expect(bookingCalendar(writing(), phoned, 'REQUEST')).rejects.toThrow('without an e-mail')
  expect(read(await bookingCalendar(writing(), phoned, 'PUBLISH')).events).toHaveLength(1)
})

test('a link whose secret was taken out of service is left out', async () => {
  const text = await bookingCalendar(writing(), await booking({ secret_id: 'retired' }), 'PUBLISH')
  expect(value(readOne(text).event, 'description')).not.toContain('/b/')
})
