import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assignAdvisers } from '../../src/advisers/assign.ts'
import { dutiesOf, dutiesOfAccount } from '../../src/advisers/queries.ts'
import { dutyAt } from '../../src/base/duty.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { changeVenue } from '../../src/changes/change-venue.ts'
import { convert } from '../../src/changes/convert.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { addAccount } from '../../src/people/add-account.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { closeDay } from '../../src/planning/closures/close-day.ts'
import { editSession } from '../../src/planning/edit-session.ts'
import { skip } from '../../src/planning/skip.ts'
import { undo } from '../../src/planning/undo-session.ts'
import { unskip } from '../../src/planning/unskip.ts'
import { asDesk } from '../booking/desk.ts'
import { mito } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { MITO, type World } from '../world.ts'

const NEXT = 'ibaraki-2026-12-04'
const REASON = { reason_ja: '大雪のため', reason_en: '' }

let w: World
let expert: string
beforeEach(async () => {
  w = await mito()
  const added = await addAccount(w.system, { email: 'expert@example.jp', name: '専門 一郎', role: 'expert' })
  expert = added.ok ? added.account : ''
})
afterEach(() => w.close())

const EMPTY = { adviser: '', name: '', room: '' }

/** Says who advises, by the desk of Ibaraki, from the revision that the session has now. */
async function assigned(id: string, whole: object, slots: Record<string, object> = {}, on: World = w) {
  const [revision] = await w.column<number>('select revision from session where id = ?', id)
  return assignAdvisers(asDesk(on, '08'), id, { revision, whole: { ...EMPTY, ...whole }, slots })
}

const busy = (holder: string) =>
  w.column<string>('select substr(at, 12, 5) from busy where holder = ? order by at', holder)

const HOURS = ['01:00', '01:15', '01:30', '01:45'] // 10:00 to 10:50 in Japan

test('one adviser for the day, another in one slot: each place says who and where, and each is taken for its hours', async () => {
  const slots = { [`${MITO}-1000`]: { name: '海野 次郎', room: '相談室2' } }
  expect(await assigned(MITO, { adviser: expert, room: '相談室1' }, slots)).toEqual({ ok: true, session: MITO })
  const duties = (await dutiesOf(w.ctx, [MITO])).get(MITO)
  expect(dutyAt(duties, `${MITO}-1000`)).toEqual({ adviser: { account: null, name: '海野 次郎' }, room: '相談室2' })
  expect(dutyAt(duties, `${MITO}-1100`)).toEqual({ adviser: { account: expert, name: '専門 一郎' }, room: '相談室1' })
  expect(dutyAt(undefined, null)).toEqual({ adviser: null, room: null })
  expect(await busy('name:08:海野次郎')).toEqual(HOURS)
  expect(await busy(`account:${expert}`)).toHaveLength(16)
  expect(await busy('room:mito:相談室2')).toEqual(HOURS)
  expect(await w.column("select detail from journal where act = 'session.assigned'")).toEqual([
    JSON.stringify({ accounts: [expert], named: 1, rooms: 2 }),
  ])
})

test('a slot before nine in Japan is held over midnight of UTC, and minutes inside a quarter hour count as the whole', async () => {
  await w.run(
    "update session set starts_at = '2026-12-09T23:50:00.000Z', ends_at = '2026-12-10T00:20:00.000Z' where id = 'seminar'",
  )
  await w.run("update session set prefecture = '08' where id = 'seminar'")
  await assigned('seminar', { adviser: expert })
  expect(await w.column('select at from busy order by at')).toEqual([
    '2026-12-09T23:45:00.000Z',
    '2026-12-10T00:00:00.000Z',
    '2026-12-10T00:15:00.000Z',
  ])
})

