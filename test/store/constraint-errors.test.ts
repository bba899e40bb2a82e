import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { brokenConstraint } from '../../src/store/constraint-errors.ts'
import type { Schema } from '../../src/store/schema.ts'
import { orThrow, type Store, type Write } from '../../src/store/store.ts'
import { NOW, type World, world } from '../world.ts'

const LATER = '2026-11-27T01:50:00.000Z'
const TIMES = { created_at: NOW, updated_at: NOW }
const TITLE = { title_ja: '相談会', title_en: 'Consultation', title_kana: null, note_ja: null, note_en: null }
const HERE = { apply_name: null, apply_phone: null, apply_url: null, apply_url_printed: null }

/** One valid row of each table. Each row may refer to the rows before it. */
const rows: Omit<Schema, 'migration'> = {
  programme: {
    id: 'fy2026',
    fiscal_year: 2026,
    name_ja: '',
    name_en: '',
    starts_on: '2026-04-01',
    ends_on: '2027-03-31',
    retention_years: null,
    visits: 3,
    experts_until: null,
    revision: 0,
  },
  desk: {
    id: 'desk',
    kind: 'local',
    name_ja: '',
    name_en: '',
    prefectures: '08',
    prefecture: '08',
    region: null,
    address: null,
    phones: '',
    hours_ja: null,
    hours_en: null,
    email: null,
    email_use: 'none',
    url: null,
    topics: '',
    position: null,
    printed: null,
    ended_at: null,
    revision: 0,
  },
  venue: {
    id: 'venue',
    prefecture: '08',
    name_ja: '',
    name_en: '',
    address: null,
    area_only: 0,
    printed: null,
    revision: 0,
    room_ja: null,
    room_en: null,
    access_ja: null,
    access_en: null,
    parking_ja: null,
    parking_en: null,
    map_url: null,
    step_free: null,
    retired_at: null,
  },
  series: {
    id: 'series',
    kind: 'consultation',
    desk: 'desk',
    venue: 'venue',
    prefecture: '08',
    ...TITLE,
    rule: null,
    starts_on: '2026-04-01',
    until: null,
    starts: null,
    ends: null,
    slot_minutes: null,
    slot_starts: '',
    slot_capacity: null,
    capacity: 5,
    formats: 'onsite',
    closes: 'hours:0',
    cancels: 'hours:0',
    ...HERE,
    printed: null,
    sample: 0,
    revision: 0,
    acceptance: 'first_come',
    ...TIMES,
  },
  series_date: { series: 'series', date: '2026-11-27', printed_weekday: null },
  closure: {
    id: 'closure',
    date: '2026-11-23',
    scope: 'all',
    reason_ja: '',
    reason_en: '',
    state: 'proposed',
    batch: null,
  },
  suspension: {
    id: 'suspension',
    prefectures: '08',
    starts_on: '2026-11-01',
    ends_on: '2026-11-30',
    format: 'online',
    reason_ja: '',
    reason_en: '',
    state: 'in_force',
    told: '',
    ...TIMES,
  },
  session: {
    id: 'session',
    uid: 'uid',
    kind: 'consultation',
    series: 'series',
    occurrence: '2026-11-27',
    programme: 'fy2026',
    desk: 'desk',
    venue: 'venue',
    prefecture: '08',
    ...TITLE,
    date: '2026-11-27',
    starts_at: NOW,
    ends_at: LATER,
    formats: 'onsite',
    capacity: 5,
    seats_taken: 1,
    excess: 0,
    state: 'published',
    skipped_by: null,
    reason_ja: null,
    reason_en: null,
    opens_at: NOW,
    closes: 'hours:0',
    cancels: 'hours:0',
    ...HERE,
    printed: null,
    printed_weekday: null,
    sample: 0,
    edited: 0,
    sequence: 0,
    revision: 0,
    seats_changed_at: NOW,
    request: null,
    state_before: null,
    ...TIMES,
    suspension: 'suspension',
    formats_before: 'onsite',
    meeting_url: null,
    acceptance: 'first_come',
  },
  slot: { id: 'slot', session: 'session', starts_at: NOW, ends_at: LATER, capacity: 2, seats_taken: 1, excess: 0 },
  question: {
    id: 'question',
    series: 'series',
    session: null,
    kind: 'text',
    required: 1,
    position: 1,
    label_ja: '',
    label_en: '',
    options: '[]',
    retired_at: null,
    revision: 0,
    ...TIMES,
  },
  booking: {
    id: 'booking',
    number: 'IB-1127-01',
    uid: 'uid',
    programme: 'fy2026',
    session: 'session',
    slot: 'slot',
    format: 'onsite',
    seats: 1,
    status: 'booked',
    channel: 'web',
    locale: 'ja',
    company: '',
    name: '',
    name_kana: '',
    email: null,
    phone: '',
    phone_digits: '',
    prefecture: '08',
    employees: null,
    industry: null,
    corporate_number: null,
    topics: '',
    message: '',
    consented_at: NOW,
    person_key: 'person',
    search_key: '',
    token_hash: 'token',
    token_version: 1,
    secret_id: '',
    idempotency_hash: 'key',
    input_hash: null,
    sequence: 0,
    revision: 0,
    ...TIMES,
    cancelled_at: null,
    ended: null,
    status_before: null,
    format_before: null,
    offer_expires_at: null,
    meeting_url: null,
    surveyed: 0,
    no_messages: 0,
    sms: 0,
    draw_order: null,
    drawn: null,
    note: '',
    came_at: null,
    answers: '{}',
    companions: '[]',
    support: '{}',
  },
  letter_text: {
    id: 'letter_text',
    programme: null,
    series: null,
    session: 'session',
    owner: 'session:session',
    kind: 'booked',
    text_ja: '',
    text_en: '',
    revision: 0,
    ...TIMES,
  },
  letter_sender: {
    id: 'letter_sender',
    programme: null,
    series: null,
    session: 'session',
    owner: 'session:session',
    sender_ja: '',
    sender_en: '',
    reply: '',
    signature_ja: '',
    signature_en: '',
    revision: 0,
    ...TIMES,
  },
  letter_file: {
    id: 'letter_file',
    programme: 'fy2026',
    series: null,
    owner: 'programme:fy2026',
    purpose: 'document',
    place: 'programme:fy2026/document/1',
    name: 'a.pdf',
    type: 'application/pdf',
    bytes: 5,
    hash: '',
    created_at: TIMES.created_at,
  },
  letter_file_part: { file: 'letter_file', nth: 0, content: '' },
  short_address: { short: 'abc234', owner: 'series:series', created_at: TIMES.created_at },
  intake: {
    id: 'intake',
    made_by: 'account',
    name: '',
    records: '[]',
    unread: '[]',
    decisions: '[]',
    made: '{}',
    state: 'open',
    revision: 0,
    ...TIMES,
  },
  message: {
    id: 'message',
    target: 'session',
    target_id: 'session',
    prefectures: '08',
    subject_ja: '',
    body_ja: '',
    subject_en: null,
    body_en: null,
    files: null,
    created_at: NOW,
  },
  draw: { session: 'session', seed: '', drawn_at: NOW, announced_at: null },
  interest: {
    id: 'interest',
    session: 'session',
    email: null,
    person_key: 'somebody',
    locale: 'ja',
    state: 'asked',
    token_hash: 'other token',
    secret_id: '',
    first_until: null,
    ...TIMES,
  },
  alert: {
    id: 'alert',
    email: null,
    person_key: 'somebody',
    locale: 'ja',
    prefecture: '08',
    web: 0,
    kinds: 'consultation',
    weekdays: '5',
    ends_on: '2026-12-31',
    state: 'confirmed',
    since: TIMES.created_at,
    told_on: null,
    token_hash: 'token of an alert',
    secret_id: '',
    ...TIMES,
  },
  outline: {
    id: 'outline',
    session: 'session',
    target_ja: '',
    target_en: '',
    hosts_ja: '',
    hosts_en: '',
    speakers_ja: '',
    speakers_en: '',
    agenda_ja: '',
    agenda_en: '',
    materials: '',
    revision: 1,
    ...TIMES,
  },
  alert_place: { session: 'session', free_since: TIMES.created_at },
  account: {
    id: 'account',
    email: 'desk@example.jp',
    name: '',
    role: 'desk',
    prefectures: '08',
    state: 'active',
    totp_secret: null,
    totp_step: null,
    code_tries: null,
    code_tries_from: null,
    signed_in_at: null,
    locale: null,
    revision: 0,
    ...TIMES,
  },
  sign_in: {
    id: 'sign-in',
    account: 'account',
    purpose: 'sign_in',
    secret_id: '',
    token_hash: 'link',
    attempts: 0,
    expires_at: LATER,
    used_at: null,
    created_at: NOW,
  },
  pass: {
    id: 'pass',
    account: 'account',
    token_hash: 'pass',
    proven: 0,
    proven_at: null,
    agent: '',
    challenge: null,
    created_at: NOW,
    seen_at: NOW,
    expires_at: LATER,
  },
  passkey: {
    id: 'passkey',
    account: 'account',
    public_key: '',
    counter: 0,
    transports: '',
    name: '',
    created_at: NOW,
    used_at: null,
  },
  recovery_code: { id: 'code', account: 'account', code_hash: 'code', created_at: NOW, used_at: null },
  first_link: { id: 'first', token_hash: 'link', expires_at: LATER, created_at: NOW },
  house: {
    id: 'house',
    name_ja: '窓口',
    name_en: 'Desk',
    operator_ja: '',
    operator_en: '',
    phone: '',
    email: '',
    address: '',
    privacy_ja: '',
    privacy_en: '',
    sender_ja: '',
    sender_en: '',
    reply: '',
    signature_ja: '',
    signature_en: '',
    revision: 1,
    updated_at: NOW,
  },
  staff_feed: {
    id: 'feed',
    account: 'account',
    prefectures: '08',
    name: '',
    token_hash: 'feed',
    created_at: NOW,
    own: 0,
  },
  duty: {
    id: 'session',
    series: null,
    session: 'session',
    slot: null,
    adviser: 'account',
    name: '',
    room: '',
    venue: null,
    adviser_key: 'account:account',
    room_key: '',
    ...TIMES,
  },
  busy: { holder: 'account:account', at: NOW, session: 'session' },
  consultation: {
    id: 'booking',
    state: 'draft',
    topics: '',
    advised: '',
    next_step: '',
    minutes: null,
    author: 'account',
    revision: 0,
    ...TIMES,
    final_at: null,
  },
  expert: {
    id: 'account',
    name: '',
    name_kana: '',
    profile_ja: '',
    profile_en: '',
    home: '',
    places: '',
    formats: '',
    topics: '',
    industries: '',
    stages: '',
    languages: '',
    most: 5,
    most_week: 3,
    taken: 0,
    excess: 0,
    travel_minutes: 0,
    starts_on: '2026-04-01',
    ends_on: null,
    state: 'active',
    paused_until: null,
    revision: 0,
    created_at: NOW,
    updated_at: NOW,
  },
  expert_hours: {
    expert: 'account',
    weekday: 0,
    starts: '10:00',
    ends: '12:00',
  },
  absence: {
    id: 'absence',
    expert: 'account',
    starts_at: NOW,
    ends_at: LATER,
    source: 'hand',
    feed_uid: null,
    created_at: NOW,
  },
  affiliation: {
    id: 'affiliation',
    expert: 'account',
    corporate_number: '',
    name_key: '水戸',
    until: null,
    kind: 'employer',
    created_at: NOW,
  },
  firm: {
    id: 'firm',
    first_seen: NOW,
  },
  firm_key: {
    key_hash: '',
    secret_id: '',
    firm: 'firm',
  },
  entitlement: {
    firm: 'firm',
    programme: 'fy2026',
    allowed: 3,
    used: 0,
    excess: 0,
  },
  request: {
    id: 'request',
    number: 'IB-T-0001',
    programme: 'fy2026',
    firm: 'firm',
    organisation: 'company',
    company: '',
    corporate_number: null,
    prefecture: '',
    municipality: '',
    address: '',
    employees: null,
    industry: null,
    name: '',
    name_kana: '',
    email: null,
    phone: '',
    phone_digits: '',
    locale: 'ja',
    stage: null,
    topics: '',
    formats: '',
    wished: '[]',
    wishes_former: 0,
    wishes_second: 0,
    message: '',
    channel: 'web',
    from_desk: 'desk',
    from_booking: 'booking',
    state: 'matching',
    hold: null,
    round: 1,
    outcome: null,
    consented_at: NOW,
    token_hash: 'request',
    token_version: 0,
    secret_id: '',
    idempotency_hash: 'key',
    input_hash: null,
    applied_at: NOW,
    matched_at: null,
    first_at: null,
    finished_at: null,
    sequence: 0,
    revision: 0,
    created_at: NOW,
    updated_at: NOW,
  },
  match: {
    id: 'match',
    request: 'request',
    expert: 'account',
    role: 'lead',
    round: 1,
    state: 'offered',
    score: 0,
    parts: '{}',
    offered_at: NOW,
    expires_at: NOW,
    answered_at: null,
    why: null,
    chosen_by: 'auto',
    token_hash: 'match',
    secret_id: '',
    revision: 0,
  },
  visit: {
    id: 'visit',
    request: 'request',
    nth: 1,
    session: 'session',
    booking: 'booking',
    minutes: 0,
    late_cancel: 0,
  },
  visit_expert: {
    uid: 'visit-uid',
    visit: 'visit',
    expert: 'account',
    role: 'lead',
    sequence: 0,
  },
  report: {
    id: 'visit',
    expert: 'account',
    state: 'draft',
    title: '',
    background: '',
    advice: '',
    next_steps: '',
    client_words: '',
    topics: '',
    people: null,
    minutes: null,
    revision: 0,
    created_at: NOW,
    updated_at: NOW,
    filed_at: null,
  },
  ledger_view: { id: 'view', account: 'account', name: 'mine', query: '' },
  submission: { id: 'series', key_hash: 'key', input_hash: 'input', created_at: NOW },
  survey_answer: {
    id: 'answer',
    programme: 'fy2026',
    prefecture: '08',
    kind: 'consultation',
    month: '2026-11',
    satisfaction: 5,
    understood: 1,
    telework: 'no',
    recommend: 3,
    comment: '',
  },
  cap: {
    id: 'cap',
    day: '2026-11-22',
    counted: 'bookings',
    source: 'network',
    key_hash: 'key',
    mask: '',
    n: 1,
    most: 60,
    extra: 0,
    refused: 0,
    refused_at: null,
    session: null,
  },
  cap_booking: { booking: 'booking', source: 'network', key_hash: 'key' },
  email_change: {
    id: 'email-change',
    booking: 'booking',
    email: 'new@example.jp',
    token_hash: 'hash',
    secret_id: 'secret',
    expires_at: NOW,
    created_at: NOW,
  },
  ticked: {
    id: 'ticked',
    account: 'account',
    act: 'move',
    told: 0,
    shown: '[]',
    content: 'hash',
    state: 'waiting',
    claimed_by: null,
    claimed_until: null,
    created_at: NOW,
    updated_at: NOW,
  },
  ticked_booking: {
    ticked: 'ticked',
    booking: 'booking',
    position: 0,
    session: 'session',
    slot: 'slot',
    format: 'onsite',
    state: 'waiting',
    why: null,
  },
  numbering: { id: 'numbering', last: 1 },
  webhook: {
    id: 'webhook',
    desk: null,
    url: 'https://hooks.example.jp/',
    types: ',session.full,',
    secret: 'sealed',
    secret_before: null,
    before_until: null,
    state: 'active',
    answered_at: null,
    revision: 0,
    ...TIMES,
  },
  webhook_delivery: {
    id: 'delivery',
    webhook: 'webhook',
    type: 'session.full',
    session: 'session',
    sequence: 0,
    happened_at: NOW,
    state: 'waiting',
    due_at: NOW,
    attempts: 0,
    claimed_by: null,
    claimed_until: null,
    fault: null,
    sent_at: null,
    updated_at: NOW,
  },
  webhook_place: { session: 'session', full_told: 0, told_at: NOW },
  api_key: {
    id: 'key',
    desk: 'desk',
    name: '商工会',
    scope: 'read',
    token_hash: 'hash',
    hint: 'abcd',
    used_on: null,
    revoked_at: null,
    created_at: NOW,
  },
  outbox: {
    id: 'letter',
    kind: 'booked',
    about: 'booking',
    subject: 'booking',
    sequence: 0,
    dedupe_key: '',
    locale: 'ja',
    channel: 'mail',
    state: 'kept',
    due_at: NOW,
    attempts: 0,
    claimed_by: null,
    claimed_until: null,
    fault: null,
    before: null,
    ...TIMES,
    sent_at: null,
  },
  journal: { id: 'line', at: NOW, actor: 'public', act: '', subject: '', detail: '' },
  expectation: { holds: 1 },
  chore: { name: 'chore', done_on: '2026-11-22', done_at: null },
}
type Table = keyof typeof rows
const tables = Object.keys(rows) as Table[]

