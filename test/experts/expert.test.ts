import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EXPERT_STATES } from '../../src/base/vocabulary.ts'
import { addAbsence } from '../../src/experts/add-absence.ts'
import { addExpert } from '../../src/experts/add-expert.ts'
import { dropAbsence } from '../../src/experts/drop-absence.ts'
import { editExpert } from '../../src/experts/edit-expert.ts'
import { mayBecomeExpert } from '../../src/experts/expert.ts'
import { leaveExpert } from '../../src/experts/leave-expert.ts'
import { absencesOf, expertById, experts, hoursOf, tiesOf } from '../../src/experts/queries.ts'
import { saveHours } from '../../src/experts/save-hours.ts'
import { saveTies } from '../../src/experts/save-ties.ts'
import { withLoads } from '../../src/matching/load.ts'
import { as, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { emptySchedule } from '../schedule/fixtures.ts'
import { NOW, type World } from '../world.ts'
import { account, expert, fields, offerWrite, request } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await emptySchedule()
})
afterEach(() => w.close())

/** The lines of an act. The clock stands still, so their order is by chance. */
const lines = (act: string) => w.rows('select subject, detail from journal where act = ? order by detail', act)

/** The command line, whose commits somebody else comes before once. */
const slow = (happens: () => unknown) => meanwhile({ ...w, ctx: w.system }, happens).ctx
const edited = (given: Record<string, unknown> = {}) => fields({ state: 'active', revision: 0, ...given })

describe('an expert is added', () => {
  test('with an account of that role, read as it was typed, and told by the journal without a name', async () => {
    await account(w, 'expert')
    expect(await addExpert(as(w, 'secretariat'), 'expert', fields())).toEqual({ ok: true, expert: 'expert' })
    expect(await expertById(w.ctx, 'expert')).toMatchObject({
      ...fields(),
      name_kana: 'センモン イチロウ',
      places: ['08', '09'],
      formats: ['online', 'visit'],
      topics: ['general', 'security'],
      most: 5,
      most_week: 3,
      travel_minutes: 60,
      taken: 0,
      state: 'active',
    })
    expect(await lines('expert.added')).toEqual([{ subject: 'expert', detail: '{}' }])
  })

  test.each<[string, Record<string, unknown>, Record<string, string>]>([
    ['no first day', { starts_on: '' }, { starts_on: 'required' }],
    ['no topic', { topics: [] }, { topics: 'required' }],
    ['a topic that is none', { topics: ['cooking'] }, { topics: 'choice' }],
    ['an industry that is none', { industries: ['Z'] }, { industries: 'choice' }],
    ['visits to nowhere', { places: [] }, { places: 'required' }],
    ['a prefecture that is none', { home: '48' }, { home: 'choice' }],
    ['an end before the start', { ends_on: '2026-03-31' }, { ends_on: 'choice' }],
    ['four hours on the way', { travel_minutes: 240 }, { travel_minutes: 'number' }],
    ['no room at all', { most: 0 }, { most: 'number' }],
    ['kanji as kana', { name_kana: '専門' }, { name_kana: 'kana' }],
  ])('is refused: %s', async (_, given, errors) => {
    await account(w, 'expert')
    expect(await addExpert(w.system, 'expert', fields(given))).toEqual({ ok: false, why: 'invalid', errors })
  })

  test('who advises by web alone needs no places; of all trades is one word', async () => {
    const id = await expert(w, 'expert', { formats: 'online', places: [], industries: '*' })
    expect(await expertById(w.ctx, id)).toMatchObject({ formats: ['online'], places: [], industries: '*' })
  })

  test('is refused for another role, for a closed account, and twice', async () => {
    await account(w, 'desk', 'desk')
    await expert(w)
    expect(await addExpert(w.system, 'desk', fields())).toEqual({ ok: false, why: 'role' })
    expect(await addExpert(w.system, 'expert', fields())).toEqual({ ok: false, why: 'twice' })
    await account(w, 'closed')
    await w.run("update account set state = 'closed' where id = 'closed'")
    expect(await addExpert(w.system, 'closed', fields())).toEqual({ ok: false, why: 'role' })
    await expect(addExpert(w.system, 'nobody', fields())).rejects.toThrow('account')
  })

  test('is refused as changed if somebody adds the same meanwhile', async () => {
    await account(w, 'expert')
    const ctx = slow(() => addExpert(w.system, 'expert', fields()))
    expect(await addExpert(ctx, 'expert', fields())).toEqual({ ok: false, why: 'changed' })
  })
})

