import { afterEach, beforeEach, expect, test } from 'vitest'
import { openPostgres } from '../../src/store/postgres.ts'
import type { Store } from '../../src/store/store.ts'
import { EARLIER, expectUpgrade } from '../store/upgrade.ts'
import { createDatabase, dropDatabase } from './postgres-database.ts'

let store: Store
beforeEach(async () => {
  store = openPostgres(await createDatabase('madoguchi_upgrade'))
})
afterEach(async () => {
  await store.close()
  await dropDatabase('madoguchi_upgrade')
})

test.each(EARLIER)('a database with rows in it keeps what they mean, upgraded from %s', async (_, version) => {
  expect(await expectUpgrade(store, version)).toBe(EARLIER.length + 1 - version)
})
