import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { shownIn } from '../../src/base/fingerprint.ts'
import { ok } from '../../src/base/outcome.ts'
import { NO_EXTRAS } from '../../src/base/questions.ts'
import { book } from '../../src/booking/book.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { extrasColumns } from '../../src/booking/extras/check.ts'
import { BookInput } from '../../src/booking/input.ts'
import { bookingJustMade } from '../../src/booking/queries.ts'
import { applicationAtOnce, madeAs } from '../../src/booking/write/application.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { convert } from '../../src/changes/convert.ts'
import { closeDay } from '../../src/planning/closures/close-day.ts'
import { editSession } from '../../src/planning/edit-session.ts'
import { addQuestion } from '../../src/planning/questions/add-question.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { as } from '../acts.ts'
import { sessionForm } from '../planning/forms.ts'
import { sessionRow } from '../planning/fridays.ts'
import { application, freshKey, MITO, type World } from '../world.ts'
import { booked, bookings, forSeminar, letters, mito, unlawful } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

/** Books as over HTTP: the commits before are known, so it is tried at once. */
const atOnce = (given: Record<string, unknown>, key = freshKey(), shown?: string) =>
  book({ ...w.ctx, upToDate: true }, given, { channel: 'web', key, shown: shownIn({ shown }) })

/** Books by looking everything up. */
const looking = (given: Record<string, unknown>, key = freshKey(), shown?: string) =>
  book(w.ctx, given, { channel: 'web', key, shown: shownIn({ shown }) })

const desk = () => as(w, 'desk')

/** Somebody booked at once, so the session and its questions are remembered. */
async function warm(given = application()): Promise<string> {
  const done = await atOnce(given)
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.booking
}

test('a plain booking reads nothing, and its answer reads its row', async () => {
  await warm()
  w.reads()
  const done = await atOnce(application())
  expect(done).toMatchObject({ ok: true, again: false })
  expect(w.reads()).toBe(0)
  if (!done.ok) throw new Error('not booked')
  expect(await bookingJustMade({ ...w.ctx, upToDate: true }, done.booking)).toMatchObject({ number: 'IB-1127-02' })
  expect(w.reads()).toBe(1)
  expect((await letters(w)).map((one) => one.kind)).toEqual(['booked', 'booked'])
  expect(await unlawful(w)).toEqual([])
})

test('what has no place by memory is not even tried', async () => {
  const { session: id } = application()
  const session = await sessionById(w.ctx, String(id))
  if (!session) throw new Error('no session')
  const commit = () => Promise.reject(new Error('tried'))
  const tried = (status: 'booked' | 'requested' | 'waiting', waiting: number) =>
    applicationAtOnce(
      { ...w.ctx, upToDate: true, atOnce: true, store: { ...w.ctx.store, commit } },
      { input: BookInput.parse(application()), channel: 'web', keys: { idempotency: freshKey(), input: freshKey() } },
      {
        place: async () =>
          ok({
            session: { ...session, waiting },
            slot: null,
            status,
            made: madeAs(session, status),
            offer_expires_at: null,
            note: '',
            sms: false,
            columns: extrasColumns({}, NO_EXTRAS),
            over: null,
            call: false,
          }),
        sources: async () => [],
      },
    )
  expect([await tried('requested', 0), await tried('waiting', 0), await tried('booked', 1)]).toEqual([null, null, null])
  await expect(tried('booked', 0)).rejects.toThrow('tried')
})

test('without knowledge of the commits before, nothing is remembered', async () => {
  await warm()
  w.reads()
  expect(await looking(application())).toMatchObject({ ok: true })
  expect(w.reads()).toBeGreaterThan(4)
})

test('the same submission is one booking, also after it was cancelled, and other input with its key is told', async () => {
  const [given, key] = [application(), freshKey()]
  const first = await atOnce(given, key)
  if (!first.ok) throw new Error('not booked')
  expect(await atOnce(given, key)).toEqual({ ok: true, booking: first.booking, again: true })
  const other = { ...given, message: '追記' }
  expect(await atOnce(other, key)).toEqual(await looking(other, key))
  expect(await atOnce(other, key)).toMatchObject({ why: 'invalid', errors: { key: 'key' } })
  await cancel(desk(), { id: first.booking })
  expect(await atOnce(given, key)).toEqual({ ok: true, booking: first.booking, again: true })
  expect(await bookings(w)).toHaveLength(1)
})

