import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SESSION_STATUSES } from '../../src/base/vocabulary.ts'
import { admit, rehearse } from '../../src/booking/admit.ts'
import { BookInput } from '../../src/booking/input.ts'
import { REFUSALS } from '../../src/booking/refusal.ts'
import { publish } from '../../src/planning/publish-session.ts'
import { seminar } from '../schedule/fixtures.ts'
import { application, MITO, type World } from '../world.ts'
import { ask, booked, forSeminar, mito } from './fixtures.ts'

let w: World

beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const run = (sql: string, ...given: unknown[]) => w.run(sql, ...given)
const dump = () =>
  Promise.all(
    ['session', 'slot', 'booking', 'numbering', 'outbox', 'journal', 'expectation'].map((table) =>
      w.rows(`select * from ${table} order by 1`),
    ),
  )

describe('a rehearsal', () => {
  const cases: [string, () => unknown, () => Record<string, unknown>][] = [
    ['an open slot', () => {}, () => application()],
    ['a party', () => {}, () => application({ seats: 2 })],
    ['a seminar', () => {}, () => forSeminar()],
    ['a fault', () => {}, () => application({ email: 'taro', phone: '1' })],
    ['a fault against the session', () => {}, () => application({ slot: null, format: 'visit', seats: 3 })],
    ['an unknown session', () => {}, () => application({ session: 'nowhere' })],
    ['a full slot', () => booked(w, application({ seats: 2 })), () => application()],
    ['a full day', () => run('update session set capacity = 0 where id = ?', MITO), () => application()],
    ['a closed day', () => w.at('2026-11-26T06:00:00.000Z'), () => application()],
    ['a day called off', () => run("update session set state = 'called_off' where id = ?", MITO), () => application()],
    [
      'a day without hours',
      () => publish(w.system, seminar({ id: 'some', hours: null })),
      () => forSeminar({ session: 'some' }),
    ],
  ]

  test.each(cases)('of %s says what booking then says, and writes nothing', async (_, arrange, given) => {
    await arrange()
    const form = given()
    const before = await dump()
    const said = await rehearse(w.ctx, form)
    expect(await dump()).toEqual(before)
    const done = await ask(w, form)
    expect(done.ok ? 'seated' : done).toEqual(said.ok ? 'seated' : said)
  })

  test('gives the session and the slot that would be taken', async () => {
    expect(await rehearse(w.ctx, application({ slot: `${MITO}-1300` }))).toMatchObject({
      ok: true,
      session: { id: MITO },
      slot: { id: `${MITO}-1300` },
    })
    expect(await rehearse(w.ctx, forSeminar())).toMatchObject({ ok: true, session: { id: 'seminar' }, slot: null })
  })

  test('does not give away that somebody has booked already', async () => {
    await booked(w, application({ email: 'hanako@example.jp' }))
    expect(await rehearse(w.ctx, application({ email: 'hanako@example.jp' }))).toMatchObject({ ok: true })
  })

  test.each([null, undefined, [], 'x', 5])('of %j is faulty', async (given) => {
    expect(await rehearse(w.ctx, given)).toMatchObject({ ok: false, why: 'invalid' })
  })
})

test('every status either admits or refuses in a word of the API', async () => {
  const date = '2026-12-10'
  const elsewhere = "apply_name = '市'"
  const arrangements: Record<(typeof SESSION_STATUSES)[number], string> = {
    called_off: "state = 'called_off'",
    postponed: "state = 'postponed'",
    skipped: "state = 'skipped'",
    held: `date = '2026-11-20', starts_at = '2026-11-20T01:00:00.000Z', ends_at = '2026-11-20T02:00:00.000Z'`,
    elsewhere,
    undecided: 'starts_at = null, ends_at = null',
    not_yet_open: "opens_at = '2026-12-01T00:00:00.000Z'",
    closed: "closes = 'days:30@00:00'",
    full: 'seats_taken = 30',
    few: 'seats_taken = 29',
    open: 'seats_taken = 0',
  }
  const said: Record<string, string> = {}
  for (const status of SESSION_STATUSES) {
    await publish(w.system, seminar({ id: status, date }))
    await run(`update session set ${arrangements[status]} where id = ?`, status)
    const done = await admit(w.ctx, BookInput.parse(forSeminar({ session: status })))
    said[status] = done.ok ? `ok, ${done.session.status}` : done.why
  }
  expect(said).toEqual({
    called_off: 'called_off',
    postponed: 'closed',
    skipped: 'closed',
    held: 'closed',
    elsewhere: 'elsewhere',
    undecided: 'undecided',
    not_yet_open: 'closed',
    closed: 'closed',
    full: 'full',
    few: 'ok, few',
    open: 'ok, open',
  })
  const words: readonly string[] = ['ok, few', 'ok, open', ...REFUSALS]
  expect(Object.values(said).filter((word) => !words.includes(word))).toEqual([])
})
