import { Client } from 'pg'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { prometheus } from '../../src/node/prometheus.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import type { Store } from '../../src/store/store.ts'
import { unlawful } from '../booking/fixtures.ts'
import { application, contextOn, freshKey, MITO, type World, world } from '../world.ts'
import { createDatabase, dropDatabase, SEEDED } from './postgres-database.ts'

let url: string
let w: World
let store: Store
beforeEach(async () => {
  url = await createDatabase('madoguchi_busy', SEEDED)
  w = await world({ on: url })
  store = openPostgres(url)
})
afterEach(async () => {
  await Promise.all([store.close(), w.close()])
  await dropDatabase('madoguchi_busy')
})

function doors(on: Store) {
  const app = createApp({
    ...contextOn(on, { kind: 'public' }, { RATE_LIMIT: 'off' }),
    log: pino({ level: 'silent' }),
    migrations: [],
    assets: new Map(),
    metrics: prometheus(),
    cache: false,
    nudge: () => undefined,
  })
  const post = (key: string, given: Record<string, unknown>) =>
    app.request('/api/v1/bookings', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(given),
    })
  return { app, post }
}

test('a row that is locked for long answers 503 with Retry-After, and nothing is half done', async () => {
  const { post } = doors(store)
  const holder = new Client({ connectionString: url })
  await holder.connect()
  await holder.query('begin')
  await holder.query('update session set seats_taken = seats_taken where id = $1', [MITO])
  const [key, given] = [freshKey(), application()]
  const answer = await post(key, given)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await answer.json()).toMatchObject({ code: 'busy' })
  expect(await w.column('select count(*) from booking')).toEqual(['0'])
  await holder.query('rollback')
  await holder.end()
  expect((await post(key, given)).status).toBe(201)
  expect(await unlawful(w)).toEqual([])
}, 60_000)

test('if the server is away every route says so in words, and works again without a restart once it is back', async () => {
  const away = new URL(url)
  away.port = '1'
  const gone = openPostgres(away.href)
  const { app, post } = doors(gone)
  expect((await app.request('/lookup')).status).toBe(200)
  for (const path of ['/', '/calendar', `/sessions/${MITO}`]) {
    const page = await app.request(path)
    expect([path, page.status, page.headers.get('retry-after')]).toEqual([path, 503, '1'])
    expect(await page.text()).toContain('<h1>')
  }
  const answer = await post(freshKey(), application())
  expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
  expect((await app.request('/readyz')).status).toBe(503)
  await gone.close()
})

test('a connection that the server ends while people read answers 503 at most, and the next request is well', async () => {
  const { app } = doors(store)
  expect((await app.request('/')).status).toBe(200)
  const ending = new Client({ connectionString: url })
  await ending.connect()
  const reading = Array.from({ length: 20 }, async () => app.request('/calendar'))
  await ending.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  const statuses = await Promise.all(reading)
  for (const { status } of statuses) expect([200, 503]).toContain(status)
  expect((await app.request('/calendar')).status).toBe(200)
  await ending.end()
})
