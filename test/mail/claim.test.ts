import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  claim,
  claimAll,
  freeLetters,
  giveBack,
  release,
  renew,
  supersede,
  whileClaimed,
} from '../../src/mail/claim.ts'
import { addAccount } from '../../src/people/add-account.ts'
import { askToSignIn } from '../../src/people/ask-to-sign-in.ts'
import { meanwhile } from '../meanwhile.ts'
import { MITO, NOW, type World } from '../world.ts'
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
  await release(w.ctx, { row: mine, outcome: { state: 'failed' } })
  expect(await outbox(w)).toMatchObject([{ state: 'claimed', claimed_by: 'two' }])
  await release(w.ctx, { row: theirs, outcome: { state: 'sent' } })
  expect(await outbox(w)).toMatchObject([{ state: 'sent', claimed_by: null, claimed_until: null }])
})

test('a renewed claim holds for another minute; one that another sender holds is not renewed', async () => {
  const mine = await claim(w.ctx, await free(), 'one')
  if (!mine) throw new Error('not claimed')
  w.at('2026-11-22T01:00:59.000Z')
  await renew(w.ctx, mine)
  w.at('2026-11-22T01:01:58.999Z')
  expect(await freeLetters(w.ctx, 1)).toEqual([])
  w.at('2026-11-22T01:01:59.000Z')
  const theirs = await claim(w.ctx, await free(), 'two')
  w.at('2026-11-22T01:02:30.000Z')
  await renew(w.ctx, mine)
  expect(await outbox(w)).toMatchObject([{ claimed_by: 'two', claimed_until: theirs?.claimed_until }])
})

test('a claim is renewed while its letter is worked on, also after a renewal failed, and no longer', async () => {
  const mine = await claim(w.ctx, await free(), 'one')
  if (!mine) throw new Error('not claimed')
  let renewals = 0
  const { commit } = w.ctx.store
  const failing = {
    ...w.ctx,
    store: {
      ...w.ctx.store,
      commit: (...writes: Parameters<typeof commit>) =>
        ++renewals === 1 ? Promise.reject(new Error('the database was locked')) : commit(...writes),
    },
  }
  w.at('2026-11-22T01:00:40.000Z')
  const untilRenewed = async () => {
    await vi.waitFor(async () => expect((await outbox(w))[0]?.claimed_until).toBe('2026-11-22T01:01:40.000Z'), 60_000)
    return 'done'
  }
  expect(await whileClaimed(failing, [mine], untilRenewed, 5)).toBe('done')
  const after = renewals
  await pause(30)
  expect(renewals).toBe(after)
})

/** Two letters that are free now. */
async function two() {
  await booked(w, { slot: `${MITO}-1100` })
  const rows = await freeLetters(w.ctx, 2)
  expect(rows).toHaveLength(2)
  return rows
}

test('of letters that are claimed together each is claimed for itself', async () => {
  const rows = await two()
  const [first, second] = rows
  if (!first || !second) throw new Error('no letters')
  const slower = meanwhile(w, () => claim(w.ctx, first, 'faster'))
  expect((await claimAll(slower.ctx, rows, 'slower')).map(({ id }) => id)).toEqual([second.id])
  expect((await outbox(w)).map((row) => row.claimed_by ?? '').toSorted()).toEqual(['faster', 'slower'])
})

test('letters that were claimed but not tried are given back as they were, and only by their sender', async () => {
  const rows = await two()
  const before = await outbox(w)
  const mine = await claimAll(w.ctx, rows, 'one')
  w.at('2026-11-22T01:01:00.000Z')
  const theirs = await claim(w.ctx, await free(), 'two')
  await giveBack(w.ctx, mine)
  expect((await outbox(w)).filter((row) => row.claimed_by !== null)).toMatchObject([
    { id: theirs?.id, claimed_by: 'two' },
  ])
  if (theirs) await giveBack(w.ctx, [theirs])
  const after = (await outbox(w)).map(({ state, due_at, attempts }) => ({ state, due_at, attempts: attempts > 1 }))
  expect(after).toEqual(before.map(({ state, due_at }) => ({ state, due_at, attempts: false })))
})

test('an outcome that the database refuses does not keep the letters beside it', async () => {
  const [refused, other] = await claimAll(w.ctx, await two(), 'one')
  if (!refused || !other) throw new Error('not claimed')
  const { commit } = w.ctx.store
  const strict = {
    ...w.ctx,
    store: {
      ...w.ctx.store,
      commit: async (...writes: Parameters<typeof commit>) =>
        writes.some((write) => write.compile().parameters.includes(refused.id))
          ? { ok: false as const, broke: 'still_true' }
          : commit(...writes),
    },
  }
  await release(strict, { row: refused, outcome: { state: 'sent' } }, { row: other, outcome: { state: 'sent' } })
  const states = new Map((await outbox(w)).map(({ id, state }) => [id, state]))
  expect([states.get(refused.id), states.get(other.id)]).toEqual(['claimed', 'sent'])
})

test('sign-in letters are free first, then the letters that are longest due, each once and as many as asked for', async () => {
  await booked(w, { slot: `${MITO}-1100` })
  await w.run("update outbox set due_at = '2026-11-22T00:00:00.000Z' where id = (select max(id) from outbox)")
  await addAccount(w.system, { email: 'desk@example.jp', name: '担当', role: 'secretariat' })
  await askToSignIn(w.ctx, { email: 'desk@example.jp' })
  const kinds = async (limit: number) => (await freeLetters(w.ctx, limit)).map((row) => `${row.kind} ${row.due_at}`)
  const first = [`sign_in ${NOW}`, 'booked 2026-11-22T00:00:00.000Z', `booked ${NOW}`]
  expect(await kinds(10)).toEqual(first)
  expect(await kinds(2)).toEqual(first.slice(0, 2))
})

test('a letter that promises a place is superseded when its booking is over, and only then', async () => {
  expect(await supersede(w.ctx)).toBe(0)
  await w.run("update booking set status = 'cancelled'")
  expect([await supersede(w.ctx), await supersede(w.ctx)]).toEqual([1, 0])
  expect(await outbox(w)).toMatchObject([{ state: 'superseded' }])
})
