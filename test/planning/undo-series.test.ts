import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { beginSeries } from '../../src/planning/begin-series.ts'
import { editSeries } from '../../src/planning/edit-series.ts'
import { editSession } from '../../src/planning/edit-session.ts'
import { plan } from '../../src/planning/plan.ts'
import { undoSeries } from '../../src/planning/undo-series.ts'
import { type ActorName, as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { seriesForm, sessionForm } from '../planning/forms.ts'
import { bookedOn, sessionRow, slotsOf } from '../planning/fridays.ts'
import { emptySchedule } from '../schedule/fixtures.ts'
import { NOW, type World } from '../world.ts'

let w: World
let seconds = 0
beforeAll(async () => {
  w = await emptySchedule()
})
afterAll(() => w.close())
beforeEach(() => later())

/** Moves the clock by a second, so that the journal keeps the order. */
function later() {
  seconds++
  w.at(new Date(Date.parse(NOW) + seconds * 1000).toISOString())
}

const form = (changes: Record<string, unknown> = {}) => seriesForm({ until: '2026-12-03', ...changes })

/** Begins a series of Wednesdays on 25 November and 2 December. Returns its id. */
async function begun(changes: Record<string, unknown> = {}): Promise<string> {
  const done = await beginSeries(as(w, 'desk'), form(changes))
  if (!done.ok) throw new Error(JSON.stringify(done))
  await plan(w.system)
  later()
  return done.series
}

const row = async (id: string) => (await w.rows<{ revision: number }>('select * from series where id = ?', id))[0]

async function edited(id: string, changes: Record<string, unknown>, by: ActorName = 'desk') {
  const revision = (await row(id))?.revision
  expect(await editSeries(as(w, by), id, form({ ...changes, revision }))).toMatchObject({ ok: true })
  await plan(w.system)
  later()
}

const back = (id: string, seen: World = w) => undoSeries(as(seen, 'desk'), id)
const on = (series: string, date = '2026-11-25') => `${series}-${date}`
const states = (id: string) => w.rows('select date, state from session where series = ? order by date', id)
const CLOSED = { ok: false, why: 'closed' }
const CHANGED = { ok: false, why: 'changed' }

describe('one’s own edit of today is taken back', () => {
  test('with what came of it: sessions, hours and slots are as before', async () => {
    const id = await begun()
    const before = [await row(id), await sessionRow(w, on(id)), await slotsOf(w, on(id))]
    await edited(id, { title_ja: '別の名', capacity: '8', slot_starts: '15:00', slot_capacity: '' })
    expect(await slotsOf(w, on(id))).toEqual([['1500', null]])
    expect(await back(id)).toEqual({ ok: true, session: id })
    const now = w.ctx.clock.now()
    expect([await row(id), await sessionRow(w, on(id)), await slotsOf(w, on(id))]).toEqual([
      { ...before[0], revision: 2, updated_at: now },
      { ...before[1], revision: 2, sequence: 2, updated_at: now },
      before[2],
    ])
    expect(await lines(w, id)).toContainEqual({ actor: 'desk', act: 'series.undone', detail: {} })
  })

  test('with its dates: those left out are held, those that were made are left out', async () => {
    const id = await begun()
    await edited(id, { weekdays: ['TH'] })
    expect(await states(id)).toEqual([
      { date: '2026-11-25', state: 'skipped' },
      { date: '2026-11-26', state: 'published' },
      { date: '2026-12-02', state: 'skipped' },
      { date: '2026-12-03', state: 'published' },
    ])
    expect(await back(id)).toMatchObject({ ok: true })
    expect(await w.column('select skipped_by from session where series = ? order by date', id)).toEqual([
      null,
      'series',
      null,
      'series',
    ])
    expect(await states(id)).toEqual([
      { date: '2026-11-25', state: 'published' },
      { date: '2026-11-26', state: 'skipped' },
      { date: '2026-12-02', state: 'published' },
      { date: '2026-12-03', state: 'skipped' },
    ])
  })

  test('with the address of an application as it was printed', async () => {
    const id = await begun()
    await w.run("update session set apply_url_printed = 'www.pref.example/soudan' where id = ?", on(id))
    await edited(id, { capacity: '8' })
    expect(await sessionRow(w, on(id))).toMatchObject({ apply_url_printed: null })
    await back(id)
    expect(await sessionRow(w, on(id))).toMatchObject({ apply_url_printed: 'www.pref.example/soudan' })
  })

  test('with the dates that it lists', async () => {
    const listed = (dates: string) => ({ repeat: 'dates', weekdays: [], dates })
    const id = await begun(listed('2026-12-01 2026-12-08'))
    await w.run("update series_date set printed_weekday = '火' where series = ? and date = '2026-12-08'", id)
    await edited(id, listed('2026-12-15'))
    await back(id)
    expect(await w.rows('select date, printed_weekday from series_date where series = ? order by date', id)).toEqual([
      { date: '2026-12-01', printed_weekday: null },
      { date: '2026-12-08', printed_weekday: '火' },
    ])
  })

  test('and what the edit had left alone stays as it is', async () => {
    const id = await begun()
    await bookedOn(w, on(id))
    const before = await sessionRow(w, on(id))
    await edited(id, { acceptance: 'approval' })
    expect(await back(id)).toMatchObject({ ok: true })
    expect(await sessionRow(w, on(id))).toEqual(before)
  })
})

describe('is refused', () => {
  test('if nothing was edited', async () => {
    expect(await back(await begun())).toEqual(CLOSED)
  })

  test('for the edit of somebody else, also after one’s own', async () => {
    const id = await begun()
    await edited(id, { capacity: '8' })
    await edited(id, { capacity: '9' }, 'secretariat')
    expect(await back(id)).toEqual(CLOSED)
  })

  test('on another day in Japan', async () => {
    const id = await begun()
    await edited(id, { capacity: '8' })
    w.at('2026-11-22T15:00:00.000Z')
    expect(await back(id)).toEqual(CLOSED)
  })

  test('a second time', async () => {
    const id = await begun()
    await edited(id, { capacity: '8' })
    await back(id)
    expect(await back(id)).toEqual(CHANGED)
  })

  /** Expects `changed`, and the edit remains. */
  async function refused(id: string) {
    expect(await back(id)).toEqual(CHANGED)
    expect(await row(id)).toMatchObject({ capacity: 8, revision: 1 })
    expect((await lines(w, id)).map((line) => line.act)).not.toContain('series.undone')
  }

  test('once somebody booked what it had added', async () => {
    const id = await begun()
    await edited(id, { capacity: '8', slot_starts: '10:00 11:00 13:00 15:00' })
    await bookedOn(w, on(id), { slot: `${on(id)}-1500` })
    await refused(id)
  })

  test('once somebody booked a date that was made from it', async () => {
    const id = await begun()
    await edited(id, { capacity: '8', weekdays: ['TH'] })
    await bookedOn(w, on(id, '2026-11-26'))
    await refused(id)
  })

  test('once somebody edited a session that it changed', async () => {
    const id = await begun()
    await edited(id, { capacity: '8' })
    await editSession(as(w, 'desk'), on(id), sessionForm({ revision: 1 }))
    await refused(id)
  })

  test('once somebody edited a date that was made from it', async () => {
    const id = await begun()
    await edited(id, { capacity: '8', weekdays: ['TH'] })
    await editSession(as(w, 'desk'), on(id, '2026-11-26'), sessionForm({ revision: 0 }))
    await refused(id)
  })
})

describe('between look and write', () => {
  test('somebody faster edits the series', async () => {
    const id = await begun()
    await edited(id, { capacity: '8' })
    expect(
      await back(
        id,
        meanwhile(w, () => edited(id, { capacity: '9' }, 'secretariat')),
      ),
    ).toEqual(CHANGED)
    expect(await row(id)).toMatchObject({ capacity: 9, revision: 2 })
  })

  test('the same button is pressed: once only', async () => {
    const id = await begun()
    await edited(id, { capacity: '8' })
    expect(
      await back(
        id,
        meanwhile(w, () => back(id)),
      ),
    ).toEqual(CHANGED)
    expect((await lines(w, id)).filter((line) => line.act === 'series.undone')).toHaveLength(1)
  })

  test('somebody books a session that it changed: they keep what they booked', async () => {
    const id = await begun()
    await edited(id, { slot_starts: '10:00 11:00 13:00 15:00' })
    expect(
      await back(
        id,
        meanwhile(w, () => bookedOn(w, on(id), { slot: `${on(id)}-1500` })),
      ),
    ).toEqual(CHANGED)
    expect(await slotsOf(w, on(id))).toHaveLength(4)
  })

  test('somebody books a date that was made from it: it is held', async () => {
    const id = await begun()
    await edited(id, { weekdays: ['TH'] })
    const thursday = on(id, '2026-11-26')
    expect(
      await back(
        id,
        meanwhile(w, () => bookedOn(w, thursday)),
      ),
    ).toEqual(CHANGED)
    expect(await sessionRow(w, thursday)).toMatchObject({ state: 'published', seats_taken: 1 })
  })

  test('somebody edits a date that was made from it', async () => {
    const id = await begun()
    await edited(id, { weekdays: ['TH'] })
    const thursday = on(id, '2026-11-26')
    const byHand = () => editSession(as(w, 'desk'), thursday, sessionForm({ title_ja: '手で', revision: 0 }))
    expect(await back(id, meanwhile(w, byHand))).toEqual(CHANGED)
    expect(await sessionRow(w, thursday)).toMatchObject({ state: 'published', title_ja: '手で' })
  })
})

test('a series that is not there is not found', async () => {
  await expect(back('nowhere')).rejects.toThrow(NotFound)
})

test('is for accounts of the desk of its prefecture', async () => {
  const id = await begun()
  expect(await mayDo(w, (ctx) => undoSeries(ctx, id))).toEqual(['desk', 'secretariat'])
})