let w: World
let store: Store

beforeAll(async () => {
  w = await world({ seeded: false })
  store = w.ctx.store
  await readSchema()
})
beforeEach(async () => {
  const emptied = tables.toReversed().map((table) => store.db.deleteFrom(table))
  const another = insert('session', { id: ANOTHER, uid: ANOTHER, occurrence: '2026-12-04' })
  orThrow(await store.commit(...emptied, ...tables.map((table) => insert(table)), another))
})
afterAll(() => w.close())

const insert = (table: Table, changes: Record<string, unknown> = {}): Write =>
  store.db.insertInto(table).values({ ...rows[table], ...changes })
const update = (table: Table, changes: Record<string, unknown>): Write =>
  store.db.updateTable(table).set(changes as never)

type Unique = { table: Table; name: string; columns: string[] }

/** The columns of each table in the database: primary key, foreign keys, and all. */
const keys = new Map<Table, { primary: string[]; foreign: string[]; all: string[] }>()
/** Every unique index except primary keys, with the name from its migration. */
const uniques: Unique[] = []
let wholeSchema = ''

async function readSchema(): Promise<void> {
  wholeSchema = (
    await w.column<string>(
      "select sql from sqlite_master where sql is not null and tbl_name not like '^_cf^_%' escape '^'",
    )
  ).join(';')
  const each = tables.map(async (table) => {
    const [[sql = ''], columns, foreign, indexes] = await Promise.all([
      w.column<string>('select sql from sqlite_master where name = ?', table),
      w.rows<{ name: string; pk: number }>(`pragma table_info(${table})`),
      w.rows<{ from: string }>(`pragma foreign_key_list(${table})`),
      w.rows<{ name: string; unique: number; origin: string }>(`pragma index_list(${table})`),
    ])
    const primary = columns.filter((one) => one.pk > 0).map((one) => one.name)
    keys.set(table, { primary, foreign: foreign.map((one) => one.from), all: columns.map((one) => one.name) })
    const named = new Map(
      [...sql.matchAll(/constraint (\w+) unique \(([^)]+)\)/g)].map(([, name = '', of = '']) => [of, name]),
    )
    const own = indexes.filter(({ unique, origin }) => unique === 1 && origin !== 'pk')
    return Promise.all(
      own.map(async (one): Promise<Unique> => {
        const of = (await w.rows<{ name: string }>(`pragma index_info(${one.name})`)).map((column) => column.name)
        const name = one.origin === 'c' ? one.name : named.get(of.join(', '))
        return { table, name: name ?? `unnamed: ${one.name}`, columns: of }
      }),
    )
  })
  uniques.push(...(await Promise.all(each)).flat())
}

