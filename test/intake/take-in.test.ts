import { beforeEach, describe, expect, test } from 'vitest'
import { fingerprint } from '../../src/base/fingerprint.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { decideIntake } from '../../src/intake/decide.ts'
import { dropIntake } from '../../src/intake/drop.ts'
import { keepIntake } from '../../src/intake/keep.ts'
import { countsOf, intakeFields, lookAt } from '../../src/intake/look.ts'
import { intakeById, intakes } from '../../src/intake/queries.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { takeInClear } from '../../src/intake/take-in-clear.ts'
import { takeOut } from '../../src/intake/take-out.ts'
import { read } from '../../src/notices/read.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { plan } from '../../src/planning/plan.ts'
import { forget } from '../../src/retention/forget.ts'
import { forgetIntakes } from '../../src/retention/forget-intakes.ts'
import { type ActorName, as, lines, mayDo } from '../acts.ts'
import { booked, forSeminar } from '../booking/fixtures.ts'
import { afterTest } from '../ends.ts'
import { desk, emptySchedule } from '../schedule/fixtures.ts'
import type { World } from '../world.ts'

const TODAY = '2026-11-22'

let w: World
beforeEach(async () => {
  w = await emptySchedule()
  afterTest(w.close)
  await addDesk(w.system, desk({ id: 'tokyo', prefecture: '13' }))
})

const rowsOf = (text: string) => text.split('\n').map((line) => line.split('\t'))

async function kept(text: string, by: ActorName = 'desk'): Promise<string> {
  const done = await keepIntake(as(w, by), read(rowsOf(text), TODAY), '')
  if (!done.ok) throw new Error(done.why)
  return done.id
}

const looked = async (id: string, by: ActorName = 'desk') => lookAt(as(w, by), await intakeById(as(w, by), id))
const fates = async (id: string, by: ActorName = 'desk') =>
  (await looked(id, by)).rows.flatMap(({ days }) => days.map(({ fate }) => fate))

/** The decisions of a form. They have the chosen days. A row without a printed format is online. */
const decide = (id: string, given: Record<string, unknown>, by: ActorName = 'desk') =>
  decideIntake(as(w, by), id, given)

/** All fields of a row as they stand, with changes. */
async function form(id: string, i: number, changes: Record<string, unknown> = {}, by: ActorName = 'desk') {
  const { decisions } = await intakeById(as(w, by), id)
  const { days, leave: _, ...fields } = decisions[i] ?? { days: [], leave: false }
  const own = Object.entries({ ...fields, row: '1', ...changes }).map(([name, value]) => [`${i}.${name}`, value])
  const each = days.map(({ date }, d) => [`${i}.day.${d}`, date])
  return { ...Object.fromEntries(each), ...Object.fromEntries(own) }
}

async function taken(text: string, by: ActorName = 'desk') {
  const id = await kept(text, by)
  const done = await takeIn(as(w, by), id)
  await plan(w.system)
  return { id, done }
}

const sessionOn = async (date: string) =>
  (await w.column<string>('select id from session where date = ?', date))[0] ?? ''

const bookOn = async (date: string) => booked(w, forSeminar({ session: await sessionOn(date) }))

const TABLE = [
  '茨城県\t2026年12月8日(火)\t10:00～12:00\tオンライン\t定員5名',
  '茨城県\t2026年12月15日(火)\t10:00～12:00\tオンライン\t定員5名',
].join('\n')

