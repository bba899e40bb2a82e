import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { amend } from '../../src/booking/amend.ts'
import { approve } from '../../src/booking/approve.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { turnDown } from '../../src/booking/turn-down.ts'
import { letterOf } from '../../src/mail/letters.ts'
import { findings } from '../../src/node/findings.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { expire } from '../../src/waitlist/expire.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { application, MITO, type World } from '../world.ts'
import { asDesk } from './desk.ts'
import { booked, bookingRow, letters, mito, unlawful } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mito()
  await w.run("update session set acceptance = 'approval' where id = ?", MITO)
})
afterEach(() => w.close())

const kinds = async (id: string) => (await letters(w)).filter((one) => one.subject === id).map((one) => one.kind)

async function lastLetter(id: string) {
  const row = (await letters(w)).findLast((letter) => letter.subject === id)
  const booking = await bookingById(w.ctx, id)
  if (!row || !booking) throw new Error('nothing told')
  return letterOf(w.ctx, row, booking)
}

describe('a session by approval', () => {
  test('takes a request, which holds its place until the end of the third business day and is no booking yet', async () => {
    const { id } = await booked(w)
    // Monday 23 November is a holiday: Tuesday, Wednesday, Thursday; but booking closes on Thursday at 15:00.
    expect(await bookingRow(w, id)).toMatchObject({ status: 'requested', offer_expires_at: '2026-11-26T06:00:00.000Z' })
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ remaining: 4, acceptance: 'approval' })
    const letter = await lastLetter(id)
    expect(letter?.subject).toMatch(/^【受付完了】/)
    expect(letter?.text).toContain('結果のご連絡：11月26日(木) 15:00 まで')
    expect(letter?.calendar).toBeNull()
    expect(await unlawful(w)).toEqual([])
    expect(await findings(w.system)).toEqual([])
  })

  test('approved it is booked, with an entry for the calendar; a second time changes nothing', async () => {
    const { id } = await booked(w)
    expect(await approve(asDesk(w, '08'), id)).toEqual({ ok: true, booking: id, again: false })
    expect(await approve(asDesk(w, '08'), id)).toEqual({ ok: true, booking: id, again: true })
    expect(await bookingRow(w, id)).toMatchObject({ status: 'booked', sequence: 1 })
    expect(await kinds(id)).toEqual(['requested', 'booked'])
    expect((await lastLetter(id))?.calendar?.method).toBe('REQUEST')
    expect(await turnDown(asDesk(w, '08'), id)).toEqual({ ok: false, why: 'closed' })
  })

  test('turned down it is over, and its place goes to the next person who waits, as a request', async () => {
    const { id } = await booked(w, application({ seats: 2 }))
    const next = await booked(w, application({ seats: 2, waitlist: true }))
    await expect(turnDown(asDesk(w, '13'), id)).rejects.toThrow('only for the desk')
    expect(await turnDown(asDesk(w, '08'), id)).toMatchObject({ ok: true, again: false })
    expect(await turnDown(asDesk(w, '08'), id)).toMatchObject({ ok: true, again: true })
    expect(await bookingRow(w, id)).toMatchObject({ status: 'lapsed', ended: 'turned_down' })
    const letter = await lastLetter(id)
    expect([letter?.subject.slice(0, 6), letter?.calendar]).toEqual(['【受付結果】', null])
    await offer(w.system)
    expect(await bookingRow(w, next.id)).toMatchObject({ status: 'requested' })
    expect(await kinds(next.id)).toEqual(['waiting', 'requested'])
    expect(await unlawful(w)).toEqual([])
  })

  test('its holder changes nothing once its deadline has passed, also before it lapses', async () => {
    const { id, token } = await booked(w)
    w.at('2026-11-26T06:00:00.000Z')
    expect(await cancel(w.ctx, { token })).toEqual({ ok: true, booking: id, again: true })
    expect(await amend(w.ctx, { token }, { message: 'x' })).toEqual({ ok: false, why: 'closed' })
    expect(await bookingRow(w, id)).toMatchObject({ status: 'requested', message: '' })
  })

  test('unanswered it lapses at its deadline, and its holder is notified', async () => {
    const { id } = await booked(w)
    w.at('2026-11-26T05:59:00.000Z')
    expect(await expire(w.system)).toEqual({ ok: true, expired: 0 })
    w.at('2026-11-26T06:00:00.000Z')
    expect(await expire(w.system)).toEqual({ ok: true, expired: 1 })
    expect(await bookingRow(w, id)).toMatchObject({ status: 'lapsed', ended: 'unanswered', sequence: 1 })
    expect(await kinds(id)).toEqual(['requested', 'unanswered'])
    expect(await approve(w.system, id)).toEqual({ ok: false, why: 'closed' })
  })

  test('its holder may withdraw it, and nothing is taken out of their calendar', async () => {
    const { id, token } = await booked(w)
    await cancel(w.ctx, { token })
    expect(await kinds(id)).toEqual(['requested', 'withdrawn'])
    expect((await lastLetter(id))?.calendar).toBeNull()
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ remaining: 5 })
  })
})

test('nobody but the desk approves', async () => {
  const { id } = await booked(w)
  await expect(approve(w.ctx, id)).rejects.toThrow('only for the desk')
  await expect(approve(w.system, 'nobody')).rejects.toThrow('booking')
})
