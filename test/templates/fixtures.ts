import { instantAt, monthGrid } from '../../src/base/japan/civil.ts'
import type { Locale } from '../../src/base/locale.ts'
import { NO_EXTRAS, NOTHING_ASKED } from '../../src/base/questions.ts'
import type { Booking } from '../../src/booking/booking.ts'
import type { Account } from '../../src/people/account.ts'
import type { Desk } from '../../src/people/desk.ts'
import type { Session, Slot } from '../../src/schedule/session.ts'
import type { PageContext } from '../../templates/layout.tsx'

/** Thursday 26 November 2026, 10:00 in Japan. */
export const NOW = '2026-11-26T01:00:00.000Z'

export function frame(locale: Locale, path = '/'): PageContext {
  return { locale, path, origin: 'http://localhost:8787', now: NOW, asset: (name) => `/assets/${name}?v=1` }
}

export function slot(date: string, from: string, to: string, over: Partial<Slot> = {}): Slot {
  const starts_at = instantAt(date, from)
  return {
    id: `slot-${from.replace(':', '')}`,
    starts_at,
    ends_at: instantAt(date, to),
    capacity: 1,
    room: 1,
    remaining: 1,
    spare: 1,
    closes_at: instantAt('2026-11-26', '15:00'),
    cancels_at: starts_at,
    ...over,
  }
}

const date = '2026-11-27'

/** A consultation day in Mito with five slots, two of them taken. */
export function session(over: Partial<Session> = {}): Session {
  return {
    id: '01consultation',
    uid: 'u@example.jp',
    kind: 'consultation',
    series: 'mito',
    programme: { id: 'fy2026', starts_on: '2026-04-01', ends_on: '2027-03-31' },
    prefecture: '08',
    title: { ja: 'テレワーク無料相談会', en: 'Free telework consultation' },
    title_kana: null,
    note: null,
    desk: {
      id: 'ibaraki',
      name: { ja: '茨城県テレワーク相談窓口', en: 'Ibaraki Telework Desk' },
      phones: ['029-000-0000'],
      hours: { ja: '平日 9:00〜17:00', en: 'weekdays 9:00 to 17:00' },
      email: null,
    },
    venue: { id: 'venue', name: { ja: '水戸エリア', en: 'Mito area' }, address: null, areaOnly: true },
    date,
    starts_at: instantAt(date, '10:00'),
    ends_at: instantAt(date, '16:00'),
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
    closes_at: instantAt('2026-11-26', '15:00'),
    cancels_at: instantAt(date, '15:00'),
    apply: { kind: 'here' },
    slots: [
      slot(date, '10:00', '10:50', { remaining: 0 }),
      slot(date, '11:00', '11:50'),
      slot(date, '13:00', '13:50'),
      slot(date, '14:00', '14:50', { capacity: 3, remaining: 1 }),
      slot(date, '15:00', '15:50', { remaining: 0 }),
    ],
    printed: null,
    printed_weekday: null,
    sample: false,
    sequence: 0,
    revision: 1,
    created_at: '2026-10-01T00:00:00.000Z',
    updated_at: '2026-10-01T00:00:00.000Z',
    seats_changed_at: '2026-10-01T00:00:00.000Z',
    ...over,
  }
}

function hours(day: string, from: string, to: string): Partial<Session> {
  return { date: day, starts_at: instantAt(day, from), ends_at: instantAt(day, to), slots: [] }
}

const bare = { starts_at: null, ends_at: null, closes_at: null, cancels_at: null, slots: [] }

/** A damaged address as the source shows it; it must never become a link. */
export const DAMAGED = 'https://www.city.toyota.aichi.jp/kyouyushaiki/youchi/1039153.html'

export const toyota = session({
  ...hours('2026-12-14', '10:15', '16:00'),
  id: '02toyota',
  prefecture: '23',
  title: { ja: '豊田市 テレワーク相談', en: 'Telework consultation in Toyota City' },
  formats: ['onsite'],
  status: 'elsewhere',
  venue: {
    id: 'venue',
    name: { ja: '豊田市就労支援室', en: 'Toyota City Employment Support Office' },
    address: '愛知県豊田市若宮町1-57-1 A棟T-FACE9階',
    areaOnly: false,
  },
  apply: { kind: 'elsewhere', name: '豊田市就労支援室', phone: '0565-34-6774', url: null, url_printed: DAMAGED },
  printed: '2020年8月24日、9月14日・26日、10月12日・26日、11月9日、12月14日 10:15-16:00 ※定期開催(いずれも月曜日)',
})

