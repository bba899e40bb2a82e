import { afterEach, beforeEach, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { announceDraw } from '../../src/lottery/announce.ts'
import { draw } from '../../src/lottery/draw.ts'
import { forecast } from '../../src/lottery/forecast.ts'
import { drawnEntries } from '../../src/lottery/queries.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, forSeminar, mito } from '../booking/fixtures.ts'
import type { World } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await mito()
  await w.run("update session set acceptance = 'lottery', capacity = 4 where id = 'seminar'")
})
afterEach(() => w.close())

/** The results by number: `won`, the rank of a reserve, or `withdrawn`. */
async function results(): Promise<Record<string, string | number>> {
  const session = await sessionById(w.ctx, 'seminar')
  if (!session) throw new Error('no seminar')
  const found = forecast(session, await drawnEntries(w.ctx, 'seminar'), w.ctx.clock.now())
  const told = found.map(({ entry, result }) => [entry.number, result.kind === 'reserve' ? result.rank : result.kind])
  return Object.fromEntries(told)
}

test('the list before the announcement says what the announcement then decides, large parties and all', async () => {
  for (const seats of [2, 1, 3, 2, 1, 1]) await booked(w, forSeminar({ seats }))
  const gone = await booked(w, forSeminar())
  w.at('2026-12-09T06:00:00.000Z')
  const desk = asDesk(w, '31')
  await draw(desk, 'seminar')
  await cancel(desk, { id: gone.id })
  const before = await results()
  const { number } = await w.ctx.store.db
    .selectFrom('booking')
    .select('number')
    .where('id', '=', gone.id)
    .executeTakeFirstOrThrow()
  expect(before[number]).toBe('withdrawn')
  const told = await announceDraw(desk, 'seminar')
  const won = Object.values(before).filter((result) => result === 'won').length
  const ranks = Object.values(before).filter((result) => typeof result === 'number')
  expect(told).toEqual({ ok: true, won, reserves: ranks.length, again: false })
  expect(ranks).toEqual(ranks.map((_, i) => i + 1))
  expect(await results()).toEqual(before)
})
