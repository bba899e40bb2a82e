import { setTimeout as pause } from 'node:timers/promises'
import { integer } from 'fast-check'
import { expect, test } from 'vitest'
import type { openSqlite } from '../../src/store/sqlite.ts'
import { type Site, site } from '../http/app.ts'
import { MITO } from '../world.ts'
import { chosen, expectLawful, expectSound, makeRoom } from './house.ts'
import { SEED, times } from './size.ts'
import { type Ask, type Visitors, visitors } from './visitors.ts'

/** A site in this process, so that its disk can be full without a disk of its own, and the connection behind it. */
async function house() {
  const home = await site()
  await makeRoom(home)
  const { raw } = home.ctx.store as ReturnType<typeof openSqlite>
  const ask: Ask = async (path, init) => {
    await pause(10) // a visitor of another process lets this one go on
    return home.app.request(path, init)
  }
  return { home, raw, ask }
}

/** Expects that reading goes on, and that the site says by itself that it takes nothing. */
async function expectReading(home: Site): Promise<void> {
  expect((await home.ask('/readyz')).status, `FAULT_SEED=${SEED}`).toBe(503)
  for (const path of ['/healthz', '/calendar', `/sessions/${MITO}`]) {
    expect([path, (await home.ask(path)).status], `FAULT_SEED=${SEED}`).toEqual([path, 200])
  }
}

/** Expects that a setting refuses commits but no reading, that nothing is lost, and that another setting heals it. */
async function expectHealing(
  { home, raw }: Pick<Awaited<ReturnType<typeof house>>, 'home' | 'raw'>,
  load: Visitors,
  breaks: string,
  heals: string,
): Promise<void> {
  const refused = load.again.length
  raw.pragma(breaks)
  while (load.again.length < refused + 8 && load.strange.length === 0) await pause(5)
  await expectReading(home)
  await expectLawful(home, load)
  raw.pragma(heals)
  await load.more(10)
  expect((await home.ask('/readyz')).status).toBe(200)
}

const pagesFree = integer({ min: 0, max: 40 })

test('a disk that is full again and again while people book loses nothing, and heals once there is room', async () => {
  const { home, raw, ask } = await house()
  const load = await visitors(ask)
  for (const pages of chosen(pagesFree, times(4, 40))) {
    const most = Number(raw.pragma('page_count', { simple: true })) + pages
    await expectHealing({ home, raw }, load, `max_page_count = ${most}`, 'max_page_count = 1000000')
  }
  await load.stop()
  await expectSound('full disk', home, load)
})

test('a database that turns read-only while people book loses nothing, and heals once it takes writes', async () => {
  const { home, raw, ask } = await house()
  const load = await visitors(ask)
  for (const answers of chosen(integer({ min: 1, max: 30 }), times(4, 40))) {
    await load.more(answers)
    await expectHealing({ home, raw }, load, 'query_only = ON', 'query_only = OFF')
  }
  await load.stop()
  await expectSound('read-only', home, load)
})