test('the same person again is refused, and sent the link', async () => {
  const given = application()
  await warm(given)
  expect(await atOnce(given)).toMatchObject({ why: 'twice' })
  expect((await letters(w)).map((one) => one.kind)).toEqual(['booked', 'link'])
})

const QUESTION = { kind: 'text', required: 'true', label_ja: '目的', label_en: 'Aim' }

/** What happens to the day in Mito after it was remembered. */
const MEANWHILE: [what: string, meanwhile: () => Promise<unknown>][] = [
  ['its slot is taken', () => booked(w, application())],
  ['it is called off', () => callOff(desk(), MITO, { reason_ja: '大雪', reason_en: 'Snow' })],
  ['it goes online', () => convert(desk(), MITO, { into: 'online', reason_ja: '大雪', reason_en: 'Snow' })],
  [
    'the day is closed',
    () => closeDay(desk(), { date: '2026-11-26', scope: '08', state: 'confirmed', reason_ja: '県の休業日' }),
  ],
  [
    'its deadline is edited',
    async () =>
      editSession(desk(), MITO, sessionForm({ closes_count: '2', revision: (await sessionRow(w, MITO)).revision })),
  ],
  ['it asks something', () => addQuestion(desk(), { series: null, session: MITO }, QUESTION)],
  ['a program changes its rows', () => w.run("update session set state = 'skipped' where id = ?", MITO)],
  ['its clock passes the deadline', async () => w.at('2026-11-26T06:00:00.000Z')],
]

describe('what came between is refused as if nothing had been tried', () => {
  test.each(MEANWHILE)('%s', async (_, meanwhile) => {
    // In Japan it is 16:00 two days before. The deadline is tomorrow at 15:00.
    w.at('2026-11-25T07:00:00.000Z')
    await warm()
    await meanwhile()
    const said = await atOnce(application())
    const before = await bookings(w)
    expect(said).toMatchObject({ ok: false })
    expect(said).toEqual(await looking(application()))
    expect(await bookings(w)).toEqual(before)
    expect(await unlawful(w)).toEqual([])
  })
})

test('whoever waits keeps the turn: a place that was freed is not taken at once', async () => {
  await w.run("update session set capacity = 2 where id = 'seminar'")
  const first = await warm(forSeminar())
  await warm(forSeminar())
  expect(await atOnce(forSeminar())).toMatchObject({ why: 'full' })
  expect(await atOnce(forSeminar({ waitlist: true }))).toMatchObject({ ok: true })
  await cancel(as(w, 'secretariat'), { id: first })
  expect(await atOnce(forSeminar())).toMatchObject({ why: 'full' })
  expect((await bookings(w)).map((one) => one.status)).toEqual(['cancelled', 'booked', 'waiting'])
})

test('a place that was freed is taken again although the session was full', async () => {
  await w.run("update session set capacity = 1 where id = 'seminar'")
  const first = await warm(forSeminar())
  expect(await atOnce(forSeminar())).toMatchObject({ why: 'full' })
  await cancel(as(w, 'secretariat'), { id: first })
  expect(await atOnce(forSeminar())).toMatchObject({ ok: true })
  expect(await unlawful(w)).toEqual([])
})

test('a place is refused if it is not as the page showed it', async () => {
  await warm()
  expect(await atOnce(application(), freshKey(), '0'.repeat(32))).toEqual({ ok: false, why: 'changed', nearest: [] })
})

test('fifty people at once for thirty places: thirty have one', async () => {
  await warm(forSeminar())
  const said = await Promise.all(Array.from({ length: 50 }, () => atOnce(forSeminar())))
  expect(said.filter((one) => one.ok)).toHaveLength(29)
  expect(new Set(said.flatMap((one) => (one.ok ? [] : [one.why])))).toEqual(new Set(['full']))
  expect(await unlawful(w)).toEqual([])
})
