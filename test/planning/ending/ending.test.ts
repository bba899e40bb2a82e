import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assignAdvisers } from '../../../src/advisers/assign.ts'
import { fingerprint } from '../../../src/base/fingerprint.ts'
import { NotFound } from '../../../src/base/outcome.ts'
import { addDesk } from '../../../src/people/add-desk.ts'
import { addVenue } from '../../../src/planning/add-venue.ts'
import { assignSeries } from '../../../src/planning/advisers/assign-series.ts'
import { beginSeries } from '../../../src/planning/begin-series.ts'
import { addDay } from '../../../src/planning/days/add-day.ts'
import { changesOf } from '../../../src/planning/edit-series.ts'
import { deleteDesk, deletedDeskFields, previewDeskDeletion } from '../../../src/planning/ending/delete-desk.ts'
import { deletedSeriesFields, deleteSeries, previewSeriesDeletion } from '../../../src/planning/ending/delete-series.ts'
import {
  deletedFields,
  deleteSession,
  isRemovable,
  previewDeletion,
} from '../../../src/planning/ending/delete-session.ts'
import { deletedVenueFields, deleteVenue, previewVenueDeletion } from '../../../src/planning/ending/delete-venue.ts'
import { endFields, endSeries, previewEnd } from '../../../src/planning/ending/end-series.ts'
import { plan } from '../../../src/planning/plan.ts'
import { seriesById } from '../../../src/planning/queries.ts'
import { undoSeries } from '../../../src/planning/undo-series.ts'
import { lastChange } from '../../../src/schedule/queries.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { meanwhile } from '../../meanwhile.ts'
import { desk, emptySchedule } from '../../schedule/fixtures.ts'
import type { World } from '../../world.ts'
import { seriesForm, sessionForm } from '../forms.ts'
import { bookedOn } from '../fridays.ts'

let w: World
beforeEach(async () => {
  w = await emptySchedule()
  const venue = { name_ja: '会場', name_en: 'Venue', address: null, area_only: 0 as const, printed: null }
  await addVenue(w.system, { ...venue, id: 'venue-mito', prefecture: '08' })
})
afterEach(() => w.close())

async function single(changes: Record<string, unknown> = {}): Promise<string> {
  const day = { kind: 'consultation', prefecture: '08', desk: '', date: '2026-12-07' }
  const done = await addDay(as(w, 'desk'), { ...sessionForm(), ...day, ...changes })
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.session
}

/** A series of Wednesdays from 25 November 2026 on, with its sessions. */
async function weekly(changes: Record<string, unknown> = {}): Promise<string> {
  const done = await beginSeries(as(w, 'desk'), seriesForm({ until: '2026-12-16', ...changes }))
  if (!done.ok) throw new Error(JSON.stringify(done))
  await plan(w.system)
  return done.series
}

const states = (id: string) => w.rows('select date, state from session where series = ? order by date', id)

describe('a session', () => {
  test('that nobody ever booked is deleted with its slots and questions, and its journal stays', async () => {
    const id = await single()
    expect(await isRemovable(as(w, 'desk'), id)).toBe(true)
    expect(await deleteSession(as(w, 'desk'), id)).toEqual({ ok: true, date: '2026-12-07' })
    for (const table of ['session', 'slot']) expect(await w.rows(`select * from ${table}`)).toEqual([])
    expect(await lines(w, id)).toMatchObject([{ act: 'session.deleted' }, { act: 'session.published' }])
    await expect(deleteSession(as(w, 'desk'), id)).rejects.toThrow(NotFound)
  })

  test('that is deleted frees its adviser and room', async () => {
    const id = await single()
    const series = await weekly()
    const whole = { name: '海野 次郎', room: '相談室1' }
    await assignAdvisers(as(w, 'desk'), id, { revision: 0, whole })
    await assignSeries(as(w, 'desk'), series, whole)
    expect(await w.rows('select * from busy limit 1')).toHaveLength(1)
    expect(await deleteSession(as(w, 'desk'), id)).toMatchObject({ ok: true })
    expect(await deleteSeries(as(w, 'desk'), series)).toMatchObject({ ok: true })
    for (const table of ['duty', 'busy']) expect(await w.rows(`select * from ${table}`)).toEqual([])
  })

  test('that is deleted leaves the feeds with a newer date, so that they are fetched again', async () => {
    const [id] = [await single(), await single({ date: '2026-12-08' })]
    w.at('2026-11-23T00:00:00.000Z')
    await deleteSession(as(w, 'desk'), id)
    expect(await lastChange(w.ctx)).toBe('2026-11-23T00:00:00.000Z')
  })

  test('is kept if somebody booked it, also if they cancelled, or asked for its date', async () => {
    const id = await single()
    await bookedOn(w, id)
    await w.run("update booking set status = 'cancelled' where session = ?", id)
    expect(await deleteSession(as(w, 'desk'), id)).toEqual({ ok: false, why: 'booked' })
    expect(await isRemovable(as(w, 'desk'), id)).toBe(false)
  })

  test('is kept if somebody books it in the meantime', async () => {
    const id = await single()
    const slower = meanwhile(w, () => bookedOn(w, id))
    expect(await deleteSession(as(slower, 'desk'), id)).toEqual({ ok: false, why: 'booked' })
    expect(await w.rows('select id from session')).toHaveLength(1)
  })

  test('of a series, of a day that is past, or edited since its look is kept', async () => {
    const series = await weekly()
    expect(await deleteSession(as(w, 'desk'), `${series}-2026-11-25`)).toEqual({ ok: false, why: 'series' })
    const id = await single()
    const shown = await fingerprint(deletedFields((await previewDeletion(as(w, 'desk'), id)).session))
    await w.run('update session set revision = revision + 1 where id = ?', id)
    expect(await deleteSession(as(w, 'desk'), id, { shown })).toEqual({ ok: false, why: 'changed' })
    w.at('2026-12-08T00:00:00.000Z')
    expect(await deleteSession(as(w, 'desk'), id)).toEqual({ ok: false, why: 'past' })
  })

  test('is deleted by the desk of its prefecture', async () => {
    const id = await single()
    expect(await mayDo(w, (ctx) => previewDeletion(ctx, id))).toEqual(['desk', 'secretariat', 'system'])
    const refused = await Promise.all(
      (['public', 'viewer', 'elsewhere', 'expert'] as const).map((name) =>
        deleteSession(as(w, name), id).catch((error: Error) => error.constructor.name),
      ),
    )
    expect(new Set(refused)).toEqual(new Set(['Forbidden']))
  })
})