describe('nobody and no room is in two places at once', () => {
  /** Another session at the hours of MITO. */
  async function beside() {
    await w.run(`update session set date = '2026-11-27', prefecture = '08', starts_at = '2026-11-27T01:30:00.000Z',
      ends_at = '2026-11-27T02:30:00.000Z' where id = 'seminar'`)
  }

  test.each([
    ['account', () => ({ adviser: expert }), 'adviser'],
    ['name in any spelling', () => ({ name: '髙橋　花子' }), 'adviser'],
    ['room', () => ({ room: '相談室１' }), 'room'],
  ])('the second to take the same %s is refused, and told where it is', async (_, given, what) => {
    await beside()
    const first = { ...given(), ...('name' in given() ? { name: '高橋花子' } : {}) }
    expect(await assigned(MITO, first)).toMatchObject({ ok: true })
    const before = await w.rows('select * from busy order by holder, at')
    expect(await assigned('seminar', given())).toMatchObject({ ok: false, why: 'busy', others: [{ id: MITO, what }] })
    expect(await w.rows('select * from busy order by holder, at')).toEqual(before)
    expect(await w.column("select id from duty where session = 'seminar'")).toEqual([])
  })

  test('also if both look at once: the commit decides', async () => {
    await beside()
    const slower = meanwhile(w, () => assigned(MITO, { adviser: expert }))
    expect(await assigned('seminar', { adviser: expert }, {}, slower)).toMatchObject({ ok: false, why: 'busy' })
    expect(await w.column('select distinct session from busy')).toEqual([MITO])
  })

  test('without the constraint both would go through', async () => {
    await beside()
    await assigned(MITO, { adviser: expert })
    await w.run("update busy set holder = 'nobody'")
    expect(await assigned('seminar', { adviser: expert })).toMatchObject({ ok: true })
  })

  test('people of another prefecture are named by their time only', async () => {
    await beside()
    await w.run("update session set prefecture = '31' where id = 'seminar'")
    const given = { revision: 0, whole: { adviser: expert, name: '', room: '' } }
    expect(await assignAdvisers(w.system, 'seminar', given)).toMatchObject({ ok: true })
    expect(await assigned(MITO, { adviser: expert })).toMatchObject({ others: [{ id: 'seminar', title: null }] })
  })
})

test('who changed the session since the page was shown is not overwritten', async () => {
  const [revision] = await w.column('select revision from session where id = ?', MITO)
  await assigned(MITO, { name: '海野 次郎' })
  const late = { revision, whole: { ...EMPTY, name: '別の方' } }
  expect(await assignAdvisers(asDesk(w, '08'), MITO, late)).toMatchObject({ why: 'changed' })
  expect(await w.column('select name from duty')).toEqual(['海野 次郎'])
})

test('a viewer, a desk of elsewhere and an unknown account are refused', async () => {
  const given = { revision: 0, whole: { ...EMPTY, adviser: 'nobody' } }
  await expect(assignAdvisers(asDesk(w, '13'), MITO, given)).rejects.toThrow('only for the desk of this prefecture')
  await expect(assignAdvisers(w.ctx, MITO, given)).rejects.toThrow('only for the desk of this prefecture')
  await expect(assignAdvisers(w.system, 'nothing', given)).rejects.toThrow('session')
  expect(await assignAdvisers(asDesk(w, '08'), MITO, given)).toEqual({
    ok: false,
    why: 'invalid',
    errors: { 'whole.adviser': 'choice' },
  })
})