describe('a schedule', () => {
  test('is a draft first, and makes nothing until it is taken in', async () => {
    const id = await kept(TABLE)
    expect(await fates(id)).toEqual(['new', 'new'])
    expect(await w.rows('select id from session')).toEqual([])
    expect(await lines(w, id)).toMatchObject([{ act: 'intake.kept', detail: { records: 2 } }])
  })

  test('is taken in once, in one commit, with its printed text and a line of the journal', async () => {
    const id = await kept(TABLE)
    const done = await takeIn(as(w, 'desk'), id)
    expect(done).toMatchObject({ ok: true, again: false })
    expect(await takeIn(as(w, 'desk'), id)).toMatchObject({ ok: true, again: true })
    expect(
      await w.rows(
        'select date, starts_at, formats, capacity, desk, printed, printed_weekday from session order by date',
      ),
    ).toMatchObject([
      {
        date: '2026-12-08',
        starts_at: '2026-12-08T01:00:00.000Z',
        formats: 'online',
        desk: 'mito',
        printed_weekday: '火',
      },
      { date: '2026-12-15', capacity: 5, printed: expect.stringContaining('12月15日(火)') },
    ])
    expect((await lines(w, id)).at(-1)).toMatchObject({ act: 'intake.taken', detail: { series: 0, sessions: 2 } })
  })

  test('changes nothing if it is taken in again', async () => {
    await taken(TABLE)
    const before = await w.rows('select * from session order by id')
    const id = await kept(TABLE)
    expect(await fates(id)).toEqual(['same', 'same'])
    expect(await takeIn(as(w, 'desk'), id)).toMatchObject({ ok: false, why: 'nothing' })
    expect(await w.rows('select * from session order by id')).toEqual(before)
  })

  test('with several days in a row becomes a series of these days, and is known again before planning', async () => {
    const text = '茨城県 2026年12月7日・14日・21日（いずれも月曜日）10:15-16:00 オンライン'
    const id = await kept(text)
    expect(await takeIn(as(w, 'desk'), id)).toMatchObject({ ok: true, made: { sessions: [] } })
    const again = await kept(text)
    expect(await fates(again)).toEqual(['same', 'same', 'same'])
    await plan(w.system)
    expect(await w.column('select date from session order by date')).toEqual(['2026-12-07', '2026-12-14', '2026-12-21'])
    expect(await w.column('select printed_weekday from session')).toEqual(['月', '月', '月'])
    expect(await fates(await kept(text))).toEqual(['same', 'same', 'same'])
  })

  test('with a rule becomes a series, without the days that it takes out', async () => {
    const text = '茨城県 2026年12月4日(金)～ 毎週金曜日 13:00～16:00 オンライン（12月18日を除く）'
    const { done } = await taken(text)
    expect(done).toMatchObject({ ok: true, made: { sessions: [] } })
    expect(await w.rows('select rule, starts_on, desk from series')).toEqual([
      { rule: 'FREQ=WEEKLY;BYDAY=FR', starts_on: '2026-12-04', desk: 'mito' },
    ])
    const first = await w.rows("select date, state from session where date < '2026-12-28' order by date")
    expect(first).toEqual([
      { date: '2026-12-04', state: 'published' },
      { date: '2026-12-11', state: 'published' },
      { date: '2026-12-18', state: 'skipped' },
      { date: '2026-12-25', state: 'published' },
    ])
    const again = await looked(await kept(text))
    expect(countsOf(again)).toMatchObject({ open: 0, made: 0, missing: 0 })
  })

  test('without hours or a date is published as undecided', async () => {
    await taken('茨城県 2026年12月9日(水) 時間未定 オンライン\n※茨城県は日程未定')
    expect(await w.rows('select date, starts_at from session order by date is null')).toMatchObject([
      { date: '2026-12-09', starts_at: null },
      { date: null, starts_at: null },
    ])
  })
})

