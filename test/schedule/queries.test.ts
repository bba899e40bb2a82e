import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { instantAt } from '../../src/base/japan/civil.ts'
import { SESSION_STATUSES } from '../../src/base/vocabulary.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { importSeries } from '../../src/planning/import-series.ts'
import { plan } from '../../src/planning/plan.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { closures } from '../../src/schedule/closure-queries.ts'
import { MOST_BEFORE } from '../../src/schedule/deadline.ts'
import { programmeOn } from '../../src/schedule/place-queries.ts'
import {
  keyOf,
  nearestOpen,
  prefecturesAhead,
  type SessionFilter,
  sessionById,
  sessions,
} from '../../src/schedule/queries.ts'
import type { Session } from '../../src/schedule/session.ts'
import { MITO, type World, world } from '../world.ts'
import { closure, desk, emptySchedule, seminar, series } from './fixtures.ts'

const TODAY = '2026-11-22'
const ids = (found: { sessions: Session[] }) => found.sessions.map((one) => one.id)

function isWithin({ from, to }: SessionFilter, { date, programme }: Session): boolean {
  if (date === null) return to === undefined && (from === undefined || programme.ends_on >= from)
  return (from === undefined || date >= from) && (to === undefined || date <= to)
}

function isOf({ prefecture, kind, format, desk: at, status }: SessionFilter, session: Session): boolean {
  return (
    [undefined, session.prefecture].includes(prefecture) &&
    [undefined, session.kind].includes(kind) &&
    [undefined, session.desk.id].includes(at) &&
    (format === undefined || session.formats.includes(format)) &&
    (status === undefined || status.includes(session.status))
  )
}

async function allPages(w: World, filter: SessionFilter, limit: number): Promise<string[]> {
  const found: string[] = []
  let after: string | null = null
  do {
    const page: { sessions: Session[]; next: string | null } = await sessions(w.ctx, filter, { limit, after })
    expect(page.sessions.length).toBeLessThanOrEqual(limit)
    found.push(...ids(page))
    if (page.next !== null && after !== null && page.next <= after) throw new Error('a cursor that does not go on')
    after = page.next
  } while (after !== null)
  return found
}

