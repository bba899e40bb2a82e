import { afterEach, beforeEach, expect, test } from 'vitest'
import { attend } from '../../src/booking/attend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import type { World } from '../world.ts'
import { asDesk } from './desk.ts'
import { booked, bookingRow, journal, letters, mito, unlawful } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

test('who came and who did not is marked on the day, a slip is mended, and no letter leaves', async () => {
  const { id } = await booked(w)
  w.at('2026-11-27T01:05:00.000Z')
  expect(await attend(asDesk(w, '08'), id, 'absent')).toEqual({ ok: true, booking: id, again: false })
  expect(await attend(asDesk(w, '08'), id, 'attended')).toEqual({ ok: true, booking: id, again: false })
  expect(await attend(asDesk(w, '08'), id, 'attended')).toEqual({ ok: true, booking: id, again: true })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'attended', sequence: 0, revision: 2 })
  expect(await letters(w)).toHaveLength(1)
  expect((await journal(w)).map((line) => line.act)).toEqual(['booking.made', 'booking.absent', 'booking.attended'])
  expect(await unlawful(w)).toEqual([])
})

test('a mark set by mistake is taken back: it is booked again, as if nobody had marked it', async () => {
  const { id } = await booked(w)
  const desk = asDesk(w, '08')
  w.at('2026-11-27T01:05:00.000Z')
  expect(await attend(desk, id, 'booked')).toEqual({ ok: true, booking: id, again: true })
  for (const mark of ['attended', 'absent'] as const) {
    await attend(desk, id, mark)
    expect(await attend(desk, id, 'booked')).toEqual({ ok: true, booking: id, again: false })
    expect(await bookingRow(w, id)).toMatchObject({ status: 'booked', came_at: null, sequence: 0 })
  }
  expect((await journal(w)).map((line) => line.act).filter((act) => act === 'booking.unmarked')).toHaveLength(2)
  expect(await letters(w)).toHaveLength(1)
  expect(await unlawful(w)).toEqual([])
})

test('nobody is marked before the day, who cancelled never, and only the desk marks', async () => {
  const one = await booked(w)
  expect(await attend(asDesk(w, '08'), one.id, 'attended')).toEqual({ ok: false, why: 'closed' })
  await cancel(w.ctx, { token: one.token })
  const two = await booked(w)
  w.at('2026-11-27T01:05:00.000Z')
  expect(await attend(asDesk(w, '08'), one.id, 'absent')).toEqual({ ok: false, why: 'closed' })
  await expect(attend(w.ctx, two.id, 'absent')).rejects.toThrow('only for the desk')
  await expect(attend(asDesk(w, '13'), two.id, 'absent')).rejects.toThrow('only for the desk')
})
