import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { editSession } from '../../src/planning/edit-session.ts'
import { skip } from '../../src/planning/skip.ts'
import { unskip } from '../../src/planning/unskip.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { sessionForm } from '../planning/forms.ts'
import { bookedOn, type Fridays, fridays, sessionRow } from '../planning/fridays.ts'

let w: Fridays
beforeAll(async () => {
  w = await fridays()
})
afterAll(() => w.close())

const WHY = { reason_ja: '講師の都合', reason_en: 'The lecturer is ill' }
const leaveOut = (id: string, given: unknown = WHY) => skip(as(w, 'desk'), id, given)
const open = (id: string) => unskip(as(w, 'desk'), id)

describe('a date', () => {
  test('is left out for a reason, and planning leaves it alone from then on', async () => {
    const id = w.next()
    expect(await leaveOut(id)).toEqual({ ok: true, session: id, again: false })
    expect(await sessionRow(w, id)).toMatchObject({
      state: 'skipped',
      skipped_by: 'desk',
      ...WHY,
      edited: 1,
      sequence: 1,
      revision: 1,
    })
    expect(await lines(w, id)).toEqual([
      {
        actor: 'desk',
        act: 'session.skipped',
        detail: {
          before: { state: 'published', skipped_by: null, reason_ja: null, reason_en: null, edited: 0 },
          revision: 1,
        },
      },
    ])
  })

  test('that is held again counts as edited only if it did before', async () => {
    const id = w.next()
    await leaveOut(id)
    expect(await open(id)).toMatchObject({ ok: true, again: false })
    expect(await sessionRow(w, id)).toMatchObject({ state: 'published', edited: 0 })
    const { revision } = await sessionRow(w, id)
    await editSession(as(w, 'desk'), id, sessionForm({ capacity: '3', revision }))
    await leaveOut(id)
    await open(id)
    expect(await sessionRow(w, id)).toMatchObject({ state: 'published', edited: 1 })
  })

  test('needs no English reason', async () => {
    const id = w.next()
    await leaveOut(id, { reason_ja: '館内整備' })
    expect(await sessionRow(w, id)).toMatchObject({ reason_ja: '館内整備', reason_en: '館内整備' })
  })

  test('left out already stays as it is, whatever is given', async () => {
    const id = w.next()
    await leaveOut(id)
    expect(await leaveOut(id, null)).toEqual({ ok: true, session: id, again: true })
    expect([(await sessionRow(w, id)).revision, await lines(w, id)]).toMatchObject([1, [{ act: 'session.skipped' }]])
  })

  test('is held after all, without a reason', async () => {
    const id = w.next()
    await leaveOut(id)
    expect(await open(id)).toEqual({ ok: true, session: id, again: false })
    expect(await open(id)).toEqual({ ok: true, session: id, again: true })
    expect(await sessionRow(w, id)).toMatchObject({ state: 'published', reason_ja: null, reason_en: null, revision: 2 })
    expect(await lines(w, id)).toContainEqual({
      actor: 'desk',
      act: 'session.opened',
      detail: { before: { state: 'skipped', skipped_by: 'desk', ...WHY, edited: 1 }, revision: 2 },
    })
  })

  test('that is called off or postponed is no longer left out by anybody', async () => {
    const [one, two] = [w.next(), w.next()]
    await leaveOut(one)
    await leaveOut(two)
    await callOff(as(w, 'desk'), one, WHY)
    await reschedule(as(w, 'desk'), two, { date: null, starts: null, ...WHY })
    expect(await sessionRow(w, one)).toMatchObject({ state: 'called_off', skipped_by: null })
    expect(await sessionRow(w, two)).toMatchObject({ state: 'postponed', skipped_by: null })
  })

  test('whose bookings are all cancelled is left out', async () => {
    const id = w.next()
    await cancel(as(w, 'desk'), { id: await bookedOn(w, id) })
    expect(await leaveOut(id)).toMatchObject({ ok: true })
  })
})

describe('is refused', () => {
  test.each([
    ['no reason', null],
    ['a blank reason', { reason_ja: '　' }],
  ])('for %s', async (_, given) => {
    const id = w.next()
    expect(await leaveOut(id, given)).toMatchObject({ ok: false, why: 'invalid' })
    expect((await sessionRow(w, id)).state).toBe('published')
  })

  test('if somebody booked', async () => {
    const id = w.next()
    await bookedOn(w, id)
    expect(await leaveOut(id)).toMatchObject({ ok: false, why: 'booked', who: [{ company: '株式会社髙﨑製作所' }] })
    expect((await sessionRow(w, id)).state).toBe('published')
  })

  test.each(['called_off', 'postponed'])('once it is %s, to leave out and to hold', async (state) => {
    const id = w.next()
    await w.run('update session set state = ? where id = ?', state, id)
    expect([await leaveOut(id), await open(id)]).toEqual([
      { ok: false, why: 'closed' },
      { ok: false, why: 'closed' },
    ])
    expect(await lines(w, id)).toEqual([])
  })
})

test('a session that is over is not left out any more', async () => {
  const id = w.next()
  await w.run(
    "update session set date = '2026-11-20', starts_at = '2026-11-20T01:00:00.000Z', ends_at = '2026-11-20T07:00:00.000Z' where id = ?",
    id,
  )
  expect(await leaveOut(id)).toEqual({ ok: false, why: 'closed' })
  expect(await sessionRow(w, id)).toMatchObject({ state: 'published', revision: 0 })
})

describe('between look and write', () => {
  test('somebody books: they keep their place', async () => {
    const id = w.next()
    const slower = meanwhile(w, () => bookedOn(w, id))
    expect(await skip(as(slower, 'desk'), id, WHY)).toEqual({ ok: false, why: 'changed' })
    expect(await sessionRow(w, id)).toMatchObject({ state: 'published', seats_taken: 1 })
    expect(await lines(w, id)).toEqual([])
  })

  test('somebody faster leaves it out: their reason stays', async () => {
    const id = w.next()
    const slower = meanwhile(w, () => leaveOut(id))
    expect(await skip(as(slower, 'desk'), id, { reason_ja: '後の理由' })).toEqual({ ok: false, why: 'changed' })
    expect(await sessionRow(w, id)).toMatchObject({ ...WHY, revision: 1 })
  })

  test('somebody faster edits it: it is not held before they are seen', async () => {
    const id = w.next()
    await leaveOut(id)
    const slower = meanwhile(w, () => editSession(as(w, 'desk'), id, sessionForm({ title_ja: '別の名', revision: 1 })))
    expect(await unskip(as(slower, 'desk'), id)).toEqual({ ok: false, why: 'changed' })
    expect(await sessionRow(w, id)).toMatchObject({ state: 'skipped', title_ja: '別の名' })
  })
})

test('a session that is not there is not found', async () => {
  await expect(leaveOut('nowhere')).rejects.toThrow(NotFound)
})

test('leaving out and holding after all are for the desk of its prefecture', async () => {
  const id = w.next()
  expect(await mayDo(w, (ctx) => skip(ctx, id, WHY))).toEqual(['desk', 'secretariat', 'system'])
  expect(await mayDo(w, (ctx) => unskip(ctx, id))).toEqual(['desk', 'secretariat', 'system'])
})
