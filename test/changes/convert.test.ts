import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprint } from '../../src/base/fingerprint.ts'
import { move } from '../../src/booking/move.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { applySuspensions } from '../../src/changes/apply-suspensions.ts'
import { lookFields } from '../../src/changes/change-session.ts'
import { convert } from '../../src/changes/convert.ts'
import { liftSuspension } from '../../src/changes/lift-suspension.ts'
import { concerned, SCOPES } from '../../src/changes/queries.ts'
import { suspend } from '../../src/changes/suspend.ts'
import { letterOf } from '../../src/mail/letters.ts'
import { plan } from '../../src/planning/plan.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, bookingRow, letters, mito, unlawful } from '../booking/fixtures.ts'
import { readOne, value } from '../calendar/reader.ts'
import { application, MITO, type World } from '../world.ts'

const WHY = { reason_ja: '感染症拡大防止のため', reason_en: 'to stop an infection' }
const NEXT = 'ibaraki-2026-12-04'
const december = (changes: Record<string, unknown> = {}) => ({
  prefectures: ['08'],
  starts_on: '2026-12-01',
  ends_on: '2026-12-31',
  into: 'online',
  ...WHY,
  ...changes,
})
const inDecember = (changes: Record<string, unknown> = {}) =>
  application({ session: NEXT, slot: `${NEXT}-1000`, ...changes })

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const kinds = async (id: string) =>
  (await letters(w)).filter((letter) => letter.subject === id).map(({ kind, sequence }) => `${kind} ${sequence}`)

describe('a session converted to the web', () => {
  test('moves who would have come to the web and tells them; who is on the web already hears nothing', async () => {
    const here = await booked(w)
    const there = await booked(w, application({ format: 'online', slot: `${MITO}-1100` }))
    expect(await convert(asDesk(w, '08'), MITO, { into: 'online', ...WHY })).toMatchObject({ ok: true, again: false })
    expect(await bookingRow(w, here.id)).toMatchObject({ status: 'booked', format: 'online', sequence: 1 })
    expect(await bookingRow(w, there.id)).toMatchObject({ format: 'online', sequence: 0 })
    expect(await kinds(here.id)).toEqual(['booked 0', 'converted 1'])
    expect(await kinds(there.id)).toEqual(['booked 0'])
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ formats: ['online'], sequence: 1, status: 'open' })
    expect(await convert(asDesk(w, '08'), MITO, { into: 'online', ...WHY })).toMatchObject({ ok: true, again: true })
    expect(await kinds(here.id)).toHaveLength(2)
    expect(await unlawful(w)).toEqual([])
  })

  test('with its link sends the link with the change, and to those who were on the web before', async () => {
    const here = await booked(w)
    const there = await booked(w, application({ format: 'online', slot: `${MITO}-1100` }))
    const url = 'https://meet.example.jp/1'
    expect(await convert(asDesk(w, '08'), MITO, { into: 'online', url, ...WHY })).toMatchObject({ ok: true })
    expect([await kinds(here.id), await kinds(there.id)]).toEqual([
      ['booked 0', 'converted 1'],
      ['booked 0', 'meeting 1'],
    ])
    const row = (await letters(w)).find(({ kind }) => kind === 'converted')
    const booking = await bookingById(w.ctx, here.id)
    if (!row || !booking) throw new Error('nothing told')
    expect((await letterOf(w.ctx, row, booking))?.text).toContain(url)
    expect(await unlawful(w)).toEqual([])
  })

  test('with a link is refused for an address that is none, or if somebody else took part on the web since', async () => {
    await booked(w)
    const faulty = await convert(asDesk(w, '08'), MITO, { into: 'online', url: 'http://meet', ...WHY })
    expect(faulty).toMatchObject({ why: 'invalid', errors: { url: 'choice' } })
    const session = await sessionById(w.ctx, MITO)
    if (!session) throw new Error('no session')
    const given = { into: 'online', url: 'https://meet.example.jp/1', ...WHY }
    const parties = await concerned(w.ctx, [MITO], SCOPES.convert)
    const shown = await fingerprint(lookFields(session, parties, [], given))
    await booked(w, application({ format: 'online', slot: `${MITO}-1100` }))
    expect(await convert(asDesk(w, '08'), MITO, { ...given, shown })).toEqual({ ok: false, why: 'changed' })
    const phone = { into: 'phone', url: 'https://meet.example.jp/1', ...WHY }
    expect(await convert(asDesk(w, '08'), MITO, phone)).toMatchObject({ ok: true })
    expect(await w.column('select meeting_url from session where id = ?', MITO)).toEqual([null])
  })

  test('brings the entry in the calendar up to date, with what was before in the letter', async () => {
    const { id } = await booked(w)
    const { uid } = await bookingRow(w, id)
    await convert(w.system, MITO, { into: 'phone', ...WHY })
    const row = (await letters(w)).at(-1)
    const booking = await bookingById(w.ctx, id)
    if (!row || !booking) throw new Error('nothing told')
    const letter = await letterOf(w.ctx, row, booking)
    expect(letter?.subject).toMatch(/^【開催形式の変更】/)
    expect(letter?.text).toContain('理由：感染症拡大防止のため')
    expect(letter?.text).toMatch(/変更前：2026年11月27日\(金\) 10:00〜10:50/)
    const { calendar, event } = readOne(letter?.calendar?.content ?? '')
    expect([value(calendar, 'method'), value(event, 'uid'), value(event, 'sequence')]).toEqual(['REQUEST', uid, '1'])
  })

  test('lets people move on', async () => {
    const { token } = await booked(w)
    await convert(w.system, MITO, { into: 'phone', ...WHY })
    expect(await move(w.ctx, { token }, { session: NEXT, slot: `${NEXT}-1000`, format: 'onsite' })).toMatchObject({
      ok: true,
    })
  })
})

