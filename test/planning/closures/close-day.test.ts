import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fingerprint } from '../../../src/base/fingerprint.ts'
import { cancel } from '../../../src/booking/cancel.ts'
import { closeDay, lookAtClosure } from '../../../src/planning/closures/close-day.ts'
import { heldOnClosedDays } from '../../../src/planning/closures/closure-ahead.ts'
import { editSession } from '../../../src/planning/edit-session.ts'
import { skip } from '../../../src/planning/skip.ts'
import { closures } from '../../../src/schedule/closure-queries.ts'
import { type ActorName, as, lines, mayDo } from '../../acts.ts'
import { meanwhile } from '../../meanwhile.ts'
import { NOW } from '../../world.ts'
import { sessionForm } from '../forms.ts'
import { bookedOn, type Fridays, fridays, sessionRow } from '../fridays.ts'

/*
 * Each test has a Friday of its own with three sessions in Mito. `closeDay` is asked for that date.
 */
let w: Fridays
const days = new Set<string>()
beforeAll(async () => {
  w = await fridays()
})
afterAll(() => w.close())

const WHY = { reason_ja: '館内整備', reason_en: 'Maintenance' }

async function friday(): Promise<{ date: string; one: string; two: string; three: string }> {
  const one = w.next()
  const [two, three] = [w.next(), w.next()]
  const dates = await w.column<string>('select distinct date from session where id in (?, ?, ?)', one, two, three)
  const [date = ''] = dates
  if (dates.length !== 1 || days.has(date)) throw new Error('not one Friday')
  days.add(date)
  return { date, one, two, three }
}

const close = (date: string, changes: Record<string, unknown> = {}, by: ActorName = 'desk') =>
  closeDay(as(w, by), { date, scope: '08', state: 'confirmed', ...WHY, ...changes })
const open = (date: string) => close(date, { state: 'lifted' })
const closed = async (date: string) =>
  (await w.rows('select scope, state, reason_ja from closure where date = ?', date))[0]
const state = async (id: string) => (await sessionRow(w, id)).state

