import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { notifySettled } from '../../src/interest/notify-settled.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { editSession } from '../../src/planning/edit-session.ts'
import { undo } from '../../src/planning/undo-session.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { sessionForm } from '../planning/forms.ts'
import { bookedOn, type Fridays, fridays, sessionRow, slotsOf } from '../planning/fridays.ts'
import { NOW } from '../world.ts'

let w: Fridays
beforeAll(async () => {
  w = await fridays()
  const venue = { name_ja: '会場', name_en: 'Venue', address: null, area_only: 0 as const, printed: null }
  await addVenue(w.system, { ...venue, id: 'venue-mito', prefecture: '08' })
  await addVenue(w.system, { ...venue, id: 'venue-tokyo', prefecture: '13' })
})
afterAll(() => w.close())

const form = (changes: Record<string, unknown> = {}) => sessionForm({ revision: '0', ...changes })
const edit = (id: string, changes: Record<string, unknown> = {}) => editSession(as(w, 'desk'), id, form(changes))

describe('a session', () => {
  test('offers what its form says; planning leaves it alone, and calendars learn of it', async () => {
    const id = w.next()
    const changes = {
      title_ja: '出張相談会',
      title_en: '',
      capacity: '３',
      venue: 'venue-mito',
      formats: ['phone', 'onsite'],
    }
    expect(await edit(id, changes)).toEqual({ ok: true, session: id })
    expect(await sessionRow(w, id)).toMatchObject({
      title_ja: '出張相談会',
      title_en: '出張相談会',
      capacity: 3,
      venue: 'venue-mito',
      formats: 'onsite,phone',
      edited: 1,
      sequence: 1,
      revision: 1,
    })
    expect(await slotsOf(w, id)).toHaveLength(5)
  })

  test('that nobody ever booked gets other slots', async () => {
    const id = w.next()
    expect(await edit(id, { slot_starts: '14:00 15:30', slot_capacity: '4' })).toMatchObject({ ok: true })
    expect(await slotsOf(w, id)).toEqual([
      ['1400', 4],
      ['1530', 4],
    ])
    const { date, starts_at, ends_at } = await sessionRow(w, id)
    expect([starts_at, ends_at]).toEqual([`${date}T05:00:00.000Z`, `${date}T07:20:00.000Z`])
  })

  test.each([
    ['another time', { slot_starts: '10:00 11:00 13:00 14:00 15:00 16:00' }],
    ['an earlier time', { slot_starts: '09:00 10:00' }],
    ['fewer times, none of them taken', { slot_starts: '10:00' }],
    ['more people in each time', { slot_capacity: '9' }],
    ['more people', { capacity: '30' }],
    ['another form', { formats: ['onsite', 'online', 'phone'] }],
    ['one form less, which nobody chose', { formats: ['onsite'] }],
  ])('that somebody booked gets %s, and they keep theirs', async (_, changes) => {
    const id = w.next()
    const booking = await bookedOn(w, id)
    const before = await w.rows('select slot, format, status, sequence, revision from booking where id = ?', booking)
    expect(await edit(id, changes)).toEqual({ ok: true, session: id })
    expect(await w.rows('select slot, format, status, sequence, revision from booking where id = ?', booking)).toEqual(
      before,
    )
    expect(await w.column('select seats_taken from slot where id = ?', `${id}-1000`)).toEqual([1])
  })

  test('gets a time at which another slot began before it moved', async () => {
    const id = w.next()
    const booking = await bookedOn(w, id)
    await w.run("update slot set starts_at = replace(starts_at, 'T01', 'T00') where id = ?", `${id}-1000`)
    await w.run("update slot set ends_at = replace(ends_at, 'T01', 'T00') where id = ?", `${id}-1000`)
    expect(await edit(id, { slot_starts: '09:00 10:00' })).toMatchObject({ ok: true })
    expect(await w.column('select slot from booking where id = ?', booking)).toEqual([`${id}-1000`])
    expect(await w.column('select starts_at from slot where session = ? order by starts_at', id)).toHaveLength(2)
  })

  test('whose only booking is cancelled gets other times', async () => {
    const id = w.next()
    const booking = await bookedOn(w, id)
    await cancel(as(w, 'desk'), { id: booking })
    expect(await edit(id, { slot_starts: '14:00' })).toMatchObject({ ok: true })
    expect(await slotsOf(w, id)).toEqual([['1400', 2]])
    expect(await w.column('select slot from booking where id = ?', booking)).toEqual([null])
  })

  test('saved as it was stays as it is: planning goes on with it, and no line is written', async () => {
    const id = w.next()
    const before = await sessionRow(w, id)
    expect(await edit(id)).toEqual({ ok: true, session: id, same: true })
    expect(await sessionRow(w, id)).toEqual(before)
    expect(await lines(w, id)).toEqual([])
  })

  test('without hours needs no form, with hours it does', async () => {
    const id = w.next()
    await w.run('delete from slot where session = ?', id)
    await w.run("update session set starts_at = null, ends_at = null, formats = '' where id = ?", id)
    const undecided = { formats: [], slot_starts: '' }
    expect(await edit(id, { ...undecided, title_ja: '正しい名' })).toEqual({ ok: true, session: id })
    expect(await sessionRow(w, id)).toMatchObject({ title_ja: '正しい名', formats: '' })
    expect(await edit(id, { formats: [], slot_starts: '10:00', revision: '1' })).toMatchObject({
      errors: { formats: 'required' },
    })
  })

  test('that gets its first hours opens first to people who asked for them, and an undo takes that back', async () => {
    const asks = (session: string) =>
      w.run(
        `insert into interest (id, session, email, person_key, locale, state, token_hash, secret_id, created_at, updated_at)
        values (?, ?, 'a@example.jp', 'a', 'ja', 'confirmed', ?, 's', ?, ?)`,
        session,
        session,
        session,
        NOW,
        NOW,
      )
    const opened = async (session: string) => (await sessionRow(w, session)).opens_at
    const undecided = async () => {
      const id = w.next()
      await w.run('delete from slot where session = ?', id)
      await w.run('update session set starts_at = null, ends_at = null where id = ?', id)
      return { id, before: await opened(id) }
    }
    const [awaited, plain] = [await undecided(), await undecided()]
    await asks(awaited.id)
    expect(await edit(awaited.id, { slot_starts: '10:00' })).toMatchObject({ ok: true })
    expect(await edit(plain.id, { slot_starts: '10:00' })).toMatchObject({ ok: true })
    const now = w.ctx.clock.now()
    expect([(await opened(awaited.id)) > now, await opened(plain.id)]).toEqual([true, plain.before])
    expect(await notifySettled(w.system)).toEqual({ ok: true, told: 1 })
    expect(await w.rows('select state, first_until from interest where id = ?', awaited.id)).toEqual([
      { state: 'notified', first_until: await opened(awaited.id) },
    ])
    expect(await undo(as(w, 'desk'), awaited.id)).toMatchObject({ ok: true })
    expect(await opened(awaited.id)).toBe(awaited.before)
  })

  test('with a booking gets another title and capacity, and no letter leaves', async () => {
    const id = w.next()
    const booking = await bookedOn(w, id)
    expect(await edit(id, { title_ja: '出張相談会', capacity: '1' })).toMatchObject({ ok: true })
    expect(await w.column('select kind from outbox where subject = ?', booking)).toEqual(['booked'])
  })

  test('leaves a line with what was before', async () => {
    const id = w.next()
    await edit(id, { title_ja: '出張相談会', slot_starts: '10:00', slot_capacity: '' })
    expect(await lines(w, id)).toMatchObject([
      {
        actor: 'desk',
        act: 'session.edited',
        detail: {
          before: { title_ja: 'テレワーク無料相談会', capacity: 5, formats: 'onsite,online', edited: 0 },
          slots: [{ capacity: 2 }, { capacity: 2 }, { capacity: 2 }, { capacity: 2 }, { capacity: 2 }],
          revision: 1,
        },
      },
    ])
  })
})

