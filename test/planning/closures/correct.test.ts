import { afterEach, beforeEach, expect, test } from 'vitest'
import { fingerprint } from '../../../src/base/fingerprint.ts'
import { venueScope } from '../../../src/base/japan/closure-scope.ts'
import { closeDay, lookAtClosure } from '../../../src/planning/closures/close-day.ts'
import { revisionOf } from '../../../src/planning/closures/input.ts'
import type { ClosureRow } from '../../../src/store/schema.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { meanwhile } from '../../meanwhile.ts'
import { type World, world } from '../../world.ts'
import { bookedOn } from '../fridays.ts'

let w: World
beforeEach(async () => {
  w = await world()
})
afterEach(() => w.close())

const FIRST = '2026-12-04'
const SECOND = '2026-12-11'
const WHY = { reason_ja: '館内整備', reason_en: 'Maintenance' }
const ID = `08-${FIRST}`
const close = (changes: Record<string, unknown> = {}) =>
  closeDay(as(w, 'secretariat'), { date: FIRST, scope: '08', state: 'confirmed', ...WHY, ...changes })
const given = (changes: Record<string, unknown> = {}) => ({ edit: ID, date: SECOND, scope: '08', ...WHY, ...changes })
const correct = (changes: Record<string, unknown> = {}) => closeDay(as(w, 'desk'), given(changes))
const state = async (date: string) =>
  (await w.column<string>('select state from session where id = ?', `ibaraki-${date}`))[0]
const states = async () => [await state(FIRST), await state(SECOND)]
const own = () => w.rows<ClosureRow>("select * from closure where reason_en in ('Maintenance', 'Power') order by id")
const row = async (id = ID) => (await w.rows<ClosureRow>('select * from closure where id = ?', id))[0] ?? null

test('a closure of a wrong day moves in one commit: the old day is held again, and the new one is not', async () => {
  await close()
  expect(await states()).toEqual(['skipped', 'published'])
  const before = await row()
  const id = `08-${SECOND}`
  expect(await correct()).toEqual({ ok: true, followed: 2, left: [], corrected: { before, id } })
  expect(await states()).toEqual(['published', 'skipped'])
  expect(await own()).toEqual([{ ...before, id, date: SECOND }])
  const detail = { before: { date: FIRST, scope: '08', ...WHY } }
  expect(await lines(w, id)).toEqual([{ actor: 'desk', act: 'closure.corrected', detail }])
  expect(await lines(w, ID)).toHaveLength(1)
  // The way back is the same act.
  expect(await correct({ edit: id, date: FIRST })).toMatchObject({ ok: true, followed: 2 })
  expect([await states(), await own()]).toEqual([['skipped', 'published'], [before]])
})

test('what is booked on the new day stays and is named, and the look says so before', async () => {
  await close()
  await bookedOn(w, `ibaraki-${SECOND}`)
  const seen = await lookAtClosure(as(w, 'desk'), given())
  if (!seen.ok) throw new Error('refused')
  expect(seen.ahead.followers.map(({ id }) => id)).toEqual([`ibaraki-${FIRST}`])
  expect(seen.ahead.left.map(({ id, bookings }) => [id, bookings])).toEqual([[`ibaraki-${SECOND}`, 1]])
  expect(await states()).toEqual(['skipped', 'published'])
  const done = await correct({ shown: await fingerprint(seen.fields) })
  expect(done.ok && [done.followed, done.left.map(({ id }) => id)]).toEqual([1, [`ibaraki-${SECOND}`]])
  expect(await states()).toEqual(['published', 'published'])
})

test('somebody who books the new day after the look makes it another look', async () => {
  await close()
  const seen = await lookAtClosure(as(w, 'desk'), given())
  const shown = seen.ok ? await fingerprint(seen.fields) : ''
  await bookedOn(w, `ibaraki-${SECOND}`)
  expect(await correct({ shown })).toEqual({ ok: false, why: 'changed' })
  expect(await states()).toEqual(['skipped', 'published'])
})