describe('a day', () => {
  test('is closed: deadlines count it, and its sessions that nobody booked are left out for that reason', async () => {
    const { date, one, two, three } = await friday()
    expect(await close(date)).toEqual({ ok: true, followed: 3, left: [] })
    expect(await closed(date)).toEqual({ scope: '08', state: 'confirmed', reason_ja: '館内整備' })
    for (const id of [one, two, three]) {
      expect(await sessionRow(w, id)).toMatchObject({
        state: 'skipped',
        skipped_by: 'closure',
        ...WHY,
        edited: 0,
        sequence: 1,
        revision: 1,
      })
    }
    expect(await lines(w, `08-${date}`)).toEqual([{ actor: 'desk', act: 'closure.confirmed', detail: {} }])
  })

  test('is opened again, and so are the sessions that had followed', async () => {
    const { date, one } = await friday()
    await close(date)
    expect(await open(date)).toMatchObject({ ok: true, followed: 3, left: [] })
    expect(await sessionRow(w, one)).toMatchObject({
      state: 'published',
      reason_ja: null,
      reason_en: null,
      revision: 2,
    })
    expect(await closed(date)).toMatchObject({ state: 'lifted' })
    expect((await lines(w, `08-${date}`)).map((line) => line.act).toSorted()).toEqual([
      'closure.confirmed',
      'closure.lifted',
    ])
  })

  test('closed twice is closed once, for the last reason given', async () => {
    const { date, one } = await friday()
    await close(date)
    expect(await close(date, { reason_ja: '停電' })).toMatchObject({ ok: true, followed: 0, left: [] })
    expect(await w.rows('select reason_ja from closure where date = ?', date)).toEqual([{ reason_ja: '停電' }])
    expect(await sessionRow(w, one)).toMatchObject({ reason_ja: '停電', sequence: 2, revision: 2 })
  })

  test('leaves what somebody booked or edited, and tells of it', async () => {
    const { date, one, two, three } = await friday()
    await bookedOn(w, one)
    await editSession(as(w, 'desk'), two, sessionForm({ title_ja: '出張相談会', revision: 0 }))
    await cancel(as(w, 'desk'), { id: await bookedOn(w, three) })
    const given = { date, scope: '08', state: 'confirmed', ...WHY }
    const seen = await lookAtClosure(as(w, 'desk'), given)
    if (!seen.ok) throw new Error('refused')
    expect(seen.ahead.followers.map(({ id }) => id)).toEqual([three])
    const done = await close(date)
    expect(done).toMatchObject({ ok: true, followed: 1 })
    const left = done.ok ? done.left.map((session): [string, number] => [session.id, session.bookings]) : []
    expect(new Map(left)).toEqual(
      new Map([
        [one, 1],
        [two, 0],
      ]),
    )
    expect([await state(one), await state(two), await state(three)]).toEqual(['published', 'published', 'skipped'])
    const held = async () => {
      const all = await heldOnClosedDays(as(w, 'desk'), date)
      return new Map(all.filter((session) => session.date === date).map(({ id, bookings }) => [id, bookings]))
    }
    expect(await held()).toEqual(new Map(left))
    const shown = await fingerprint(seen.fields)
    expect(await close(date, { shown })).toEqual({ ok: false, why: 'changed' })
    await open(date)
    expect(await held()).toEqual(new Map())
  })

  test('opened again does not hold what was left out by hand or by a change of its series', async () => {
    const { date, one, two, three } = await friday()
    await skip(as(w, 'desk'), one, WHY)
    await w.run("update session set state = 'skipped', skipped_by = 'series' where id = ?", two)
    await close(date)
    const done = await open(date)
    expect(done.ok && [done.followed, done.left.map((session) => session.id)]).toEqual([1, [one]])
    expect([await state(one), await state(two), await state(three)]).toEqual(['skipped', 'skipped', 'published'])
  })

  test('of another prefecture leaves these alone; one everywhere does not', async () => {
    const { date, one } = await friday()
    expect(await close(date, { scope: '13' }, 'elsewhere')).toMatchObject({ followed: 0, left: [] })
    expect(await state(one)).toBe('published')
    expect(await close(date, { scope: 'all' }, 'secretariat')).toMatchObject({ followed: 3 })
    expect((await lines(w, `all-${date}`)).map((line) => line.act)).toEqual(['closure.confirmed'])
  })

  test('that a prefecture decided for itself stays so when everybody decides otherwise', async () => {
    const { date, one } = await friday()
    const everywhere = (change: string) => close(date, { scope: 'all', state: change }, 'secretariat')
    await close(date)
    expect(await everywhere('lifted')).toEqual({ ok: true, followed: 0, left: [] })
    expect(await state(one)).toBe('skipped')
    await open(date)
    expect(await everywhere('confirmed')).toEqual({ ok: true, followed: 0, left: [] })
    expect(await state(one)).toBe('published')
    // Without its own decision, the general one counts again, and then none.
    expect(await close(date, { state: 'removed' })).toMatchObject({ ok: true, followed: 3 })
    expect(await sessionRow(w, one)).toMatchObject({ state: 'skipped', skipped_by: 'closure', ...WHY })
    expect(await close(date, { state: 'removed' })).toMatchObject({ ok: true, followed: 0 })
    expect(await everywhere('removed')).toMatchObject({ ok: true, followed: 3 })
    expect(await w.rows('select id from closure where date = ?', date)).toEqual([])
    const acts = await lines(w, `all-${date}`)
    expect(acts.map((line) => line.act).toSorted()).toEqual(['closure.confirmed', 'closure.lifted', 'closure.removed'])
  })

  test('closed for another reason gives its entries in feeds new stamps; saved as it was, it does not', async () => {
    const { date, one } = await friday()
    await close(date)
    const later = new Date(Date.parse(NOW) + 60_000).toISOString()
    w.at(later)
    await close(date)
    expect(await sessionRow(w, one)).toMatchObject({ sequence: 1, updated_at: NOW })
    await close(date, { reason_ja: '停電' })
    expect(await sessionRow(w, one)).toMatchObject({ sequence: 2, updated_at: later, reason_ja: '停電' })
    await open(date)
    expect(await sessionRow(w, one)).toMatchObject({ sequence: 3, state: 'published' })
    w.at(NOW)
  })

  test('that is a holiday everywhere is not removed: it would be proposed again', async () => {
    const holiday = { scope: 'all', state: 'removed' }
    const done = await close('2026-12-31', holiday, 'secretariat')
    expect(done).toEqual({ ok: false, why: 'invalid', errors: { state: 'choice' } })
    expect(await w.rows("select id from closure where date = '2026-12-31'")).toEqual([{ id: 'all-2026-12-31' }])
  })

  test('that is over is closed for the deadlines only', async () => {
    const { date, one } = await friday()
    w.at(`${date}T15:00:00.000Z`)
    expect(await close(date)).toMatchObject({ ok: true, followed: 0, left: [] })
    expect(await state(one)).toBe('published')
    expect(await closures(w.ctx, date, date)).not.toEqual([])
    w.at(NOW)
  })
})

