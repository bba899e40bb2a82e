import { afterEach, beforeEach, expect, test } from 'vitest'
import { callList } from '../../src/changes/queries.ts'
import { tick } from '../../src/clockwork.ts'
import { endOver } from '../../src/waitlist/end-over.ts'
import { as, lines, mayDo } from '../acts.ts'
import { booked, bookingRow, letters, mito } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, MITO, type World } from '../world.ts'

/** The day in Mito ends on 27 November at 15:50. */
const ENDS = '2026-11-27T06:50:00.000Z'
const JUST_BEFORE = '2026-11-27T06:49:59.999Z'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

/** A party that waits, is offered or is requested, without the time by which it must be answered. */
async function pending(status: string, changes: Record<string, unknown> = {}): Promise<string> {
  const { id } = await booked(w, application(changes))
  await w.run('update booking set status = ? where id = ?', status, id)
  if (status === 'waiting') await w.run('update session set seats_taken = 0 where id = ?', MITO)
  if (status === 'waiting') await w.run('update slot set seats_taken = 0 where session = ?', MITO)
  return id
}

test.each([
  ['waiting', 'session_over', 'session_over'],
  ['offered', 'offer_over', 'lapsed'],
  ['requested', 'unanswered', 'unanswered'],
])('what is %s ends with its session, and is told so once', async (status, ended, kind) => {
  const id = await pending(status)
  w.at(JUST_BEFORE)
  expect(await endOver(w.system)).toEqual({ ok: true, ended: 0 })
  w.at(ENDS)
  await tick(w.system)
  expect(await bookingRow(w, id)).toMatchObject({ status: 'lapsed', ended, sequence: 1 })
  expect(await endOver(w.system)).toEqual({ ok: true, ended: 0 })
  expect((await letters(w)).filter((letter) => letter.subject === id).map((letter) => letter.kind)).toEqual([
    'booked',
    kind,
  ])
  expect((await lines(w, id)).at(-1)).toMatchObject({
    actor: 'seed',
    act: 'booking.lapsed',
    detail: { session: MITO, ended },
  })
  expect(await w.column('select seats_taken from session where id = ?', MITO)).toEqual([0])
})

test('who has no e-mail is on the call list, and who was made anonymous is told nothing', async () => {
  const called = await pending('waiting', { slot: `${MITO}-1000` })
  const gone = await pending('waiting', { slot: `${MITO}-1100` })
  await w.run('update booking set email = null where id in (?, ?)', called, gone)
  await w.run("update booking set phone = '' where id = ?", gone)
  w.at(ENDS)
  expect(await endOver(w.system)).toEqual({ ok: true, ended: 2 })
  expect((await callList(w.system)).map((call) => [call.number, call.kind])).toEqual([
    [(await bookingRow(w, called)).number, 'session_over'],
  ])
})

test('a day without hours is over with the day', async () => {
  const id = await pending('waiting')
  await w.run('update session set starts_at = null, ends_at = null where id = ?', MITO)
  w.at('2026-11-27T14:59:59.999Z')
  expect(await endOver(w.system)).toEqual({ ok: true, ended: 0 })
  w.at('2026-11-27T15:00:00.000Z')
  expect(await endOver(w.system)).toEqual({ ok: true, ended: 1 })
  expect(await bookingRow(w, id)).toMatchObject({ ended: 'session_over' })
})

test('a session that is postponed is over with its programme, not with its former day', async () => {
  const id = await pending('waiting')
  await w.run("update session set state = 'postponed' where id = ?", MITO)
  w.at('2027-03-31T14:59:59.999Z')
  expect(await endOver(w.system)).toEqual({ ok: true, ended: 0 })
  w.at('2027-03-31T15:00:00.000Z')
  expect(await endOver(w.system)).toEqual({ ok: true, ended: 1 })
  expect(await bookingRow(w, id)).toMatchObject({ ended: 'session_over' })
})

test('at night nobody is told: the end waits for the morning', async () => {
  const id = await pending('waiting')
  w.at('2026-11-27T12:00:00.000Z')
  await tick(w.system)
  expect(await bookingRow(w, id)).toMatchObject({ status: 'waiting' })
  w.at('2026-11-27T23:00:00.000Z')
  await tick(w.system)
  expect(await bookingRow(w, id)).toMatchObject({ status: 'lapsed' })
})

test('two processes at once tell nobody twice', async () => {
  const id = await pending('waiting')
  w.at(ENDS)
  const done = await endOver(
    as(
      meanwhile(w, () => endOver(w.system)),
      'system',
    ),
  )
  expect(done).toEqual({ ok: true, ended: 0 })
  expect((await letters(w)).filter((letter) => letter.subject === id)).toHaveLength(2)
})

test('is for the clockwork', async () => {
  expect(await mayDo(w, (ctx) => endOver(ctx))).toEqual(['system'])
})
