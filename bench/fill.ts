import { CompiledQuery } from 'kysely'
import { addDays, fiscalYear, instantAt } from '../src/base/japan/civil.ts'
import { PREFECTURES } from '../src/base/japan/prefecture.ts'
import { hmac, secretId, sha256 } from '../src/base/token.ts'
import type { Ctx } from '../src/context.ts'
import { addDesk } from '../src/people/add-desk.ts'
import { addVenue } from '../src/planning/add-venue.ts'
import { openProgramme } from '../src/planning/open-programme.ts'
import { inserts } from '../src/store/dump.ts'
import type { BookingRow, OutboxRow, SessionRow, SlotRow } from '../src/store/schema.ts'
import { orThrow, type Write } from '../src/store/store.ts'

/** A consultation day has five times with four places each. Past days are full, days ahead are half full. */
const TIMES = ['10:00', '11:00', '13:00', '14:00', '15:00']
const PLACES = 4
const AHEAD_DAYS = 30
const EACH = { past: TIMES.length * PLACES, ahead: (TIMES.length * PLACES) / 2 }

/** Kilobytes of a statement, and statements of a commit. */
const STATEMENTS = 40

/** The number of rows made, and some bookings to come with the tokens of their links. */
export type Filled = {
  sessions: number
  bookings: number
  samples: { id: string; number: string; phone: string; token: string }[]
}

type Day = { date: string; prefecture: string; ahead: boolean }

/** Days of the desks, from the last one backwards, until they hold so many bookings. */
function* days(bookings: number, today: string): Generator<Day> {
  const desks = bookings < 10_000 ? PREFECTURES.slice(0, 5) : PREFECTURES
  let left = bookings
  for (let date = addDays(today, AHEAD_DAYS); left > 0; date = addDays(date, -1)) {
    for (const { code } of desks) {
      if (left <= 0) return
      const ahead = date > today
      left -= ahead ? EACH.ahead : EACH.past
      yield { date, prefecture: code, ahead }
    }
  }
}

async function places(ctx: Ctx, today: string): Promise<void> {
  const thisYear = fiscalYear(today)
  for (let year = thisYear - 5; year <= thisYear + 1; year++) {
    await openProgramme(ctx, { fiscalYear: year, name: { ja: `${year}年度`, en: `Fiscal year ${year}` } })
  }
  const blank = { region: null, address: null, hours_ja: null, hours_en: null, email: null, url: null, printed: null }
  for (const { code, ja, en } of PREFECTURES) {
    const names = { name_ja: `${ja}の窓口`, name_en: `${en} desk`, prefecture: code, phones: '029-000-0000' }
    await addDesk(ctx, { ...blank, ...names, id: `desk-${code}`, kind: 'local', email_use: 'none', topics: 'general' })
    const venue = { name_ja: `${ja}の会場`, name_en: en, prefecture: code, address: null, printed: null }
    await addVenue(ctx, { ...venue, id: `venue-${code}`, area_only: 0 })
  }
}

function sessionRow({ date, prefecture, ahead }: Day, now: string): SessionRow {
  return {
    id: `${prefecture}-${date}`,
    uid: crypto.randomUUID(),
    kind: 'consultation',
    series: null,
    occurrence: null,
    programme: `fy${fiscalYear(date)}`,
    desk: `desk-${prefecture}`,
    venue: `venue-${prefecture}`,
    prefecture,
    note_ja: null,
    note_en: null,
    date,
    title_ja: 'テレワーク無料相談会',
    title_kana: null,
    title_en: 'Free telework consultation day',
    formats: 'onsite,online',
    starts_at: instantAt(date, '10:00'),
    ends_at: instantAt(date, '15:50'),
    capacity: TIMES.length * PLACES,
    seats_taken: ahead ? EACH.ahead : EACH.past,
    excess: 0,
    state: 'published',
    skipped_by: null,
    reason_ja: null,
    reason_en: null,
    opens_at: instantAt(addDays(date, -90), '00:00'),
    closes: 'hours:1',
    cancels: 'hours:0',
    apply_name: null,
    apply_phone: null,
    apply_url: null,
    apply_url_printed: null,
    printed: null,
    printed_weekday: null,
    sample: 0,
    state_before: null,
    suspension: null,
    formats_before: null,
    meeting_url: null,
    edited: 0,
    acceptance: 'first_come',
    sequence: 0,
    revision: 0,
    created_at: now,
    updated_at: now,
    seats_changed_at: now,
    request: null,
  }
}

function slotRow({ date, prefecture, ahead }: Day, time: string): SlotRow {
  const session = `${prefecture}-${date}`
  const [hour = ''] = time.split(':')
  return {
    id: `${session}-${hour}00`,
    session,
    starts_at: instantAt(date, time),
    ends_at: instantAt(date, `${hour}:50`),
    capacity: PLACES,
    seats_taken: ahead ? PLACES / 2 : PLACES,
    excess: 0,
  }
}

let people = 0

