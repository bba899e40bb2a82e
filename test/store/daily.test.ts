import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Instant } from '../../src/base/clock.ts'
import { daily, undone } from '../../src/store/daily.ts'
import { type World, world } from '../world.ts'

let w: World
let runs: string[]
beforeEach(async () => {
  w = await world({ seeded: false })
  runs = []
})
afterEach(() => w.close())

/** A process asks for the job at a time of its own clock. */
async function ask(at: Instant): Promise<void> {
  await daily({ ...w.ctx, clock: { now: () => at } }, 'work', async () => runs.push(at))
}

test('a job runs once a day in Japan, whoever asks for it', async () => {
  await Promise.all([1, 2, 3].map(() => ask('2026-11-22T01:00:00.000Z')))
  await ask('2026-11-22T14:59:59.999Z')
  expect(runs).toEqual(['2026-11-22T01:00:00.000Z'])
  await ask('2026-11-22T15:00:00.000Z')
  expect(runs).toEqual(['2026-11-22T01:00:00.000Z', '2026-11-22T15:00:00.000Z'])
})

test('a job that fails throws its error and runs again', async () => {
  const failing = daily(w.ctx, 'work', () => Promise.reject(new Error('no disk')))
  await expect(failing).rejects.toThrow('no disk')
  await ask('2026-11-22T02:00:00.000Z')
  expect(runs).toHaveLength(1)
})

test('a job marked as not done runs again the same day, and no other job does', async () => {
  await ask('2026-11-22T01:00:00.000Z')
  await w.ctx.store.commit(undone(w.ctx, 'other'))
  await ask('2026-11-22T02:00:00.000Z')
  expect(runs).toHaveLength(1)
  await w.ctx.store.commit(undone(w.ctx, 'work'))
  await ask('2026-11-22T03:00:00.000Z')
  expect(runs).toHaveLength(2)
})

test.each([
  ['a day', '2026-11-22T01:00:00.000Z', '2026-11-23T01:00:00.000Z'],
  ['a day, just before midnight', '2026-11-22T14:59:30.000Z', '2026-11-23T14:59:30.000Z'],
  ['an hour, past midnight', '2026-11-22T14:30:00.000Z', '2026-11-22T15:30:00.000Z'],
  ['a year', '2026-11-22T01:00:00.000Z', '2027-11-22T01:00:00.000Z'],
])('a clock that was ahead for a moment (%s) skips no day', async (_, now, ahead) => {
  await ask(now)
  await ask(ahead)
  await ask(now)
  runs = []
  await ask('2026-11-23T02:00:00.000Z')
  await ask('2026-11-23T02:00:30.000Z')
  expect(runs).toEqual(['2026-11-23T02:00:00.000Z'])
})

test('two processes whose clocks differ by minutes run it once a day, also around midnight', async () => {
  for (const second of [0, 30, 60, 90, 120, 150, 180]) {
    const at = Date.parse('2026-11-22T14:57:00.000Z') + second * 1000
    await ask(new Date(at).toISOString())
    await ask(new Date(at + 120_000).toISOString())
  }
  expect(runs).toEqual(['2026-11-22T14:57:00.000Z', '2026-11-22T15:00:00.000Z'])
})