describe('sessions of the published schedule', () => {
  let w: World
  let everything: Session[]

  beforeAll(async () => {
    w = await world()
    everything = (await sessions(w.ctx, {}, { limit: 5000 })).sessions
  })
  afterAll(() => w.close())

  test('are all there, each once', async () => {
    const rows = await w.ctx.store.db.selectFrom('session').select('id').execute()
    expect(everything).toHaveLength(rows.length)
    expect(new Set(everything.map((one) => one.id)).size).toBe(rows.length)
  })

  test('are sorted by date and start, the undated last', async () => {
    const keys = everything.map(keyOf)
    expect(keys).toEqual(keys.toSorted())
    const dates = everything.map((one) => one.date)
    expect(dates.slice(-6)).toEqual([null, null, null, null, null, null])
    expect(dates.slice(0, -6)).not.toContain(null)
  })

  test.each<SessionFilter>([
    { from: TODAY },
    { from: TODAY, to: '2026-12-31' },
    { to: '2020-12-31' },
    { from: '2026-11-27', to: '2026-11-27' },
    { prefecture: '08' },
    { kind: 'seminar' },
    { kind: 'seminar', from: TODAY },
    { format: 'onsite', from: TODAY },
    { format: 'online', from: TODAY, prefecture: '31' },
    { format: 'phone' },
    { desk: 'toyota' },
    { status: ['open', 'few'] },
    { status: ['undecided', 'skipped'], from: TODAY },
    { status: ['held'], kind: 'seminar' },
    { status: [] },
    {
      from: TODAY,
      to: '2027-03-31',
      prefecture: '04',
      kind: 'consultation',
      format: 'onsite',
      desk: 'secretariat',
      status: ['open'],
    },
  ])('that fit %o are those and no others', async (filter) => {
    const fitting = everything.filter((one) => isWithin(filter, one) && isOf(filter, one))
    expect(ids(await sessions(w.ctx, filter, { limit: 5000 }))).toEqual(fitting.map((one) => one.id))
  })

  test('without a date are listed last, only if no end is given, and only until their year is over', async () => {
    const undated = (found: { sessions: Session[] }) =>
      found.sessions.filter((one) => one.date === null).map((one) => one.id)
    expect(undated(await sessions(w.ctx, { from: TODAY }))).toEqual([
      'seminar-fukui-sample',
      'seminar-hokkaido-sample',
      'seminar-kagawa-sample',
    ])
    expect(undated(await sessions(w.ctx, { from: TODAY, to: '2099-12-31' }))).toEqual([])
    expect(undated(await sessions(w.ctx, { from: '2027-04-01' }))).toEqual([])
    expect(undated(await sessions(w.ctx, { from: '2021-03-31' }, { limit: 5000 }))).toHaveLength(6)
  })

  test.each([1, 2, 7, 30])('over all pages of %d come each once and in order', async (limit) => {
    const filter = { from: TODAY }
    expect(await allPages(w, filter, limit)).toEqual(ids(await sessions(w.ctx, filter, { limit: 5000 })))
  })

  test.each([1, 2, 3, 10])('of some statuses, over all pages of %d, come each once and in order', async (limit) => {
    const filter: SessionFilter = { from: TODAY, status: ['undecided', 'skipped', 'elsewhere'] }
    const found = await allPages(w, filter, limit)
    expect(found).toEqual(ids(await sessions(w.ctx, filter, { limit: 5000 })))
    expect(found.length).toBeGreaterThan(10)
  })

  test('of history, over pages of 100, come each once and in order', async () => {
    expect(await allPages(w, {}, 100)).toEqual(everything.map((one) => one.id))
  })

  test('on a page that holds all of them have no next page', async () => {
    const filter = { from: TODAY, to: '2026-12-31' }
    const count = ids(await sessions(w.ctx, filter)).length
    expect((await sessions(w.ctx, filter, { limit: count })).next).toBeNull()
    expect((await sessions(w.ctx, filter, { limit: count - 1 })).next).not.toBeNull()
  })

  test('after the last cursor are none', async () => {
    const last = everything.at(-1)
    expect(await sessions(w.ctx, {}, { limit: 10, after: last ? keyOf(last) : '' })).toEqual({
      sessions: [],
      next: null,
    })
  })

  test('a cursor goes no further back than the filter', async () => {
    const found = await sessions(w.ctx, { from: TODAY }, { limit: 3, after: '2020-09-01' })
    expect(found.sessions[0]?.date).toBe('2026-11-24')
  })

  test('stand in three lists on the map: by rule, by date, and not at all', async () => {
    const ahead = await prefecturesAhead(w.ctx)
    expect(Object.fromEntries(ahead)).toEqual({
      '01': 'weekly',
      '03': 'dated',
      '04': 'weekly',
      '08': 'weekly',
      '11': 'dated',
      '18': 'dated',
      '23': 'dated',
      '24': 'dated',
      '31': 'dated',
      '37': 'dated',
      '45': 'dated',
      '47': 'dated',
    })
  })

  test('belong to the year of their date', async () => {
    expect((await programmeOn(w.ctx, '2027-03-31'))?.id).toBe('fy2026')
    expect((await programmeOn(w.ctx, '2027-04-01'))?.id).toBe('fy2027')
    expect(await programmeOn(w.ctx, '2019-12-31')).toBeUndefined()
  })

  test('one by its id, or none', async () => {
    expect(await sessionById(w.ctx, MITO)).toMatchObject({
      id: MITO,
      title: { ja: 'テレワーク無料相談会' },
      venue: { name: { ja: '水戸エリア' }, areaOnly: true },
      desk: { id: 'secretariat', email: null },
      closes_at: instantAt('2026-11-26', '15:00'),
      status: 'open',
      remaining: 5,
    })
    expect((await sessionById(w.ctx, MITO))?.slots.map((one) => one.id.slice(-4))).toEqual([
      '1000',
      '1100',
      '1300',
      '1400',
      '1500',
    ])
    expect(await sessionById(w.ctx, 'no-such-session')).toBeUndefined()
  })
})