export const saitama = session({
  ...bare,
  id: '03saitama',
  kind: 'seminar',
  date: '2027-01-14',
  settled: 'date',
  prefecture: '11',
  title: {
    ja: '働き方改革セミナー「『働く、が変わる』テレワーク」',
    en: 'Work style reform seminar “Telework changes work”',
  },
  formats: [],
  venue: null,
  capacity: null,
  taken: 0,
  room: null,
  remaining: null,
  status: 'undecided',
  printed: 'R3年 1月14日（火）時間未定 埼玉県',
  printed_weekday: '火',
})

export const fukui = session({
  ...bare,
  id: '04fukui',
  kind: 'seminar',
  date: null,
  settled: 'nothing',
  prefecture: '18',
  title: { ja: '働き方改革セミナー', en: 'Work style reform seminar' },
  formats: [],
  venue: null,
  capacity: null,
  taken: 0,
  room: null,
  remaining: null,
  status: 'undecided',
  printed: '※北海道、福井県、香川県は日程未定',
})

export const online = session({
  ...hours('2026-12-01', '10:00', '16:00'),
  id: '05hokkaido',
  prefecture: '01',
  title: { ja: 'オンライン相談会', en: 'Online consultation' },
  formats: ['online'],
  venue: null,
  status: 'few',
  taken: 2,
  room: 1,
  remaining: 1,
})

export const full = session({
  ...hours('2026-12-02', '10:00', '16:00'),
  id: '06sendai',
  prefecture: '04',
  formats: ['onsite'],
  venue: {
    id: 'venue',
    name: { ja: 'スマートイノベーション仙台', en: 'Smart Innovation Sendai' },
    address: '宮城県仙台市青葉区中央1-1-1',
    areaOnly: false,
  },
  status: 'full',
  taken: 2,
  room: 0,
  remaining: 0,
  sample: true,
})

export const seminar = session({
  ...hours('2026-12-11', '13:00', '15:50'),
  id: '07nagano',
  kind: 'seminar',
  prefecture: '20',
  title: { ja: '働き方改革セミナー', en: 'Work style reform seminar' },
  formats: ['online'],
  venue: null,
  capacity: 200,
  taken: 2,
  room: 148,
  remaining: 148,
})

const calledOff = session({
  ...hours('2026-12-04', '10:00', '16:00'),
  id: '08off',
  status: 'called_off',
  reason: { ja: '台風のため', en: 'typhoon' },
})

const skipped = session({
  ...hours('2027-01-01', '10:00', '16:00'),
  id: '09skipped',
  status: 'skipped',
  reason: { ja: '元日', en: "New Year's Day" },
})

const notYet = session({
  ...hours('2026-12-18', '10:00', '16:00'),
  id: '10notyet',
  status: 'not_yet_open',
  opens_at: '2026-12-01T00:00:00.000Z',
})

const closed = session({ ...hours('2026-11-26', '10:00', '16:00'), id: '11closed', status: 'closed' })

const held = session({ ...hours('2026-11-20', '10:00', '16:00'), id: '12held', status: 'held' })

const postponed = session({ ...hours('2026-12-09', '10:00', '16:00'), id: '13later', status: 'postponed' })

/** One of every status. */
export const sessions = [
  held,
  closed,
  session(),
  online,
  full,
  calledOff,
  postponed,
  seminar,
  toyota,
  notYet,
  skipped,
  saitama,
  fukui,
]

export const ahead = new Map<string, 'weekly' | 'dated'>([
  ['01', 'weekly'],
  ['04', 'weekly'],
  ['08', 'weekly'],
  ['23', 'dated'],
  ['11', 'dated'],
  ['20', 'dated'],
  ['45', 'dated'],
  ['47', 'dated'],
])

const STANDING = { position: null, ended: false, revision: 0 }