function bookingRow(day: Day, slot: string): BookingRow {
  people++
  const { date, prefecture, ahead } = day
  const { letters } = PREFECTURES.find(({ code }) => code === prefecture) ?? { letters: 'XX' }
  const id = `${date.replaceAll('-', '')}${prefecture}${String(people).padStart(16, '0')}`
  const at = instantAt(addDays(date, -(7 + (people % 14))), '10:00')
  const phone = `090${String(people).padStart(8, '0')}`
  const email = `person${people}@example.jp`
  return {
    id,
    number: `${letters}-${date.slice(5).replace('-', '')}-F${people}`,
    uid: `${id}@example.jp`,
    programme: `fy${fiscalYear(date)}`,
    session: `${prefecture}-${date}`,
    slot,
    format: 'onsite',
    seats: 1,
    status: ahead ? 'booked' : people % 20 === 0 ? 'absent' : 'attended',
    channel: 'web',
    locale: 'ja',
    company: `株式会社第${people}製作所`,
    name: '髙橋 太郎',
    name_kana: 'タカハシ タロウ',
    email,
    phone,
    phone_digits: phone,
    prefecture,
    employees: people % 300,
    industry: 'E',
    corporate_number: null,
    topics: 'ict,security',
    message: 'パソコンを家に持ち帰ってよいか教えてください。',
    consented_at: at,
    person_key: `mail:${email}`,
    search_key: `⟨株⟩第${people}製作所 高橋太郎 タカハシタロウ`,
    token_hash: `hash of ${id}`,
    token_version: 1,
    secret_id: 'bench',
    idempotency_hash: `key of ${id}`,
    input_hash: 'bench',
    sequence: 0,
    revision: 0,
    created_at: at,
    updated_at: at,
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
  }
}

function letterRow({ id, created_at }: BookingRow): OutboxRow {
  const times = { due_at: created_at, created_at, updated_at: created_at, sent_at: created_at }
  return {
    id: `l${id}`,
    kind: 'booked',
    about: 'booking',
    subject: id,
    sequence: 0,
    dedupe_key: '',
    locale: 'ja',
    channel: 'mail',
    state: 'sent',
    attempts: 1,
    claimed_by: null,
    claimed_until: null,
    fault: null,
    before: null,
    ...times,
  }
}

/** Fills an empty database with so many bookings, as years of use leave them: with counters, letters and journal. */
export async function fill(ctx: Ctx, bookings: number, today: string): Promise<Filled> {
  const now = ctx.clock.now()
  await places(ctx, today)
  let waiting: Write[] = []
  const flush = async () => {
    if (waiting.length > 0) orThrow(await ctx.store.commit(...waiting))
    waiting = []
  }
  const add = async (table: Parameters<typeof inserts>[0], rows: object[]) => {
    for (const text of inserts(table, rows)) waiting.push({ compile: () => CompiledQuery.raw(text.replace(/;$/, '')) })
    if (waiting.length >= STATEMENTS) await flush()
  }
  const filled: Filled = { sessions: 0, bookings: 0, samples: [] }
  const secret = ctx.config.secrets[0] ?? ''
  for (const day of days(bookings, today)) {
    const session = sessionRow(day, now)
    filled.sessions++
    await add('session', [session])
    await add(
      'slot',
      TIMES.map((time) => slotRow(day, time)),
    )
    const rows: BookingRow[] = []
    for (const time of TIMES) {
      for (let i = 0; i < (day.ahead ? PLACES / 2 : PLACES); i++) {
        const sampled = day.ahead && filled.samples.length < 400
        const row = bookingRow(day, slotRow(day, time).id)
        if (sampled) {
          const token = await hmac(secret, `${row.id}.1`)
          Object.assign(row, { token_hash: await sha256(token), secret_id: await secretId(secret) })
          filled.samples.push({ id: row.id, number: row.number, phone: row.phone, token })
        }
        rows.push(row)
      }
    }
    filled.bookings += rows.length
    await add('booking', rows)
    await add('outbox', rows.map(letterRow))
    await add(
      'journal',
      rows.map(({ id, created_at, session: of }) => ({
        id: `j${id}`,
        at: created_at,
        actor: 'public',
        act: 'booking.made',
        subject: id,
        detail: JSON.stringify({ session: of, seats: 1, channel: 'web' }),
      })),
    )
  }
  await flush()
  return filled
}

/** The counts and samples of a database that was filled before. */
export async function found(ctx: Ctx): Promise<Filled> {
  const { db } = ctx.store
  const count = async (table: 'session' | 'booking') => {
    const { n } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number | string>().as('n'))
      .executeTakeFirstOrThrow()
    return Number(n)
  }
  const secret = ctx.config.secrets[0] ?? ''
  const rows = await db
    .selectFrom('booking')
    .select(['id', 'number', 'phone'])
    .where('secret_id', '=', await secretId(secret))
    .where('status', '=', 'booked')
    .limit(400)
    .execute()
  const samples = await Promise.all(rows.map(async (row) => ({ ...row, token: await hmac(secret, `${row.id}.1`) })))
  return { sessions: await count('session'), bookings: await count('booking'), samples }
}
