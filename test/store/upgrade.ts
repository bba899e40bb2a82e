import { expect } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { listedStatusSql } from '../../src/booking/queries.ts'
import { findings } from '../../src/node/findings.ts'
import { migrate } from '../../src/store/migrate.ts'
import type { Schema } from '../../src/store/schema.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { orThrow, type Store } from '../../src/store/store.ts'
import { NOT_KEPT, TABLES } from '../../src/store/tables.ts'
import { contextOn, NOW } from '../world.ts'

type Row = Record<string, string | number | null>

const ours = readMigrations()
const LATER = '2026-11-27T01:50:00.000Z'
const TIMES = { created_at: NOW, updated_at: NOW }
const WAS = '{"status":"booked","date":"2026-11-20","starts_at":null,"ends_at":null,"format":"onsite"}'

/** The first migration that knows a kind of row. */
const KNOWS = {
  before: 2,
  phone: 3,
  interest: 5,
  signIn: 6,
  deliveries: 9,
  ended: 16,
  language: 17,
  declined: 29,
  readings: 32,
}

/** The names of the versions that may be upgraded: how many migrations each has. */
export const EARLIER = ours.slice(0, -1).map(({ name }, i) => [name, i + 1] as const)

/** What a booking was before it ended, as a database of this version keeps it. */
function statusBefore(id: string, version: number): string | null {
  if (id === 'off') return 'booked'
  return version >= KNOWS.declined && /^(declined|erased offer)$/.test(id) ? 'offered' : null
}

const session = (id: string, more: Row): Row => ({
  id,
  uid: id,
  kind: 'consultation',
  series: null,
  occurrence: null,
  programme: 'fy2026',
  desk: 'desk',
  venue: null,
  prefecture: '08',
  title_ja: 'テレワーク相談会',
  title_en: 'Consultation',
  date: '2026-11-27',
  starts_at: NOW,
  ends_at: LATER,
  formats: 'onsite',
  seats_taken: 0,
  excess: 0,
  state: 'published',
  opens_at: NOW,
  closes: 'hours:0',
  cancels: 'hours:0',
  sample: 0,
  edited: 0,
  sequence: 0,
  revision: 0,
  ...TIMES,
  ...more,
})

const booking = (id: string, more: Row): Row => ({
  id,
  number: id,
  uid: id,
  programme: 'fy2026',
  session: 'open',
  slot: null,
  format: 'onsite',
  seats: 1,
  status: 'booked',
  channel: 'web',
  locale: 'ja',
  company: '',
  name: '',
  name_kana: '',
  phone: '',
  phone_digits: '',
  prefecture: '08',
  topics: '',
  message: '',
  consented_at: NOW,
  person_key: id,
  search_key: '',
  token_hash: id,
  token_version: 1,
  secret_id: '',
  sequence: 1,
  revision: 1,
  ...TIMES,
  ...more,
})

const interest = (state: string): Row => ({
  id: state,
  session: 'later',
  email: null,
  person_key: state,
  locale: 'en',
  state,
  token_hash: state,
  secret_id: '',
  first_until: state === 'told' ? LATER : null,
  ...TIMES,
})

const letter = (id: string, kind: string, of: Row, more: Row = {}): Row => ({
  id,
  kind,
  sequence: 0,
  turn: '',
  locale: 'ja',
  way: 'mail',
  state: 'sent',
  due_at: NOW,
  attempts: 1,
  ...TIMES,
  sent_at: LATER,
  ...of,
  ...more,
})

/** Bookings that ended, by the lines of the journal that say how: act and actor. */
const ENDED: [id: string, status: 'cancelled' | 'lapsed', ended: string, lines: [act: string, actor: string][]][] = [
  ['by holder', 'cancelled', 'cancelled', [['booking.cancelled', 'public']]],
  ['declined', 'cancelled', 'cancelled', [['booking.declined', 'public']]],
  ['erased', 'cancelled', 'cancelled', [['booking.erased', 'public']]],
  [
    'erased offer',
    'cancelled',
    'cancelled',
    [
      ['booking.offered', 'clockwork'],
      ['booking.erased', 'public'],
    ],
  ],
  [
    'accepted',
    'cancelled',
    'cancelled',
    [
      ['booking.won', 'account'],
      ['booking.accepted', 'public'],
      ['booking.cancelled', 'public'],
    ],
  ],
  ['by desk', 'cancelled', 'cancelled_by_desk', [['booking.cancelled', 'account']]],
  ['off', 'cancelled', 'called_off', [['booking.called_off', 'account']]],
  ['turned down', 'lapsed', 'turned_down', [['booking.turned_down', 'account']]],
  [
    'offer over',
    'lapsed',
    'offer_over',
    [
      ['booking.offered', 'clockwork'],
      ['booking.lapsed', 'clockwork'],
    ],
  ],
  [
    'not confirmed',
    'lapsed',
    'offer_over',
    [
      ['booking.won', 'account'],
      ['booking.lapsed', 'clockwork'],
    ],
  ],
  [
    'unanswered',
    'lapsed',
    'unanswered',
    [
      ['booking.requested', 'public'],
      ['booking.lapsed', 'clockwork'],
    ],
  ],
]

