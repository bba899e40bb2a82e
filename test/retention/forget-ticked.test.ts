import { afterEach, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { runTicked } from '../../src/booking/ticked/run-ticked.ts'
import { forget } from '../../src/retention/forget.ts'
import { forgetTicked } from '../../src/retention/forget-ticked.ts'
import { lines } from '../acts.ts'
import { asked, twoSeminars } from '../booking/ticked/fixtures.ts'
import { NOW, type World } from '../world.ts'

let w: World
afterEach(() => w.close())

const DAY = 24 * 60

test('acts on ticked bookings go 30 days after their end, with their results; the journal and what waits stay', async () => {
  const opened = await twoSeminars(2)
  w = opened.w
  const [one = '', two = ''] = opened.ids
  const over = await asked(w, 'move', [one])
  await runTicked(w.system)
  const waiting = await asked(w, 'move', [two])
  w.at(plusMinutes(NOW, 30 * DAY))
  await forgetTicked(w.system)
  expect(await w.column('select id from ticked order by id')).toEqual([over, waiting].toSorted())
  w.at(plusMinutes(NOW, 31 * DAY))
  await forget(w.system)
  expect(await w.column('select id from ticked')).toEqual([waiting])
  expect(await w.column('select booking from ticked_booking')).toEqual([two])
  expect(await lines(w, over)).toHaveLength(2)
})