describe('an expert is edited', () => {
  beforeEach(() => expert(w))

  test('and the journal names the fields; saved as it was, nothing changes', async () => {
    expect(await editExpert(w.system, 'expert', edited({ most: 2, home: '09' }))).toMatchObject({ ok: true })
    expect(await expertById(w.ctx, 'expert')).toMatchObject({ most: 2, home: '09', revision: 1 })
    expect(await lines('expert.edited')).toEqual([{ subject: 'expert', detail: '{"fields":["home","most"]}' }])
    const same = edited({ most: 2, home: '09', revision: 1 })
    expect(await editExpert(w.system, 'expert', same)).toMatchObject({ ok: true })
    expect(await expertById(w.ctx, 'expert')).toMatchObject({ revision: 1 })
  })

  test('paused until a day, and active again', async () => {
    await editExpert(w.system, 'expert', edited({ state: 'paused', paused_until: '2026-12-31' }))
    expect(await expertById(w.ctx, 'expert')).toMatchObject({ state: 'paused', paused_until: '2026-12-31' })
    await editExpert(w.system, 'expert', edited({ state: 'active', paused_until: '2026-12-31', revision: 1 }))
    expect(await expertById(w.ctx, 'expert')).toMatchObject({ state: 'active', paused_until: null })
  })

  test('is refused below what is open, as changed, and for a state that only another act gives', async () => {
    await request(w, 'r1')
    await request(w, 'r2')
    for (const id of ['r1', 'r2']) {
      const write = offerWrite(w, { request: id, expert: 'expert', id: `m ${id}` })
      await w.ctx.store.commit(...withLoads(w.ctx, ['expert'], write))
    }
    expect(await editExpert(w.system, 'expert', edited({ most: 1 }))).toEqual({ ok: false, why: 'most' })
    expect(await editExpert(w.system, 'expert', edited({ revision: 7 }))).toEqual({ ok: false, why: 'changed' })
    const left = await editExpert(w.system, 'expert', edited({ state: 'left' }))
    expect(left).toEqual({ ok: false, why: 'invalid', errors: { state: 'choice' } })
    const ctx = slow(() => editExpert(w.system, 'expert', edited({ most: 9 })))
    expect(await editExpert(ctx, 'expert', edited({ most: 8 }))).toEqual({ ok: false, why: 'changed' })
  })
})

