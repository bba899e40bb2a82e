import { describe, expect, test } from 'vitest'
import { openD1 } from '../../src/store/d1.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { openDouble } from '../engines/d1-double.ts'
import { EARLIER, expectUpgrade } from './upgrade.ts'

describe('a database with rows in it keeps what they mean, and nothing is found wrong, upgraded from', () => {
  test.each(EARLIER)('%s on SQLite', async (_, version) => {
    const store = openSqlite(':memory:')
    expect(await expectUpgrade(store, version)).toBe(EARLIER.length + 1 - version)
    await store.close()
  })

  test.each(EARLIER)('%s on D1', async (_, version) => {
    const double = openDouble()
    expect(await expectUpgrade(openD1(double.d1), version)).toBe(EARLIER.length + 1 - version)
    double.close()
  })
})