/** Every value of every table, by one query. */
function everyRow() {
  const texts = tables.map((table) => {
    const values = (keys.get(table)?.all ?? []).map((column) => `quote("${column}")`)
    // In parts, since D1 takes expressions up to a depth of 100.
    const parts = Array.from({ length: Math.ceil(values.length / 20) }, (_, nth) =>
      values.slice(nth * 20, nth * 20 + 20),
    )
    const text = parts.map((part) => `(${part.join(' || ')})`).join(' || ')
    return `(select group_concat(${text}, ';') from ${table}) as "${table}"`
  })
  return w.rows<Record<Table, string | null>>(`select ${texts.join(', ')}`)
}

/** A session besides the one of `rows`, for what is unique by its session. */
const ANOTHER = 'another-session'

/** What a second row says besides, so that it breaks one constraint alone: partial ones count some states only. */
function besides(table: Table, columns: string[]): Record<string, unknown> {
  if (table === 'request' && columns.join() !== 'firm') return { state: 'finished' }
  if (table === 'match' && columns.join() !== 'request,role') return { state: 'declined' }
  return table === 'visit' && !columns.includes('session') ? { session: ANOTHER } : {}
}

/** A second row of a table, like the first in the given columns and in no other that must be unique. */
function alike(table: Table, columns: string[]): Write {
  const { primary = [], foreign = [] } = keys.get(table) ?? {}
  const others = [...primary, ...uniques.flatMap((one) => (one.table === table ? one.columns : []))]
  const changed = others.filter((key) => !columns.includes(key) && !foreign.includes(key))
  const given: Record<string, unknown> = rows[table]
  const fresh = Object.fromEntries(changed.map((key) => [key, typeof given[key] === 'number' ? 9999 : '0']))
  return insert(table, { ...fresh, ...besides(table, columns) })
}