/** The rows that a database of that many migrations may hold, table by table. */
function rowsOf(version: number): [string, Row[]][] {
  const since = (first: number, ...rows: Row[]) => (version >= first ? rows : [])
  const skipped = { state: 'skipped', reason_en: '' }
  const revised = { reason_ja: '日程の見直し', reason_en: 'Schedule revised' }
  const mail = { booking: 'mail' }
  return [
    [
      'programme',
      [{ id: 'fy2026', fiscal_year: 2026, name_ja: '', name_en: '', starts_on: '2026-04-01', ends_on: LATER }],
    ],
    ['desk', [{ id: 'desk', kind: 'local', name_ja: '', name_en: '', phones: '', email_use: 'none', topics: '' }]],
    [
      'session',
      [
        session('open', { seats_taken: 2 }),
        session('later', { date: null, starts_at: null, ends_at: null }),
        session('by series', { ...skipped, ...revised }),
        session('by desk', { ...skipped, reason_ja: '講師の都合', edited: 1 }),
        session('by closure', { ...skipped, reason_ja: '年末年始' }),
        session('called off', { state: 'called_off', ...revised, edited: 1 }),
      ],
    ],
    [
      'booking',
      [
        booking('mail', { email: 'taro@example.jp' }),
        booking('call', { email: null }),
        ...ENDED.map(([id, status, ended]) =>
          booking(id, { status, ended, email: null, status_before: statusBefore(id, version) }),
        ),
      ],
    ],
    ['interest', since(KNOWS.interest, ...['asked', 'confirmed', 'told', 'ended'].map(interest))],
    [
      'account',
      since(KNOWS.signIn, {
        id: 'account',
        email: 'desk@example.jp',
        name: '',
        role: 'desk',
        prefectures: '08',
        state: 'active',
        totp_secret: 'JBSWY3DPEHPK3PXP',
        totp_step: 5,
        ...(version >= KNOWS.language && { locale: 'en' }),
        revision: 0,
        ...TIMES,
      }),
    ],
    [
      'pass',
      since(KNOWS.signIn, {
        id: 'pass',
        account: 'account',
        token_hash: 'browser',
        proven: 1,
        agent: '',
        created_at: NOW,
        seen_at: NOW,
        expires_at: LATER,
      }),
    ],
    [
      'sign_in',
      since(KNOWS.signIn, {
        id: 'sign-in',
        account: 'account',
        secret_id: '',
        token_hash: 'link',
        attempts: 0,
        expires_at: LATER,
        created_at: NOW,
      }),
    ],
    [
      'outbox',
      [
        letter('1', 'booked', mail),
        letter('2', 'moved', mail, { sequence: 1, was: WAS, state: 'failed', fault: '550', sent_at: null }),
        letter('3', 'link', mail, { turn: '2026-11-22T01' }),
        letter('4', 'link', mail, { turn: '2026-11-22T02', state: 'claimed', claimed_by: 'me', claimed_until: LATER }),
        ...since(KNOWS.phone, letter('5', 'rescheduled', { booking: 'call' }, { sequence: 1, way: 'phone', was: WAS })),
        ...since(
          KNOWS.interest,
          ...['asked', 'confirmed', 'told'].map((of) =>
            letter(`6 ${of}`, 'confirm_interest', { interest: of }, { turn: '2026-11-22T01', locale: 'en' }),
          ),
          letter('7', 'settled', { interest: 'told' }),
        ),
        ...since(KNOWS.signIn, letter('8', 'sign_in', { sign_in: 'sign-in' }, { locale: 'en' })),
        ...since(KNOWS.before, letter('9', 'called_off', { booking: 'off' }, { sequence: 1, was: WAS })),
      ],
    ],
    [
      'journal',
      [
        ...['mail', 'call', ...ENDED.map(([id]) => id)].map((subject) => ['booking.made', 'public', subject] as const),
        ...ENDED.flatMap(([id, , , lines]) => lines.map(([act, actor]) => [act, actor, id] as const)),
      ].map(([act, actor, subject], i) => ({ id: String(100 + i), at: NOW, actor, act, subject, detail: '{}' })),
    ],
  ]
}

/** The columns that each table has after so many migrations. */
async function columnsAfter(version: number): Promise<(table: string) => string[]> {
  const store = openSqlite(':memory:')
  await migrate(store, ours.slice(0, version), NOW)
  const of = new Map(
    TABLES.map((table) => [table as string, store.raw.pragma(`table_info(${table})`) as { name: string }[]]),
  )
  await store.close()
  return (table) => (of.get(table) ?? []).map((one) => one.name)
}