describe('a series', () => {
  test('that nobody ever booked is deleted with its sessions, and is not planned again', async () => {
    const id = await weekly()
    const found = await previewSeriesDeletion(as(w, 'desk'), id)
    expect([found.kept, found.sessions.length]).toEqual([null, 4])
    const shown = await fingerprint(deletedSeriesFields(found))
    expect(await deleteSeries(as(w, 'desk'), id, { shown })).toEqual({ ok: true, sessions: 4 })
    await plan(w.system)
    for (const table of ['series', 'session', 'slot']) expect(await w.rows(`select * from ${table}`)).toEqual([])
    expect((await lines(w, id)).at(-1)).toMatchObject({ act: 'series.started' })
    expect((await lines(w, id)).map(({ act }) => act)).toContain('series.deleted')
  })

  test('is kept if somebody booked it, also in the meantime, if a day is past, or if a session was made since', async () => {
    const id = await weekly()
    const shown = await fingerprint(deletedSeriesFields(await previewSeriesDeletion(as(w, 'desk'), id)))
    await w.run('delete from slot where session = ?', `${id}-2026-12-16`)
    await w.run('delete from session where id = ?', `${id}-2026-12-16`)
    expect(await deleteSeries(as(w, 'desk'), id, { shown })).toEqual({ ok: false, why: 'changed' })
    const slower = meanwhile(w, () => bookedOn(w, `${id}-2026-12-09`))
    expect(await deleteSeries(as(slower, 'desk'), id)).toEqual({ ok: false, why: 'booked' })
    w.at('2026-11-26T00:00:00.000Z')
    expect(await deleteSeries(as(w, 'desk'), id)).toEqual({ ok: false, why: 'past' })
    expect(await states(id)).toHaveLength(3)
  })

  test('ends on a day: later sessions are skipped, booked ones stay, and it can be undone', async () => {
    const id = await weekly()
    await bookedOn(w, `${id}-2026-12-09`)
    const found = await previewEnd(as(w, 'desk'), id, { until: '2026-12-01' })
    if (!found.ok) throw new Error(found.why)
    const effects = await endSeries(as(w, 'desk'), id, {
      until: '2026-12-01',
      shown: await fingerprint(endFields(found)),
    })
    expect(effects.ok && effects.effects.map(({ session, becomes }) => [session.date, becomes])).toEqual([
      ['2026-12-02', 'skipped'],
      ['2026-12-09', 'booked'],
      ['2026-12-16', 'skipped'],
    ])
    expect(await w.rows('select until, revision from series')).toEqual([{ until: '2026-12-01', revision: 1 }])
    expect((await states(id)).map(({ state }) => state)).toEqual(['published', 'skipped', 'published', 'skipped'])
    await plan(w.system)
    expect(await states(id)).toHaveLength(4)
    expect(await undoSeries(as(w, 'desk'), id)).toMatchObject({ ok: true })
    expect((await states(id)).map(({ state }) => state)).toEqual(Array(4).fill('published'))
    expect(await w.column('select until from series')).toEqual(['2026-12-16'])
  })

  test('on listed dates loses those after its last day', async () => {
    const id = await weekly({ repeat: 'dates', weekdays: [], dates: '2026-12-01 2026-12-08', until: '' })
    expect(await endSeries(as(w, 'desk'), id, { until: '2026-12-07' })).toMatchObject({ ok: true })
    expect(await w.column('select date from series_date')).toEqual(['2026-12-01'])
    await undoSeries(as(w, 'desk'), id)
    expect(await w.column('select date from series_date order by date')).toEqual(['2026-12-01', '2026-12-08'])
  })

  test('with other dates and another capacity changes what stays and skips what goes', async () => {
    const id = await weekly()
    const row = await seriesById(w.ctx, id)
    if (!row) throw new Error('no series')
    const changes = await changesOf(as(w, 'desk'), row, { ...row, capacity: 9 }, ['2026-11-25', '2026-12-16'])
    expect(changes.map(({ session, becomes }) => [session.date, becomes])).toEqual([
      ['2026-11-25', 'changed'],
      ['2026-12-02', 'skipped'],
      ['2026-12-09', 'skipped'],
      ['2026-12-16', 'changed'],
    ])
  })

  test('does not end before it begins, later than before, or otherwise than its look showed', async () => {
    const id = await weekly()
    const faulty = (until: string) => ({ ok: false, why: 'invalid', errors: { until } })
    for (const until of ['2026-11-24', '2026-12-16', 'x']) {
      expect(await endSeries(as(w, 'desk'), id, { until })).toEqual(faulty('choice'))
    }
    expect(await endSeries(as(w, 'desk'), id, { until: '' })).toEqual(faulty('required'))
    const found = await previewEnd(as(w, 'desk'), id, { until: '2026-12-01' })
    const shown = found.ok ? await fingerprint(endFields(found)) : ''
    await bookedOn(w, `${id}-2026-12-09`)
    expect(await endSeries(as(w, 'desk'), id, { until: '2026-12-01', shown })).toEqual({ ok: false, why: 'changed' })
    const slower = meanwhile(w, () => bookedOn(w, `${id}-2026-12-02`))
    expect(await endSeries(as(slower, 'desk'), id, { until: '2026-12-01' })).toEqual({ ok: false, why: 'changed' })
  })

  test('is ended and deleted by the desk of its prefecture', async () => {
    const id = await weekly()
    const may = ['desk', 'secretariat', 'system']
    expect(await mayDo(w, (ctx) => previewEnd(ctx, id, { until: '2026-12-01' }))).toEqual(may)
    expect(await mayDo(w, (ctx) => endSeries(ctx, id, { until: '' }))).toEqual(may)
    await bookedOn(w, `${id}-2026-12-02`)
    expect(await mayDo(w, (ctx) => deleteSeries(ctx, id))).toEqual(may)
  })
})

