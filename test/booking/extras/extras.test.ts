import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NO_EXTRAS } from '../../../src/base/questions.ts'
import { amend } from '../../../src/booking/amend.ts'
import { book } from '../../../src/booking/book.ts'
import { enter } from '../../../src/booking/enter.ts'
import { bookingById } from '../../../src/booking/queries.ts'
import { addQuestion } from '../../../src/planning/questions/add-question.ts'
import { retireQuestion } from '../../../src/planning/questions/retire-question.ts'
import { erase } from '../../../src/retention/erase.ts'
import { forget } from '../../../src/retention/forget.ts'
import { everything } from '../../everything.ts'
import { application, freshKey, MITO, type World } from '../../world.ts'
import { asDesk } from '../desk.ts'
import { ask, booked, mito } from '../fixtures.ts'

let w: World
let parking: string
let way: string
beforeEach(async () => {
  w = await mito()
  parking = await question({ kind: 'text', label_ja: '駐車場', required: true })
  way = await question({ kind: 'choice', label_ja: '交通手段', options: '車\n電車' })
})
afterEach(() => w.close())

async function question(given: Record<string, unknown>): Promise<string> {
  const done = await addQuestion(w.system, { series: 'ibaraki', session: null }, given)
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.question
}

const extras = async (id: string) => (await bookingById(w.ctx, id))?.extras
const answersOf = async (id: string) =>
  (await extras(id))?.answers.map(({ question: { label }, answer }) => [label.ja, answer])
const withNames = () => question({ kind: 'companions' })

describe('what a booking says', () => {
  test('is kept with the booking: answers, companions, support', async () => {
    await withNames()
    const { id } = await booked(
      w,
      application({
        seats: 2,
        answers: { [parking]: ' 1台 ', [way]: 'o1' },
        companions: [{ name: '海野 花子' }],
        support: { interpreter: 'ベトナム語', wheelchair: true, captions: false, other: '' },
      }),
    )
    expect(await answersOf(id)).toEqual([
      ['駐車場', '1台'],
      ['交通手段', 'o1'],
    ])
    expect(await extras(id)).toMatchObject({
      companions: ['海野 花子'],
      support: { interpreter: 'ベトナム語', wheelchair: true },
    })
  })

  test('is nothing if nothing was given', async () => {
    const { id } = await booked(w, application({ session: 'seminar', slot: null, format: 'online' }))
    expect(await extras(id)).toEqual(NO_EXTRAS)
  })

  test.each<[Record<string, unknown>, Record<string, string>]>([
    [{ answers: {} }, { parking: 'required' }],
    [{ answers: { parking: '1台', way: 'o9' } }, { way: 'choice' }],
    [{ answers: { parking: '1台' }, companions: [{ name: '海野' }] }, { companions: 'companions' }],
    [{ answers: { parking: '1台' }, support: { other: '長'.repeat(501) } }, { 'support.other': 'long' }],
    [{ answers: [] }, { answers: 'choice' }],
    [
      { company: '', answers: {} },
      { company: 'required', parking: 'required' },
    ],
  ])('is refused with the fault of each field: %j', async (given, faults) => {
    const ids: Record<string, string> = { parking, way }
    const answers = Array.isArray(given.answers)
      ? given.answers
      : Object.fromEntries(Object.entries(Object(given.answers)).map(([name, answer]) => [ids[name], answer]))
    const errors = Object.fromEntries(
      Object.entries(faults).map(([name, fault]) => [name in ids ? `answers.${ids[name]}` : name, fault]),
    )
    const asked = application({ ...given, answers })
    const done = await book(w.ctx, asked, { channel: 'api', key: freshKey() })
    expect(done).toMatchObject({ ok: false, why: 'invalid', errors })
  })

  test('is asked of the desk too, which may leave required answers empty', async () => {
    const given = { ...application(), channel: 'phone', answers: { [way]: 'o2' }, support: { captions: 'true' } }
    const done = await enter(asDesk(w, '08'), { ...given, session: MITO }, freshKey())
    if (!done.ok) throw new Error(JSON.stringify(done))
    expect(await answersOf(done.booking)).toEqual([['交通手段', 'o2']])
    expect(await extras(done.booking)).toMatchObject({ support: { captions: true } })
    const wrong = { ...application(), channel: 'phone', answers: { [way]: 'o9' } }
    expect(await enter(asDesk(w, '08'), { ...wrong, session: MITO }, freshKey())).toMatchObject({
      errors: { [`answers.${way}`]: 'choice' },
    })
  })

  test('repeats an application that was sent before questions were known, by the same key', async () => {
    const key = freshKey()
    const given = application({ session: 'seminar', slot: null, format: 'online' })
    const first = await ask(w, given, key)
    const again = await ask(w, { ...given, support: { interpreter: '', wheelchair: false } }, key)
    expect(again).toEqual({ ...first, again: true })
  })
})

