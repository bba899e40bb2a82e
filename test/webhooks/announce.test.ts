import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WEBHOOK_TYPES } from '../../src/base/vocabulary.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { convert } from '../../src/changes/convert.ts'
import { convertBack } from '../../src/changes/convert-back.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { closeDay } from '../../src/planning/closures/close-day.ts'
import { editSession } from '../../src/planning/edit-session.ts'
import { plan } from '../../src/planning/plan.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { skip } from '../../src/planning/skip.ts'
import { undo } from '../../src/planning/undo-session.ts'
import { unskip } from '../../src/planning/unskip.ts'
import { expectNone } from '../../src/store/expectation.ts'
import { note } from '../../src/store/journal.ts'
import { tellPlaces } from '../../src/webhooks/tell-places.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { sessionForm } from '../planning/forms.ts'
import { desk as office, seminar } from '../schedule/fixtures.ts'
import { application, MITO, type World } from '../world.ts'
import { deliveries, webhook } from './fixtures.ts'

const WHY = { reason_ja: '大雪のため', reason_en: 'heavy snow' }
const URL = 'http://127.0.0.1:9/hook'
const ALL = { types: [...WEBHOOK_TYPES] }

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

/** What webhooks heard since the last call: type, session, and its SEQUENCE. */
function hearing() {
  const seen = new Set<string>()
  return async () => {
    const fresh = (await deliveries(w)).filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.add(id)
    return fresh.map(({ type, session, sequence }) => [type, session, sequence])
  }
}

const sequenceOf = async (id: string) => (await w.column<number>('select sequence from session where id = ?', id))[0]

describe('what happens to a session', () => {
  test('is told by the act that causes it, once each, with its SEQUENCE after it', async () => {
    await webhook(w, URL, ALL)
    const heard = hearing()
    const desk = asDesk(w, '08')
    const acts: [string, () => Promise<{ ok: boolean }>][] = [
      ['session.called_off', () => callOff(desk, MITO, WHY)],
      ['session.opened', () => holdAgain(desk, MITO, WHY)],
      ['session.converted', () => convert(desk, MITO, { into: 'online', ...WHY })],
      ['session.converted', () => convertBack(desk, MITO, WHY)],
      ['session.rescheduled', () => reschedule(desk, MITO, { date: '2026-11-30', starts: '11:00', ...WHY })],
      ['session.postponed', () => reschedule(desk, MITO, { date: '', starts: null, ...WHY })],
    ]
    for (const [type, act] of acts) {
      expect([type, await act()]).toMatchObject([type, { ok: true }])
      expect(await heard()).toEqual([[type, MITO, await sequenceOf(MITO)]])
    }
  })

  test('is told of planning too: edited, left out, taken back, opened', async () => {
    await webhook(w, URL, ALL)
    const heard = hearing()
    const desk = asDesk(w, '08')
    const id = 'ibaraki-2026-12-04'
    const edit = () => editSession(desk, id, sessionForm({ title_ja: '別の名前', date: '2026-12-04', revision: '0' }))
    const acts: [string, () => Promise<{ ok: boolean }>][] = [
      ['session.changed', edit],
      ['session.changed', () => undo(desk, id)],
      ['session.changed', () => skip(desk, id, WHY)],
      ['session.opened', () => unskip(desk, id)],
    ]
    for (const [type, act] of acts) {
      expect([type, await act()]).toMatchObject([type, { ok: true }])
      expect(await heard()).toEqual([[type, id, await sequenceOf(id)]])
    }
    await publishSession(w.system, seminar({ id: 'another', date: '2026-12-11' }))
    expect(await heard()).toEqual([['session.opened', 'another', 0]])
  })

  test('is told of each session that an act on many changed or made, and of no other', async () => {
    await webhook(w, URL, ALL)
    const heard = hearing()
    w.at('2026-11-22T02:00:00.000Z') // what was made at the same moment would count as made by this commit
    const closing = { date: '2026-12-11', scope: '08', state: 'confirmed', ...WHY }
    expect(await closeDay(asDesk(w, '08'), closing)).toMatchObject({ ok: true })
    const id = 'ibaraki-2026-12-11'
    expect(await heard()).toEqual([['session.changed', id, await sequenceOf(id)]])
    w.at('2026-11-29T01:00:00.000Z')
    const { made } = await plan(w.system)
    const opened = await heard()
    expect(opened).toHaveLength(made)
    expect(new Set(opened.map(([type]) => type))).toEqual(new Set(['session.opened']))
    await plan(w.system)
    expect(await heard()).toEqual([])
  })

  test('is told only to active webhooks of its desk that want it; samples are told to nobody', async () => {
    await webhook(w, URL, { types: ['session.postponed'] })
    const own = await webhook(w, URL, { desk: 'mito' })
    const paused = await webhook(w, URL)
    await w.run("update webhook set state = 'paused' where id = ?", paused.id)
    await addDesk(w.system, office({ id: 'other' }))
    await webhook(w, URL, { desk: 'other' })
    await callOff(w.system, MITO, WHY)
    expect((await deliveries(w)).map(({ webhook: of }) => of)).toEqual([own.id])
    await w.run("update session set sample = 1 where id = 'ibaraki-2026-12-04'")
    await callOff(w.system, 'ibaraki-2026-12-04', WHY)
    expect(await deliveries(w)).toHaveLength(1)
  })

  test('is told of in the commit that causes it, or not at all', async () => {
    await webhook(w, URL, ALL)
    const broken = expectNone(w.system, w.ctx.store.db.selectFrom('session').select('id'))
    const told = note(w.system, 'session.called_off', MITO)
    expect(await w.ctx.store.commit(told, broken)).toEqual({ ok: false, broke: 'still_true' })
    expect(await deliveries(w)).toEqual([])
    expect(await w.ctx.store.commit(told)).toEqual({ ok: true, changed: [1] })
    expect(await deliveries(w)).toMatchObject([{ type: 'session.called_off', session: MITO, state: 'waiting' }])
  })
})

describe('places', () => {
  test('that are taken or free again are told once, and not while nobody asks', async () => {
    const slots = ['1000', '1000', '1100', '1100', '1300'].map((slot) => application({ slot: `${MITO}-${slot}` }))
    const first: { id: string; token: string }[] = []
    for (const given of slots) first.push(await booked(w, given))
    expect(await tellPlaces(w.system)).toEqual({ ok: true, told: 0 })
    await webhook(w, URL, { types: ['session.full', 'session.free'] })
    const heard = hearing()
    expect(await tellPlaces(w.system)).toEqual({ ok: true, told: 1 })
    expect(await heard()).toEqual([['session.full', MITO, 0]])
    expect(await tellPlaces(w.system)).toEqual({ ok: true, told: 0 })
    await cancel(w.ctx, { token: first[0]?.token ?? '' })
    const both = await Promise.all([tellPlaces(w.system), tellPlaces(w.system)])
    expect(both.reduce((sum, { told }) => sum + told, 0)).toBe(1)
    expect(await heard()).toEqual([['session.free', MITO, 0]])
  })
})