describe('an expert leaves', () => {
  beforeEach(() => expert(w))

  test('for good, without hours and absences, and stands last in the list', async () => {
    await expert(w, 'other', { name_kana: 'ワタナベ' })
    await saveHours(w.system, 'expert', { revision: 0, hours: [{ weekday: 1, starts: '10:00', ends: '12:00' }] })
    await addAbsence(w.system, 'expert', { from: '2026-12-01', to: '2026-12-02' })
    expect(await leaveExpert(w.system, 'expert', { on: '2026-12-31', revision: 1 })).toMatchObject({ ok: true })
    expect(await expertById(w.ctx, 'expert')).toMatchObject({ state: 'left', ends_on: '2026-12-31' })
    expect([await hoursOf(w.ctx, 'expert'), await absencesOf(w.ctx, 'expert', NOW)]).toEqual([[], []])
    expect((await experts(w.ctx)).map(({ id }) => id)).toEqual(['other', 'expert'])
    const left = { ok: false, why: 'left' }
    expect(await leaveExpert(w.system, 'expert', { on: '2026-12-31', revision: 2 })).toEqual(left)
    expect(await editExpert(w.system, 'expert', edited({ revision: 2 }))).toEqual(left)
    expect(await saveHours(w.system, 'expert', { revision: 2, hours: [] })).toEqual(left)
    expect(await saveTies(w.system, 'expert', { revision: 2, ties: [] })).toEqual(left)
    expect(await addAbsence(w.system, 'expert', { from: '2026-12-01', to: '2026-12-02' })).toEqual(left)
  })

  test('not with something open, not before the first day, and not if an offer comes meanwhile', async () => {
    await request(w, 'r')
    const offer = () =>
      w.ctx.store.commit(...withLoads(w.ctx, ['expert'], offerWrite(w, { request: 'r', expert: 'expert', id: 'm' })))
    const early = await leaveExpert(w.system, 'expert', { on: '2026-03-31', revision: 0 })
    expect(early).toEqual({ ok: false, why: 'invalid', errors: { on: 'choice' } })
    const ctx = slow(offer)
    expect(await leaveExpert(ctx, 'expert', { on: '2026-12-31', revision: 0 })).toEqual({ ok: false, why: 'changed' })
    expect(await leaveExpert(w.system, 'expert', { on: '2026-12-31', revision: 0 })).toEqual({
      ok: false,
      why: 'cases',
    })
  })

  test('and no other step than these leads anywhere', () => {
    const steps = EXPERT_STATES.flatMap((from) =>
      EXPERT_STATES.filter((to) => mayBecomeExpert(from, to)).map((to) => `${from} ${to}`),
    )
    expect(steps).toEqual(['active paused', 'active left', 'paused active', 'paused left'])
  })
})

describe('an expert says when', () => {
  beforeEach(() => expert(w))
  const week = [
    { weekday: 1, starts: '10:00', ends: '12:00' },
    { weekday: 1, starts: '12:00', ends: '17:00' },
    { weekday: 5, starts: '09:30', ends: '11:00' },
  ]

  test('in which hours of a week, each time all of them', async () => {
    expect(await saveHours(as(w, 'expert'), 'expert', { revision: 0, hours: week })).toMatchObject({ ok: true })
    expect(await hoursOf(w.ctx, 'expert')).toEqual(week.map((one) => ({ expert: 'expert', ...one })))
    expect(await saveHours(as(w, 'expert'), 'expert', { revision: 1, hours: week.slice(2) })).toMatchObject({
      ok: true,
    })
    expect(await hoursOf(w.ctx, 'expert')).toHaveLength(1)
    expect((await lines('expert.hours_saved')).map(({ detail }) => detail)).toEqual(['{"hours":1}', '{"hours":3}'])
  })

  test.each([
    ['hours that overlap', [...week, { weekday: 1, starts: '11:00', ends: '13:00' }]],
    ['the same hours twice', [...week, ...week]],
    ['hours that end before they start', [{ weekday: 1, starts: '12:00', ends: '12:00' }]],
    ['an eighth day', [{ weekday: 7, starts: '10:00', ends: '12:00' }]],
    ['a time that is none', [{ weekday: 1, starts: '25:00', ends: '26:00' }]],
  ])('not %s', async (_, hours) => {
    expect(await saveHours(w.system, 'expert', { revision: 0, hours })).toMatchObject({ ok: false, why: 'invalid' })
  })

  test('on which days they are away, in days of Japan, and takes it back once', async () => {
    const done = await addAbsence(as(w, 'expert'), 'expert', { from: '2026-12-01', to: '2026-12-02' })
    const id = done.ok ? done.absence : ''
    expect(await absencesOf(w.ctx, 'expert', NOW)).toMatchObject([
      { id, starts_at: '2026-11-30T15:00:00.000Z', ends_at: '2026-12-02T15:00:00.000Z', source: 'hand' },
    ])
    await expert(w, 'other')
    await expect(dropAbsence(w.system, 'other', id)).rejects.toThrow('absence')
    expect(await dropAbsence(as(w, 'expert'), 'expert', id)).toEqual({ ok: true, absence: id })
    await expect(dropAbsence(as(w, 'expert'), 'expert', id)).rejects.toThrow('absence')
  })

  test('an absence of today counts; one that is over, ends before it begins or lasts years is refused', async () => {
    expect(await addAbsence(w.system, 'expert', { from: '2026-11-22', to: '2026-11-22' })).toMatchObject({ ok: true })
    for (const [from, to] of [
      ['2026-11-20', '2026-11-21'],
      ['2026-12-02', '2026-12-01'],
      ['2026-12-01', '2028-12-01'],
    ]) {
      const done = await addAbsence(w.system, 'expert', { from, to })
      expect(done).toEqual({ ok: false, why: 'invalid', errors: { to: 'choice' } })
    }
    const none = await addAbsence(w.system, 'expert', { from: '', to: '2026-13-01' })
    expect(none).toEqual({ ok: false, why: 'invalid', errors: { from: 'required', to: 'choice' } })
  })
})

