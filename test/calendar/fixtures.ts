import { bytesOf } from '../../src/base/chunks.ts'
import { NO_EXTRAS } from '../../src/base/questions.ts'
import { secretId } from '../../src/base/token.ts'
import type { Booking } from '../../src/booking/booking.ts'
import type { Writing } from '../../src/calendar/event.ts'
import { sessionsCalendar } from '../../src/calendar/feed.ts'
import { parseConfig } from '../../src/config.ts'
import type { Session, Slot } from '../../src/schedule/session.ts'

const SECRET = 'a secret of more than sixteen characters'

/** The view of the entries, in a language. */
export function writing(locale: 'ja' | 'en' = 'ja'): Writing {
  const parsed = parseConfig({
    NODE_ENV: 'test',
    PUBLIC_URL: 'https://madoguchi.example',
    MAIL_FROM: 'テレワーク窓口 <noreply@madoguchi.example>',
    SECRET,
  })
  if (!parsed.ok) throw new Error(parsed.faults.join())
  return { config: parsed.config, locale }
}

const slot: Slot = {
  id: 'slot-1',
  starts_at: '2026-11-27T01:15:00.000Z',
  ends_at: '2026-11-27T02:00:00.000Z',
  capacity: 1,
  room: 1,
  remaining: 1,
  spare: 1,
  closes_at: '2026-11-26T06:00:00.000Z',
  cancels_at: '2026-11-27T01:15:00.000Z',
}

/** A consultation day in Mito on Friday 27 November 2026, 10:15 to 16:00, with the given changes. */
export function session(given: Partial<Session> = {}): Session {
  return {
    id: 'session-1',
    uid: '11111111-1111-4111-8111-111111111111@madoguchi.example',
    kind: 'consultation',
    series: null,
    programme: { id: 'p2026', starts_on: '2026-04-01', ends_on: '2027-03-31' },
    prefecture: '08',
    title: { ja: 'テレワーク相談会（水戸）', en: 'Telework consultation day in Mito' },
    title_kana: null,
    note: { ja: '手ぶらでお越しください。', en: 'Nothing to bring.' },
    desk: {
      id: 'desk-mito',
      name: { ja: '水戸の窓口', en: 'Mito desk' },
      phones: ['029-000-0001', '029-000-0002'],
      hours: { ja: '平日 9:00〜17:00', en: 'Weekdays 9:00–17:00' },
      email: null,
    },
    venue: {
      id: 'venue',
      name: { ja: '水戸市民会館', en: 'Mito City Hall' },
      address: '水戸市泉町1-7-1',
      areaOnly: false,
    },
    date: '2026-11-27',
    starts_at: '2026-11-27T01:15:00.000Z',
    ends_at: '2026-11-27T07:00:00.000Z',
    former: null,
    settled: 'time',
    formats: ['onsite', 'online'],
    formats_before: null,
    suspension: null,
    request: null,
    capacity: 5,
    taken: 2,
    room: 3,
    remaining: 3,
    waiting: 0,
    status: 'open',
    over: false,
    reason: null,
    acceptance: 'first_come',
    draw: null,
    meeting_url: null,
    opens_at: '2026-11-01T00:00:00.000Z',
    closes_at: '2026-11-26T06:00:00.000Z',
    cancels_at: '2026-11-27T01:15:00.000Z',
    apply: { kind: 'here' },
    slots: [slot],
    printed: null,
    printed_weekday: null,
    sample: false,
    sequence: 0,
    revision: 0,
    created_at: '2026-11-01T00:00:00.000Z',
    updated_at: '2026-11-02T03:04:05.000Z',
    seats_changed_at: '2026-11-02T03:04:05.000Z',
    ...given,
  }
}

/** A booking of that day's slot at 10:15, with the given changes. */
export async function booking(given: Partial<Booking> = {}): Promise<Booking> {
  return {
    id: 'booking-1',
    number: 'IB-1127-03',
    uid: '22222222-2222-4222-8222-222222222222@madoguchi.example',
    status: 'booked',
    channel: 'web',
    session: session(),
    slot,
    format: 'onsite',
    seats: 1,
    locale: 'ja',
    company: '株式会社サンプル',
    name: '髙﨑 𠮷郎',
    name_kana: 'タカサキ ヨシロウ',
    email: 'yoshiro@example.jp',
    phone: '029-000-0000',
    prefecture: '08',
    employees: 12,
    industry: 'E',
    corporate_number: null,
    topics: [],
    message: '',
    token_version: 1,
    secret_id: await secretId(SECRET),
    sequence: 0,
    revision: 0,
    created_at: '2026-11-20T00:00:00.000Z',
    updated_at: '2026-11-20T00:00:00.000Z',
    cancelled_at: null,
    ended: null,
    status_before: null,
    format_before: null,
    offer_expires_at: null,
    draw_order: null,
    note: '',
    came_at: null,
    unheard: false,
    extras: NO_EXTRAS,
    drawn: null,
    meeting_url: null,
    surveyed: 0,
    no_messages: 0,
    sms: 0,
    position: null,
    ...given,
  }
}

/** A feed of sessions as text. */
export async function feedText(...given: Parameters<typeof sessionsCalendar>): Promise<string> {
  return new TextDecoder().decode(bytesOf(await sessionsCalendar(...given)))
}
