import { expect, test } from 'vitest'
import { NOT_KEPT, TABLES } from '../../src/store/tables.ts'
import { emptySchedule } from '../schedule/fixtures.ts'

test('every table of the database is kept by a copy, or is known to hold nothing of its own', async () => {
  const w = await emptySchedule()
  const tables = await w.ctx.store.db.introspection.getTables()
  const ours = tables.map((one) => one.name).filter((name) => !name.startsWith('_cf_'))
  expect(ours.toSorted()).toEqual([...TABLES, ...NOT_KEPT].toSorted())
  await w.close()
})
