import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bookingById } from '../../src/booking/queries.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { letterOf } from '../../src/mail/letters.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, bookingRow, bookings, journal, letters, mito, unlawful } from '../booking/fixtures.ts'
import { readOne, value } from '../calendar/reader.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, MITO, type World } from '../world.ts'

const SNOW = { reason_ja: '大雪のため', reason_en: 'heavy snow' }
const waits = (changes: Record<string, unknown> = {}) => application({ waitlist: true, ...changes })

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

/** The letters of a booking but its first. */
async function toldOf(id: string) {
  const all = await letters(w)
  return all.filter((letter) => letter.subject === id && letter.sequence > 0)
}

describe('a session that is called off', () => {
  test('cancels every booking, ends the waiting list, and notifies each person once', async () => {
    const one = await booked(w, application({ seats: 2 }))
    const two = await booked(w, waits())
    const other = await booked(w, application({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' }))
    expect(await callOff(asDesk(w, '08'), MITO, SNOW)).toEqual({ ok: true, session: MITO, again: false })
    for (const { id } of [one, two]) {
      expect(await bookingRow(w, id)).toMatchObject({
        status: 'cancelled',
        ended: 'called_off',
        sequence: 1,
        revision: 1,
      })
      expect(await toldOf(id)).toMatchObject([{ kind: 'called_off', sequence: 1, channel: 'mail', state: 'kept' }])
    }
    expect(await bookingRow(w, other.id)).toMatchObject({ status: 'booked', sequence: 0 })
    expect(await sessionById(w.ctx, MITO)).toMatchObject({
      status: 'called_off',
      reason: { ja: '大雪のため', en: 'heavy snow' },
      sequence: 1,
      capacity: 5,
      remaining: 5,
      waiting: 0,
    })
    expect(await unlawful(w)).toEqual([])
    const lines = await journal(w)
    expect(lines.filter((line) => line.act === 'booking.called_off')).toHaveLength(2)
    expect(await w.column("select actor from journal where act = 'booking.called_off'")).toEqual(['staff-1', 'staff-1'])
  })

  test('takes the entry out of the calendar of who had one, and says why; who only waited has none taken out', async () => {
    const one = await booked(w, application({ seats: 2 }))
    const two = await booked(w, waits({ seats: 2, slot: `${MITO}-1000` }))
    const before = await bookingRow(w, one.id)
    await callOff(asDesk(w, '08'), MITO, SNOW)
    const [row] = await toldOf(one.id)
    const booking = await bookingById(w.ctx, one.id)
    if (!row || !booking) throw new Error('nothing told')
    const letter = await letterOf(w.ctx, row, booking)
    expect(letter?.subject).toMatch(/^【開催中止】/)
    expect(letter?.text).toContain('理由：大雪のため')
    expect(letter?.calendar?.method).toBe('CANCEL')
    const { event } = readOne(letter?.calendar?.content ?? '')
    expect([value(event, 'uid'), value(event, 'status'), value(event, 'sequence')]).toEqual([
      before.uid,
      'CANCELLED',
      '1',
    ])
    const [waited] = await toldOf(two.id)
    const party = await bookingById(w.ctx, two.id)
    if (!waited || !party) throw new Error('nothing told')
    expect((await letterOf(w.ctx, waited, party))?.calendar).toBeNull()
  })

  test('puts who has no e-mail on the list of who is to be called', async () => {
    const { id } = await booked(w)
    await w.run('update booking set email = null where id = ?', id)
    await callOff(asDesk(w, '08'), MITO, SNOW)
    expect(await toldOf(id)).toMatchObject([{ kind: 'called_off', channel: 'phone', state: 'waiting' }])
  })

  test('is called off once, however often it is asked', async () => {
    const { id } = await booked(w)
    await callOff(asDesk(w, '08'), MITO, SNOW)
    expect(await callOff(asDesk(w, '08'), MITO, SNOW)).toEqual({ ok: true, session: MITO, again: true })
    expect(await toldOf(id)).toHaveLength(1)
  })

  test('tells somebody who booked while it was being called off', async () => {
    const slow = meanwhile(w, () => booked(w))
    await callOff(asDesk(slow, '08'), MITO, SNOW)
    const [only] = await bookings(w)
    expect(only).toMatchObject({ status: 'cancelled' })
    expect(await toldOf(only?.id ?? '')).toHaveLength(1)
    expect(await unlawful(w)).toEqual([])
  })
})

describe('what is refused changes nothing', () => {
  test('another prefecture’s desk, a viewer and a visitor', async () => {
    const viewer = { ...w.ctx, actor: { kind: 'staff', id: 'v', role: 'viewer', prefectures: ['08'] } as const }
    for (const ctx of [asDesk(w, '13'), viewer, w.ctx]) {
      await expect(callOff(ctx, MITO, SNOW)).rejects.toThrow('only for the desk of this prefecture')
    }
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ status: 'open', sequence: 0 })
  })

  test('a missing reason, an unknown session, one that is over', async () => {
    expect(await callOff(w.system, MITO, { reason_ja: ' ' })).toMatchObject({
      ok: false,
      why: 'invalid',
      errors: { reason_ja: 'required' },
    })
    await expect(callOff(w.system, 'nowhere', SNOW)).rejects.toThrow('session')
    w.at('2026-11-28T00:00:00.000Z')
    expect(await callOff(w.system, MITO, SNOW)).toEqual({ ok: false, why: 'closed' })
  })
})
