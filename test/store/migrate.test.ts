import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { type Migration, migrate, pendingMigrations } from '../../src/store/migrate.ts'
import type { Schema } from '../../src/store/schema.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { newFolder } from '../folder.ts'
import { NOW } from '../world.ts'

let folder: string
let store: ReturnType<typeof openSqlite>

beforeEach(() => {
  folder = newFolder('store')
  store = openSqlite(join(folder, 'migrate.db'))
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const ours = readMigrations()
const names = ours.map((one) => one.name)
const shape = () =>
  store.raw
    .prepare("select type, name, sql from sqlite_master where name not like 'sqlite_%' order by type, name")
    .all()
const applied = () => store.raw.prepare('select * from migration order by name').all()
const own = (name: string, sql: string): Migration => ({ name, sql })

describe('migrating', () => {
  test('an empty database applies everything, in order, and writes down when', async () => {
    expect(await migrate(store, ours, NOW)).toEqual(names)
    expect(applied()).toEqual(names.map((name) => ({ name, applied_at: NOW })))
    expect(await pendingMigrations(store, ours)).toEqual([])
  })

  test('a second time changes nothing', async () => {
    await migrate(store, ours, NOW)
    const before = shape()
    expect(await migrate(store, ours, '2030-01-01T00:00:00.000Z')).toEqual([])
    expect([shape(), applied()]).toEqual([before, names.map((name) => ({ name, applied_at: NOW }))])
  })

  test('an older database applies what it has not seen, and keeps its rows', async () => {
    const first = own('0001_a.sql', 'create table a (id text);\ninsert into a values (1);\n')
    const second = own('0002_b.sql', 'alter table a add column b text;\nupdate a set b = id;\n')
    await migrate(store, [first], NOW)
    expect(await pendingMigrations(store, [first, second])).toEqual([second])
    expect(await migrate(store, [first, second], NOW)).toEqual(['0002_b.sql'])
    expect(store.raw.prepare('select * from a').all()).toEqual([{ id: '1', b: '1' }])
  })

  test('a newer database is refused by what it knows, and is not written to', async () => {
    await migrate(store, [...ours, own('9999_future.sql', 'create table future (id text);\n')], NOW)
    const before = shape()
    await expect(migrate(store, ours, NOW)).rejects.toThrow('9999_future.sql')
    await expect(pendingMigrations(store, ours)).rejects.toThrow('the database is newer than this code')
    expect(shape()).toEqual(before)
  })

  test('looking for what is pending writes nothing', async () => {
    expect(await pendingMigrations(store, ours)).toEqual(ours)
    expect(shape()).toEqual([])
  })

  test('one that fails leaves nothing behind and stays pending, those before it stand', async () => {
    const good = own('0001_good.sql', 'create table good (id text);\n')
    const bad = own('0002_bad.sql', 'create table half (id text);\ncreate table half (id text);\n')
    const never = own('0003_never.sql', 'create table never (id text);\n')
    await expect(migrate(store, [good, bad, never], NOW)).rejects.toThrow(
      [
        '0002_bad.sql failed at statement 2 of 2 (table half already exists).',
        'Nothing of it was kept: the database stands as 0001_good.sql left it.',
        'It can go on with the version of Madoguchi that ran before; nothing has to be restored.',
        'Take away what is named above, or install a mended version, then start again.',
      ].join('\n'),
    )
    expect((shape() as { name: string }[]).map((one) => one.name)).toEqual(['good', 'migration'])
    expect((await pendingMigrations(store, [good, bad, never])).map((one) => one.name)).toEqual([
      '0002_bad.sql',
      '0003_never.sql',
    ])
  })

  test('one whose rows break a constraint known by name is not told as applied', async () => {
    await migrate(store, ours, NOW)
    const bad = own('0009_bad.sql', 'create table half (id text);\ninsert into expectation values (0);\n')
    await expect(migrate(store, [...ours, bad], NOW)).rejects.toThrow('still_true')
    expect(applied()).toHaveLength(ours.length)
    expect(JSON.stringify(shape())).not.toContain('half')
  })

  test('by two at once is done once', async () => {
    const other = openSqlite(join(folder, 'migrate.db'))
    const done = await Promise.all([migrate(store, ours, NOW), migrate(other, ours, NOW), migrate(store, ours, NOW)])
    expect(done.flat()).toEqual(names)
    expect(applied()).toHaveLength(names.length)
    await other.close()
  })

  test('a semicolon within a line or a comment ends no statement', async () => {
    const sql =
      "-- a comment; with one\ncreate table a (id text default 'x;y');\n  -- and; another;\ninsert into a (id) values ('p;q');\n"
    await migrate(store, [own('0001_a.sql', sql)], NOW)
    expect(store.raw.prepare('select id from a').pluck().all()).toEqual(['p;q'])
  })
})

describe('the migrations', () => {
  test('are numbered without gaps, so that their order is that of their names', () => {
    expect(names.length).toBeGreaterThan(0)
    expect(names.every((name) => /^\d{4}_[a-z-]+\.sql$/.test(name))).toBe(true)
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, i) => i + 1))
  })

  test('are one set for three engines', () => {
    const sql = ours
      .map((one) => one.sql.replaceAll(/--.*$/gm, ''))
      .join('\n')
      .toLowerCase()
    const foreign = [
      'autoincrement',
      'create trigger',
      'without rowid',
      'strict',
      'json',
      'serial',
      'datetime(',
      'now()',
      ' glob ',
      'pragma',
      'ifnull',
    ]
    expect(foreign.filter((word) => sql.includes(word))).toEqual([])
  })
})

