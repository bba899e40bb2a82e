import { afterEach, beforeEach, expect, test } from 'vitest'
import { move } from '../../../src/booking/move.ts'
import { bookingById } from '../../../src/booking/queries.ts'
import { addQuestion } from '../../../src/planning/questions/add-question.ts'
import { application, type World } from '../../world.ts'
import { asDesk } from '../desk.ts'
import { booked, bookingRow, mito } from '../fixtures.ts'

const NEXT = 'ibaraki-2026-12-04'

let w: World
let here: string
let there: string
let one: { id: string; token: string }
beforeEach(async () => {
  w = await mito()
  here = await question('ibaraki-2026-11-27', { kind: 'text', label_ja: '駐車場' })
  there = await question(NEXT, { kind: 'text', label_ja: '昼食', required: true })
  await question(NEXT, { kind: 'companions' })
  one = await booked(w, application({ seats: 2, answers: { [here]: '1台' }, support: { wheelchair: true } }))
})
afterEach(() => w.close())

async function question(session: string, given: Record<string, unknown>): Promise<string> {
  const done = await addQuestion(w.system, { series: null, session }, given)
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.question
}

const to = (given: Record<string, unknown> = {}) => ({ session: NEXT, slot: `${NEXT}-1000`, ...given })
const said = async () => {
  const { answers, ...rest } = (await bookingById(w.ctx, one.id))?.extras ?? { answers: [] }
  return { ...rest, answers: Object.fromEntries(answers.map(({ question: { label }, answer }) => [label.ja, answer])) }
}

test('another session asks its own questions when somebody moves there, and what was said before stays', async () => {
  expect(await move(w.ctx, { token: one.token }, to())).toEqual({
    ok: false,
    why: 'invalid',
    errors: { [`answers.${there}`]: 'required' },
  })
  expect((await bookingRow(w, one.id)).session).toBe('ibaraki-2026-11-27')
  const names = { companions: [{ name: '海野 花子' }] }
  const given = to({ answers: { [there]: '不要', [here]: '2台' }, ...names })
  expect(await move(w.ctx, { token: one.token }, given)).toMatchObject({ ok: true, again: false })
  expect(await said()).toEqual({
    answers: { 駐車場: '1台', 昼食: '不要' },
    companions: ['海野 花子'],
    support: { wheelchair: true },
  })
  const back = { session: 'ibaraki-2026-11-27', slot: 'ibaraki-2026-11-27-1100' }
  expect(await move(w.ctx, { token: one.token }, back)).toMatchObject({ ok: true, again: false })
  expect(await move(w.ctx, { token: one.token }, to())).toMatchObject({ ok: true, again: false })
  expect((await said()).answers).toEqual({ 駐車場: '1台', 昼食: '不要' })
})

test('the desk may leave it empty, but answers nothing that does not fit', async () => {
  const wrong = to({ companions: [{ name: '海野' }, { name: '山野' }] })
  expect(await move(asDesk(w, '08'), { id: one.id }, wrong)).toMatchObject({ errors: { companions: 'companions' } })
  expect(await move(asDesk(w, '08'), { id: one.id }, to())).toMatchObject({ ok: true })
  expect((await said()).answers).toEqual({ 駐車場: '1台' })
})

test('another time of the same day asks nothing', async () => {
  await question('ibaraki-2026-11-27', { kind: 'tick', label_ja: '撮影', required: true })
  const given = { session: 'ibaraki-2026-11-27', slot: 'ibaraki-2026-11-27-1100' }
  expect(await move(w.ctx, { token: one.token }, given)).toMatchObject({ ok: true })
})
