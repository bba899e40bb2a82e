import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assignAdvisers } from '../../src/advisers/assign.ts'
import { dutiesOfAccount } from '../../src/advisers/queries.ts'
import { attend } from '../../src/booking/attend.ts'
import { consultationOf, partiesAt } from '../../src/consultation/queries.ts'
import { saveConsultation } from '../../src/consultation/save.ts'
import type { Ctx } from '../../src/context.ts'
import { addAccount } from '../../src/people/add-account.ts'
import { erase } from '../../src/retention/erase.ts'
import { forget } from '../../src/retention/forget.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { everything } from '../everything.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, MITO, type World } from '../world.ts'

let w: World
let booking: { id: string; token: string }
beforeEach(async () => {
  w = await mito()
  booking = await booked(w, application({ slot: `${MITO}-1000` }))
  w.at('2026-11-27T02:00:00.000Z')
})
afterEach(() => w.close())

const desk = () => asDesk(w, '08')
const DRAFT = { state: 'draft', topics: ['ict'], advised: '髙﨑社長に助言', next_step: '', minutes: '' }
const FINAL = { ...DRAFT, state: 'final', next_step: '見積もりを取る', minutes: '４５' }

const lines = () => w.column<string>("select detail from journal where act = 'booking.recorded' order by detail")

test('a draft may be incomplete; the record needs the advice and the minutes, and each change of it is a line', async () => {
  expect(await saveConsultation(desk(), booking.id, DRAFT)).toEqual({
    ok: true,
    booking: booking.id,
    revision: 1,
    state: 'draft',
    attended: false,
  })
  expect(await saveConsultation(desk(), booking.id, { ...DRAFT, revision: '1', advised: '' })).toMatchObject({
    revision: 2,
  })
  expect(await saveConsultation(desk(), booking.id, { state: 'final', revision: '2' })).toEqual({
    ok: false,
    why: 'invalid',
    errors: { advised: 'required', minutes: 'required' },
  })
  expect(await saveConsultation(desk(), booking.id, { ...FINAL, revision: '2' })).toMatchObject({ state: 'final' })
  expect(await saveConsultation(desk(), booking.id, { ...FINAL, revision: '3', minutes: '50' })).toMatchObject({
    ok: true,
  })
  expect(await consultationOf(w.ctx, booking.id)).toMatchObject({
    topics: 'ict',
    minutes: 50,
    next_step: '見積もりを取る',
  })
  expect(await lines()).toEqual([
    '{"state":"draft","fields":[]}',
    '{"state":"final","fields":["advised","next_step","minutes","state"]}',
    '{"state":"final","fields":["minutes"]}',
  ])
})

test('what is final does not become a draft again, and the same once more changes nothing', async () => {
  await saveConsultation(desk(), booking.id, FINAL)
  expect(await saveConsultation(desk(), booking.id, { ...FINAL, revision: '1', state: 'draft' })).toMatchObject({
    state: 'final',
    revision: 1,
  })
  expect(await lines()).toHaveLength(1)
})

test('the record marks as attended who was not marked yet; a draft does not', async () => {
  const status = () => w.column('select status from booking where id = ?', booking.id)
  await saveConsultation(desk(), booking.id, DRAFT)
  expect(await status()).toEqual(['booked'])
  expect(await saveConsultation(desk(), booking.id, { ...FINAL, revision: '1' })).toMatchObject({ attended: true })
  expect(await status()).toEqual(['attended'])
  await attend(desk(), booking.id, 'booked')
  expect(await saveConsultation(desk(), booking.id, { ...FINAL, revision: '2' })).toMatchObject({ attended: true })
  expect(await status()).toEqual(['attended'])
  expect(await w.column("select act from journal where subject = ? and act like '%attended'", booking.id)).toHaveLength(
    2,
  )
})