describe('its holder', () => {
  const made = () => booked(w, application({ answers: { [parking]: '1台', [way]: 'o1' } }))

  test('changes answers; those to what is no longer asked stay', async () => {
    const { id, token } = await made()
    await retireQuestion(w.system, way)
    expect(await amend(w.ctx, { token }, { answers: { [parking]: '2台' } })).toMatchObject({ ok: true })
    expect(await answersOf(id)).toEqual([
      ['駐車場', '2台'],
      ['交通手段', 'o1'],
    ])
    expect(await amend(w.ctx, { token }, { support: { wheelchair: true } })).toMatchObject({ ok: true })
    expect(await extras(id)).toMatchObject({ support: { wheelchair: true } })
    expect(await amend(w.ctx, { token }, { support: {} })).toMatchObject({ ok: true })
    expect(await extras(id)).toMatchObject({ support: {} })
    expect(await w.column("select act from journal where subject = ? and act = 'booking.amended'", id)).toHaveLength(3)
  })

  test('may not take a required answer back, but is not asked for one that was never given', async () => {
    const { id, token } = await made()
    const faults = { [`answers.${parking}`]: 'required' }
    expect(await amend(w.ctx, { token }, { answers: { [parking]: '' } })).toMatchObject({
      why: 'invalid',
      errors: faults,
    })
    await question({ kind: 'tick', label_ja: '撮影', required: true })
    expect(await amend(w.ctx, { token }, { answers: { [parking]: '3台' } })).toMatchObject({ ok: true })
    expect(await answersOf(id)).toEqual([
      ['駐車場', '3台'],
      ['交通手段', 'o1'],
    ])
  })

  test('brings at most as many names as people', async () => {
    await withNames()
    const companions = [{ name: '海野 花子' }]
    const { id, token } = await booked(w, application({ seats: 2, answers: { [parking]: '1台' }, companions }))
    expect(await amend(w.ctx, { token }, { seats: 1 })).toMatchObject({ errors: { companions: 'companions' } })
    expect(await amend(w.ctx, { token }, { seats: 1, companions: [] })).toMatchObject({ ok: true })
    expect(await extras(id)).toMatchObject({ companions: [] })
  })

  test('changes nothing by saving it as it is', async () => {
    const { id, token } = await made()
    const before = await w.rows('select * from booking')
    await amend(w.ctx, { token }, { answers: { [way]: 'o1', [parking]: '1台' }, companions: [], support: {} })
    expect([await w.rows('select * from booking'), id]).toEqual([before, id])
  })
})

describe('with the person goes', () => {
  const SECRETS = ['ひみつの駐車場', '秘密 花子', 'ひみつの言語', 'ひみつの配慮']
  const secret = async () => {
    await withNames()
    const given = {
      seats: 2,
      answers: { [parking]: 'ひみつの駐車場' },
      companions: [{ name: '秘密 花子' }],
      support: { interpreter: 'ひみつの言語', other: 'ひみつの配慮' },
    }
    return booked(w, application(given))
  }
  const left = async () => {
    const text = JSON.stringify(await everything(w))
    return SECRETS.filter((word) => text.includes(word))
  }

  test('every answer, name and need, if they are erased', async () => {
    const { token } = await secret()
    expect(await left()).toEqual(SECRETS)
    await erase(w.ctx, { token })
    expect(await left()).toEqual([])
  })

  test('every answer, name and need, when the time to keep them is over', async () => {
    await secret()
    w.at('2028-03-31T15:00:00.000Z')
    await forget(w.system)
    expect(await left()).toEqual([])
  })
})