describe('a schedule of several desks', () => {
  let w: World

  beforeEach(async () => {
    w = await emptySchedule()
  })
  afterEach(() => w.close())

  test('is read by as many queries for one session as for thirty of ten desks', async () => {
    for (let i = 1; i <= 10; i++) {
      const code = String(i).padStart(2, '0')
      await addDesk(w.system, desk({ id: `desk-${code}`, prefecture: code }))
      const venue = {
        id: `venue-${code}`,
        prefecture: code,
        name_ja: '会場',
        name_en: 'Venue',
        address: null,
        area_only: 0,
        printed: null,
      } as const
      await addVenue(w.system, venue)
      await importSeries(w.system, series({ id: `s-${code}`, desk: `desk-${code}`, venue: venue.id, prefecture: code }))
    }
    await plan(w.system, { to: '2026-12-11' })
    const reads = async (limit: number) => {
      w.reads()
      const found = (await sessions(w.ctx, { from: TODAY }, { limit })).sessions
      return { reads: w.reads(), found: found.length, desks: new Set(found.map((one) => one.desk.id)).size }
    }
    const one = await reads(1)
    expect(one).toMatchObject({ found: 1, desks: 1 })
    expect(await reads(3)).toEqual({ reads: one.reads, found: 3, desks: 3 })
    expect(await reads(30)).toEqual({ reads: one.reads, found: 30, desks: 10 })
    expect(one.reads).toBeLessThanOrEqual(3)
    w.reads()
    await sessionById(w.ctx, 's-01-2026-11-27')
    expect(w.reads()).toBe(3)
  })

  test('stands as weekly on the map if it is both, whichever came first', async () => {
    await publishSession(w.system, seminar({ id: 'a', prefecture: '04', date: '2026-11-25' }))
    await importSeries(w.system, series({ id: 'b', prefecture: '04' }))
    await importSeries(w.system, series({ id: 'c', prefecture: '08' }))
    await plan(w.system)
    await publishSession(w.system, seminar({ id: 'd', prefecture: '08' }))
    await publishSession(w.system, seminar({ id: 'e', prefecture: '31' }))
    await publishSession(w.system, seminar({ id: 'f', prefecture: '47', date: '2026-11-20' }))
    expect(Object.fromEntries(await prefecturesAhead(w.ctx))).toEqual({ '04': 'weekly', '08': 'weekly', '31': 'dated' })
    await w.run("update session set state = 'called_off' where id = 'e'")
    expect((await prefecturesAhead(w.ctx)).has('31')).toBe(false)
  })

  test('reads the closures between two dates, both included, by one query', async () => {
    await plan(w.system)
    w.reads()
    const found = await closures(w.ctx, '2026-12-29', '2027-01-01')
    expect([...found.keys()].toSorted()).toEqual(['2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01'])
    expect(w.reads()).toBe(1)
  })

  test('counts the closures back to the longest deadline that staff can give', async () => {
    const closes = { shape: 'business_days', days: MOST_BEFORE, at: '15:00' } as const
    const closesOf = async () => (await sessionById(w.ctx, 'far'))?.closes_at
    await publishSession(w.system, seminar({ id: 'far', date: '2027-05-10', closes }))
    expect(await closesOf()).toBe(instantAt('2026-12-22', '15:00'))
    await w.ctx.store.commit(w.ctx.store.db.insertInto('closure').values(closure({ date: '2026-12-24' })))
    expect(await closesOf()).toBe(instantAt('2026-12-21', '15:00'))
  })

  test('keeps the slots of more than ninety sessions apart', async () => {
    for (let i = 0; i < 8; i++) await importSeries(w.system, series({ id: `s${i}` }))
    await plan(w.system)
    const found = (await sessions(w.ctx, { from: TODAY }, { limit: 500 })).sessions
    expect(found).toHaveLength(104)
    expect(found.every((one) => one.slots.length === 5 && one.slots.every((slot) => slot.id.startsWith(one.id)))).toBe(
      true,
    )
  })
})