describe('between look and write', () => {
  test('somebody books: their session is held, and reported', async () => {
    const { date, one, two } = await friday()
    const slower = meanwhile(w, () => bookedOn(w, one))
    const done = await closeDay(as(slower, 'desk'), { date, scope: '08', state: 'confirmed', ...WHY })
    expect(done.ok && [done.followed, done.left.map((session) => session.id)]).toEqual([2, [one]])
    expect([await state(one), await state(two)]).toEqual(['published', 'skipped'])
  })

  test('somebody edits one by hand: it stays as they made it', async () => {
    const { date, one } = await friday()
    const byHand = () => editSession(as(w, 'desk'), one, sessionForm({ title_ja: '手で', revision: 0 }))
    const done = await closeDay(as(meanwhile(w, byHand), 'desk'), { date, scope: '08', state: 'confirmed', ...WHY })
    expect(done).toMatchObject({ ok: true, followed: 2 })
    expect(await sessionRow(w, one)).toMatchObject({ state: 'published', title_ja: '手で' })
  })

  test('the same form is sent: its sessions follow once', async () => {
    const { date, one } = await friday()
    const slower = meanwhile(w, () => close(date))
    const done = await closeDay(as(slower, 'desk'), { date, scope: '08', state: 'confirmed', ...WHY })
    expect(done).toMatchObject({ ok: true, followed: 0 })
    expect((await sessionRow(w, one)).revision).toBe(1)
  })
})

test.each([
  ['no date', { date: undefined }, { date: 'required' }],
  ['a date that there is not', { date: '2026-02-30' }, { date: 'choice' }],
  ['a prefecture that there is not', { scope: '48' }, { scope: 'choice' }],
  ['no reason', { reason_ja: '' }, { reason_ja: 'required' }],
  ['a state that there is not', { state: 'proposed' }, { state: 'choice' }],
])('is refused for %s', async (_, changes, errors) => {
  expect(await close('2026-12-04', changes)).toEqual({ ok: false, why: 'invalid', errors })
})

test('is for the desk of the prefecture; everywhere, for the secretariat', async () => {
  const past = { date: '2026-04-01', state: 'confirmed', ...WHY }
  expect(await mayDo(w, (ctx) => closeDay(ctx, { ...past, scope: '08' }))).toEqual(['desk', 'secretariat', 'system'])
  expect(await mayDo(w, (ctx) => closeDay(ctx, { ...past, scope: 'all' }))).toEqual(['secretariat', 'system'])
  expect(await mayDo(w, (ctx) => closeDay(ctx, {}))).toEqual(['desk', 'elsewhere', 'secretariat', 'system'])
})