/** For every check: a change to a valid row that breaks this check alone. */
const checks: Record<string, () => Write> = {
  venue_step_free_is_yes_or_no: () => update('venue', { step_free: 2 }),
  programme_visits_are_known: () => update('programme', { visits: 31 }),
  programme_retention_is_known: () => update('programme', { retention_years: 31 }),
  programme_ends_after_it_starts: () => update('programme', { ends_on: '2026-04-01' }),
  desk_kind_is_known: () => update('desk', { kind: 'branch' }),
  desk_email_use_is_known: () => update('desk', { email_use: 'spam' }),
  venue_area_is_yes_or_no: () => update('venue', { area_only: 2 }),
  series_kind_is_known: () => update('series', { kind: 'concert' }),
  series_slots_have_minutes: () => update('series', { slot_starts: '10:00', slot_minutes: 0 }),
  series_ends_after_it_starts: () => update('series', { until: '2026-03-31' }),
  closure_state_is_known: () => update('closure', { state: 'maybe' }),
  session_has_room: () => update('session', { seats_taken: 6 }),
  session_counts_from_zero: () => update('session', { seats_taken: -1 }),
  session_kind_is_known: () => update('session', { kind: 'concert' }),
  session_state_is_known: () => update('session', { state: 'maybe' }),
  session_hours_have_a_date: () => update('session', { date: null }),
  session_ends_after_it_starts: () => update('session', { ends_at: NOW }),
  cap_kept: () => update('cap', { n: 61 }),
  slot_has_room: () => update('slot', { seats_taken: 3 }),
  slot_counts_from_zero: () => update('slot', { excess: -1 }),
  slot_ends_after_it_starts: () => update('slot', { ends_at: NOW }),
  duty_of_one: () => update('duty', { series: 'series' }),
  consultation_state_is_known: () => update('consultation', { state: 'maybe' }),
  staff_feed_own_is_yes_or_no: () => update('staff_feed', { own: 2 }),
  question_of_one: () => update('question', { session: 'session' }),
  question_required_is_yes_or_no: () => update('question', { required: 2 }),
  letter_text_of_one: () => update('letter_text', { series: 'series' }),
  letter_sender_of_one: () => update('letter_sender', { series: 'series' }),
  letter_file_purpose_is_known: () => update('letter_file', { purpose: 'virus' }),
  letter_file_type_is_known: () => update('letter_file', { type: 'text/html' }),
  message_target_is_known: () => update('message', { target: 'world' }),
  booking_sms_is_yes_or_no: () => update('booking', { sms: 2 }),
  booking_no_messages_is_yes_or_no: () => update('booking', { no_messages: 2 }),
  booking_has_seats: () => update('booking', { seats: 0 }),
  booking_status_is_known: () => update('booking', { status: 'maybe' }),
  booking_channel_is_known: () => update('booking', { channel: 'fax' }),
  booking_format_is_known: () => update('booking', { format: 'telepathy' }),
  outbox_state_is_known: () => update('outbox', { state: 'lost' }),
  series_acceptance_is_known: () => update('series', { acceptance: 'by_looks' }),
  session_acceptance_is_known: () => update('session', { acceptance: 'by_looks' }),
  booking_status_before_is_known: () => update('booking', { status_before: 'lost' }),
  booking_format_before_is_known: () => update('booking', { format_before: 'lost' }),
  session_state_before_is_known: () => update('session', { state_before: 'lost' }),
  booking_ended_is_known: () => update('booking', { ended: 'lost' }),
  booking_drawn_is_known: () => update('booking', { drawn: 'lost' }),
  interest_state_is_known: () => update('interest', { state: 'maybe' }),
  outbox_channel_is_known: () => update('outbox', { channel: 'pigeon' }),
  session_skipped_by_is_known: () => update('session', { skipped_by: 'nobody' }),
  survey_kind_is_known: () => update('survey_answer', { kind: 'concert' }),
  survey_satisfaction_is_one_to_five: () => update('survey_answer', { satisfaction: 6 }),
  survey_understood_is_one_to_five: () => update('survey_answer', { understood: 0 }),
  survey_telework_is_known: () => update('survey_answer', { telework: 'maybe' }),
  survey_recommend_is_one_to_five: () => update('survey_answer', { recommend: -1 }),
  survey_comment_is_short: () => update('survey_answer', { comment: '長'.repeat(1001) }),
  suspension_state_is_known: () => update('suspension', { state: 'maybe' }),
  suspension_format_is_known: () => update('suspension', { format: 'onsite' }),
  suspension_ends_after_it_starts: () => update('suspension', { ends_on: '2026-10-31' }),
  ticked_act_is_known: () => update('ticked', { act: 'erase' }),
  ticked_told_is_yes_or_no: () => update('ticked', { told: 2 }),
  ticked_state_is_known: () => update('ticked', { state: 'maybe' }),
  ticked_booking_state_is_known: () => update('ticked_booking', { state: 'maybe' }),
  intake_state_is_known: () => update('intake', { state: 'lost' }),
  account_role_is_known: () => update('account', { role: 'owner' }),
  account_state_is_known: () => update('account', { state: 'maybe' }),
  sign_in_purpose_is_known: () => update('sign_in', { purpose: 'lost' }),
  first_link_is_one: () => update('first_link', { id: 'second' }),
  house_is_one: () => update('house', { id: 'second' }),
  pass_is_proven_or_not: () => update('pass', { proven: 2 }),
  expert_has_room: () => update('expert', { taken: 6 }),
  expert_counts_from_zero: () => update('expert', { taken: -1 }),
  expert_state_is_known: () => update('expert', { state: 'lost' }),
  expert_hours_end_after_they_start: () => update('expert_hours', { ends: '10:00' }),
  absence_ends_after_it_starts: () => update('absence', { ends_at: NOW }),
  absence_source_is_known: () => update('absence', { source: 'rumour' }),
  alert_state_is_known: () => update('alert', { state: 'rumour' }),
  alert_web_or_not: () => update('alert', { web: 2 }),
  affiliation_kind_is_known: () => update('affiliation', { kind: 'friend' }),
  affiliation_names_a_firm: () => update('affiliation', { name_key: '' }),
  firm_has_visits_left: () => update('entitlement', { used: 4 }),
  entitlement_counts_from_zero: () => update('entitlement', { used: -1 }),
  request_state_is_known: () => update('request', { state: 'lost' }),
  request_organisation_is_known: () => update('request', { organisation: 'club' }),
  request_wishes_former_is_yes_or_no: () => update('request', { wishes_former: 2 }),
  request_wishes_second_is_yes_or_no: () => update('request', { wishes_second: 2 }),
  match_state_is_known: () => update('match', { state: 'lost' }),
  match_chosen_by_is_known: () => update('match', { chosen_by: 'dice' }),
  visit_late_cancel_is_yes_or_no: () => update('visit', { late_cancel: 2 }),
  report_state_is_known: () => update('report', { state: 'lost' }),
  webhook_state_is_known: () => update('webhook', { state: 'lost' }),
  webhook_delivery_state_is_known: () => update('webhook_delivery', { state: 'lost' }),
  webhook_place_is_full_or_not: () => update('webhook_place', { full_told: 2 }),
  api_key_scope_is_known: () => update('api_key', { scope: 'all' }),
  still_true: () => update('expectation', { holds: 0 }),
}