test('an expert says to which firms they are tied; only numbers and folded names are kept', async () => {
  await expert(w)
  await w.run(
    `insert into affiliation (id, expert, corporate_number, name_key, until, kind, created_at)
      values ('own', 'expert', '', '下関商店', null, 'declared', ?)`,
    NOW,
  )
  const ties = [
    { company: '(株)水戸建設', kind: 'client', until: '2027-03-31' },
    { corporate_number: '7000-0120-50002', kind: 'employer' },
  ]
  expect(await saveTies(as(w, 'expert'), 'expert', { revision: 0, ties })).toMatchObject({ ok: true })
  const kept = (await tiesOf(w.ctx, 'expert')).map(({ corporate_number, name_key, kind }) => ({
    corporate_number,
    name_key,
    kind,
  }))
  expect(kept.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
    { corporate_number: '', name_key: '⟨株⟩水戸建設', kind: 'client' },
    { corporate_number: '', name_key: '下関商店', kind: 'declared' },
    { corporate_number: '7000012050002', name_key: '', kind: 'employer' },
  ])
  const again = [ties[0], { company: '株式会社 水戸建設', kind: 'stake' }]
  expect(await saveTies(w.system, 'expert', { revision: 1, ties: again })).toEqual({ ok: false, why: 'twice' })
  const none = await saveTies(w.system, 'expert', { revision: 1, ties: [{ kind: 'client' }] })
  expect(none).toMatchObject({ ok: false, why: 'invalid' })
  expect(await lines('expert.ties_saved')).toEqual([{ subject: 'expert', detail: '{"firms":2}' }])
})

describe('who may', () => {
  test('add, edit and end experts: the secretariat and the command line', async () => {
    const may = ['secretariat', 'system']
    expect(await mayDo(w, (ctx) => addExpert(ctx, 'expert', {}))).toEqual(may)
    expect(await mayDo(w, (ctx) => editExpert(ctx, 'expert', {}))).toEqual(may)
    expect(await mayDo(w, (ctx) => leaveExpert(ctx, 'expert', {}))).toEqual(may)
  })

  test('say when they advise: the expert themselves too, and of nobody else', async () => {
    const may = ['expert', 'secretariat', 'system']
    expect(await mayDo(w, (ctx) => saveHours(ctx, 'expert', {}))).toEqual(may)
    expect(await mayDo(w, (ctx) => saveTies(ctx, 'expert', {}))).toEqual(may)
    expect(await mayDo(w, (ctx) => addAbsence(ctx, 'expert', {}))).toEqual(may)
    expect(await mayDo(w, (ctx) => saveHours(ctx, 'other', {}))).toEqual(may.slice(1))
    await expert(w)
    const id = async () => {
      const done = await addAbsence(w.system, 'expert', { from: '2026-12-01', to: '2026-12-02' })
      return done.ok ? done.absence : ''
    }
    expect(await mayDo(w, async (ctx) => dropAbsence(ctx, 'expert', await id()))).toEqual(may)
  })
})
