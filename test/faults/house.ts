import { readFileSync, writeFileSync } from 'node:fs'
import { type Arbitrary, sample } from 'fast-check'
import { expect } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { doctor } from '../../src/node/doctor.ts'
import { tally } from '../booking/crowd.ts'
import { unlawful } from '../booking/fixtures.ts'
import { freshDatabase, serve } from '../node/server.ts'
import { type World, world } from '../world.ts'
import { SEED } from './size.ts'
import type { Ask, Visitors } from './visitors.ts'

/** Choices of this run, by its seed. */
export function chosen<T>(of: Arbitrary<T>, count: number): T[] {
  return sample(of, { seed: SEED, numRuns: count })
}

/** Prints the figures of a test. */
export function print(line: string): void {
  // biome-ignore lint/suspicious/noConsole: the figures are what the long run is for
  console.log(line)
}

/** Rows of the published schedule as of today on an address, with room for everybody. */
export async function furnish(on: string): Promise<void> {
  const w = await world({ on, seeded: true, now: new Date().toISOString() })
  await makeRoom(w)
  await w.close()
}

/** Gives every session and slot room for all who come. */
export async function makeRoom(w: Pick<World, 'run'>): Promise<void> {
  for (const table of ['session', 'slot']) await w.run(`update ${table} set capacity = 5000`)
}

let image: Promise<Buffer> | null = null

async function imageOfToday(): Promise<Buffer> {
  const path = freshDatabase()
  await furnish(path)
  return readFileSync(path)
}

/** A file that is furnished. */
export async function furnished(): Promise<string> {
  image ??= imageOfToday()
  const path = freshDatabase()
  writeFileSync(path, await image)
  return path
}

type Server = Awaited<ReturnType<typeof serve>>

/** A served database that can be opened again after its process ended. `address` is a path or of PostgreSQL. */
export type House = {
  address: string
  ask: Ask
  server(): Server
  open(): Promise<void>
  /** Ends the process with a signal. Returns its exit code, or the signal. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string | null>
}

/** Serves a furnished address. */
export async function house(address: string, env: Record<string, string> = {}): Promise<House> {
  const given = { RATE_LIMIT: 'off', NODE_ENV: 'test', LOG_LEVEL: 'error', ...env }
  const url = address.startsWith('postgres') ? { DATABASE_URL: address } : undefined
  const begin = () => serve(address, { ...given, ...url })
  let server = await begin()
  return {
    address,
    ask: (path, init) => fetch(server.url + path, init),
    server: () => server,
    async open() {
      server = await begin()
    },
    async end(signal) {
      server.kill(signal)
      return server.ended
    },
  }
}

/** What is wrong with the rows, beside what visitors were answered. All lists are empty if the house is sound. */
async function faultsOf(w: World, answered: readonly string[]) {
  // In one query, because visitors may go on meanwhile.
  const rows = await w.rows<{ id: string; letters: number | string }>(
    `select id, (select count(*) from outbox where subject = booking.id
      and kind in ('booked', 'requested', 'waiting', 'entered')) as letters from booking`,
  )
  const there = new Set(rows.map(({ id }) => id))
  const asked = new Set(answered)
  return {
    rows: rows.length,
    letters: rows.reduce((sum, { letters }) => sum + Number(letters), 0),
    faults: {
      'answered and lost': answered.filter((id) => !there.has(id)),
      'answered twice': answered.length - asked.size,
      'not one letter': rows.filter(({ letters }) => Number(letters) !== 1),
      unlawful: await unlawful(w),
      doctor: await doctor({ ctx: w.system, migrations: readMigrations() }),
    },
    unasked: rows.filter(({ id }) => !asked.has(id)),
  }
}

const SOUND = {
  'answered and lost': [],
  'answered twice': 0,
  'not one letter': [],
  unlawful: [],
  doctor: [],
}

/** Expects that nothing is lost or twice. Visitors may still wait for their answer. */
export async function expectLawful(w: World, { answered }: Pick<Visitors, 'answered'>): Promise<void> {
  const { faults } = await faultsOf(w, [...answered]) // Others are answered while the rows are read.
  expect(faults, `FAULT_SEED=${SEED}`).toEqual(SOUND)
}

/**
 * Expects that bookings answered, rows and letters are the same, once each, and that the doctor finds nothing. All
 * visitors have their answer by now. Prints the figures.
 */
export async function expectSound(what: string, w: World, visitors: Visitors): Promise<void> {
  const { rows, letters, faults, unasked } = await faultsOf(w, visitors.answered)
  const again = Object.entries(tally(visitors.again)).map(([why, count]) => `${count} × ${why}`)
  const figures = [`${visitors.answered.length} answered`, `${rows} rows`, `${letters} letters`, ...again]
  print(`${what}: ${figures.join(', ')}`)
  expect(visitors.strange, `FAULT_SEED=${SEED}`).toEqual([])
  expect({ ...faults, unasked }, `FAULT_SEED=${SEED}`).toEqual({ ...SOUND, unasked: [] })
}

/** Opens the rows of an address as of now while `look` runs. */
export async function onRows(address: string, look: (w: World) => Promise<void>): Promise<void> {
  const now = new Date().toISOString()
  const url = address.startsWith('postgres') ? address : `sqlite:${address}`
  const w = await world({ on: address, now, env: { DATABASE_URL: url } })
  try {
    await look(w)
  } finally {
    await w.close()
  }
}
