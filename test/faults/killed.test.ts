import { constantFrom, integer, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { chosen, expectLawful, expectSound, furnished, type House, house, onRows } from './house.ts'
import { SEED, times } from './size.ts'
import { type Ask, visitors } from './visitors.ts'

/** Milliseconds within which a server that is told to stop has ended: its drain, and what closing takes. */
const STOPS_WITHIN_MS = 10_000
/** Visitors at a time. */
const PEOPLE = 8

const pauses = integer({ min: 3, max: 40 })

test('a server killed again and again while people book keeps what it answered, once each', async () => {
  const home = await house(await furnished())
  const load = await visitors(home.ask)
  for (const answers of chosen(pauses, times(3, 50))) {
    await load.more(answers)
    expect(await home.end('SIGKILL')).toBe('SIGKILL')
    await onRows(home.address, (w) => expectLawful(w, load))
    await home.open()
  }
  await load.more(10)
  await load.stop()
  await onRows(home.address, (w) => expectSound('killed', w, load))
})

test('a server that is told to stop while people book ends in time with 0 and keeps what it answered', async () => {
  const home = await house(await furnished())
  const load = await visitors(home.ask, PEOPLE)
  for (const answers of chosen(pauses, times(2, 20))) {
    await load.more(answers)
    const [told, before] = [performance.now(), load.answered.length]
    expect(await home.end('SIGTERM')).toBe(0)
    expect(performance.now() - told).toBeLessThan(STOPS_WITHIN_MS)
    // Answered is what was under way, and what came until the signal arrived. A server that goes on answers hundreds.
    expect(load.answered.length - before, `FAULT_SEED=${SEED}`).toBeLessThanOrEqual(5 * PEOPLE)
    await onRows(home.address, (w) => expectLawful(w, load))
    await home.open()
  }
  await load.more(10)
  await load.stop()
  await onRows(home.address, (w) => expectSound('told to stop', w, load))
})

test('two servers on one file, of which one is killed at a time, keep what either answered, once each', async () => {
  const path = await furnished()
  const homes: [House, House] = [await house(path), await house(path)]
  let asked = 0
  // Who asks again may come to the other server.
  const ask: Ask = (...request) => homes[asked++ % 2 === 0 ? 0 : 1].ask(...request)
  const load = await visitors(ask)
  await load.more(40)
  for (const [which, answers] of chosen(tuple(constantFrom(0, 1), pauses), times(2, 25))) {
    expect(await homes[which].end('SIGKILL')).toBe('SIGKILL')
    await load.more(answers)
    await homes[which].open()
    await load.more(answers)
  }
  await load.stop()
  await onRows(path, (w) => expectSound('two servers on one file', w, load))
})
