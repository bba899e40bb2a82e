import { afterEach, beforeEach, expect, test } from 'vitest'
import { assignAdvisers } from '../../src/advisers/assign.ts'
import { addAccount } from '../../src/people/add-account.ts'
import { assignSeries, dutiesOfMade, dutyAlong, seriesDutyCopies } from '../../src/planning/advisers/assign-series.ts'
import { copyProgramme } from '../../src/planning/copy-programme.ts'
import { plan } from '../../src/planning/plan.ts'
import { asDesk } from '../booking/desk.ts'
import { mito } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { MITO, type World } from '../world.ts'

let w: World
let expert: string
beforeEach(async () => {
  w = await mito()
  const added = await addAccount(w.system, { email: 'expert@example.jp', name: '専門 一郎', role: 'expert' })
  expert = added.ok ? added.account : ''
})
afterEach(() => w.close())

const ahead = () =>
  w.column<number | string>(
    "select count(*) from session where series = 'ibaraki' and state = 'published' and date >= '2026-11-22'",
  )
const desk = () => asDesk(w, '08')

test('all coming dates get the adviser; a date on which they are elsewhere stays, and what is left empty stays', async () => {
  await w.run(`update session set date = '2026-12-04', prefecture = '08', starts_at = '2026-12-04T01:00:00.000Z',
    ends_at = '2026-12-04T02:00:00.000Z' where id = 'seminar'`)
  await assignAdvisers(w.system, 'seminar', { revision: 0, whole: { adviser: expert } })
  await assignAdvisers(desk(), MITO, { revision: 0, whole: { name: '海野 次郎', room: '相談室1' } })
  const [count = 0] = await ahead()
  expect(await assignSeries(desk(), 'ibaraki', { adviser: expert, name: '', room: '' })).toEqual({
    ok: true,
    sessions: Number(count) - 1,
    left: ['ibaraki-2026-12-04'],
  })
  expect(await w.rows('select adviser, name, room from duty where id = ?', MITO)).toEqual([
    { adviser: expert, name: '', room: '相談室1' },
  ])
  expect(await w.column("select act from journal where act = 'series.assigned'")).toHaveLength(1)
})

test('dates that are made later get them too, unless the adviser is elsewhere by then', async () => {
  await assignSeries(desk(), 'ibaraki', { adviser: expert, room: '相談室1' })
  await w.run(
    "update session set prefecture = '08', date = '2027-02-26', starts_at = '2027-02-26T01:00:00.000Z', ends_at = '2027-02-26T02:00:00.000Z' where id = 'seminar'",
  )
  await assignAdvisers(w.system, 'seminar', { revision: 0, whole: { adviser: expert } })
  w.at('2026-11-30T01:00:00.000Z')
  await plan(w.system)
  expect(await w.rows("select id, adviser, room from duty where id > 'ibaraki-2027-02-19' order by id")).toEqual([
    { id: 'seminar', adviser: expert, room: '' },
  ])
  w.at('2026-12-07T01:00:00.000Z')
  await plan(w.system)
  expect(await w.rows("select id, adviser, room from duty where id > 'ibaraki-2027-02-19' order by id")).toEqual([
    { id: 'ibaraki-2027-03-05', adviser: expert, room: '相談室1' },
    { id: 'seminar', adviser: expert, room: '' },
  ])
  expect((await dutiesOfMade(w.system, [])).size).toBe(0)
})

test('a date that somebody else assigns meanwhile keeps what they said', async () => {
  const other = meanwhile(w, async () => {
    await assignAdvisers(w.system, MITO, { revision: 0, whole: { name: '海野 次郎' } })
  })
  expect(await assignSeries(asDesk(other, '08'), 'ibaraki', { adviser: expert })).toMatchObject({
    ok: true,
    left: [MITO],
  })
  expect(await w.column('select name from duty where id = ?', MITO)).toEqual(['海野 次郎'])
})

test('of two people who assign a series at once the second is refused', async () => {
  const other = meanwhile(w, async () => {
    await assignSeries(w.system, 'ibaraki', { room: '相談室1' })
  })
  expect(await assignSeries(asDesk(other, '08'), 'ibaraki', { room: '相談室2' })).toEqual({ ok: false, why: 'changed' })
  expect(new Set(await w.column('select room from duty'))).toEqual(new Set(['相談室1']))
})

test('nothing, an unknown account and the desk of elsewhere are refused', async () => {
  expect(await assignSeries(desk(), 'ibaraki', { adviser: '', name: '', room: '' })).toEqual({
    ok: false,
    why: 'empty',
  })
  expect(await assignSeries(desk(), 'ibaraki', { adviser: 'nobody' })).toMatchObject({ errors: { adviser: 'choice' } })
  await expect(assignSeries(asDesk(w, '13'), 'ibaraki', {})).rejects.toThrow('only for the desk of this prefecture')
  await expect(assignSeries(desk(), 'nothing', {})).rejects.toThrow('series')
})

test('the next fiscal year begins with them, but without an account that is closed by then', async () => {
  await w.run("update series set until = '2027-03-31'")
  await assignSeries(desk(), 'ibaraki', { adviser: expert, room: '相談室1' })
  expect(await copyProgramme(w.system)).toMatchObject({ ok: true })
  expect(await w.rows("select series, adviser, room from duty where id = 'ibaraki-fy2027'")).toEqual([
    { series: 'ibaraki-fy2027', adviser: expert, room: '相談室1' },
  ])
  await w.run("delete from duty where id = 'ibaraki-fy2027'")
  await w.run("update account set state = 'closed' where id = ?", expert)
  expect(await seriesDutyCopies(w.system, new Map([['ibaraki', 'ibaraki-fy2027']]))).toEqual([])
})

test('a copy takes the adviser along, the room only in the same venue, and nobody who is closed', async () => {
  await assignSeries(desk(), 'ibaraki', { adviser: expert, room: '相談室1' })
  const [venue = null] = await w.column<string | null>("select venue from series where id = 'ibaraki'")
  const along = (place: string | null) => dutyAlong(desk(), 'ibaraki', { prefecture: '08', venue: place })
  expect(await along(venue)).toMatchObject({ adviser: expert, room: '相談室1' })
  expect((await along('elsewhere'))?.room ?? '').toBe('')
  await w.run("update account set state = 'closed' where id = ?", expert)
  expect((await along(venue))?.adviser ?? '').toBe('')
  expect(await dutyAlong(desk(), 'nothing', { prefecture: '08', venue })).toBeNull()
})

test('no date is left without its adviser, wherever planning is killed', async () => {
  await assignSeries(desk(), 'ibaraki', { adviser: expert, room: '相談室1' })
  w.at('2026-12-07T01:00:00.000Z')
  const made = () => w.column("select id from session where id = 'ibaraki-2027-03-05'")
  const { store } = w.system
  const commit: typeof store.commit = async (...writes) => {
    if ((await made()).length > 0) throw new Error('killed')
    return store.commit(...writes)
  }
  await expect(plan({ ...w.system, store: { ...store, commit } })).rejects.toThrow('killed')
  expect(await made()).toHaveLength(1)
  await plan(w.system)
  expect(await w.column("select adviser from duty where id = 'ibaraki-2027-03-05'")).toEqual([expert])
  expect(await w.column("select holder from busy where session = 'ibaraki-2027-03-05'")).not.toEqual([])
})
