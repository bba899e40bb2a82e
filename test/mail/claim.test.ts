import { afterEach, beforeEach, expect, test } from 'vitest'
import { claim, freeLetters, release, supersede } from '../../src/mail/claim.ts'
import { meanwhile } from '../meanwhile.ts'
import type { World } from '../world.ts'
import { booked, mailWorld, outbox } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mailWorld()
  await booked(w)
})
afterEach(() => w.close())

/** The letter that is free now. */
async function free() {
  const [row] = await freeLetters(w.ctx, 1)
  if (!row) throw new Error('no letter is free')
  return row
}

test('a letter is claimed once, and is nobody else’s meanwhile', async () => {
  const row = await free()
  expect(await claim(w.ctx, row, 'one')).toMatchObject({ id: row.id, state: 'claimed', claimed_by: 'one', attempts: 1 })
  expect([await claim(w.ctx, row, 'two'), await freeLetters(w.ctx, 1)]).toEqual([null, []])
})

test('of two senders who claim it at once one has it', async () => {
  const row = await free()
  const slower = meanwhile(w, () => claim(w.ctx, row, 'faster'))
  expect(await claim(slower.ctx, row, 'slower')).toBeNull()
  expect(await outbox(w)).toMatchObject([{ claimed_by: 'faster', attempts: 1 }])
})

test('given back it keeps what became of it; a claim that ran out gives nothing back', async () => {
  const mine = await claim(w.ctx, await free(), 'one')
  w.at('2026-11-22T02:00:00.000Z')
  const theirs = await claim(w.ctx, await free(), 'two')
  if (!mine || !theirs) throw new Error('not claimed')
  await release(w.ctx, mine, { state: 'failed' })
  expect(await outbox(w)).toMatchObject([{ state: 'claimed', claimed_by: 'two' }])
  await release(w.ctx, theirs, { state: 'sent' })
  expect(await outbox(w)).toMatchObject([{ state: 'sent', claimed_by: null, claimed_until: null }])
})

test('a letter that promises a place is superseded when its booking is over, and only then', async () => {
  expect(await supersede(w.ctx)).toBe(0)
  await w.run("update booking set status = 'cancelled'")
  expect([await supersede(w.ctx), await supersede(w.ctx)]).toEqual([1, 0])
  expect(await outbox(w)).toMatchObject([{ state: 'superseded' }])
})