describe('a venue', () => {
  test('that no session has is deleted by the desk of its prefecture; one that is used is kept', async () => {
    const may = ['desk', 'secretariat', 'system']
    const id = await single({ venue: 'venue-mito' })
    expect(await mayDo(w, (ctx) => deleteVenue(ctx, 'venue-mito'))).toEqual(may)
    expect(await deleteVenue(as(w, 'desk'), 'venue-mito')).toEqual({ ok: false, why: 'used' })
    await deleteSession(as(w, 'desk'), id)
    const { venue, used } = await previewVenueDeletion(as(w, 'desk'), 'venue-mito')
    const shown = await fingerprint(deletedVenueFields(venue))
    expect(used).toBe(false)
    const slower = meanwhile(w, () => single({ venue: 'venue-mito' }))
    expect(await deleteVenue(as(slower, 'desk'), 'venue-mito', { shown })).toEqual({ ok: false, why: 'used' })
    await w.run('delete from slot')
    await w.run('delete from session')
    expect(await deleteVenue(as(w, 'desk'), 'venue-mito', { shown: 'other' })).toEqual({ ok: false, why: 'changed' })
    expect(await deleteVenue(as(w, 'desk'), 'venue-mito', { shown })).toEqual({ ok: true })
    expect(await lines(w, 'venue-mito')).toMatchObject([{ act: 'venue.added' }, { act: 'venue.deleted' }])
  })
})

describe('a desk', () => {
  test('that no session ever had is deleted by the staff of its prefecture; another one is kept', async () => {
    await addDesk(w.system, desk({ id: 'spare' }))
    const may = ['desk', 'secretariat', 'system']
    const held = { ok: false, why: 'held' }
    const id = await single({ desk: 'spare' })
    expect(await mayDo(w, (ctx) => deleteDesk(ctx, 'spare'))).toEqual(may)
    expect(await deleteDesk(as(w, 'desk'), 'spare')).toEqual(held)
    await deleteSession(as(w, 'desk'), id)
    const { desk: row, used } = await previewDeskDeletion(as(w, 'desk'), 'spare')
    const shown = await fingerprint(deletedDeskFields(row))
    expect(used).toBe(false)
    const slower = meanwhile(w, () => single({ desk: 'spare' }))
    expect(await deleteDesk(as(slower, 'desk'), 'spare', { shown })).toEqual(held)
    await w.run('delete from slot')
    await w.run('delete from session')
    expect(await deleteDesk(as(w, 'desk'), 'spare', { shown: 'other' })).toEqual({ ok: false, why: 'changed' })
    expect(await deleteDesk(as(w, 'desk'), 'spare', { shown })).toEqual({ ok: true })
    await expect(deleteDesk(as(w, 'desk'), 'spare')).rejects.toThrow(NotFound)
    expect((await lines(w, 'spare')).map(({ act }) => act)).toContain('desk.deleted')
  })
})