describe('a unique constraint', () => {
  test('is named in the migration, each by a name of its own', () => {
    const names = uniques.map((one) => one.name)
    expect(names.filter((name) => name.startsWith('unnamed'))).toEqual([])
    expect(names.length).toBeGreaterThan(10)
    expect(new Set(names).size).toBe(names.length)
  })

  test('shares its columns with no other, for by them it is known', () => {
    const columns = uniques.map((one) => `${one.table} ${one.columns.toSorted().join()}`)
    expect(new Set(columns).size).toBe(columns.length)
  })

  test('that is broken is reported by its name: every one of them', async () => {
    const told: Record<string, unknown> = {}
    for (const { table, name, columns } of uniques) told[name] = await store.commit(alike(table, columns))
    expect(told).toEqual(Object.fromEntries(uniques.map(({ name }) => [name, { ok: false, broke: name }])))
  })

  test('that is a primary key is reported if it has a name, as the migrations’ own has', async () => {
    const named = [...wholeSchema.matchAll(/constraint (\w+) primary key/g)].map(([, name]) => name)
    expect(named).toEqual(['migration_once'])
    const [done] = await w.rows<Schema['migration']>('select name, applied_at from migration')
    expect(await store.commit(store.db.insertInto('migration').values(done ?? []))).toEqual({
      ok: false,
      broke: 'migration_once',
    })
  })

  test('is not broken by a row unlike in every one of its columns', async () => {
    const own = ({ table, columns }: Unique) => columns.some((column) => !keys.get(table)?.foreign.includes(column))
    const ofRowsAbove = new Set(uniques.filter((one) => !own(one)).map((one) => one.table))
    for (const table of new Set(uniques.map((one) => one.table))) {
      if (ofRowsAbove.has(table) && !['request', 'visit'].includes(table)) continue
      const single = uniques.some((one) => one.table === table && one.columns.length === 1)
      expect([table, single, await store.commit(alike(table, []))]).toMatchObject([table, single, { ok: true }])
    }
  })

  test('of a person and session is not broken by what was cancelled or has lapsed', async () => {
    for (const status of ['cancelled', 'lapsed']) {
      await store.commit(update('booking', { status }))
      expect(await store.commit(alike('booking', ['session', 'person_key']))).toMatchObject({ ok: true })
      await w.run("delete from booking where id = '0'")
    }
  })
})