describe('what is nearest to take instead', () => {
  let w: World

  beforeEach(async () => {
    w = await emptySchedule()
    const weekly = [
      series({ id: 'ibaraki', prefecture: '08', formats: ['onsite', 'online'] }),
      series({ id: 'hokkaido', prefecture: '01', formats: ['online'], rule: 'FREQ=WEEKLY;BYDAY=TU' }),
      series({ id: 'miyagi', prefecture: '04', formats: ['onsite'], rule: 'FREQ=WEEKLY;BYDAY=WE' }),
    ]
    for (const one of weekly) await importSeries(w.system, one)
    await publishSession(w.system, seminar())
    await plan(w.system, { to: '2026-12-12' })
  })
  afterEach(() => w.close())

  const set = (sql: string, ...given: unknown[]) => w.run(sql, ...given)
  const nearest = async (id: string, seats = 1) => {
    const session = await sessionById(w.ctx, id)
    if (!session) throw new Error(`no session ${id}`)
    return (await nearestOpen(w.ctx, session, seats)).map((one) => one.id)
  }

  test('is of the same prefecture first, by date', async () => {
    await set("update session set seats_taken = 5 where id = 'ibaraki-2026-11-27'")
    expect(await nearest('ibaraki-2026-11-27')).toEqual([
      'ibaraki-2026-12-04',
      'ibaraki-2026-12-11',
      'hokkaido-2026-12-01',
    ])
  })

  test('then on the web, wherever it is, then anywhere', async () => {
    await set("update session set state = 'called_off' where series = 'ibaraki'")
    expect(await nearest('ibaraki-2026-11-27')).toEqual([
      'hokkaido-2026-12-01',
      'hokkaido-2026-12-08',
      'miyagi-2026-11-25',
    ])
    await set("update session set state = 'called_off' where series = 'hokkaido'")
    expect(await nearest('ibaraki-2026-11-27')).toEqual(['miyagi-2026-11-25', 'miyagi-2026-12-02', 'miyagi-2026-12-09'])
  })

  test('is the session itself before an earlier one if another of its slots has room', async () => {
    await set("update slot set seats_taken = 2 where id = 'ibaraki-2026-12-11-1000'")
    expect(await nearest('ibaraki-2026-12-11')).toEqual([
      'ibaraki-2026-12-11',
      'ibaraki-2026-11-27',
      'ibaraki-2026-12-04',
    ])
  })

  test('has room for the whole party in one of its slots', async () => {
    await set("update slot set seats_taken = 1 where session = 'ibaraki-2026-12-04'")
    await set(
      "update slot set seats_taken = 1 where session = 'ibaraki-2026-12-11' and id <> 'ibaraki-2026-12-11-1500'",
    )
    await set("update session set seats_taken = 5 where id = 'ibaraki-2026-11-27'")
    expect(await nearest('ibaraki-2026-11-27', 1)).toContain('ibaraki-2026-12-04')
    expect((await nearest('ibaraki-2026-11-27', 2))[0]).toBe('ibaraki-2026-12-11')
    expect(await nearest('ibaraki-2026-11-27', 2)).not.toContain('ibaraki-2026-12-04')
    expect(await nearest('ibaraki-2026-11-27', 3)).toEqual([])
  })

  test('is not counted on a slot that has closed', async () => {
    await set("update session set closes = 'hours:24', seats_taken = 0 where series = 'ibaraki'")
    w.at(instantAt('2026-11-26', '13:30'))
    await set(
      "update slot set seats_taken = 2 where session = 'ibaraki-2026-11-27' and starts_at > ?",
      instantAt('2026-11-27', '13:30'),
    )
    expect(await nearest('ibaraki-2026-12-11')).not.toContain('ibaraki-2026-11-27')
    await set("update slot set seats_taken = 1 where id = 'ibaraki-2026-11-27-1500'")
    expect(await nearest('ibaraki-2026-12-11')).toContain('ibaraki-2026-11-27')
  })

  test('is of the same kind', async () => {
    await publishSession(w.system, seminar({ id: 'later', date: '2026-12-17', prefecture: '47' }))
    expect(await nearest('seminar')).toEqual(['seminar', 'later'])
    expect(await nearest('ibaraki-2026-11-27')).not.toContain('seminar')
  })

  test('is nothing elsewhere, closed, full, called off, undecided or over', async () => {
    const elsewhere = { kind: 'elsewhere', name: '市', phone: null, url: null, url_printed: null } as const
    await publishSession(w.system, seminar({ id: 'elsewhere', apply: elsewhere }))
    await publishSession(w.system, seminar({ id: 'undecided', hours: null }))
    await publishSession(w.system, seminar({ id: 'undated', date: null }))
    await publishSession(w.system, seminar({ id: 'tomorrow', date: '2026-11-24' }))
    await publishSession(w.system, seminar({ id: 'over', date: '2026-11-20' }))
    await publishSession(w.system, seminar({ id: 'full', capacity: 1 }))
    await set("update session set seats_taken = 1 where id = 'full'")
    w.at(instantAt('2026-11-23', '10:00'))
    await set("update session set state = 'called_off' where id = 'seminar'")
    expect(await nearest('over')).toEqual([])
    await set("update session set state = 'published' where id = 'seminar'")
    expect(await nearest('over')).toEqual(['seminar'])
  })
})

describe('however little is asked for and whatever the filter', () => {
  let w: World
  beforeAll(async () => {
    w = await world()
  })
  afterAll(() => w.close())

  test.each(SESSION_STATUSES)('a list of what is %s reads its rows in rounds of 500', async (status) => {
    const [rows = 0] = await w.column<number | string>('select count(*) from session')
    const rounds = Math.ceil(Number(rows) / 500)
    w.reads()
    await sessions(w.ctx, { from: '2000-01-01', status: [status] }, { limit: 1 })
    // A round: its rows, the closures, and the slots and waiting parties of 90 sessions each.
    expect(w.reads()).toBeLessThanOrEqual(rounds * (2 + 2 * Math.ceil(500 / 90)))
  })

  test('what no session can be by its rows is not read at all', async () => {
    w.reads()
    expect(await sessions(w.ctx, { from: '2000-01-01', status: ['postponed'] }, { limit: 1 })).toEqual({
      sessions: [],
      next: null,
    })
    expect(w.reads()).toBe(1)
  })

  test('others get their turn between two rounds, and a list that nobody waits for any more is not read on', async () => {
    const left = new AbortController()
    const ctx = { ...w.ctx, signal: () => left.signal }
    const reading = sessions(ctx, { from: '2000-01-01' }, { limit: 5000 })
    setImmediate(() => left.abort())
    await expect(reading).rejects.toThrow('aborted')
  })
})
