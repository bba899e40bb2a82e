import type { Fields, House, Visitor } from './site.ts'

/** A booking as its holder knows it. */
export type Held = { id: string; number: string; token: string; name: string; locale: string; path: string }

let people = 0

/** An application of a new person. */
export function applying(session: string, slot: string | null, locale: string, changes: Record<string, unknown> = {}) {
  people++
  const at = String(people).padStart(3, '0')
  return {
    session,
    slot: slot && `${session}-${slot}`,
    format: 'onsite',
    seats: 1,
    locale,
    company: '株式会社髙﨑製作所',
    name: locale === 'ja' ? '髙橋 太郎' : 'Taro Takahashi',
    name_kana: 'たかはし たろう',
    email: `guest${at}@example.jp`,
    phone: `029-224-0${at}`,
    prefecture: '08',
    employees: '12',
    industry: 'E',
    corporate_number: null,
    topics: ['ict'],
    message: `メモ ${at}`,
    consent: true,
    ...changes,
  }
}

/** Books through the API; throws if that is refused. */
export async function booked(
  h: House,
  who: Visitor,
  name: string,
  ...[session, slot, locale, changes]: Parameters<typeof applying>
): Promise<Held> {
  const json = applying(session, slot, locale, changes)
  const headers = { 'idempotency-key': `golden-key-${String(people).padStart(8, '0')}` }
  const answer = await h.ask(who, '/api/v1/bookings', { json, headers, name: `api book ${name} ${locale}` })
  if (answer.status !== 201) throw new Error(`${name} ${locale} not booked: ${answer.status} ${answer.body}`)
  const { booking }: { booking: { id: string; number: string; manage_url: string } } = JSON.parse(answer.body)
  const token = booking.manage_url.split('/').at(-1) ?? ''
  return { id: booking.id, number: booking.number, token, name: `${name} ${locale}`, locale, path: `/b/${token}` }
}

const BELOW = ['', '/done', '/cancel', '/decline', '/move', '/erase', '/survey', '/booking.ics']

/** Looks at the pages of a booking: its own page alone, or every one below it. */
export async function look(h: House, visitors: Visitor[], held: Held, all: boolean): Promise<void> {
  for (const who of visitors) {
    for (const below of all ? BELOW : [''])
      await h.ask(who, held.path + below, { name: `b ${held.name}${below.replace('/', ' ')}` })
  }
}

/** Fields of a series on listed days in Mito, from 13:00 to 16:00, unless changed. */
export const series = (changes: Fields): Fields => ({
  kind: 'consultation',
  prefecture: '08',
  desk: 'secretariat',
  title_ja: '相談会',
  title_en: 'Consultation',
  note_ja: '駐車場はありません',
  note_en: 'No parking',
  venue: '',
  formats: ['onsite', 'online'],
  capacity: '５',
  acceptance: 'first_come',
  closes_shape: 'business_days',
  closes_count: '1',
  closes_at: '15:00',
  repeat: 'dates',
  weekdays: [],
  nths: [],
  dates: '',
  starts_on: '2026-11-24',
  until: '',
  slot_starts: '',
  slot_minutes: '',
  slot_capacity: '',
  starts: '13:00',
  ends: '16:00',
  apply_name: '',
  apply_phone: '',
  apply_url: '',
  ...changes,
})

/** The application of a caller on the telephone. */
export const caller = (session: string, changes: Fields = {}): Fields => {
  people++
  return {
    session,
    slot: '',
    format: 'onsite',
    seats: '1',
    channel: 'phone',
    full: 'refuse',
    company: '大洗建設',
    name: '海野 次郎',
    name_kana: 'うんの じろう',
    phone: `０２９２-67-0${String(people).padStart(3, '0')}`,
    email: '',
    prefecture: '08',
    employees: '３０',
    industry: 'D',
    note: '折り返し希望',
    over: '',
    consent: 'true',
    sure: 'true',
    key: `golden-call-${String(people).padStart(8, '0')}`,
    ...changes,
  }
}
