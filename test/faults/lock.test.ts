import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openSqlite } from '../../src/store/sqlite.ts'
import { expectSound, furnished, house, onRows } from './house.ts'
import { SEED, times } from './size.ts'
import { visitors } from './visitors.ts'

/** Seconds for which another process holds the file. */
const HELD = times(6, 30)
const PAGES = ['/healthz', '/calendar', '/']

test(`while another process holds the lock for ${HELD} s, reading goes on; then all who book are answered`, async () => {
  const home = await house(await furnished())
  const load = await visitors(home.ask)
  await load.more(10)
  const { raw, close } = openSqlite(home.address)
  raw.exec('begin immediate')
  await pause(500) // what was committed before is being answered
  const before = load.answered.length
  let [held, meanwhile] = [true, 0]
  const release = pause(HELD * 1000).then(() => {
    held = false
    meanwhile = load.answered.length - before
    raw.exec('rollback')
  })
  let read = 0
  while (held) {
    const path = PAGES[read % PAGES.length] as string
    const { status } = await home.ask(path)
    expect([path, status], `FAULT_SEED=${SEED}`).toEqual([path, 200])
    if (held) read++
    await pause(100)
  }
  await release
  await close()
  // One that waits for the lock in the event loop would answer about one page in five seconds.
  expect(read, `pages read, FAULT_SEED=${SEED}`).toBeGreaterThan(HELD * 2)
  expect(meanwhile).toBe(0)
  await load.more(10)
  await load.stop()
  await onRows(home.address, (w) => expectSound(`lock held for ${HELD} s, ${read} pages read`, w, load))
})
