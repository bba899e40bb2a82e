import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PostgresProcess, startPostgres } from '../engines/postgres-process.ts'
import { type Deed, openWay } from '../way.ts'
import { chosen, expectLawful, expectSound, furnish, house, onRows } from './house.ts'
import { times } from './size.ts'
import { type Visitors, visitors } from './visitors.ts'

let postgres: PostgresProcess
beforeAll(async () => {
  postgres = await startPostgres()
  await furnish(await createDatabase('furnished'))
})
afterAll(() => postgres.remove())

/** A database of the server that is stopped, not of the one that all tests share. Returns its address. */
async function createDatabase(name: string, template = 'template1'): Promise<string> {
  await administer(`create database ${name} template ${template}`)
  const url = new URL(postgres.url)
  url.pathname = `/${name}`
  return url.href
}

async function administer(sql: string): Promise<void> {
  const client = new Client({ connectionString: postgres.url })
  await client.connect()
  await client.query(sql)
  await client.end()
}

/** Ends every connection of others, as an administrator may. */
const cutAll = () =>
  administer(`select pg_terminate_backend(pid) from pg_stat_activity
    where pid <> pg_backend_pid() and backend_type = 'client backend'`)

/** Each leaves PostgreSQL running, after it was away for so many milliseconds. */
const FAULTS: Record<string, (ms: number) => Promise<void>> = {
  stopped: async (ms) => {
    await postgres.stop()
    await pause(ms)
    await postgres.start()
  },
  crashed: async (ms) => {
    await postgres.crash()
    await pause(ms)
    await postgres.start()
  },
  'all connections cut': async (ms) => {
    for (let left = ms; left > 0; left -= 100) {
      await cutAll()
      await pause(100)
    }
  },
}

/** Lets people book in a database of their own while a fault happens. Way is where the server looks for PostgreSQL. */
async function bookThrough(
  name: string,
  way: number | null,
  fault: (load: Visitors, url: string) => Promise<void>,
): Promise<void> {
  const direct = await createDatabase(name, 'furnished')
  const url = new URL(direct)
  if (way !== null) url.port = String(way)
  const home = await house(url.href)
  const load = await visitors(home.ask)
  await load.more(10)
  await fault(load, direct)
  await load.more(10)
  await load.stop()
  expect(await home.end('SIGTERM')).toBe(0)
  await onRows(direct, (w) => expectSound(`PostgreSQL ${name}`, w, load))
}

test('a PostgreSQL that is stopped, crashes or cuts all connections while people book loses nothing', async () => {
  const rounds = chosen(fc.integer({ min: 100, max: 1500 }), times(1, 10))
  await bookThrough('away', null, async (load, url) => {
    for (const ms of rounds) {
      for (const fault of Object.values(FAULTS)) {
        await load.more(10)
        await fault(ms)
        await load.more(10)
        await onRows(url, (w) => expectLawful(w, load))
      }
    }
  })
})

test('connections that break at a COMMIT, before or after it arrived, make no booking twice or lost', async () => {
  const deeds = chosen(fc.constantFrom<Deed>('pass', 'pass', 'cut', 'cut after', 'reset'), times(60, 2000))
  let commits = 0
  const way = await openWay(Number(new URL(postgres.url).port), (said) =>
    said.includes('commit\0') ? (deeds[commits++] ?? 'pass') : 'pass',
  )
  await bookThrough('cut_at_commit', way.port, (load) => load.more(times(40, 1500)))
  expect(way.deeds()).toBeGreaterThan(10)
  await way.close()
})
