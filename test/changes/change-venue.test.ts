import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { changeVenue } from '../../src/changes/change-venue.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { bookedOn, type Fridays, fridays, sessionRow } from '../planning/fridays.ts'
import { NOW } from '../world.ts'

let w: Fridays
beforeAll(async () => {
  w = await fridays()
  const venue = { name_ja: '会場', name_en: 'Venue', address: null, area_only: 0 as const, printed: null }
  for (const id of ['hall', 'library']) await addVenue(w.system, { ...venue, id, prefecture: '08' })
  await addVenue(w.system, { ...venue, id: 'tokyo', prefecture: '13' })
})
afterAll(() => w.close())

const WHY = { reason_ja: '会場の停電', reason_en: 'A power cut' }
// Every Friday goes to the same hall.
const BESIDE = { beside: '部屋が二つあるため' }
const change = (id: string, changes: Record<string, unknown> = {}) =>
  changeVenue(as(w, 'desk'), id, { venue: 'hall', ...WHY, ...BESIDE, ...changes })
const told = async (booking: string) =>
  (await w.column('select kind from outbox where subject = ?', booking)).filter((kind) => kind === 'relocated').length

describe('a session', () => {
  test('is held at another place for a reason, and planning leaves it alone from then on', async () => {
    const id = w.next()
    expect(await change(id)).toEqual({ ok: true, session: id, again: false })
    expect(await sessionRow(w, id)).toMatchObject({ venue: 'hall', ...WHY, edited: 1, sequence: 1 })
    expect(await lines(w, id)).toEqual([
      { actor: 'desk', act: 'session.relocated', detail: { venue: 'hall', ...BESIDE } },
    ])
  })

  test('moves the people who come there: they are notified once, and those on the web or cancelled are not', async () => {
    const id = w.next()
    const comes = await bookedOn(w, id)
    const online = await bookedOn(w, id, { format: 'online' })
    const gone = await bookedOn(w, id, { slot: `${id}-1100` })
    await cancel(as(w, 'desk'), { id: gone })
    await change(id)
    await change(id)
    expect([await told(comes), await told(online), await told(gone)]).toEqual([1, 0, 0])
    expect((await lines(w, comes)).map((line) => line.act)).toContain('booking.relocated')
  })

  test('that is held there already stays as it is', async () => {
    const id = w.next()
    await change(id)
    expect(await change(id)).toEqual({ ok: true, session: id, again: true })
    expect([(await sessionRow(w, id)).sequence, await lines(w, id)]).toMatchObject([1, [{}]])
  })
})

describe('is refused', () => {
  test.each([
    ['no place', { venue: '' }, { venue: 'required' }],
    ['no reason', { reason_ja: '' }, { reason_ja: 'required' }],
    ['a place of another prefecture', { venue: 'tokyo' }, { venue: 'choice' }],
    ['a place that there is not', { venue: 'nowhere' }, { venue: 'choice' }],
  ])('for %s', async (_, changes, errors) => {
    const id = w.next()
    expect(await change(id, changes)).toEqual({ ok: false, why: 'invalid', errors })
    expect(await lines(w, id)).toEqual([])
  })

  test('once it is called off', async () => {
    const id = w.next()
    await w.run("update session set state = 'called_off' where id = ?", id)
    expect(await change(id)).toEqual({ ok: false, why: 'closed' })
  })

  test('once it was held', async () => {
    const id = w.next()
    w.at('2027-12-01T00:00:00.000Z')
    expect(await change(id)).toEqual({ ok: false, why: 'closed' })
    w.at(NOW)
  })
})

describe('between look and write', () => {
  const slow = (id: string, happens: () => unknown, times = 1) =>
    changeVenue(as(meanwhile(w, happens, times), 'desk'), id, { venue: 'hall', ...WHY, ...BESIDE })

  test('somebody books: they are notified too', async () => {
    const id = w.next()
    let booking = ''
    const done = await slow(id, async () => {
      booking = await bookedOn(w, id)
    })
    expect([done, await told(booking)]).toEqual([{ ok: true, session: id, again: false }, 1])
  })

  test('somebody faster changes it to another place: the last one stays', async () => {
    const id = w.next()
    expect(await slow(id, () => change(id, { venue: 'library' }))).toMatchObject({ ok: true, again: false })
    expect(await sessionRow(w, id)).toMatchObject({ venue: 'hall', sequence: 2 })
  })

  test('somebody faster changes it to the same place: each person who comes is notified once', async () => {
    const id = w.next()
    const comes = await bookedOn(w, id)
    expect(await slow(id, () => change(id))).toEqual({ ok: true, session: id, again: true })
    expect(await told(comes)).toBe(1)
  })

  test('it changes three times: given up, and nobody is notified', async () => {
    const id = w.next()
    const comes = await bookedOn(w, id)
    const touched = () => w.run('update session set revision = revision + 1 where id = ?', id)
    expect(await slow(id, touched, 3)).toEqual({ ok: false, why: 'changed' })
    expect([await told(comes), (await sessionRow(w, id)).venue]).toEqual([0, null])
  })
})

test('a session to which nobody comes gets no other place', async () => {
  const id = w.next()
  await w.run("update session set formats = 'online,phone' where id = ?", id)
  expect(await change(id)).toEqual({ ok: false, why: 'closed' })
  expect(await sessionRow(w, id)).toMatchObject({ venue: null, revision: 0 })
})

test('a session that is not there is not found', async () => {
  await expect(change('nowhere')).rejects.toThrow(NotFound)
})

test('is for the desk of its prefecture', async () => {
  const id = w.next()
  expect(await mayDo(w, (ctx) => changeVenue(ctx, id, { venue: 'hall', ...WHY, ...BESIDE }))).toEqual([
    'desk',
    'secretariat',
    'system',
  ])
})
