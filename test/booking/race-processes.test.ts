import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { program } from '../programs.ts'
import type { World } from '../world.ts'
import { crowd, tally } from './crowd.ts'
import { booked, bookings, mito, unlawful } from './fixtures.ts'

let w: World
const ends: (() => unknown)[] = []

beforeEach(async () => {
  w = await mito({ shared: true })
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  await w.close()
})

describe('several processes on the same rows', () => {
  /** A process that has opened the rows and waits for the start signal. */
  async function visitors(name: string, count: number) {
    const child: ChildProcess = spawn(process.execPath, [program('visitors'), w.address, name, String(count)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    ends.push(() => child.kill('SIGKILL'))
    if (!child.stdout || !child.stdin) throw new Error('a child without pipes')
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    expect((await lines.next()).value).toBe('ready')
    const { stdin } = child
    return async (): Promise<string[]> => {
      stdin.write('go\n')
      return JSON.parse((await lines.next()).value ?? '[]')
    }
  }

  test('fifty people in two of them at once for five places: exactly five are seated', async () => {
    const processes = await Promise.all([visitors('east', 25), visitors('west', 25)])
    const answers = (await Promise.all(processes.map((go) => go()))).flat()
    expect(tally(answers)).toEqual({ booked: 5, full: 45 })
    expect((await bookings(w)).map((one) => one.number)).toEqual(
      ['01', '02', '03', '04', '05'].map((n) => `IB-1127-${n}`),
    )
    expect(await unlawful(w)).toEqual([])
  })

  test('while two of them book and a third cancels, nobody sits on another’s place', async () => {
    const first: { token: string }[] = []
    for (const given of crowd(5)) first.push(await booked(w, given))
    const processes = await Promise.all([visitors('north', 15), visitors('south', 15)])
    const [answers, cancelled] = await Promise.all([
      Promise.all(processes.map((go) => go())),
      Promise.all(first.map(({ token }) => cancel(w.ctx, token))),
    ])
    expect(cancelled.every((one) => one.ok)).toBe(true)
    const counts = tally(answers.flat())
    expect((counts.booked ?? 0) + (counts.full ?? 0)).toBe(30)
    expect((await bookings(w)).filter((one) => one.status === 'booked')).toHaveLength(counts.booked ?? 0)
    expect(await unlawful(w)).toEqual([])
  })
})