/** What a row of the outbox says today. */
function asToday(row: Row, version: number): Row {
  const {
    booking: of = null,
    interest: who = null,
    sign_in: asked = null,
    turn = '',
    way = '',
    was = null,
    ...same
  } = row
  return {
    claimed_by: null,
    claimed_until: null,
    fault: null,
    ...same,
    about: of !== null ? 'booking' : who !== null ? 'interest' : 'sign_in',
    subject: of ?? who ?? asked,
    dedupe_key: turn,
    channel: way,
    before: version >= KNOWS.before ? was : null,
  }
}

/** Who skipped each session. */
const SKIPPED_BY: Row = {
  open: null,
  later: null,
  'called off': null,
  'by series': 'series',
  'by desk': 'desk',
  'by closure': 'closure',
}

const notified = (row: Row): Row => (row.state === 'told' ? { ...row, state: 'notified' } : row)

/** A row as a database of that many migrations keeps it. */
function asKept(table: string, row: Row, version: number): Row {
  if (version < KNOWS.deliveries) return row
  if (table === 'outbox') return asToday(row, version)
  if (table === 'interest') return notified(row)
  return table === 'session' ? { ...row, skipped_by: SKIPPED_BY[String(row.id)] ?? null } : row
}

/**
 * Fills an empty database as a version left it, brings it up to date, and expects every row with the same meaning.
 * Returns how many migrations that took.
 */
export async function expectUpgrade(store: Store, version: number): Promise<number> {
  await migrate(store, ours.slice(0, version), NOW)
  const columns = await columnsAfter(version)
  const rows = rowsOf(version)
  const writes = rows.flatMap(([table, all]) => {
    const known = columns(table)
    return all.map((row) =>
      store.db
        .insertInto(table as keyof Schema)
        .values(
          Object.fromEntries(
            Object.entries(asKept(table, row, version)).filter(([name]) => known.includes(name)),
          ) as never,
        ),
    )
  })
  orThrow(await store.commit(...writes))
  const { outbox = [], interest: people = [] } = Object.fromEntries(rows)

  const applied = await migrate(store, ours, NOW)

  const letters = await store.db.selectFrom('outbox').selectAll().orderBy('id').execute()
  expect(letters).toEqual(outbox.map((row) => asToday(row, version)))
  const interests = await store.db.selectFrom('interest').selectAll().orderBy('id').execute()
  expect(interests).toEqual(people.map(notified).toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1)))
  const readings = await store.db.selectFrom('session').select('title_kana').distinct().execute()
  expect(readings).toEqual([{ title_kana: version < KNOWS.readings ? 'テレワークソウダンカイ' : null }])
  const sessions = await store.db.selectFrom('session').select(['id', 'skipped_by']).orderBy('id').execute()
  expect(Object.fromEntries(sessions.map((one) => [one.id, one.skipped_by]))).toEqual(SKIPPED_BY)
  const bookings = await store.db.selectFrom('booking').select(['id', 'ended']).orderBy('id').execute()
  expect(Object.fromEntries(bookings.map((one) => [one.id, one.ended]))).toEqual({
    mail: null,
    call: null,
    ...Object.fromEntries(ENDED.map(([id, , ended]) => [id, ended])),
  })
  const before = await store.db
    .selectFrom('booking')
    .select(['id', 'status_before'])
    .where('status_before', 'is not', null)
    .orderBy('id')
    .execute()
  expect(before.map((one) => [one.id, one.status_before])).toEqual([
    ['declined', 'offered'],
    ['erased offer', 'offered'],
    ...(version < KNOWS.before ? [] : [['off', 'booked']]),
  ])
  const declined = await store.db.selectFrom('booking').select('id').where(listedStatusSql, '=', 'declined').execute()
  expect(declined.map(({ id }) => id).toSorted()).toEqual(['declined', 'erased offer'])
  expect(await findings(contextOn(store, { kind: 'system', name: 'cli' }))).toEqual([])
  const tables = (await store.db.introspection.getTables()).map((one) => one.name)
  expect(tables.filter((name) => !name.startsWith('_cf_')).toSorted()).toEqual([...TABLES, ...NOT_KEPT].toSorted())
  const staff = await store.db
    .selectFrom('account')
    .innerJoin('pass', 'pass.account', 'account.id')
    .select(['totp_secret', 'totp_step', 'code_tries', 'code_tries_from', 'account.locale', 'proven', 'proven_at'])
    .execute()
  const none = { code_tries: null, code_tries_from: null, proven_at: null }
  const proven = { totp_secret: 'JBSWY3DPEHPK3PXP', totp_step: 5, locale: 'en', proven: 1, ...none }
  expect(staff).toEqual(version >= KNOWS.signIn ? [proven] : [])
  const asked = await store.db.selectFrom('sign_in').select('purpose').execute()
  expect(asked).toEqual(version >= KNOWS.signIn ? [{ purpose: 'sign_in' }] : [])
  const again = store.db.insertInto('outbox').values({ ...letters[0], id: 'again' } as never)
  expect(await store.commit(again)).toEqual({ ok: false, broke: 'outbox_once' })
  return applied.length
}