test.each([
  ['a prefecture that should be one venue', '08', venueScope('ibaraki'), 0, 'skipped'],
  ['a venue that should be its prefecture', venueScope('ibaraki'), '08', 0, 'skipped'],
  ['a prefecture that should be all of Japan', '08', 'all', 0, 'skipped'],
  ['all of Japan that should be another prefecture', 'all', '13', 1, 'published'],
  ['a venue that should be another one', venueScope('ibaraki'), 'elsewhere', 1, 'published'],
])('on the same day both scopes are judged together: %s', async (_, from, to, followed, after) => {
  const [elsewhere = ''] = await w.column<string>("select id from venue where id <> 'ibaraki'")
  const scope = to === 'elsewhere' ? venueScope(elsewhere) : to
  await w.run("delete from session where date = ? and prefecture <> '08'", FIRST)
  await close({ scope: from })
  expect(await state(FIRST)).toBe('skipped')
  const moved = { edit: `${from}-${FIRST}`, date: FIRST, scope, ...WHY }
  expect(await closeDay(as(w, 'secretariat'), moved)).toMatchObject({ ok: true, followed })
  expect([await state(FIRST), (await own()).map((one) => one.scope)]).toEqual([after, [scope]])
})

test('a day that another closure closes too stays closed when this one leaves it', async () => {
  await close()
  await close({ scope: venueScope('ibaraki') })
  expect(await correct()).toMatchObject({ ok: true, followed: 1 })
  expect(await states()).toEqual(['skipped', 'skipped'])
})

test('one of several days entered together stays one of them', async () => {
  await close({ date: '2026-12-01', until: '2026-12-03' })
  const [batch] = await w.column<string>("select distinct batch from closure where scope = '08'")
  await correct({ edit: '08-2026-12-03', date: FIRST })
  expect(await w.column('select date from closure where batch = ? order by date', batch)).toEqual([
    '2026-12-01',
    '2026-12-02',
    FIRST,
  ])
})

test('a day and scope that have an entry are not overwritten', async () => {
  await close()
  await close({ date: SECOND, reason_ja: '停電', reason_en: 'Power' })
  const before = await own()
  expect(await correct()).toEqual({ ok: false, why: 'known' })
  expect(await own()).toEqual(before)
})

test('a holiday keeps its day: it would be proposed again', async () => {
  const holiday = { edit: 'all-2026-12-31', date: SECOND, scope: 'all', ...WHY }
  const done = await closeDay(as(w, 'secretariat'), holiday)
  expect(done).toEqual({ ok: false, why: 'invalid', errors: { date: 'choice' } })
  expect(await closeDay(as(w, 'secretariat'), { ...holiday, date: '2026-12-31' })).toMatchObject({ ok: true })
  expect(await row('all-2026-12-31')).toMatchObject({ state: 'confirmed', ...WHY })
})

test('a form that shows an older reason overwrites nothing: corrected, opened or removed', async () => {
  await close()
  const revision = await revisionOf(await row())
  await correct({ date: FIRST, reason_ja: '停電', reason_en: 'Power', revision })
  const before = await own()
  const stale = { ok: false, why: 'changed' }
  expect(await correct({ date: FIRST, revision })).toEqual(stale)
  expect(await correct({ revision })).toEqual(stale)
  expect(await close({ state: 'lifted', revision })).toEqual(stale)
  expect(await close({ state: 'removed', revision })).toEqual(stale)
  expect(await close({ revision: '' })).toEqual(stale)
  expect(await correct({ edit: '08-2026-12-25' })).toEqual(stale)
  expect(await own()).toEqual(before)
})

test.each([
  [
    'the closure',
    (date: string) => closeDay(as(w, 'desk'), { edit: ID, date, scope: '08', ...WHY, reason_ja: '停電' }),
  ],
  ['what the day is to be', () => close({ date: SECOND, reason_ja: '停電' })],
])('somebody who changes %s between look and write is not overwritten', async (_, act) => {
  await close()
  const revision = await revisionOf(await row())
  const slower = meanwhile(w, () => act(FIRST))
  const done = await closeDay(as(slower, 'desk'), given({ revision }))
  expect(done.ok).toBe(false)
  expect((await own()).some(({ reason_ja }) => reason_ja === '停電')).toBe(true)
  expect(await state(FIRST)).toBe('skipped')
})

test('is for people who may decide on both scopes', async () => {
  await close()
  const may = (scope: string) => mayDo(w, (ctx) => closeDay(ctx, given({ scope, date: FIRST, revision: 'x' })))
  expect(await may('08')).toEqual(['desk', 'secretariat', 'system'])
  expect(await may('13')).toEqual(['secretariat', 'system'])
  expect(await may('all')).toEqual(['secretariat', 'system'])
})