describe('is refused', () => {
  /** Expects this refusal, and no change. */
  async function refused(id: string, changes: Record<string, unknown>, why: string, more: object = {}) {
    const before = [await sessionRow(w, id), await slotsOf(w, id), await lines(w, id)]
    expect(await edit(id, changes)).toMatchObject({ ok: false, why, ...more })
    expect([await sessionRow(w, id), await slotsOf(w, id), await lines(w, id)]).toEqual(before)
  }

  test('for faulty fields, and for a place that is not in its prefecture', async () => {
    const id = w.next()
    for (const [changes, errors] of [
      [{ title_ja: '' }, { title_ja: 'required' }],
      [{ formats: [] }, { formats: 'required' }],
      [{ capacity: '0' }, { capacity: 'number' }],
      [{ slot_minutes: '' }, { slot_minutes: 'required' }],
      [{ slot_starts: '23:30', slot_minutes: '50' }, { slot_minutes: 'midnight' }],
      [{ venue: 'venue-tokyo' }, { venue: 'choice' }],
      [{ venue: 'nowhere' }, { venue: 'choice' }],
    ] as const) {
      await refused(id, changes, 'invalid', { errors })
    }
  })

  test('from a page that somebody else has overtaken', async () => {
    const id = w.next()
    await edit(id, { title_ja: '先の名' })
    await refused(id, { title_ja: '後の名' }, 'changed')
  })

  test('once it is over', async () => {
    const id = w.next()
    await w.run(
      "update session set date = '2026-11-20', starts_at = '2026-11-20T01:00:00.000Z', ends_at = '2026-11-20T07:00:00.000Z' where id = ?",
      id,
    )
    await refused(id, { title_ja: '別の名' }, 'closed')
  })

  test('once it is called off', async () => {
    const id = w.next()
    await w.run("update session set state = 'called_off' where id = ?", id)
    await refused(id, { title_ja: '別の名' }, 'closed')
  })

  test.each([
    ['place', { venue: 'venue-mito' }],
    ['formats', { formats: ['online'] }],
    ['acceptance', { acceptance: 'approval' }],
    ['way of applying', { apply_name: '県の窓口' }],
    ['slots', { slot_starts: '11:00' }],
    ['length of its slots', { slot_minutes: '30' }],
    ['day without slots', { slot_starts: '', starts: '10:00', ends: '16:00' }],
  ])('for another %s under somebody who booked, and it names them', async (_, changes) => {
    const id = w.next()
    const booking = await bookedOn(w, id)
    await bookedOn(w, id, { slot: `${id}-1300`, format: 'online' }).then((other) =>
      cancel(as(w, 'desk'), { id: other }),
    )
    const why = 'acceptance' in changes || 'apply_name' in changes ? 'bound' : 'booked'
    await refused(id, changes, why, { who: [{ id: booking, company: '株式会社髙﨑製作所' }] })
  })

  test('for a capacity of its slots below what is taken', async () => {
    const id = w.next()
    await bookedOn(w, id, { seats: 2 })
    await refused(id, { slot_capacity: '1' }, 'full')
  })

  test('for a capacity below what is taken', async () => {
    const id = w.next()
    await bookedOn(w, id, { seats: 2 })
    await refused(id, { capacity: '1' }, 'full')
  })
})