describe('what a person must decide', () => {
  const FALSE = '茨城県 2026年12月9日(木) 10:00～12:00 オンライン'

  test('stops the whole schedule, and nothing is corrected silently', async () => {
    const id = await kept(`${FALSE}\n${TABLE}`)
    expect((await fates(id))[0]).toBe('open')
    expect(await takeIn(as(w, 'desk'), id)).toMatchObject({ ok: false, why: 'unclear' })
    expect(await w.rows('select id from session')).toEqual([])
  })

  test('is decided by one of the proposals, and the weekday that stood in print stays', async () => {
    const id = await kept(FALSE)
    const [row] = (await looked(id)).rows
    expect(row?.days[0]?.read.proposals).toContain('2026-12-10')
    await decide(id, await form(id, 0, { 'day.0': '2026-12-10' }))
    expect(await takeIn(as(w, 'desk'), id)).toMatchObject({ ok: true })
    expect(await w.rows('select date, printed_weekday from session')).toEqual([
      { date: '2026-12-10', printed_weekday: '木' },
    ])
  })

  test('is left out alone if only what is clear is wanted', async () => {
    const reading = read(rowsOf(`${FALSE}\n${TABLE}`), TODAY)
    const done = await takeInClear(as(w, 'desk'), reading, { name: 'table.txt' })
    if (!done.ok || done.id === null) throw new Error('nothing was taken in')
    expect(await w.column('select date from session order by date')).toEqual(['2026-12-08', '2026-12-15'])
    expect(await lines(w, done.id)).toMatchObject([{ act: 'intake.taken', detail: { series: 0, sessions: 2 } }])
    expect(await intakeById(as(w, 'desk'), done.id)).toMatchObject({ state: 'taken', name: 'table.txt' })
    expect(await takeOut(as(w, 'desk'), done.id)).toMatchObject({ ok: true, sessions: 2 })
  })

  test('are also the fields that a session needs: its form, its end', async () => {
    const id = await kept('茨城県 2026年12月8日(火) 14時～')
    const [row] = (await looked(id)).rows
    expect([row?.state, Object.keys(row?.faults ?? {}).toSorted()]).toEqual(['open', ['ends', 'formats']])
    await decide(id, await form(id, 0, { ends: '16:00', formats: ['online'] }))
    expect(await takeIn(as(w, 'desk'), id)).toMatchObject({ ok: true })
  })

  test('stays as typed if somebody saved the draft since', async () => {
    const id = await kept(FALSE)
    await decide(id, { ...(await form(id, 0, { 'day.0': 'leave' })), revision: '0' })
    expect(await decide(id, { ...(await form(id, 0)), revision: '0' })).toMatchObject({ ok: false, why: 'changed' })
  })

  test('is refused if the page showed something else', async () => {
    const id = await kept(TABLE)
    const shown = await fingerprint(intakeFields(await intakeById(as(w, 'desk'), id), await looked(id)))
    await taken(TABLE)
    expect(await takeIn(as(w, 'desk'), id, { shown })).toMatchObject({ ok: false, why: 'changed' })
  })
})

describe('an amended schedule', () => {
  test('shows the old and the new of each row, and the house is changed by its own acts only', async () => {
    await taken(TABLE)
    const amended = TABLE.replace('12月15日(火)\t10:00～12:00', '12月15日(火)\t13:00～15:00')
    const id = await kept(amended)
    const [, row] = (await looked(id)).rows
    expect(row?.days[0]?.changes).toEqual([
      { field: 'hours', from: '10:00–12:00', to: '13:00–15:00', act: 'reschedule' },
    ])
    expect(await takeIn(as(w, 'desk'), id)).toMatchObject({ ok: false, why: 'nothing' })
  })

  test('with a booked day moved leads to the act that tells who booked', async () => {
    await taken(TABLE)
    const session = await sessionOn('2026-12-15')
    await bookOn('2026-12-15')
    const id = await kept(TABLE.replace('12月15日(火)', '12月15日(火)→12月17日(木)へ延期'))
    const [, row] = (await looked(id)).rows
    expect(row?.days.map(({ fate }) => fate)).toEqual(['changed'])
    expect(row?.days[0]?.changes).toMatchObject([
      { field: 'date', from: '2026-12-15', to: '2026-12-17', act: 'reschedule' },
    ])
    const why = { reason_ja: '会場の都合', reason_en: 'The venue' }
    const done = await reschedule(as(w, 'desk'), session, { date: '2026-12-17', starts: null, ...why })
    expect(done.ok).toBe(true)
    expect(await w.column("select kind from outbox where kind = 'rescheduled'")).toEqual(['rescheduled'])
    expect(await fates(id)).toEqual(['same', 'same'])
  })

  test('asks whether a day that is gone moved to a new one beside it', async () => {
    await taken(TABLE)
    const id = await kept(TABLE.replace('12月15日(火)', '12月16日(水)'))
    const look = await looked(id)
    expect(look.rows[1]?.days[0]).toMatchObject({ fate: 'open', instead: { date: '2026-12-15' } })
    await decide(id, await form(id, 1, { 'as.0': 'move' }))
    expect((await looked(id)).rows[1]?.days[0]).toMatchObject({ fate: 'changed', changes: [{ to: '2026-12-16' }] })
    await decide(id, await form(id, 1, { 'as.0': 'new' }))
    expect(await looked(id)).toMatchObject({ rows: [{}, { makes: 'session' }], missing: [{ date: '2026-12-15' }] })
  })

  test('calls nothing off by itself: what it no longer has is listed', async () => {
    await taken(`${TABLE}\n茨城県\t2026年12月22日(火)\t10:00～12:00\tオンライン\t定員5名`)
    const id = await kept(TABLE.replace('12月15日', '12月22日'))
    expect((await looked(id)).missing.map(({ date }) => date)).toEqual(['2026-12-15'])
    expect(await w.column("select state from session where state <> 'published'")).toEqual([])
  })
})