/** The column for each type of value: `text`, `integer`, with `?` if it may be null. */
type Column<T> = `${Exclude<T, null> extends number ? 'integer' : 'text'}${null extends T ? '?' : ''}`
type Columns = { [Table in keyof Schema]: { [Key in keyof Schema[Table]]-?: Column<Schema[Table][Key]> } }

/** Does not compile unless it agrees with `Schema` for every column of every table. */
const columns: Columns = {
  programme: {
    id: 'text',
    fiscal_year: 'integer',
    name_ja: 'text',
    name_en: 'text',
    starts_on: 'text',
    ends_on: 'text',
    retention_years: 'integer?',
    visits: 'integer',
    experts_until: 'text?',
    revision: 'integer',
  },
  desk: {
    id: 'text',
    kind: 'text',
    name_ja: 'text',
    name_en: 'text',
    prefectures: 'text',
    prefecture: 'text?',
    region: 'text?',
    address: 'text?',
    phones: 'text',
    hours_ja: 'text?',
    hours_en: 'text?',
    email: 'text?',
    email_use: 'text',
    url: 'text?',
    topics: 'text',
    position: 'integer?',
    printed: 'text?',
    ended_at: 'text?',
    revision: 'integer',
  },
  venue: {
    id: 'text',
    prefecture: 'text',
    name_ja: 'text',
    name_en: 'text',
    address: 'text?',
    area_only: 'integer',
    printed: 'text?',
    revision: 'integer',
    room_ja: 'text?',
    room_en: 'text?',
    access_ja: 'text?',
    access_en: 'text?',
    parking_ja: 'text?',
    parking_en: 'text?',
    map_url: 'text?',
    step_free: 'integer?',
    retired_at: 'text?',
  },
  series: {
    id: 'text',
    kind: 'text',
    desk: 'text',
    venue: 'text?',
    prefecture: 'text',
    title_ja: 'text',
    title_en: 'text',
    title_kana: 'text?',
    note_ja: 'text?',
    note_en: 'text?',
    rule: 'text?',
    starts_on: 'text',
    until: 'text?',
    starts: 'text?',
    ends: 'text?',
    slot_minutes: 'integer?',
    slot_starts: 'text',
    slot_capacity: 'integer?',
    capacity: 'integer?',
    formats: 'text',
    closes: 'text',
    cancels: 'text',
    apply_name: 'text?',
    apply_phone: 'text?',
    apply_url: 'text?',
    apply_url_printed: 'text?',
    printed: 'text?',
    sample: 'integer',
    acceptance: 'text',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
  },
  series_date: { series: 'text', date: 'text', printed_weekday: 'text?' },
  closure: {
    id: 'text',
    date: 'text',
    scope: 'text',
    reason_ja: 'text',
    reason_en: 'text',
    state: 'text',
    batch: 'text?',
  },
  suspension: {
    id: 'text',
    prefectures: 'text',
    starts_on: 'text',
    ends_on: 'text',
    format: 'text',
    reason_ja: 'text',
    reason_en: 'text',
    state: 'text',
    told: 'text',
    created_at: 'text',
    updated_at: 'text',
  },
  session: {
    id: 'text',
    uid: 'text',
    kind: 'text',
    series: 'text?',
    occurrence: 'text?',
    programme: 'text',
    desk: 'text',
    venue: 'text?',
    prefecture: 'text',
    title_ja: 'text',
    title_en: 'text',
    title_kana: 'text?',
    note_ja: 'text?',
    note_en: 'text?',
    date: 'text?',
    starts_at: 'text?',
    ends_at: 'text?',
    formats: 'text',
    capacity: 'integer?',
    seats_taken: 'integer',
    excess: 'integer',
    state: 'text',
    reason_ja: 'text?',
    reason_en: 'text?',
    opens_at: 'text',
    closes: 'text',
    cancels: 'text',
    apply_name: 'text?',
    apply_phone: 'text?',
    apply_url: 'text?',
    apply_url_printed: 'text?',
    printed: 'text?',
    printed_weekday: 'text?',
    suspension: 'text?',
    formats_before: 'text?',
    skipped_by: 'text?',
    meeting_url: 'text?',
    acceptance: 'text',
    sample: 'integer',
    edited: 'integer',
    sequence: 'integer',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
    seats_changed_at: 'text',
    request: 'text?',
    state_before: 'text?',
  },
  slot: {
    id: 'text',
    session: 'text',
    starts_at: 'text',
    ends_at: 'text',
    capacity: 'integer?',
    seats_taken: 'integer',
    excess: 'integer',
  },
  question: {
    id: 'text',
    series: 'text?',
    session: 'text?',
    kind: 'text',
    required: 'integer',
    position: 'integer',
    label_ja: 'text',
    label_en: 'text',
    options: 'text',
    retired_at: 'text?',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
  },
  booking: {
    id: 'text',
    number: 'text',
    uid: 'text',
    programme: 'text',
    session: 'text',
    slot: 'text?',
    format: 'text',
    seats: 'integer',
    status: 'text',
    channel: 'text',
    locale: 'text',
    company: 'text',
    name: 'text',
    name_kana: 'text',
    email: 'text?',
    phone: 'text',
    phone_digits: 'text',
    prefecture: 'text',
    employees: 'integer?',
    industry: 'text?',
    corporate_number: 'text?',
    topics: 'text',
    message: 'text',
    consented_at: 'text',
    person_key: 'text',
    search_key: 'text',
    token_hash: 'text',
    token_version: 'integer',
    secret_id: 'text',
    idempotency_hash: 'text?',
    input_hash: 'text?',
    sequence: 'integer',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
    cancelled_at: 'text?',
    ended: 'text?',
    status_before: 'text?',
    format_before: 'text?',
    offer_expires_at: 'text?',
    meeting_url: 'text?',
    surveyed: 'integer',
    no_messages: 'integer',
    sms: 'integer',
    draw_order: 'integer?',
    drawn: 'text?',
    note: 'text',
    came_at: 'text?',
    answers: 'text',
    companions: 'text',
    support: 'text',
  },
  letter_text: {
    id: 'text',
    programme: 'text?',
    series: 'text?',
    session: 'text?',
    owner: 'text',
    kind: 'text',
    text_ja: 'text',
    text_en: 'text',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
  },
  letter_sender: {
    id: 'text',
    programme: 'text?',
    series: 'text?',
    session: 'text?',
    owner: 'text',
    sender_ja: 'text',
    sender_en: 'text',
    reply: 'text',
    signature_ja: 'text',
    signature_en: 'text',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
  },
  letter_file: {
    id: 'text',
    programme: 'text?',
    series: 'text?',
    owner: 'text',
    purpose: 'text',
    place: 'text',
    name: 'text',
    type: 'text',
    bytes: 'integer',
    hash: 'text',
    created_at: 'text',
  },
  letter_file_part: { file: 'text', nth: 'integer', content: 'text' },
  short_address: { short: 'text', owner: 'text', created_at: 'text' },
  intake: {
    id: 'text',
    made_by: 'text',
    name: 'text',
    records: 'text',
    unread: 'text',
    decisions: 'text',
    made: 'text',
    state: 'text',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
  },
  message: {
    id: 'text',
    target: 'text',
    target_id: 'text',
    prefectures: 'text',
    subject_ja: 'text',
    body_ja: 'text',
    subject_en: 'text?',
    body_en: 'text?',
    files: 'text?',
    created_at: 'text',
  },
  draw: { session: 'text', seed: 'text', drawn_at: 'text', announced_at: 'text?' },
  interest: {
    id: 'text',
    session: 'text',
    email: 'text?',
    person_key: 'text',
    locale: 'text',
    state: 'text',
    token_hash: 'text',
    secret_id: 'text',
    first_until: 'text?',
    created_at: 'text',
    updated_at: 'text',
  },
  alert: {
    id: 'text',
    email: 'text?',
    person_key: 'text',
    locale: 'text',
    prefecture: 'text',
    web: 'integer',
    kinds: 'text',
    weekdays: 'text',
    ends_on: 'text',
    state: 'text',
    since: 'text',
    told_on: 'text?',
    token_hash: 'text',
    secret_id: 'text',
    created_at: 'text',
    updated_at: 'text',
  },
  outline: {
    id: 'text',
    session: 'text',
    target_ja: 'text',
    target_en: 'text',
    hosts_ja: 'text',
    hosts_en: 'text',
    speakers_ja: 'text',
    speakers_en: 'text',
    agenda_ja: 'text',
    agenda_en: 'text',
    materials: 'text',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
  },
  alert_place: { session: 'text', free_since: 'text' },
  account: {
    id: 'text',
    email: 'text',
    name: 'text',
    role: 'text',
    prefectures: 'text',
    state: 'text',
    totp_secret: 'text?',
    totp_step: 'integer?',
    code_tries: 'integer?',
    code_tries_from: 'text?',
    signed_in_at: 'text?',
    locale: 'text?',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
  },
  sign_in: {
    id: 'text',
    account: 'text',
    purpose: 'text',
    secret_id: 'text',
    token_hash: 'text',
    attempts: 'integer',
    expires_at: 'text',
    used_at: 'text?',
    created_at: 'text',
  },
  pass: {
    id: 'text',
    account: 'text',
    token_hash: 'text',
    proven: 'integer',
    proven_at: 'text?',
    agent: 'text',
    challenge: 'text?',
    created_at: 'text',
    seen_at: 'text',
    expires_at: 'text',
  },
  passkey: {
    id: 'text',
    account: 'text',
    public_key: 'text',
    counter: 'integer',
    transports: 'text',
    name: 'text',
    created_at: 'text',
    used_at: 'text?',
  },
  recovery_code: { id: 'text', account: 'text', code_hash: 'text', created_at: 'text', used_at: 'text?' },
  first_link: { id: 'text', token_hash: 'text', expires_at: 'text', created_at: 'text' },
  house: {
    id: 'text',
    name_ja: 'text',
    name_en: 'text',
    operator_ja: 'text',
    operator_en: 'text',
    phone: 'text',
    email: 'text',
    address: 'text',
    privacy_ja: 'text',
    privacy_en: 'text',
    sender_ja: 'text',
    sender_en: 'text',
    reply: 'text',
    signature_ja: 'text',
    signature_en: 'text',
    revision: 'integer',
    updated_at: 'text',
  },
  staff_feed: {
    id: 'text',
    account: 'text',
    prefectures: 'text',
    name: 'text',
    token_hash: 'text',
    created_at: 'text',
    own: 'integer',
  },
  duty: {
    id: 'text',
    series: 'text?',
    session: 'text?',
    slot: 'text?',
    adviser: 'text?',
    name: 'text',
    room: 'text',
    venue: 'text?',
    adviser_key: 'text',
    room_key: 'text',
    created_at: 'text',
    updated_at: 'text',
  },
  busy: { holder: 'text', at: 'text', session: 'text' },
  consultation: {
    id: 'text',
    state: 'text',
    topics: 'text',
    advised: 'text',
    next_step: 'text',
    minutes: 'integer?',
    author: 'text?',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
    final_at: 'text?',
  },
  expert: {
    id: 'text',
    name: 'text',
    name_kana: 'text',
    profile_ja: 'text',
    profile_en: 'text',
    home: 'text',
    places: 'text',
    formats: 'text',
    topics: 'text',
    industries: 'text',
    stages: 'text',
    languages: 'text',
    most: 'integer',
    most_week: 'integer',
    taken: 'integer',
    excess: 'integer',
    travel_minutes: 'integer',
    starts_on: 'text',
    ends_on: 'text?',
    state: 'text',
    paused_until: 'text?',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
  },
  expert_hours: {
    expert: 'text',
    weekday: 'integer',
    starts: 'text',
    ends: 'text',
  },
  absence: {
    id: 'text',
    expert: 'text',
    starts_at: 'text',
    ends_at: 'text',
    source: 'text',
    feed_uid: 'text?',
    created_at: 'text',
  },
  affiliation: {
    id: 'text',
    expert: 'text',
    corporate_number: 'text',
    name_key: 'text',
    until: 'text?',
    kind: 'text',
    created_at: 'text',
  },
  firm: {
    id: 'text',
    first_seen: 'text',
  },
  firm_key: {
    key_hash: 'text',
    secret_id: 'text',
    firm: 'text',
  },
  entitlement: {
    firm: 'text',
    programme: 'text',
    allowed: 'integer',
    used: 'integer',
    excess: 'integer',
  },
  request: {
    id: 'text',
    number: 'text',
    programme: 'text',
    firm: 'text',
    organisation: 'text',
    company: 'text',
    corporate_number: 'text?',
    prefecture: 'text',
    municipality: 'text',
    address: 'text',
    employees: 'integer?',
    industry: 'text?',
    name: 'text',
    name_kana: 'text',
    email: 'text?',
    phone: 'text',
    phone_digits: 'text',
    locale: 'text',
    stage: 'text?',
    topics: 'text',
    formats: 'text',
    wished: 'text',
    wishes_former: 'integer',
    wishes_second: 'integer',
    message: 'text',
    channel: 'text',
    from_desk: 'text?',
    from_booking: 'text?',
    state: 'text',
    hold: 'text?',
    round: 'integer',
    outcome: 'text?',
    consented_at: 'text',
    token_hash: 'text',
    token_version: 'integer',
    secret_id: 'text',
    idempotency_hash: 'text?',
    input_hash: 'text?',
    applied_at: 'text',
    matched_at: 'text?',
    first_at: 'text?',
    finished_at: 'text?',
    sequence: 'integer',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
  },
  match: {
    id: 'text',
    request: 'text',
    expert: 'text',
    role: 'text',
    round: 'integer',
    state: 'text',
    score: 'integer',
    parts: 'text',
    offered_at: 'text',
    expires_at: 'text',
    answered_at: 'text?',
    why: 'text?',
    chosen_by: 'text',
    token_hash: 'text',
    secret_id: 'text',
    revision: 'integer',
  },
  visit: {
    id: 'text',
    request: 'text',
    nth: 'integer',
    session: 'text',
    booking: 'text',
    minutes: 'integer',
    late_cancel: 'integer',
  },
  visit_expert: {
    uid: 'text',
    visit: 'text',
    expert: 'text',
    role: 'text',
    sequence: 'integer',
  },
  report: {
    id: 'text',
    expert: 'text',
    state: 'text',
    title: 'text',
    background: 'text',
    advice: 'text',
    next_steps: 'text',
    client_words: 'text',
    topics: 'text',
    people: 'integer?',
    minutes: 'integer?',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
    filed_at: 'text?',
  },
  ledger_view: { id: 'text', account: 'text', name: 'text', query: 'text' },
  survey_answer: {
    id: 'text',
    programme: 'text',
    prefecture: 'text',
    kind: 'text',
    month: 'text',
    satisfaction: 'integer',
    understood: 'integer',
    telework: 'text',
    recommend: 'integer',
    comment: 'text',
  },
  submission: { id: 'text', key_hash: 'text', input_hash: 'text', created_at: 'text' },
  cap: {
    id: 'text',
    day: 'text',
    counted: 'text',
    source: 'text',
    key_hash: 'text',
    mask: 'text',
    n: 'integer',
    most: 'integer',
    extra: 'integer',
    refused: 'integer',
    refused_at: 'text?',
    session: 'text?',
  },
  cap_booking: { booking: 'text', source: 'text', key_hash: 'text' },
  email_change: {
    id: 'text',
    booking: 'text',
    email: 'text',
    token_hash: 'text',
    secret_id: 'text',
    expires_at: 'text',
    created_at: 'text',
  },
  ticked: {
    id: 'text',
    account: 'text',
    act: 'text',
    told: 'integer',
    shown: 'text',
    content: 'text',
    state: 'text',
    claimed_by: 'text?',
    claimed_until: 'text?',
    created_at: 'text',
    updated_at: 'text',
  },
  ticked_booking: {
    ticked: 'text',
    booking: 'text',
    position: 'integer',
    session: 'text?',
    slot: 'text?',
    format: 'text?',
    state: 'text',
    why: 'text?',
  },
  numbering: { id: 'text', last: 'integer' },
  webhook: {
    id: 'text',
    desk: 'text?',
    url: 'text',
    types: 'text',
    secret: 'text',
    secret_before: 'text?',
    before_until: 'text?',
    state: 'text',
    answered_at: 'text?',
    revision: 'integer',
    created_at: 'text',
    updated_at: 'text',
  },
  webhook_delivery: {
    id: 'text',
    webhook: 'text',
    type: 'text',
    session: 'text',
    sequence: 'integer',
    happened_at: 'text',
    state: 'text',
    due_at: 'text',
    attempts: 'integer',
    claimed_by: 'text?',
    claimed_until: 'text?',
    fault: 'text?',
    sent_at: 'text?',
    updated_at: 'text',
  },
  webhook_place: { session: 'text', full_told: 'integer', told_at: 'text' },
  api_key: {
    id: 'text',
    desk: 'text',
    name: 'text',
    scope: 'text',
    token_hash: 'text',
    hint: 'text',
    used_on: 'text?',
    revoked_at: 'text?',
    created_at: 'text',
  },
  outbox: {
    id: 'text',
    kind: 'text',
    about: 'text',
    subject: 'text',
    sequence: 'integer',
    dedupe_key: 'text',
    locale: 'text',
    channel: 'text',
    state: 'text',
    due_at: 'text',
    attempts: 'integer',
    claimed_by: 'text?',
    claimed_until: 'text?',
    fault: 'text?',
    before: 'text?',
    created_at: 'text',
    updated_at: 'text',
    sent_at: 'text?',
  },
  journal: { id: 'text', at: 'text', actor: 'text', act: 'text', subject: 'text', detail: 'text' },
  expectation: { holds: 'integer' },
  migration: { name: 'text', applied_at: 'text' },
  chore: { name: 'text', done_on: 'text', done_at: 'text?' },
}

describe('the types of the rows', () => {
  beforeEach(() => migrate(store, ours, NOW))

  test.each(Object.keys(columns) as (keyof Schema)[])('say of %s what the database says', (table) => {
    const found = store.raw.pragma(`table_info(${table})`) as { name: string; type: string; notnull: number }[]
    const said = Object.fromEntries(
      found.map((one) => [one.name, `${one.type.toLowerCase()}${one.notnull ? '' : '?'}`]),
    )
    expect(said).toEqual(columns[table])
  })

  test('know every table', () => {
    const tables = store.raw
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
      .pluck()
      .all()
    expect(tables.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual(Object.keys(columns).toSorted())
  })

  test('let every key of every table be selected', async () => {
    for (const table of Object.keys(columns) as (keyof Schema)[]) {
      const keys = Object.keys(columns[table])
      expect(
        await store.db
          .selectFrom(table)
          .select(keys as never[])
          .execute(),
      ).toHaveLength(table === 'migration' ? ours.length : 0)
    }
  })
})
