import { afterEach, beforeEach, expect, test } from 'vitest'
import { assignAdvisers } from '../../src/advisers/assign.ts'
import { attend } from '../../src/booking/attend.ts'
import { saveConsultation } from '../../src/consultation/save.ts'
import { cameIn, recordStates, unwritten } from '../../src/consultation/unwritten.ts'
import type { Ctx } from '../../src/context.ts'
import { as } from '../acts.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { application, MITO, type World } from '../world.ts'

let w: World
let booking: { id: string }
beforeEach(async () => {
  w = await mito()
  booking = await booked(w, application({ slot: `${MITO}-1000` }))
  w.at('2026-11-27T02:00:00.000Z')
})
afterEach(() => w.close())

const desk = () => asDesk(w, '08')
const left = async (ctx: Ctx = desk()) => (await unwritten(ctx, '2026-11-13')).map(({ id, record }) => [id, record])

/** Says who advises in a slot, or in the whole session. */
async function advised(slot: string | null) {
  const duty = { name: '海野 次郎' }
  const [revision] = await w.column<number>('select revision from session where id = ?', MITO)
  const given = slot === null ? { whole: duty } : { whole: {}, slots: { [slot]: duty } }
  expect(await assignAdvisers(desk(), MITO, { revision, ...given })).toMatchObject({ ok: true })
}

test('a consultation without a record is left until its record is final', async () => {
  await advised(null)
  expect(await left()).toEqual([])
  await attend(desk(), booking.id, 'attended')
  expect(await left()).toEqual([[booking.id, null]])
  const draft = { state: 'draft', topics: [], advised: '途中', next_step: '', minutes: '' }
  await saveConsultation(desk(), booking.id, draft)
  expect(await left()).toEqual([[booking.id, 'draft']])
  expect(await recordStates(desk(), cameIn([{ id: booking.id, status: 'attended' }]))).toEqual(
    new Map([[booking.id, 'draft']]),
  )
  await saveConsultation(desk(), booking.id, { ...draft, state: 'final', revision: '1', minutes: '45' })
  expect(await left()).toEqual([])
})

test('none is expected without an adviser at its time, before it is over, or of people who did not come', async () => {
  await attend(desk(), booking.id, 'attended')
  expect(await left()).toEqual([])
  await advised(`${MITO}-1100`)
  expect(await left()).toEqual([])
  await advised(`${MITO}-1000`)
  expect(await left()).toEqual([[booking.id, null]])
  w.at('2026-11-27T01:30:00.000Z')
  expect(await left()).toEqual([])
  w.at('2026-11-27T02:00:00.000Z')
  await attend(desk(), booking.id, 'absent')
  expect(await left()).toEqual([])
})

test('it is a task of those who may write it, and of the last days only', async () => {
  await advised(null)
  await attend(desk(), booking.id, 'attended')
  expect(await left(w.system)).toHaveLength(1)
  expect([await left(asDesk(w, '13')), await left(as(w, 'viewer'))]).toEqual([[], []])
  expect(await unwritten(desk(), '2026-11-28')).toEqual([])
})
