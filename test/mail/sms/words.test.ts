import { describe, expect, test } from 'vitest'
import { BOOKING_LETTERS, type BookingLetterKind, meaningOf } from '../../../src/base/letters.ts'
import type { Locale } from '../../../src/base/locale.ts'
import { type Booking, wasText } from '../../../src/booking/booking.ts'
import { factsOf, letterOf, saidAlone } from '../../../src/mail/letters.ts'
import { bookingSms } from '../../../templates/mail/sms.ts'
import { booking, session, writing } from '../../calendar/fixtures.ts'

const { config } = writing()
const ctx = { config, clock: { now: () => '2026-11-22T01:00:00.000Z' } }
const MEETING = 'https://meet.example/1'

/** The short message of this kind about a booking; `was` is the booking before. */
async function sms(kind: BookingLetterKind, one: Booking, locale: Locale = 'ja', was = one): Promise<string> {
  const said = saidAlone(kind, one, JSON.parse(wasText(was)))
  return bookingSms(await factsOf(ctx, locale, one, said))
}

const until = { offer_expires_at: '2026-11-25T06:00:00.000Z' }
const toAll = BOOKING_LETTERS.filter((kind) => meaningOf(kind).toAll && !meaningOf(kind).ends)

describe('a short message', () => {
  test.each([
    ...(['offered', ...toAll] as const).map((kind) => ({ kind, given: { status: 'offered', ...until } })),
    ...(['won', ...toAll] as const).map((kind) => ({ kind, given: { status: 'offered', drawn: 'won', ...until } })),
    ...(['requested', ...toAll] as const).map((kind) => ({ kind, given: { status: 'requested', ...until } })),
  ] as { kind: BookingLetterKind; given: Partial<Booking> }[])(
    '($kind) about $given.status says that it is no booking yet, and until when to answer',
    async ({ kind, given }) => {
      const one = await booking(given)
      expect(await sms(kind, one)).toMatch(/状態：.*11月25日\(水\) 15:00 まで/s)
      expect(await sms(kind, one, 'en')).toMatch(/Status: .*\n.*15:00/s)
    },
  )

  test('about a meeting on the web, or about a conversion to one, carries its link and how it is held', async () => {
    const online = await booking({ format: 'online', session: session({ meeting_url: MEETING, formats: ['online'] }) })
    expect(await sms('meeting', online)).toContain(MEETING)
    expect(await sms('reminder', online)).toContain(MEETING)
    const converted = await sms('converted', online, 'ja', await booking())
    for (const part of [MEETING, '開催形式：WEB', '変更前：', '会場にお越しにならないよう'])
      expect(converted).toContain(part)
    expect(await sms('converted', online, 'en', await booking())).toContain('Please do not come in person.')
  })

  test('of another number of people, day or hour says it with what was before', async () => {
    const amended = await sms('amended', await booking({ seats: 2 }), 'ja', await booking({ seats: 3 }))
    expect(amended).toMatch(/変更前：.*3名.*2名/s)
    const day = { date: '2026-11-20', starts_at: '2026-11-20T01:00:00.000Z', ends_at: '2026-11-20T06:00:00.000Z' }
    const was = await booking({ session: session(day), slot: null })
    expect(await sms('rescheduled', await booking({ slot: null }), 'ja', was)).toContain('変更前：2026年11月20日(金)')
  })

  test.each(BOOKING_LETTERS)('(%s) names neither the person nor the firm', async (kind) => {
    const one = await booking()
    const letter = await letterOf(ctx, { id: 'one', kind, locale: 'ja', before: wasText(one) }, one)
    expect(letter?.text).toContain(one.name)
    expect(await sms(kind, one)).not.toMatch(new RegExp(`${one.name}|${one.company}`))
  })
})