describe('between look and write', () => {
  const slow = (id: string, changes: Record<string, unknown>, happens: () => unknown) =>
    editSession(as(meanwhile(w, happens), 'desk'), id, form(changes))

  test('somebody faster edits it: the second edit is refused, and the first stays', async () => {
    const id = w.next()
    const done = await slow(id, { title_ja: '後の名' }, () => edit(id, { title_ja: '先の名' }))
    expect(done).toEqual({ ok: false, why: 'changed' })
    expect(await sessionRow(w, id)).toMatchObject({ title_ja: '先の名', revision: 1 })
    expect(await lines(w, id)).toHaveLength(1)
  })

  test('somebody faster edits it: an edit of its hours is told that too, not that somebody booked', async () => {
    const id = w.next()
    const done = await slow(id, { slot_starts: '10:00' }, () => edit(id, { title_ja: '先の名' }))
    expect(done).toEqual({ ok: false, why: 'changed' })
  })

  test('somebody books: another place is not given to them unasked', async () => {
    const id = w.next()
    const done = await slow(id, { venue: 'venue-mito' }, () => bookedOn(w, id))
    expect(done).toMatchObject({ ok: false, why: 'booked', who: [{}] })
    expect(await sessionRow(w, id)).toMatchObject({ venue: null, seats_taken: 1 })
  })

  test('somebody books: their slot stays', async () => {
    const id = w.next()
    const done = await slow(id, { slot_starts: '15:00' }, () => bookedOn(w, id))
    expect(done).toMatchObject({ ok: false, why: 'booked', who: [{}] })
    expect(await slotsOf(w, id)).toHaveLength(5)
  })

  test('somebody books: the capacity does not fall below what is taken', async () => {
    const id = w.next()
    const done = await slow(id, { capacity: '1' }, () => bookedOn(w, id, { seats: 2 }))
    expect(done).toMatchObject({ ok: false, why: 'full', who: [{ company: '株式会社髙﨑製作所' }] })
    expect(await sessionRow(w, id)).toMatchObject({ capacity: 5, seats_taken: 2 })
  })
})

test('a session that is not there is not found', async () => {
  await expect(edit('nowhere')).rejects.toThrow(NotFound)
})

test('is for the desk of its prefecture', async () => {
  const id = w.next()
  expect(await mayDo(w, (ctx) => editSession(ctx, id, form()))).toEqual(['desk', 'secretariat', 'system'])
})