describe('a suspension', () => {
  test('converts what it reaches, and nothing before, after or elsewhere', async () => {
    const before = await booked(w)
    const during = await booked(w, inDecember())
    const done = await suspend(asDesk(w, '08', '13'), december({ prefectures: ['08', '13'] }))
    expect(done).toMatchObject({ ok: true })
    expect(await applySuspensions(w.system)).toEqual({ ok: true, converted: 4 })
    expect(await applySuspensions(w.system)).toEqual({ ok: true, converted: 0 })
    expect(await kinds(before.id)).toEqual(['booked 0'])
    expect(await kinds(during.id)).toEqual(['booked 0', 'converted 1'])
    expect(await sessionById(w.ctx, 'ibaraki-2027-01-08')).toMatchObject({ formats: ['onsite', 'online'] })
  })

  test('reaches sessions that are planned later in its period', async () => {
    await suspend(w.system, december({ starts_on: '2027-02-20', ends_on: '2027-03-10' }))
    await applySuspensions(w.system)
    w.at('2026-12-15T01:00:00.000Z')
    await plan(w.system)
    expect(await sessionById(w.ctx, 'ibaraki-2027-03-05')).toMatchObject({ formats: ['onsite', 'online'] })
    await applySuspensions(w.system)
    expect(await sessionById(w.ctx, 'ibaraki-2027-03-05')).toMatchObject({ formats: ['online'] })
    expect(await sessionById(w.ctx, 'ibaraki-2027-03-12')).toMatchObject({ formats: ['onsite', 'online'] })
  })

  test('leaves a day that is closed as it is until it is opened', async () => {
    await suspend(w.system, december({ starts_on: '2026-12-29', ends_on: '2027-01-05' }))
    await applySuspensions(w.system)
    expect(await sessionById(w.ctx, 'ibaraki-2027-01-01')).toMatchObject({
      status: 'skipped',
      reason: { ja: '元日' },
    })
  })

  test('once lifted lets people come again, also those who were turned to the web', async () => {
    const { id } = await booked(w, inDecember())
    const ordered = await suspend(w.system, december())
    await applySuspensions(w.system)
    if (!ordered.ok) throw new Error('not ordered')
    await expect(liftSuspension(asDesk(w, '13'), ordered.suspension)).rejects.toThrow('only for the desk')
    expect(await liftSuspension(asDesk(w, '08'), ordered.suspension)).toEqual({
      ok: true,
      sessions: 4,
      left: 0,
      calls: 0,
    })
    expect(await sessionById(w.ctx, NEXT)).toMatchObject({ formats: ['onsite', 'online'], reason: null, sequence: 2 })
    expect(await bookingRow(w, id)).toMatchObject({ format: 'onsite', sequence: 2 })
    expect(await applySuspensions(w.system)).toEqual({ ok: true, converted: 0 })
    expect(await liftSuspension(asDesk(w, '08'), ordered.suspension)).toEqual({
      ok: true,
      sessions: 0,
      left: 0,
      calls: 0,
    })
  })

  test('is refused with the faulty field, and by a desk that does not tend all of it', async () => {
    const bad = december({ ends_on: '2026-11-30', prefectures: ['99'], into: 'onsite' })
    expect(await suspend(w.system, bad)).toMatchObject({ ok: false, errors: { prefectures: 'choice', into: 'choice' } })
    expect(await suspend(w.system, december({ ends_on: '2026-11-30' }))).toMatchObject({
      errors: { ends_on: 'choice' },
    })
    await expect(suspend(asDesk(w, '08'), december({ prefectures: ['08', '13'] }))).rejects.toThrow('only for the desk')
    await expect(suspend(w.ctx, december())).rejects.toThrow('only for the desk')
  })
})