describe('the way back', () => {
  test('takes out what nobody booked, and leaves what somebody did', async () => {
    const { id } = await taken(TABLE)
    await bookOn('2026-12-08')
    expect(await takeOut(as(w, 'desk'), id)).toMatchObject({ ok: true, sessions: 1, left: 1 })
    expect(await w.column('select date from session')).toEqual(['2026-12-08'])
    expect((await lines(w, id)).at(-1)).toMatchObject({ act: 'intake.taken_out' })
    expect(await takeOut(as(w, 'desk'), id)).toMatchObject({ ok: false, why: 'over' })
  })

  test('takes out a series with its days', async () => {
    const { id } = await taken('茨城県 2026年12月7日・14日 10:15-16:00 オンライン')
    expect(await takeOut(as(w, 'desk'), id)).toMatchObject({ ok: true, series: 1, left: 0 })
    for (const table of ['session', 'series', 'series_date']) expect(await w.rows(`select * from ${table}`)).toEqual([])
  })
})

describe('rights', () => {
  test('a schedule is for the desks, and belongs to who reads it in and the secretariat', async () => {
    expect(await mayDo(w, (ctx) => keepIntake(ctx, read(rowsOf(TABLE), TODAY), ''))).toEqual([
      'desk',
      'elsewhere',
      'secretariat',
      'system',
    ])
    const id = await kept(TABLE)
    await expect(takeIn(as(w, 'elsewhere'), id)).rejects.toThrow('intake')
    await expect(dropIntake(as(w, 'elsewhere'), id)).rejects.toThrow('intake')
    expect((await intakes(as(w, 'elsewhere'))).some((one) => one.id === id)).toBe(false)
    expect((await intakes(as(w, 'secretariat'))).some((one) => one.id === id)).toBe(true)
  })

  test('what is clear is taken in by the desks only, each at home', async () => {
    const reading = read(rowsOf(TABLE), TODAY)
    expect(await mayDo(w, (ctx) => takeInClear(ctx, reading, { name: '' }))).toEqual([
      'desk',
      'elsewhere',
      'secretariat',
      'system',
    ])
    expect(await w.column('select made_by from intake')).toEqual(['desk'])
  })

  test('rows of other prefectures are left out, and nothing of theirs is shown', async () => {
    const text = `${TABLE}\n東京都\t2026年12月8日(火)\t10:00～12:00\tオンライン\t定員5名`
    const id = await kept(text)
    expect((await looked(id)).rows.map(({ state }) => state)).toEqual(['ready', 'ready', 'foreign'])
    await takeIn(as(w, 'desk'), id)
    expect(await w.column('select distinct prefecture from session')).toEqual(['08'])
  })
})

test('a draft is forgotten 30 days after its last change, and what was taken in stays', async () => {
  const { id } = await taken(TABLE)
  w.at('2026-12-21T01:00:00.000Z')
  await forgetIntakes(w.system)
  expect(await w.column('select id from intake')).toEqual([id])
  w.at('2026-12-23T01:00:00.000Z')
  await forget(w.system)
  expect(await w.column('select id from intake')).toEqual([])
  expect(await w.rows('select id from session')).toHaveLength(2)
})

test('a draft is deleted without what was taken in', async () => {
  const { id } = await taken(TABLE)
  await dropIntake(as(w, 'desk'), id)
  expect(await w.column('select id from intake')).toEqual([])
  expect(await w.rows('select id from session')).toHaveLength(2)
})
