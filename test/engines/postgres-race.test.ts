import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../src/base/id.ts'
import { NO_EXTRAS } from '../../src/base/questions.ts'
import { extrasColumns } from '../../src/booking/extras/check.ts'
import { BookInput } from '../../src/booking/input.ts'
import { bookingWrites } from '../../src/booking/write/insert.ts'
import { withSeatRecount } from '../../src/booking/write/seats.ts'
import type { Ctx } from '../../src/context.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { expecting } from '../../src/store/expectation.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import type { Write } from '../../src/store/store.ts'
import { program } from '../programs.ts'
import { application, contextOn, freshKey, MITO, NOW } from '../world.ts'
import { createDatabase, SEEDED } from './postgres-database.ts'

let url: string
let ctx: Ctx
const ends: (() => unknown)[] = []

beforeEach(async () => {
  url = await createDatabase('madoguchi_race', SEEDED)
  const store = openPostgres(url)
  ctx = contextOn(store)
})
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  await ctx.store.close()
})

/** Two processes that serve the same rows. */
async function twoServers(): Promise<string[]> {
  const start = async () => {
    const child: ChildProcess = fork(program('visitor'), [url], { execArgv: [] })
    ends.push(async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    })
    const [port] = (await once(child, 'message')) as [number]
    return `http://127.0.0.1:${port}`
  }
  return Promise.all([start(), start()])
}

async function rush(servers: string[], people: Record<string, unknown>[]): Promise<Record<string, number>> {
  const answers = await Promise.all(
    people.map(async (person, i) => {
      const answer = await fetch(`${servers[i % servers.length]}/api/v1/bookings`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': freshKey() },
        body: JSON.stringify(person),
      })
      const { code = 'booked' } = (await answer.json()) as { code?: string }
      return `${answer.status} ${code}`
    }),
  )
  return Object.fromEntries(
    Array.from(
      Map.groupBy(answers, (one) => one),
      ([one, all]) => [one, all.length],
    ),
  )
}

/** Sessions and slots whose counter differs from their rows, or exceeds their capacity. */
async function unlawful(): Promise<unknown[]> {
  const { db } = ctx.store
  const sessions = await db.selectFrom('session').select(['id', 'seats_taken', 'capacity', 'excess']).execute()
  const slots = await db.selectFrom('slot').select(['id', 'seats_taken', 'capacity', 'excess']).execute()
  const taken = await db.selectFrom('booking').selectAll().where('status', '=', 'booked').execute()
  const count = (key: 'session' | 'slot', id: string) =>
    taken.filter((one) => one[key] === id).reduce((sum, one) => sum + one.seats, 0)
  const wrong = (key: 'session' | 'slot') => (one: (typeof slots)[number]) =>
    one.seats_taken !== count(key, one.id) || (one.capacity !== null && one.seats_taken > one.capacity + one.excess)
  return [...sessions.filter(wrong('session')), ...slots.filter(wrong('slot'))]
}

const SLOTS = ['1000', '1100', '1300', '1400', '1500']

test('fifty at once from two processes for five places leave exactly five', async () => {
  const people = Array.from({ length: 50 }, (_, i) => application({ slot: `${MITO}-${SLOTS[i % 5]}` }))
  expect(await rush(await twoServers(), people)).toEqual({ '201 booked': 5, '409 full': 45 })
  expect(await unlawful()).toEqual([])
  const numbers = await ctx.store.db.selectFrom('booking').select('number').orderBy('number').execute()
  expect(numbers.map((one) => one.number.slice(-2))).toEqual(['01', '02', '03', '04', '05'])
})

/** A seminar with this many places, and no slots. */
async function seminar(capacity: number): Promise<void> {
  await publishSession(
    { ...ctx, actor: { kind: 'system', name: 'cli' } },
    {
      id: 'seminar',
      kind: 'seminar',
      desk: 'secretariat',
      venue: null,
      prefecture: '13',
      note: null,
      title: { ja: '人気のセミナー', en: 'A popular seminar' },
      date: '2026-12-22',
      hours: { starts: '10:00', ends: '12:00' },
      announced_on: '2026-12-22',
      formats: ['online'],
      capacity,
      apply: { kind: 'here' },
      printed: null,
      printed_weekday: null,
      sample: true,
    },
  )
}
const AT_THE_SEMINAR = { session: 'seminar', slot: null, format: 'online' }

test('five hundred at once from two processes for twenty places leave exactly twenty, and nobody meets a fault', async () => {
  await seminar(20)
  const people = Array.from({ length: 500 }, () => application(AT_THE_SEMINAR))
  expect(await rush(await twoServers(), people)).toEqual({ '201 booked': 20, '409 full': 480 })
  expect(await unlawful()).toEqual([])
})

/** The receipt numbers' row would serve as a second lock: here each booking counts in a row of its own. */
function numberedApart(write: Write, id: string): Write {
  return {
    compile() {
      const query = write.compile()
      const own: Record<string, string> = { 'fy2026 TK-1222-': id, 'TK-1222-': `TK-${id}-` }
      return { ...query, parameters: query.parameters.map((one) => own[String(one)] ?? one) }
    },
  }
}

/** The writes of one booking as `book` makes them, with or without the lock. Pauses after the recount. */
async function take(withLock: boolean): Promise<boolean> {
  const session = await sessionById(ctx, 'seminar')
  if (!session) throw new Error('no seminar')
  const input = BookInput.parse(application(AT_THE_SEMINAR))
  const key = freshKey()
  const id = newId(NOW)
  const booking = await bookingWrites(
    ctx,
    id,
    session,
    input,
    'api',
    { idempotency: key, input: key },
    { slot: null, status: 'booked', offer_expires_at: null, columns: extrasColumns({}, NO_EXTRAS) },
  )
  const [lock, ...writes] = withSeatRecount(
    ctx,
    { session: session.id, slot: null },
    expecting(ctx, 'session', session),
    ...booking.map((one) => numberedApart(one, id)),
  )
  const hold: Write = { compile: () => CompiledQuery.raw('select pg_sleep(0.2)') }
  const done = await ctx.store.commit(...(withLock && lock ? [lock] : []), ...writes, hold)
  return done.ok
}

test('with the lock, three places go to three of ten who hold their transactions open after the recount', async () => {
  await seminar(3)
  const done = await Promise.all(Array.from({ length: 10 }, () => take(true)))
  expect(done.filter(Boolean)).toHaveLength(3)
  expect(await unlawful()).toEqual([])
})

test('without the lock the same ten oversell: the races above can fail', async () => {
  await seminar(3)
  const done = await Promise.all(Array.from({ length: 10 }, () => take(false)))
  const rows = await ctx.store.db.selectFrom('booking').select('id').where('session', '=', 'seminar').execute()
  expect(rows).toHaveLength(done.filter(Boolean).length)
  expect(rows.length).toBeGreaterThan(3)
})
