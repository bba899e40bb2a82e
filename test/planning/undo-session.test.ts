import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { editSession } from '../../src/planning/edit-session.ts'
import { plannedById } from '../../src/planning/queries.ts'
import { skip } from '../../src/planning/skip.ts'
import { mayUndo, undo } from '../../src/planning/undo-session.ts'
import { unskip } from '../../src/planning/unskip.ts'
import { type ActorName, as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { sessionForm } from '../planning/forms.ts'
import { bookedOn, type Fridays, fridays, sessionRow, slotsOf } from '../planning/fridays.ts'
import { NOW, type World } from '../world.ts'

let w: Fridays
let seconds = 0
beforeAll(async () => {
  w = await fridays()
})
afterAll(() => w.close())
beforeEach(() => later())

/** Moves the clock by a second, so that the journal keeps the order. */
function later() {
  seconds++
  w.at(new Date(Date.parse(NOW) + seconds * 1000).toISOString())
}

const WHY = { reason_ja: '講師の都合' }

async function edited(id: string, changes: Record<string, unknown>, by: ActorName = 'desk') {
  const { revision } = await sessionRow(w, id)
  expect(await editSession(as(w, by), id, sessionForm({ ...changes, revision }))).toMatchObject({ ok: true })
  later()
}

const back = (id: string, seen: World = w) => undo(as(seen, 'desk'), id)

/** Whether the page offers to undo it. */
async function offered(id: string) {
  const session = await plannedById(w.ctx, id)
  return session && mayUndo(as(w, 'desk'), session)
}

describe('one’s own change of today is taken back', () => {
  test('of what a session offers; its series plans it again', async () => {
    const id = w.next()
    const before = await sessionRow(w, id)
    await edited(id, { title_ja: '出張相談会', capacity: '3', formats: ['phone'] })
    expect(await offered(id)).toBe(true)
    expect(await back(id)).toEqual({ ok: true, session: id })
    expect(await sessionRow(w, id)).toEqual({ ...before, sequence: 2, revision: 2, updated_at: w.ctx.clock.now() })
    expect(await lines(w, id)).toContainEqual({ actor: 'desk', act: 'session.undone', detail: {} })
  })

  test('of its slots', async () => {
    const id = w.next()
    const before = [await slotsOf(w, id), (await sessionRow(w, id)).starts_at]
    await edited(id, { slot_starts: '14:00', slot_capacity: '9' })
    expect(await back(id)).toMatchObject({ ok: true })
    expect([await slotsOf(w, id), (await sessionRow(w, id)).starts_at]).toEqual(before)
  })

  test('of a date left out, and of one that is held after all', async () => {
    const id = w.next()
    await skip(as(w, 'desk'), id, WHY)
    later()
    expect(await back(id)).toMatchObject({ ok: true })
    expect(await sessionRow(w, id)).toMatchObject({ state: 'published', skipped_by: null, reason_ja: null, edited: 0 })
    await skip(as(w, 'desk'), id, WHY)
    later()
    await unskip(as(w, 'desk'), id)
    later()
    expect(await back(id)).toMatchObject({ ok: true })
    expect(await sessionRow(w, id)).toMatchObject({ state: 'skipped', skipped_by: 'desk', ...WHY })
  })

  test('also by a line of the journal that does not say yet who skipped it', async () => {
    const id = w.next()
    await skip(as(w, 'desk'), id, WHY)
    await w.run(`update journal set detail = replace(detail, '"skipped_by":null,', '') where subject = ?`, id)
    later()
    expect(await back(id)).toMatchObject({ ok: true })
    expect(await sessionRow(w, id)).toMatchObject({ state: 'published', skipped_by: null })
  })

  test('of a title, also if somebody booked since', async () => {
    const id = w.next()
    await edited(id, { title_ja: '出張相談会' })
    await w.run('update outbox set created_at = ?', '2026-11-22T00:00:00.000Z')
    await bookedOn(w, id)
    await w.run("update outbox set created_at = '2026-11-22T00:00:00.000Z'")
    expect(await back(id)).toMatchObject({ ok: true })
    expect((await sessionRow(w, id)).title_ja).toBe('テレワーク無料相談会')
  })
})

describe('is refused', () => {
  const CLOSED = { ok: false, why: 'closed' }
  const CHANGED = { ok: false, why: 'changed' }

  test('if nothing was changed', async () => {
    const id = w.next()
    expect([await offered(id), await back(id)]).toEqual([false, CLOSED])
  })

  test('for the change of somebody else, also after one’s own', async () => {
    const id = w.next()
    await edited(id, { title_ja: '先の名' })
    await edited(id, { title_ja: '後の名' }, 'secretariat')
    expect([await offered(id), await back(id)]).toEqual([false, CLOSED])
  })

  test('on another day in Japan', async () => {
    const id = w.next()
    await edited(id, { title_ja: '別の名' })
    w.at('2026-11-22T15:00:00.000Z')
    expect([await offered(id), await back(id)]).toEqual([false, CLOSED])
  })

  test('a second time', async () => {
    const id = w.next()
    await edited(id, { title_ja: '別の名' })
    await back(id)
    expect([await offered(id), await back(id)]).toEqual([false, CHANGED])
  })

  test('once something else has changed it', async () => {
    const id = w.next()
    await edited(id, { title_ja: '別の名' })
    await w.run('update session set revision = revision + 1 where id = ?', id)
    expect(await back(id)).toEqual(CHANGED)
  })

  test('once a letter has left to somebody there', async () => {
    const id = w.next()
    await edited(id, { title_ja: '別の名' })
    await bookedOn(w, id)
    expect(await back(id)).toEqual(CHANGED)
    expect((await sessionRow(w, id)).title_ja).toBe('別の名')
  })

  test.each([
    ['formats', { formats: ['phone', 'onsite'] }, { format: 'phone' }],
    ['acceptance', { acceptance: 'approval' }, {}],
    ['slots', { slot_starts: '10:00 18:00' }, { time: '1800' }],
  ])(
    'for the %s under somebody who booked since',
    async (_, changes, { time = '1000', ...given }: { time?: string; format?: string }) => {
      const id = w.next()
      await edited(id, changes)
      await bookedOn(w, id, { slot: `${id}-${time}`, ...given })
      await w.run("update outbox set created_at = '2026-11-22T00:00:00.000Z'")
      expect(await back(id)).toEqual(CHANGED)
    },
  )

  test('for a date somebody booked', async () => {
    const opened = w.next()
    await skip(as(w, 'system'), opened, WHY)
    later()
    await unskip(as(w, 'desk'), opened)
    later()
    await bookedOn(w, opened)
    await w.run("update outbox set created_at = '2026-11-22T00:00:00.000Z'")
    expect(await back(opened)).toEqual(CHANGED)
    expect((await sessionRow(w, opened)).state).toBe('published')
  })

  test('for a capacity that is taken by now', async () => {
    const id = w.next()
    await edited(id, { capacity: '1' })
    await edited(id, { capacity: '2' })
    await bookedOn(w, id, { seats: 2 })
    await w.run("update outbox set created_at = '2026-11-22T00:00:00.000Z'")
    expect(await back(id)).toEqual(CHANGED)
  })
})

describe('between look and write', () => {
  test('somebody faster edits it: that stays', async () => {
    const id = w.next()
    await edited(id, { title_ja: '先の名' })
    const slower = meanwhile(w, () => edited(id, { title_ja: '後の名' }, 'secretariat'))
    expect(await back(id, slower)).toEqual({ ok: false, why: 'changed' })
    expect(await sessionRow(w, id)).toMatchObject({ title_ja: '後の名', revision: 2 })
  })

  test('it is taken back by the same button: once only', async () => {
    const id = w.next()
    await edited(id, { title_ja: '別の名' })
    expect(
      await back(
        id,
        meanwhile(w, () => back(id)),
      ),
    ).toEqual({ ok: false, why: 'changed' })
    expect((await lines(w, id)).filter((line) => line.act === 'session.undone')).toHaveLength(1)
  })

  test('somebody books, and is written to', async () => {
    const id = w.next()
    await edited(id, { title_ja: '別の名' })
    expect(
      await back(
        id,
        meanwhile(w, () => bookedOn(w, id)),
      ),
    ).toEqual({ ok: false, why: 'changed' })
  })
})

test('a session that is not there is not found', async () => {
  await expect(back('nowhere')).rejects.toThrow(NotFound)
})

test('is for accounts of the desk of its prefecture', async () => {
  const id = w.next()
  expect(await mayDo(w, (ctx) => undo(ctx, id))).toEqual(['desk', 'secretariat'])
})