describe('a check', () => {
  test('is named in the migration, and every name is known here', () => {
    const named = [...wholeSchema.matchAll(/constraint (\w+) check/g)].map(([, name = '']) => name)
    expect(named.toSorted()).toEqual(Object.keys(checks).toSorted())
    expect(wholeSchema.match(/\bcheck\s*\(/g)).toHaveLength(named.length)
  })

  test.each(Object.keys(checks))('%s, broken, is told by its name and nothing changes', async (name) => {
    const before = await everyRow()
    expect(await store.commit(checks[name]?.() ?? insert('desk'))).toEqual({ ok: false, broke: name })
    expect(await everyRow()).toEqual(before)
  })

  test('without a capacity there is always room', async () => {
    expect(await store.commit(update('session', { capacity: null, seats_taken: 10_000 }))).toMatchObject({ ok: true })
    expect(await store.commit(update('slot', { capacity: null, seats_taken: 10_000 }))).toMatchObject({ ok: true })
  })
})

describe('anything else', () => {
  test.each([
    ['a missing value', () => update('session', { title_ja: null })],
    ['a row that points nowhere', () => update('session', { desk: 'nowhere' })],
    ['a row that others point at', () => store.db.deleteFrom('desk')],
    ['an id given twice', () => insert('desk')],
  ])('%s is thrown, for no act has an answer to it', async (_, write) => {
    await expect(store.commit(write())).rejects.toThrow('constraint failed')
  })

  test.each([
    new Error('disk I/O error'),
    new Error('UNIQUE constraint failed: nobody.knows'),
    new Error('NOT NULL constraint failed: session.title_ja'),
    'UNIQUE constraint failed: session.uid',
    null,
    undefined,
  ])('%j names no constraint', (error) => {
    expect(brokenConstraint(error)).toBeNull()
  })
})
