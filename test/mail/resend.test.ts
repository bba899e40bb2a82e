import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { letterById } from '../../src/mail/queries.ts'
import { isResendable, resend } from '../../src/mail/resend.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { NOW, type World } from '../world.ts'
import { booked, cancelled, mailWorld } from './fixtures.ts'

let w: World
let slots = ['1000', '1100', '1300', '1400', '1500'].flatMap((hour) => [`ibaraki-2026-11-27-${hour}`])
beforeAll(async () => {
  w = await mailWorld()
  await w.run("update session set capacity = null where id = 'ibaraki-2026-11-27'")
  await w.run("update slot set capacity = null where session = 'ibaraki-2026-11-27'")
})
afterAll(() => w.close())

/** A booking whose letter is in a state, after three tries; the ids of both. */
async function letter(state: string) {
  slots = [...slots.slice(1), ...slots.slice(0, 1)]
  const one = await booked(w, { slot: slots[0] })
  const [id = ''] = await w.column<string>('select id from outbox where subject = ?', one.id)
  await w.run("update outbox set state = ?, attempts = 3, fault = 'no such host' where id = ?", state, id)
  return { ...one, letter: id }
}

const again = (id: string) => resend(as(w, 'desk'), id)
const CLOSED = { ok: false, why: 'closed' }

describe('a letter', () => {
  test.each(['failed', 'sent'])('that is %s waits once more, and its tries start from zero', async (state) => {
    const one = await letter(state)
    expect(await again(one.letter)).toEqual({ ok: true, letter: one.letter })
    expect(await letterById(w.ctx, one.letter)).toMatchObject({
      state: 'waiting',
      due_at: NOW,
      attempts: 0,
      fault: null,
    })
    expect(await lines(w, one.id)).toContainEqual({
      actor: 'desk',
      act: 'letter.resent',
      detail: { letter: one.letter, kind: 'booked' },
    })
  })

  test.each(['failed', 'sent', 'waiting', 'claimed', 'kept', 'superseded'])(
    'that is %s has its button only if it works',
    async (state) => {
      const one = await letter(state)
      const row = await w.ctx.store.db
        .selectFrom('outbox')
        .selectAll()
        .where('id', '=', one.letter)
        .executeTakeFirstOrThrow()
      const offered = await isResendable(as(w, 'desk'), row, await bookingById(w.ctx, one.id))
      expect(offered).toBe((await again(one.letter)).ok)
    },
  )

  test.each(['waiting', 'claimed', 'kept', 'superseded'])('that is %s is refused', async (state) => {
    const one = await letter(state)
    expect(await again(one.letter)).toEqual(CLOSED)
    expect(await letterById(w.ctx, one.letter)).toMatchObject({ state, attempts: 3 })
  })

  test('that left before its booking changed is refused', async () => {
    const one = await letter('sent')
    await cancelled(w, one)
    expect(await again(one.letter)).toEqual(CLOSED)
  })

  test('is refused if no mail leaves', async () => {
    const one = await letter('failed')
    const ctx = as(w, 'desk')
    expect(await resend({ ...ctx, config: { ...ctx.config, smtpUrl: null } }, one.letter)).toEqual(CLOSED)
  })

  test('that somebody tells by telephone is refused', async () => {
    const one = await letter('failed')
    await w.run("update outbox set channel = 'phone' where id = ?", one.letter)
    expect(await again(one.letter)).toEqual(CLOSED)
  })

  test('that somebody faster sends again is refused', async () => {
    const one = await letter('failed')
    const slower = meanwhile(w, () => again(one.letter))
    expect(await resend(as(slower, 'desk'), one.letter)).toEqual(CLOSED)
  })

  test('that was refused so leaves one line, not two', async () => {
    const one = await letter('failed')
    await resend(
      as(
        meanwhile(w, () => again(one.letter)),
        'desk',
      ),
      one.letter,
    )
    expect((await lines(w, one.id)).filter((line) => line.act === 'letter.resent')).toHaveLength(1)
  })

  test('that is not there is not found', async () => {
    await expect(again('none')).rejects.toThrow(NotFound)
  })

  test('is sent again by the desk of its booking’s prefecture', async () => {
    const one = await letter('failed')
    expect(await mayDo(w, (ctx) => resend(ctx, one.letter))).toEqual(['desk', 'secretariat', 'system'])
  })
})
