import { describe, expect, test } from 'vitest'
import { BOOKING_LETTERS, type BookingLetterKind, meaningOf } from '../../src/base/letters.ts'
import type { Booking } from '../../src/booking/booking.ts'
import { factsOf, letterOf, saidAlone } from '../../src/mail/letters.ts'
import { factRows } from '../../templates/mail/booking-letter.ts'
import { letterTexts } from '../../templates/text/letters.ts'
import { booking, session, writing } from '../calendar/fixtures.ts'

const { config } = writing()
const ctx = { config, clock: { now: () => '2026-11-22T01:00:00.000Z' } }
const lottery = { acceptance: 'lottery', draw: null } as const
const until = { offer_expires_at: '2026-11-25T06:00:00.000Z' }

/** Everything that a booking may be, and what each letter about it must say. */
const STATES = {
  booked: { given: {}, state: null, says: [] },
  requested: {
    given: { status: 'requested', ...until },
    state: '窓口の回答待ち',
    says: ['結果のご連絡：11月25日(水) 15:00 まで'],
  },
  waiting: { given: { status: 'waiting', position: 2 }, state: 'キャンセル待ち', says: ['順番：2番目'] },
  entered: {
    given: { status: 'waiting', session: session({ ...lottery, closes_at: '2026-11-25T06:00:00.000Z' }) },
    state: '抽選待ち',
    says: ['申込期限：11月25日(水) 15:00'],
  },
  reserve: {
    given: { status: 'waiting', position: 3, drawn: 'reserve', session: session({ ...lottery, draw: 'announced' }) },
    state: '補欠',
    says: ['補欠の順番：3番目'],
  },
  offered: {
    given: { status: 'offered', ...until },
    state: '空きのご案内中',
    says: ['お返事の期限：11月25日(水) 15:00 まで'],
  },
  won: {
    given: { status: 'offered', drawn: 'won', ...until },
    state: '当選（お返事待ち）',
    says: ['確認の期限：11月25日(水) 15:00 まで'],
  },
  cancelled: { given: { status: 'cancelled', ended: 'cancelled' }, state: null, says: [] },
  lapsed: { given: { status: 'lapsed', ended: 'offer_over' }, state: null, says: [] },
} as const satisfies Record<string, { given: Partial<Booking>; state: string | null; says: readonly string[] }>
type State = keyof typeof STATES

const ANY: readonly State[] = ['booked', 'requested', 'waiting', 'entered', 'reserve', 'offered', 'won']

/** The states of a booking when a letter of this kind leaves. */
function statesOf(kind: BookingLetterKind): readonly State[] {
  if (kind === 'called_off') return ['cancelled']
  if (meaningOf(kind).toAll || kind === 'link') return ANY
  if (kind === 'promoted' || kind === 'moved' || kind === 'meeting' || kind === 'reminder' || kind === 'survey') {
    return ['booked']
  }
  if (kind in STATES) return [kind as State]
  return kind === 'lapsed' || kind === 'turned_down' || kind === 'unanswered' || kind === 'session_over'
    ? ['lapsed']
    : ['cancelled']
}

const table = BOOKING_LETTERS.flatMap((kind) =>
  statesOf(kind).flatMap((state) => (['onsite', 'online'] as const).map((format) => ({ kind, state, format }))),
)

describe.each(table)('a letter ($kind) to somebody who is $state, $format', ({ kind, state, format }) => {
  const { given, says, state: words } = STATES[state]
  const one = async () => booking({ format, ...given })
  const written = async (locale: 'ja' | 'en' = 'ja') => {
    const letter = await letterOf(ctx, { id: 'one', kind, locale, before: null }, await one())
    if (!letter) throw new Error('no letter')
    return letter
  }

  test('says its state, place in line, deadline, prefecture and place, and promises nothing that is not there', async () => {
    const { text, calendar } = await written()
    expect(text.includes('invite.ics')).toBe(calendar?.method === 'REQUEST')
    expect(text).toContain('都道府県：茨城県')
    const venue = '場所：水戸市民会館'
    expect([venue, text.includes(venue)]).toEqual([venue, format === 'onsite' && kind !== 'survey'])
    for (const line of says) expect(text).toContain(line)
    expect(text).not.toMatch(/(次|補欠)の方に/)
    const pending = /カレンダーに追加|ご予約のページを開く|予約の確認・変更・キャンセル|お手続きは必要ありません/
    expect(text).not.toMatch(words === null ? /まだ(予約|参加)は決まっていません/ : pending)
    expect(text).toContain(words === null ? '' : `状態：${words}`)
    const answers = state === 'offered' || state === 'won'
    expect([answers, text.replaceAll('\n', '').includes('お返事を承ります。')]).toEqual([answers, answers])
  })

  test('calls nothing a booking that is none yet', async () => {
    if (words === null) return
    const ja = await written()
    const said = [ja.subject, ja.text.replaceAll('\n', '')].join()
    expect(said.replaceAll(/「[^」]*」|まだ予約は決まって/g, '')).not.toMatch(/ご予約(?!はまだ)/)
    const en = await written('en')
    const named = /booking number|no booking yet|“My booking”|booking closes/gi
    expect([en.subject, en.text.replaceAll(/\s+/g, ' ')].join().replaceAll(named, '')).not.toMatch(/booking/i)
  })

  test('says the hours in Japan time in English', async () => {
    const { text } = await written('en')
    expect(text).not.toMatch(/[a-z,] (Until|From) /)
    const line = text.replaceAll(/Weekdays.*/g, '').replaceAll(/\s+/g, ' ')
    const times = line.match(/\d\d:\d\d(–\d\d:\d\d)?( JST)?/g) ?? []
    expect(times.filter((time) => !time.endsWith(' JST'))).toEqual([])
  })

  test('is told by telephone with the same facts, without a word of mail', async () => {
    const phoned = { ...(await one()), email: null }
    const facts = await factsOf(ctx, 'ja', phoned, saidAlone(kind, phoned, null))
    const told = factRows(facts, letterTexts('ja')).map(({ label, value }) => `${label}：${value}`)
    expect(told).toContain('都道府県：茨城県')
    expect(told.join()).not.toMatch(/メール|invite|リンク|https?:/)
    for (const line of says) expect(told.join('\n')).toContain(line)
    expect(told.join('\n')).toContain(words === null ? '' : `状態：${words}`)
  })
})

