import { afterEach, beforeEach, expect, test } from 'vitest'
import { amend } from '../../../src/booking/amend.ts'
import { correctExtras } from '../../../src/booking/extras/correct.ts'
import { bookingById } from '../../../src/booking/queries.ts'
import { addQuestion } from '../../../src/planning/questions/add-question.ts'
import { editQuestion } from '../../../src/planning/questions/edit-question.ts'
import { erase } from '../../../src/retention/erase.ts'
import { lines } from '../../acts.ts'
import { application, type World } from '../../world.ts'
import { asDesk } from '../desk.ts'
import { booked, bookingRow, letters, mito } from '../fixtures.ts'

let w: World
let parking: string
let way: string
let one: { id: string; token: string }
beforeEach(async () => {
  w = await mito()
  parking = await question({ kind: 'text', label_ja: '駐車場', required: true })
  way = await question({ kind: 'choice', label_ja: '交通手段', options: '車\n電車' })
  await question({ kind: 'companions' })
  one = await booked(w, application({ seats: 2, answers: { [parking]: '1台', [way]: 'o1' } }))
})
afterEach(() => w.close())

async function question(given: Record<string, unknown>): Promise<string> {
  const done = await addQuestion(w.system, { series: 'ibaraki', session: null }, given)
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.question
}

const put = (given: Record<string, unknown>, prefecture = '08') => correctExtras(asDesk(w, prefecture), one.id, given)
const extras = async () => {
  const { answers, ...rest } = (await bookingById(w.ctx, one.id))?.extras ?? { answers: [] }
  return { ...rest, answers: answers.map(({ answer }) => answer) }
}

test('the desk corrects what somebody said, with a line of what it was and without a letter', async () => {
  const before = await letters(w)
  const said = {
    answers: { [parking]: '', [way]: 'o2' },
    companions: [{ name: '海野 花子' }],
    support: { captions: true },
  }
  expect(await put({ ...said, revision: 0 })).toEqual({ ok: true, booking: one.id })
  expect(await extras()).toEqual({ answers: ['o2'], companions: ['海野 花子'], support: { captions: true } })
  const fields = ['answers', 'companions', 'support']
  expect(await lines(w, one.id)).toContainEqual({
    actor: 'staff-1',
    act: 'booking.answers_corrected',
    detail: { fields },
  })
  expect([await letters(w), (await bookingRow(w, one.id)).sequence]).toEqual([before, 0])
})

test('what is not given stays, and the same again changes nothing', async () => {
  expect(await put({ support: { wheelchair: true }, revision: 0 })).toMatchObject({ ok: true })
  expect(await extras()).toEqual({ answers: ['1台', 'o1'], companions: [], support: { wheelchair: true } })
  expect(await put({ support: { wheelchair: true }, revision: 1 })).toMatchObject({ same: true })
  expect(await bookingRow(w, one.id)).toMatchObject({ revision: 1 })
})

test('is refused for what was read before its holder changed it, for names beyond its people, and once it is erased', async () => {
  await amend(w.ctx, { token: one.token }, { answers: { [parking]: '2台' } })
  expect(await put({ answers: { [parking]: '3台' }, revision: 0 })).toMatchObject({ why: 'changed' })
  const names = [{ name: '海野 花子' }, { name: '海野 六郎' }]
  expect(await put({ companions: names, revision: 1 })).toMatchObject({ errors: { companions: 'companions' } })
  expect(await put({ answers: { [way]: 'o9' }, revision: 1 })).toMatchObject({
    errors: { [`answers.${way}`]: 'choice' },
  })
  await expect(put({ support: {}, revision: 1 }, '13')).rejects.toThrow('only for the desk of this prefecture')
  await erase(w.ctx, { token: one.token })
  expect(await put({ support: { other: '点字' }, revision: 2 })).toMatchObject({ why: 'closed' })
})

test('an option that was chosen can be kept after it is offered no more, by the desk and by the holder', async () => {
  await editQuestion(w.system, way, { label_ja: '交通手段', options: '電車', revision: '0' })
  expect(await put({ answers: { [way]: 'o1', [parking]: '2台' }, revision: 0 })).toMatchObject({ ok: true })
  const kept = { answers: { [way]: 'o1', [parking]: '3台' } }
  expect(await amend(w.ctx, { token: one.token }, kept)).toMatchObject({ ok: true })
  expect(await extras()).toMatchObject({ answers: ['3台', 'o1'] })
  await put({ answers: { [way]: 'o2' }, revision: 2 })
  expect(await put({ answers: { [way]: 'o1' }, revision: 3 })).toMatchObject({ why: 'invalid' })
})