describe('refused', () => {
  test('before it has begun, also on its day and for people who are there', async () => {
    w.at('2026-11-27T00:59:59.999Z')
    expect(await saveConsultation(desk(), booking.id, DRAFT)).toMatchObject({ why: 'early' })
    await attend(desk(), booking.id, 'attended')
    expect(await saveConsultation(desk(), booking.id, FINAL)).toMatchObject({ why: 'early' })
    w.at('2026-11-27T01:00:00.000Z')
    expect(await saveConsultation(desk(), booking.id, FINAL)).toMatchObject({ ok: true })
  })

  test('on a day without hours: before that day', async () => {
    await w.run('update session set starts_at = null, ends_at = null where id = ?', MITO)
    await w.run('update booking set slot = null where id = ?', booking.id)
    w.at('2026-11-26T14:59:59.999Z')
    expect(await saveConsultation(desk(), booking.id, DRAFT)).toMatchObject({ why: 'early' })
    w.at('2026-11-26T15:00:00.000Z')
    expect(await saveConsultation(desk(), booking.id, DRAFT)).toMatchObject({ ok: true })
  })

  test('for people who did not come; what was written before stays', async () => {
    await saveConsultation(desk(), booking.id, FINAL)
    await attend(desk(), booking.id, 'absent')
    const more = { ...FINAL, revision: '1', advised: '別の助言' }
    expect(await saveConsultation(desk(), booking.id, more)).toMatchObject({ why: 'absent' })
    expect(await consultationOf(w.ctx, booking.id)).toMatchObject({ state: 'final', advised: FINAL.advised })
    await attend(desk(), booking.id, 'attended')
    expect(await saveConsultation(desk(), booking.id, more)).toMatchObject({ ok: true })
  })

  test('if they are marked as absent while it is typed', async () => {
    const slower = meanwhile(w, () => attend(desk(), booking.id, 'absent'))
    expect(await saveConsultation(asDesk(slower, '08'), booking.id, FINAL)).toMatchObject({ why: 'absent' })
    expect(await w.rows('select * from consultation')).toEqual([])
  })

  test('for people who have no place, and for faulty fields', async () => {
    const faulty = { ...DRAFT, advised: 'あ'.repeat(4001), minutes: '601', topics: ['golf'] }
    expect(await saveConsultation(desk(), booking.id, faulty)).toMatchObject({
      errors: { advised: 'long', minutes: 'number', topics: 'choice' },
    })
    await w.run("update booking set status = 'cancelled' where id = ?", booking.id)
    expect(await saveConsultation(desk(), booking.id, DRAFT)).toMatchObject({ why: 'nobody' })
  })

  test('if somebody else saved it since: the first time, and later', async () => {
    const first = () => saveConsultation(desk(), booking.id, { ...DRAFT, advised: '先の人' })
    const slower = meanwhile(w, first)
    expect(await saveConsultation(asDesk(slower, '08'), booking.id, DRAFT)).toMatchObject({ why: 'changed' })
    const second = () => saveConsultation(desk(), booking.id, { ...DRAFT, advised: '次の人', revision: '1' })
    const late = asDesk(meanwhile(w, second), '08')
    expect(await saveConsultation(late, booking.id, { ...DRAFT, revision: '1' })).toMatchObject({ why: 'changed' })
    expect(await w.column('select advised from consultation')).toEqual(['次の人'])
  })

  test('if the person is erased while it is typed: nothing of it is kept', async () => {
    const slower = meanwhile(w, () => erase(w.ctx, { token: booking.token }))
    expect(await saveConsultation(asDesk(slower, '08'), booking.id, FINAL)).toMatchObject({ why: 'erased' })
    expect(await w.rows('select * from consultation')).toEqual([])
    expect(await saveConsultation(desk(), booking.id, FINAL)).toMatchObject({ why: 'erased' })
  })
})

describe('for the desk of its prefecture and for who advises at its place', () => {
  let account: string
  let expert: Ctx
  beforeEach(async () => {
    const added = await addAccount(w.system, { email: 'expert@example.jp', name: '専門 一郎', role: 'expert' })
    account = added.ok ? added.account : ''
    expert = { ...w.ctx, actor: { kind: 'staff', id: account, role: 'expert', prefectures: [] } }
  })
  const assigned = (slot: string) =>
    assignAdvisers(w.system, MITO, {
      revision: 0,
      whole: {},
      slots: { [slot]: { adviser: account } },
    })

  test('others are refused', async () => {
    const viewer: Ctx = { ...w.ctx, actor: { kind: 'staff', id: 'v', role: 'viewer', prefectures: ['08'] } }
    for (const other of [asDesk(w, '13'), viewer, expert, w.ctx]) {
      await expect(saveConsultation(other, booking.id, DRAFT)).rejects.toThrow('only for the desk of this prefecture')
    }
    await assigned(`${MITO}-1100`)
    await expect(saveConsultation(expert, booking.id, DRAFT)).rejects.toThrow('only for the desk of this prefecture')
  })

  test('an adviser finds who comes at the own times, and records it', async () => {
    await assigned(`${MITO}-1000`)
    expect(await saveConsultation(expert, booking.id, FINAL)).toMatchObject({ ok: true })
    expect(await consultationOf(expert, booking.id)).toMatchObject({ author: account, author_name: '専門 一郎' })
    const times = await partiesAt(expert, await dutiesOfAccount(expert, account, '2026-11-27', '2026-11-27'))
    expect(times.map(({ slot, parties }) => [slot, parties.map(({ record }) => record)])).toEqual([
      [`${MITO}-1000`, ['final']],
    ])
  })
})

describe('goes with the person, and its count stays', () => {
  const left = () => w.rows('select state, topics, minutes, advised, next_step from consultation')
  const COUNTED = [{ state: 'final', topics: 'ict', minutes: 45, advised: '', next_step: '' }]

  test('erased at their own request', async () => {
    await saveConsultation(desk(), booking.id, FINAL)
    w.at('2026-11-28T00:00:00.000Z')
    expect(await erase(w.ctx, { token: booking.token })).toMatchObject({ ok: true })
    expect(await left()).toEqual(COUNTED)
  })

  test('forgotten after the retention period, with the names of who advised', async () => {
    const revision = (await w.column<number>('select revision from session where id = ?', MITO))[0]
    await assignAdvisers(w.system, MITO, { revision, whole: { name: '髙橋 花子' } })
    await saveConsultation(desk(), booking.id, FINAL)
    w.at('2028-03-31T15:00:00.000Z')
    await forget(w.system)
    expect(await left()).toEqual(COUNTED)
    const { consultation = [], duty = [], busy = [] } = await everything(w)
    expect(JSON.stringify([consultation, duty, busy])).not.toMatch(/髙|高橋/)
  })
})