/** Times of reading. The session is on 27 November, 10:15–16:00, and booking closes on the 26th at 15:00. */
const WAITS = [
  ['before the deadline', '2026-11-22T01:00:00.000Z', {}, '席が空いたときは、順番にご案内します'],
  ['for a seminar', '2026-11-22T01:00:00.000Z', { kind: 'seminar' }, 'お申し込みの順に自動で予約が決まり'],
  ['for an answer of the desk', '2026-11-22T01:00:00.000Z', { acceptance: 'approval' }, '順番に窓口で内容を確認し'],
  ['after the deadline', '2026-11-26T06:00:00.000Z', {}, '窓口からお電話でご案内します'],
  ['after the day', '2026-11-27T07:00:00.000Z', {}, '席のご案内は終了しました'],
] as const

describe.each(WAITS)('somebody who waits %s', (_, now, given, says) => {
  test.each(['waiting', 'relocated', 'rescheduled', 'held_again'] as const)(
    'reads in the letter "%s" how a free place comes, and what can still be done',
    async (kind) => {
      const status = now < '2026-11-26T06:00:00.000Z' ? 'full' : 'closed'
      const one = await booking({ status: 'waiting', position: 1, session: session({ ...given, status }) })
      const at = { config, clock: { now: () => now } }
      const letter = await letterOf(at, { id: 'one', kind, locale: 'ja', before: null }, one)
      const text = letter?.text.replaceAll('\n', '') ?? ''
      const ways = WAITS.map((way) => way[3]).filter((way) => text.includes(way))
      expect(ways).toEqual([says])
      const late = letterTexts('ja').pending.late
      expect(text.includes(late)).toBe(kind !== 'waiting' && now >= '2026-11-27T01:15:00.000Z')
    },
  )
})

test.each(['rescheduled', 'relocated', 'converted', 'converted_back', 'held_again', 'restored'] as const)(
  'a letter "%s" to somebody with a place promises no cancelling by the link once that is over',
  async (kind) => {
    const said = async (now: string) => {
      const letter = await letterOf(
        { config, clock: { now: () => now } },
        { id: 'one', kind, locale: 'ja', before: null },
        await booking(),
      )
      return letter?.text.replaceAll('\n', '') ?? ''
    }
    const { late } = letterTexts('ja').pending
    expect(await said('2026-11-22T01:00:00.000Z')).not.toContain(late)
    const after = await said('2026-11-27T01:15:00.000Z')
    expect(after).toContain(late)
    expect(after).not.toMatch(/キャンセルができます|キャンセルできます|■ 予約の確認・変更・キャンセル/)
  },
)

test.each([
  [['onsite'], /このままでよろしければ、お手続きは必要ありません。ご都合が悪いときは/],
  [['onsite', 'phone'], /電話での参加をご希望のときや、/],
] as const)(
  'a letter that the former form is back offers no other form than those of its session: %s',
  async (formats, says) => {
    const at = { config, clock: { now: () => '2026-11-22T01:00:00.000Z' } }
    const one = await booking({ session: session({ formats: [...formats] }) })
    const letter = await letterOf(at, { id: 'one', kind: 'converted_back', locale: 'ja', before: null }, one)
    const text = letter?.text.replaceAll('\n', '') ?? ''
    expect(text).toMatch(says)
    expect(text).not.toContain('WEBや')
  },
)

/** What names a moment that is ahead. */
const AHEAD = /(申込期限|お返事の期限|確認の期限|結果のご連絡|キャンセル期限|Booking closes|Cancelling ends)(：|: )/

/** States that time itself does not end: the clock ends offers and requests, and letters say so. */
const STANDING = table.filter(({ state }) => !['offered', 'won', 'requested'].includes(state))

test.each(STANDING)(
  'a letter ($kind, $state, $format) names no deadline that is over as if it were ahead',
  async (row) => {
    const one = await booking({ format: row.format, ...STATES[row.state].given })
    for (const now of ['2026-11-27T01:15:00.000Z', '2026-11-28T00:00:00.000Z']) {
      for (const locale of ['ja', 'en'] as const) {
        const at = { config, clock: { now: () => now } }
        const letter = await letterOf(at, { id: 'one', kind: row.kind, locale, before: null }, one)
        expect(letter?.text).not.toMatch(AHEAD)
        const closed = locale === 'ja' ? '受付終了：11月25日(水) 15:00' : 'Booking closed: '
        expect(letter?.text.includes(closed)).toBe(row.state === 'entered' && row.kind !== 'survey')
      }
    }
  },
)
