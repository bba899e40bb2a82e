import { expect, test } from 'vitest'
import { noteReading } from '../../src/people/note-reading.ts'
import { asDesk } from '../booking/desk.ts'
import { afterTest } from '../ends.ts'
import { world } from '../world.ts'

test('a reading is noted once an hour for the same account and page, and only of staff', async () => {
  const w = await world({ seeded: false })
  afterTest(() => w.close())
  const desk = asDesk(w, '08')
  const lines = () => w.column('select at from journal order by at')
  for (const subject of ['one', 'one', 'two']) await noteReading(desk, 'reading.booking', subject)
  expect(await lines()).toHaveLength(2)
  w.at('2026-11-22T01:59:59.000Z')
  await noteReading(desk, 'reading.booking', 'one')
  expect(await lines()).toHaveLength(2)
  w.at('2026-11-22T02:00:00.000Z')
  await noteReading(desk, 'reading.booking', 'one')
  expect(await lines()).toHaveLength(3)
  await expect(noteReading(w.ctx, 'reading.booking', 'one')).rejects.toThrow('signed in')
})