describe('what happens to a session happens to the time of its adviser', () => {
  const desk = () => asDesk(w, '08')
  beforeEach(async () => {
    await assigned(MITO, { adviser: expert }, { [`${MITO}-1000`]: { name: '海野 次郎', room: 'A' } })
  })
  const days = () => w.column<string>('select distinct substr(at, 1, 10) from busy order by 1')

  test('a new day carries it along, a postponement frees it, and a new day takes it again', async () => {
    await reschedule(desk(), MITO, { date: '2026-12-01', starts: null, ...REASON })
    expect(await days()).toEqual(['2026-12-01'])
    await reschedule(desk(), MITO, { date: null, starts: null, ...REASON })
    expect(await days()).toEqual([])
    await reschedule(desk(), MITO, { date: '2026-12-02', starts: null, ...REASON })
    expect(await days()).toEqual(['2026-12-02'])
    expect(await busy('room:mito:a')).toEqual(HOURS)
  })

  test('a day on which the adviser is elsewhere is refused, and nothing changes', async () => {
    await assigned(NEXT, { adviser: expert })
    const move = { date: '2026-12-04', starts: null, beside: '担当が二人', ...REASON }
    expect(await reschedule(desk(), MITO, move)).toEqual({ ok: false, why: 'busy' })
    expect(await days()).toEqual(['2026-11-27', '2026-12-04'])
    expect(await w.column('select date from session where id = ?', MITO)).toEqual(['2026-11-27'])
  })

  test('called off it is free for others; held again it needs its adviser', async () => {
    await callOff(desk(), MITO, REASON)
    expect(await days()).toEqual([])
    await w.run(`update session set date = '2026-11-27', prefecture = '08', starts_at = '2026-11-27T02:00:00.000Z',
      ends_at = '2026-11-27T03:00:00.000Z' where id = 'seminar'`)
    await assigned('seminar', { adviser: expert })
    expect(await holdAgain(desk(), MITO, { ...REASON, beside: '担当が二人' })).toEqual({ ok: false, why: 'busy' })
    await assigned('seminar', {})
    expect(await holdAgain(desk(), MITO, { ...REASON, beside: '担当が二人' })).toMatchObject({ ok: true })
    expect(await busy(`account:${expert}`)).toHaveLength(16)
  })

  test('on the web it keeps its adviser and room', async () => {
    await convert(desk(), MITO, { into: 'online', ...REASON })
    expect(await busy('name:08:海野次郎')).toEqual(HOURS)
  })

  test('at another venue the room no longer counts, but the adviser does', async () => {
    const name = { name_ja: '別館', name_en: 'Annex', address: null, printed: null }
    await addVenue(w.system, { id: 'annex', prefecture: '08', area_only: 0, ...name })
    expect(await changeVenue(desk(), MITO, { venue: 'annex', ...REASON })).toMatchObject({ ok: true })
    expect(await w.column("select holder from busy where holder like 'room:%'")).toEqual([])
    expect(await busy('name:08:海野次郎')).toEqual(HOURS)
    expect(dutyAt((await dutiesOf(w.ctx, [MITO])).get(MITO), `${MITO}-1000`).room).toBe(null)
  })

  test('skipped it is free, and held after all it is taken again', async () => {
    await skip(desk(), MITO, REASON)
    expect(await days()).toEqual([])
    expect(await unskip(desk(), MITO)).toMatchObject({ ok: true })
    expect(await busy('room:mito:a')).toEqual(HOURS)
  })

  test('a closed day frees it; opened again while the adviser is elsewhere it is left to staff', async () => {
    const day = { date: '2026-11-27', scope: '08', ...REASON }
    expect(await closeDay(desk(), { ...day, state: 'confirmed' })).toMatchObject({ followed: 1 })
    expect(await days()).toEqual([])
    await w.run(`update session set date = '2026-11-27', prefecture = '08', edited = 1, starts_at = '2026-11-27T02:00:00.000Z',
      ends_at = '2026-11-27T03:00:00.000Z' where id = 'seminar'`)
    await assigned('seminar', { adviser: expert })
    const opened = await closeDay(desk(), { ...day, state: 'lifted', beside: '担当が二人' })
    expect(opened).toMatchObject({ ok: true, followed: 0, left: [{ id: MITO }] })
  })

  test('the adviser of a slot stays with it if its hours are edited, and undone', async () => {
    const [row] = await w.rows('select * from session where id = ?', MITO)
    const hours = { slot_starts: '10:30 11:30 13:30 14:30 15:30', slot_minutes: '50', slot_capacity: '2' }
    const edit = {
      ...row,
      formats: ['onsite', 'online'],
      ...hours,
      closes_shape: 'business_days',
      closes_count: '1',
      closes_at: '15:00',
    }
    expect(await editSession(desk(), MITO, edit)).toMatchObject({ ok: true })
    expect(await busy('room:mito:a')).toEqual(['01:30', '01:45', '02:00', '02:15'])
    expect(await undo(desk(), MITO)).toMatchObject({ ok: true })
    expect(await busy('room:mito:a')).toEqual(HOURS)
  })

  test('an adviser finds the own times of some days, with the rooms', async () => {
    const own = await dutiesOfAccount(w.ctx, expert, '2026-11-01', '2026-12-31')
    expect(own.map(({ slot }) => slot)).toEqual(['1100', '1300', '1400', '1500'].map((time) => `${MITO}-${time}`))
    expect(await dutiesOfAccount(w.ctx, 'nobody', '2026-11-01', '2026-12-31')).toEqual([])
  })
})