export const desks: Desk[] = [
  {
    id: 'tokyo',
    kind: 'local',
    name: { ja: '公益財団法人日本電信電話ユーザ協会 東京支部', en: 'Japan Telecom Users Association, Tokyo Branch' },
    prefectures: ['13'],
    address: '東京都港区港南1-9-1',
    phones: ['03-3740-9401'],
    hours: { ja: '平日 9:00〜17:00', en: 'weekdays 9:00 to 17:00' },
    email: null,
    url: null,
    topics: ['general'],
    ...STANDING,
  },
  {
    id: 'kanto',
    kind: 'bureau',
    name: { ja: '関東総合通信局 情報通信課', en: 'Kanto Bureau of Telecommunications' },
    prefectures: ['08', '09', '10', '11', '12', '13', '14', '19'],
    address: null,
    phones: ['03-6230-1695', '03-6230-1693'],
    hours: null,
    email: { text: 'kanto-kekaku@sofcom.go.jp', use: 'damaged' },
    url: null,
    topics: ['general', 'ict'],
    ...STANDING,
  },
  {
    id: 'secretariat',
    kind: 'secretariat',
    name: { ja: 'テレワーク・サポートネットワーク事務局', en: 'Telework Support Network Secretariat' },
    prefectures: [],
    address: null,
    phones: ['03-5422-1517'],
    hours: null,
    email: { text: 'jimukyoku@example.jp', use: 'show' },
    url: 'https://teleworksupport.go.jp/',
    topics: ['general', 'labour', 'ict'],
    ...STANDING,
  },
]

export const HOSTILE = '<script>alert("x")</script>'

export const values = {
  slot: 'slot-1100',
  format: 'online',
  seats: '1',
  locale: 'ja',
  company: '有限会社 水戸納豆',
  name: '﨑山 花子',
  name_kana: 'サキヤマ ハナコ',
  email: 'hanako@example.jp',
  phone: '029-224-0001',
  prefecture: '08',
  employees: '12',
  industry: 'E',
  corporate_number: '',
  topics: ['ict', 'labour'],
  message: 'パソコンを家に持ち帰ってよいか\n教えてください。',
  consent: 'true',
}

export function booking(over: Partial<Booking> = {}): Booking {
  const of = session()
  return {
    id: '01booking',
    number: 'IB-1127-03',
    uid: 'b@example.jp',
    status: 'booked',
    channel: 'web',
    session: of,
    slot: of.slots[1] ?? null,
    format: 'online',
    seats: 1,
    locale: 'ja',
    company: '有限会社 水戸納豆',
    name: '﨑山 花子',
    name_kana: 'サキヤマ ハナコ',
    email: 'hanako@example.jp',
    phone: '029-224-0001',
    prefecture: '08',
    employees: 12,
    industry: 'E',
    corporate_number: '7000012050002',
    topics: ['ict', 'labour'],
    message: 'パソコンを家に持ち帰ってよいか\n教えてください。',
    token_version: 1,
    secret_id: 'abc',
    sequence: 0,
    revision: 1,
    created_at: NOW,
    updated_at: NOW,
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
    ...over,
  }
}

export const links = {
  google: 'https://calendar.google.com/calendar/render?action=TEMPLATE',
  outlook: 'https://outlook.live.com/calendar/0/deeplink/compose?x=1&y=2',
  outlook365: 'https://outlook.office.com/calendar/0/deeplink/compose',
}

/** The fingerprint of what a page shows, and that it is as it was. */
export const asShown = {
  shown: 'a fingerprint',
  changed: false,
}

export function month(name: string) {
  return {
    month: name,
    weeks: monthGrid(name),
    today: '2026-11-26',
    closures: new Map([
      ['2026-11-03', { ja: '文化の日', en: 'Culture Day' }],
      ['2026-11-23', { ja: '勤労感謝の日', en: 'Labor Thanksgiving Day' }],
      ['2026-12-29', { ja: '年末年始', en: 'Year-end and New Year holidays' }],
      ['2026-12-30', { ja: '年末年始', en: 'Year-end and New Year holidays' }],
      ['2026-12-31', { ja: '年末年始', en: 'Year-end and New Year holidays' }],
      ['2027-01-01', { ja: '元日', en: "New Year's Day" }],
    ]),
  }
}

/** What the page of one's own booking shows besides, if there is nothing of it. */
export const nothing = {
  asked: NOTHING_ASKED,
  survey: false,
  pending: null,
  meeting: null,
  refusal: null,
  errors: {},
  values: {},
}

/** Somebody of the secretariat, signed in. */
export const staff: Account = {
  id: 'hanako',
  email: 'hanako@example.jp',
  name: '窓口花子',
  role: 'secretariat',
  state: 'active',
  revision: 0,
  signed_in_at: null,
  updated_at: NOW,
  locale: null,
  prefectures: [],
  totp: true,
  passkeys: 0,
}
