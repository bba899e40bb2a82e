import type { PoolClient } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { book } from '../../src/booking/book.ts'
import { openPool, storeOn } from '../../src/store/postgres.ts'
import type { Store } from '../../src/store/store.ts'
import { application, contextOn, freshKey } from '../world.ts'
import { createDatabase, SEEDED } from './postgres-database.ts'

let store: Store
let trips = 0
beforeEach(async () => {
  const pool = openPool(await createDatabase('madoguchi_trips', SEEDED))
  /** Each call waits for its answer before the next, so each is a round trip. */
  const counting = (client: PoolClient) =>
    new Proxy(client, {
      get(of, name) {
        if (name === 'query') trips++
        const value = Reflect.get(of, name)
        return typeof value === 'function' ? value.bind(of) : value
      },
    })
  store = storeOn({
    connect: async () => counting(await pool.connect()),
    query: (text, values) => pool.query(text, values),
    end: () => pool.end(),
  })
})
afterEach(() => store.close())

test('a commit is two round trips, however many statements it has', async () => {
  const chore = (name: string) => store.db.insertInto('chore').values({ name, done_on: '' })
  for (const many of [1, 20]) {
    trips = 0
    const writes = Array.from({ length: many }, (_, i) => chore(`${many} ${i}`))
    expect(await store.commit(...writes)).toEqual({ ok: true, changed: writes.map(() => 1) })
    expect(trips).toBe(2)
  }
})

test('a booking in a session that somebody has just seen or booked is two round trips', async () => {
  const ctx = { ...contextOn(store), upToDate: true }
  const ask = () => book(ctx, application(), { channel: 'web', key: freshKey() })
  expect(await ask()).toMatchObject({ ok: true })
  trips = 0
  expect(await ask()).toMatchObject({ ok: true })
  expect(trips).toBe(2)
})
