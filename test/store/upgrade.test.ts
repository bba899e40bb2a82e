import { describe, test } from 'vitest'
import { openD1 } from '../../src/store/d1.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { openDouble } from '../engines/d1-double.ts'
import { EARLIER, expectUpgrade } from './upgrade.ts'

describe('a database with rows in it keeps what they mean, and nothing is found wrong, upgraded from', () => {
  test.each(EARLIER)('%s on SQLite', async (_, version) => {
    const store = openSqlite(':memory:')
    await expectUpgrade(store, version)
    await store.close()
  })

  test.each(EARLIER)('%s on D1', async (_, version) => {
    const double = openDouble()
    await expectUpgrade(openD1(double.d1), version)
    double.close()
  })
})
