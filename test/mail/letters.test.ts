import { expect, test } from 'vitest'
import { BOOKING_LETTERS, type BookingLetterKind, meaningOf } from '../../src/base/letters.ts'
import type { Booking } from '../../src/booking/booking.ts'
import { manageUrl } from '../../src/booking/link.ts'
import { type Config, parseConfig } from '../../src/config.ts'
import { letterOf } from '../../src/mail/letters.ts'
import { width } from '../../templates/mail/wrap.ts'
import { booking, session, writing } from '../calendar/fixtures.ts'
import { readOne, value } from '../calendar/reader.ts'

const { config } = writing()
const clock = { now: () => '2026-11-22T01:00:00.000Z' }

async function letter(
  kind: BookingLetterKind,
  given: Partial<Booking> = {},
  more: { locale?: 'ja' | 'en'; config?: Config } = {},
) {
  const ctx = { config: more.config ?? config, clock }
  const written = await letterOf(
    ctx,
    { id: 'letter-1', kind, locale: more.locale ?? 'ja', before: null },
    await booking(given),
  )
  if (!written) throw new Error('no letter')
  return written
}

test('a confirmation says by text alone all that is needed', async () => {
  const { subject, text } = await letter('booked')
  expect(subject).toBe('【予約確定】テレワーク相談会（水戸） 11月27日(金) 受付番号 IB-1127-03')
  expect(text.split('\n').slice(0, 4)).toEqual(['ご予約を承りました', '', '株式会社サンプル', '髙﨑 𠮷郎 様'])
  for (const line of [
    '受付番号：IB-1127-03',
    '内容：テレワーク相談会（水戸）',
    '日時：2026年11月27日(金) 10:15〜11:00',
    '都道府県：茨城県',
    '開催形式：現地',
    '場所：水戸市民会館 水戸市泉町1-7-1',
    '費用：無料（通信料はご負担ください）',
    'ご案内：手ぶらでお越しください。',
    'キャンセル期限：11月27日(金) 10:15 まで',
    '水戸の窓口',
    '電話 029-000-0001、029-000-0002',
    '受付時間：平日 9:00〜17:00',
    (await manageUrl({ config }, await booking())) ?? '',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
  expect(text).toContain('窓口にお電話ください。')
})

test('a letter says how to find the venue to people who come, while there is somewhere to go', async () => {
  const guide = {
    access: { ja: '南口から徒歩5分\n地下通路あり', en: 'Five minutes on foot' },
    parking: { ja: '無料20台', en: 'Free, 20 cars' },
    mapUrl: 'https://map.example/mito',
    stepFree: true,
  }
  const venue = { id: 'venue', name: { ja: '会館', en: 'Hall' }, address: null, areaOnly: false, guide }
  const at = (changes: object = {}) => ({ session: session({ venue, ...changes }) })
  const lines = [
    'アクセス：南口から徒歩5分 地下通路あり',
    '駐車場：無料20台',
    '段差：段差なしで入れます',
    '地図：https://map.example/mito',
  ]
  for (const kind of ['booked', 'reminder'] as const) {
    expect((await letter(kind, at())).text.split('\n')).toEqual(expect.arrayContaining(lines))
  }
  expect((await letter('booked', at(), { locale: 'en' })).text).toContain('Getting there: Five minutes on foot')
  expect((await letter('booked', { ...at(), format: 'online' })).text).not.toContain('アクセス')
  expect((await letter('called_off', at({ status: 'called_off' }))).text).not.toContain('アクセス')
})

test('the desk stands once in a letter, in its signature; its telephone also where people are asked to call', async () => {
  const lines = (await letter('booked')).text.split('\n')
  const times = (line: string) => lines.filter((one) => one === line).length
  expect(['水戸の窓口', '受付時間：平日 9:00〜17:00', '電話 029-000-0001、029-000-0002'].map(times)).toEqual([1, 1, 2])
})

test.each(BOOKING_LETTERS)('no line of a letter (%s) is too long for a phone', async (kind) => {
  const named = { company: '株式会社'.repeat(20), name: 'Maximilian '.repeat(10) }
  const texts = [await letter(kind, named), await letter(kind, named, { locale: 'en' })].map((one) => one.text)
  const lines = texts.flatMap((text) => text.split('\n'))
  expect(lines.filter((line) => width(line) > 70 && !line.includes('://'))).toEqual([])
})

test('a person is 様, a company has no 御中 beside it', async () => {
  const { text, html } = await letter('booked')
  expect(text + html).not.toContain('御中')
})

test.each([
  ['booked', 'REQUEST', 'CONFIRMED', 'booked'],
  ['cancelled', 'CANCEL', 'CANCELLED', 'cancelled'],
] as const)('a letter that tells of %s carries %s, said once', async (kind, method, state, status) => {
  const { calendar } = await letter(kind, { status })
  expect(calendar?.method).toBe(method)
  const { calendar: read, event } = readOne(calendar?.content ?? '')
  expect(value(read, 'method')).toBe(method)
  expect(value(event, 'status')).toBe(state)
})

test('a link letter carries no calendar, but the link and how the booking stands', async () => {
  const { calendar, subject, text } = await letter('link')
  expect(calendar).toBeNull()
  expect(subject).toMatch(/^【予約の確認】/)
  expect(text).toContain('状態：予約済み')
  expect(text).toContain('/b/')
})

test('a cancellation offers other dates and no link to the booking', async () => {
  const { subject, text, html } = await letter('cancelled', { status: 'cancelled' })
  expect(subject).toMatch(/^【キャンセル】/)
  expect(text).toContain('https://madoguchi.example/calendar?prefecture=08')
  expect(text + html).not.toContain('/b/')
  expect(text).not.toContain('キャンセル期限')
})

test("a letter is in its row's language, whatever the page's was", async () => {
  const { subject, text, html, headers } = await letter('booked', {}, { locale: 'en' })
  expect(subject).toBe(
    '[Booking confirmed] Telework consultation day in Mito, Fri 27 November, booking number IB-1127-03',
  )
  expect(text).toContain('Dear 髙﨑 𠮷郎,')
  expect(text).toContain('When: Fri 27 November 2026 10:15–11:00 JST')
  expect(html).toContain('<html lang="en">')
  expect(headers['Content-Language']).toBe('en')
})

test('what people typed is never markup', async () => {
  const { html } = await letter('booked', { name: '<script>alert(1)</script>', company: '"A" & <b>B</b>' })
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; 様')
  expect(html).toContain('&quot;A&quot; &amp; &lt;b&gt;B&lt;/b&gt;')
  expect(html).not.toMatch(/<script|<b>|<img/)
})

test('the HTML part says what the text part says', async () => {
  const { html } = await letter('booked')
  expect(html).toMatch(/^<!doctype html><html lang="ja">/)
  expect(html.match(/<h1/g)).toHaveLength(1)
  for (const said of ['IB-1127-03', '2026年11月27日(金) 10:15〜11:00', '029-000-0001', '平日 9:00〜17:00', '無料']) {
    expect(html).toContain(said)
  }
  expect(html).toContain('https://calendar.google.com/calendar/render?')
  expect(html).toContain('https://outlook.live.com/calendar/')
})

test('it comes from us, is made known as automatic, and has a name of its own that stays', async () => {
  const { from, to, messageId, headers } = await letter('booked')
  expect(from).toEqual({ name: 'テレワーク窓口', address: 'noreply@madoguchi.example' })
  expect(to).toEqual({ name: '髙﨑 𠮷郎', address: 'yoshiro@example.jp' })
  expect(messageId).toBe('<letter-1@madoguchi.example>')
  expect(headers['Auto-Submitted']).toBe('auto-generated')
})

test.each(BOOKING_LETTERS)('a letter (%s) has the calendar part that the table of kinds says', async (kind) => {
  const { calendar } = await letter(kind)
  expect(calendar?.method ?? null).toBe(meaningOf(kind).calendar)
})

test.each(BOOKING_LETTERS)('a letter (%s) that ends something leads to no booking any more', async (kind) => {
  const manage = (await manageUrl({ config }, await booking())) ?? ''
  expect((await letter(kind)).text.includes(manage)).toBe(!meaningOf(kind).ends)
})

test('answers go to the desk if it may be written to, else to the operator, else nowhere', async () => {
  const desk = { ...session().desk, email: 'mito@example.jp' }
  const operated = parseConfig({ NODE_ENV: 'test', MAIL_REPLY_TO: '"事務局, 総務" <jimu@example.jp>' })
  if (!operated.ok) throw new Error('config')
  const { config: withReply } = operated
  const own = await letter('booked', { session: session({ desk }) }, { config: withReply })
  expect(own.replyTo).toEqual({ name: '', address: 'mito@example.jp' })
  const operator = await letter('booked', {}, { config: withReply })
  expect(operator.replyTo).toEqual({ name: '事務局, 総務', address: 'jimu@example.jp' })
  expect(operator.text).toContain('このメールへの返信')
  const nobody = await letter('booked')
  expect(nobody.replyTo).toBeNull()
  expect(nobody.text).toContain('送信専用')
})

test('a person who books with the sender’s address is not invited by themselves', async () => {
  const { calendar } = await letter('booked', { email: 'NoReply@madoguchi.example' })
  expect(calendar).toBeNull()
})

test('after the deadline the letter does not say that it can be cancelled', async () => {
  const late = { config, clock: { now: () => '2026-11-27T01:15:00.000Z' } }
  const written = await letterOf(late, { id: 'letter-1', kind: 'link', locale: 'ja', before: null }, await booking())
  expect(written?.text).not.toContain('キャンセル期限')
})

test('a letter about an undecided date says so and carries no calendar', async () => {
  const undated = session({ date: null, starts_at: null, ends_at: null, settled: 'nothing', slots: [] })
  const { subject, text, calendar } = await letter('booked', { slot: null, session: undated })
  expect(subject).toContain('日程未定')
  expect(text).toContain('日時：日程未定')
  expect(calendar).toBeNull()
})

test('a sample says that it is one', async () => {
  expect((await letter('booked', { session: session({ sample: true }) })).text).toContain('見本です')
})

test('a link whose secret was taken out of service is left out; the phone remains', async () => {
  const { text, html } = await letter('booked', { secret_id: 'retired' })
  expect(text + html).not.toContain('/b/')
  expect(text).toContain('電話 029-000-0001')
})

test('there is no letter without an e-mail', async () => {
  const row = { id: 'letter-1', kind: 'booked', locale: 'ja', before: null } as const
  expect(await letterOf({ config, clock }, row, await booking({ email: null }))).toBeNull()
})

test('a waiting person reads their turn and that nothing is booked yet, and gets no calendar entry', async () => {
  const { subject, text, calendar } = await letter('waiting', { status: 'waiting', position: 2 })
  expect(subject).toMatch(/^【キャンセル待ち】/)
  expect(text).toContain('順番：2番目（お知らせの時点）')
  expect(text).toContain('まだ予約は決まっていません。')
  expect(calendar).toBeNull()
})

test('an offer says until when the place is held and how to answer, by telephone too', async () => {
  const offered = { status: 'offered', offer_expires_at: '2026-11-25T06:00:00.000Z' } as const
  const { subject, text, calendar } = await letter('offered', offered)
  expect(subject).toMatch(/^【空きのご案内】/)
  expect(text).toContain('お返事の期限：11月25日(水) 15:00 まで')
  expect(text).toContain((await manageUrl({ config }, await booking())) ?? 'no link')
  expect(text).toContain('お電話')
  expect(calendar).toBeNull()
})

test('after a move the letter says what was and what is, and updates the entry in place', async () => {
  const was = { date: '2026-11-20', starts_at: '2026-11-20T01:15:00.000Z', ends_at: '2026-11-20T02:00:00.000Z' }
  const row = {
    id: 'letter-1',
    kind: 'moved',
    locale: 'ja',
    before: JSON.stringify({ ...was, format: 'online' }),
  } as const
  const written = await letterOf({ config, clock }, row, await booking({ sequence: 4 }))
  expect(written?.subject).toMatch(/^【変更】/)
  expect(written?.text).toContain('変更前：2026年11月20日(金) 10:15〜11:00 WEB')
  expect(written?.text).toContain('日時：2026年11月27日(金) 10:15〜11:00')
  expect(written?.calendar?.method).toBe('REQUEST')
  expect(written?.calendar?.content).toContain('SEQUENCE:4')
})

test('an English letter of another form says what was before as one phrase', async () => {
  const { date, starts_at, ends_at } = session()
  const before = JSON.stringify({ date, starts_at, ends_at, format: 'online' })
  const row = { id: 'letter-1', kind: 'amended', locale: 'en', before } as const
  const written = await letterOf({ config, clock }, row, await booking())
  expect(written?.text).toMatch(/^Before: Fri 27 November 2026 [\d:–]+ JST, online$/m)
})

test.each(['lapsed', 'left'] as const)(
  'once it is over (%s), the letter leads to other dates and to nothing else',
  async (kind) => {
    const { text, calendar } = await letter(kind, { status: 'cancelled' })
    expect(text).toContain('/calendar?prefecture=')
    expect(text).not.toContain('/b/')
    expect(calendar).toBeNull()
  },
)

test.each(['offered', 'promoted', 'lapsed'] as const)(
  'a letter (%s) to a reserve of a draw names no waiting list',
  async (kind) => {
    const lot = { drawn: 'reserve', session: session({ acceptance: 'lottery', draw: 'announced' }) } as const
    expect((await letter(kind, { status: 'offered', ...lot })).text).not.toContain('キャンセル待ち')
  },
)

test.each(['withdrawn', 'left'] as const)(
  'a letter (%s) about a declined place says that it is declined',
  async (kind) => {
    const { subject } = await letter(kind, { status: 'cancelled', ended: 'cancelled', status_before: 'offered' })
    expect(subject).toMatch(/^【辞退】/)
  },
)
