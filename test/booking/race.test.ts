import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { createApp } from '../../src/app.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { prometheus } from '../../src/node/prometheus.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import type { Store } from '../../src/store/store.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { application, freshKey, MITO, type World } from '../world.ts'
import { crowd, tally } from './crowd.ts'
import { ask, booked, bookings, letters, mito, unlawful } from './fixtures.ts'
import { withoutRecount } from './without-recount.ts'

let w: World
const ends: (() => unknown)[] = []

beforeEach(async () => {
  w = await mito({ shared: true, env: { RATE_LIMIT: 'off' } })
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  await w.close()
})

/**
 * Starts a real server on these rows, on a port of its own. Returns its address. Its commits wait a little: on SQLite a
 * booking looks and writes in one turn, and nobody would come between.
 */
async function serve(rows: Store = w.ctx.store): Promise<string> {
  const store: Store = {
    ...rows,
    async commit(...writes) {
      await pause(50)
      return rows.commit(...writes)
    },
  }
  const { clock, config } = w.ctx
  const log = pino({ level: 'silent' })
  const app = createApp({
    store,
    clock,
    config,
    log,
    migrations: readMigrations(),
    assets: new Map(),
    metrics: prometheus(),
    cache: true,
    nudge: () => {},
  })
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(async () => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

type Answer = {
  status: number
  body: { booking?: { id: string; number: string }; code?: string; nearest?: { id: string }[] }
}

async function post(url: string, given: Record<string, unknown>, key = freshKey()): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key }
  const answer = await fetch(`${url}/api/v1/bookings`, { method: 'POST', headers, body: JSON.stringify(given) })
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}

/** The bookings made before the race, one after the other. */
async function seatedBefore(people: Record<string, unknown>[]) {
  const made: { id: string; token: string }[] = []
  for (const given of people) made.push(await booked(w, given))
  return made
}

const said = (answers: Answer[]) =>
  tally(answers.map(({ status, body }) => `${status} ${body.code ?? body.booking?.number ?? ''}`))

const statusOf = async (answer: Promise<Response>) => (await answer).status

describe('over HTTP', () => {
  test('fifty people at once for five places: exactly five get a place, the others get “full”', async () => {
    const url = await serve()
    const answers = await Promise.all(crowd(50).map((given) => post(url, given)))
    expect(said(answers)).toEqual({
      '201 IB-1127-01': 1,
      '201 IB-1127-02': 1,
      '201 IB-1127-03': 1,
      '201 IB-1127-04': 1,
      '201 IB-1127-05': 1,
      '409 full': 45,
    })
    const nearest = answers.flatMap((one) => one.body.nearest ?? []).map((one) => one.id)
    expect(nearest).toContain('ibaraki-2026-12-04')
    expect(await bookings(w)).toHaveLength(5)
    expect(await letters(w)).toHaveLength(5)
    expect(await unlawful(w)).toEqual([])
  })

  test('twenty people at once for a slot of two: exactly two are seated, and the day has three places left', async () => {
    const url = await serve()
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(url, application())))
    expect(said(answers)).toEqual({ '201 IB-1127-01': 1, '201 IB-1127-02': 1, '409 full': 18 })
    expect(await w.column('select seats_taken from session where id = ?', MITO)).toEqual([2])
    expect(await unlawful(w)).toEqual([])
  })

  test('parties of two at once never take the fifth place by halves', async () => {
    const url = await serve()
    const answers = await Promise.all(crowd(20).map((given) => post(url, { ...given, seats: 2 })))
    expect(tally(answers.map((one) => one.status))).toEqual({ 201: 2, 409: 18 })
    expect(await unlawful(w)).toEqual([])
  })

  test('the same submission twenty times at once is one booking with one number', async () => {
    const url = await serve()
    const [given, key] = [application(), freshKey()]
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(url, given, key)))
    expect(said(answers)).toEqual({ '201 IB-1127-01': 1, '200 IB-1127-01': 19 })
    expect(new Set(answers.map((one) => one.body.booking?.id)).size).toBe(1)
    expect(await bookings(w)).toHaveLength(1)
    expect((await letters(w)).map((one) => one.kind)).toEqual(['booked'])
    expect(await unlawful(w)).toEqual([])
  })

  test('one person twenty times at once under other keys is one booking, and is sent the link once', async () => {
    const url = await serve()
    const people = Array.from({ length: 20 }, (_, i) =>
      application({ email: i % 2 ? 'hanako@example.jp' : 'Hanako@Example.jp' }),
    )
    const answers = await Promise.all(people.map((given) => post(url, given)))
    expect(said(answers)).toEqual({ '201 IB-1127-01': 1, '409 twice': 19 })
    expect((await letters(w)).map((one) => one.kind).toSorted()).toEqual(['booked', 'link'])
    expect(await unlawful(w)).toEqual([])
  })

  test('places cancelled while others ask for them are neither lost nor given twice', async () => {
    const url = await serve()
    const first = await seatedBefore(crowd(5))
    const withdraw = ({ id, token }: { id: string; token: string }) =>
      fetch(`${url}/api/v1/bookings/${id}/cancel`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } })
    const [cancelled, answers] = await Promise.all([
      Promise.all([...first, ...first].map(withdraw)),
      Promise.all(crowd(30).map((given) => post(url, given))),
    ])
    expect(tally(cancelled.map((one) => one.status))).toEqual({ 200: 10 })
    const seated = answers.filter((one) => one.status === 201).length
    expect(tally(answers.map((one) => `${one.status} ${one.body.code ?? ''}`))).toEqual({
      ...(seated > 0 && { '201 ': seated }),
      ...(seated < 30 && { '409 full': 30 - seated }),
    })
    expect(seated).toBeLessThanOrEqual(5)
    expect((await bookings(w)).filter((one) => one.status === 'booked')).toHaveLength(seated)
    expect(await unlawful(w)).toEqual([])
    // The day fills up to its last place.
    for (const given of crowd(25)) await ask(w, given)
    expect((await bookings(w)).filter((one) => one.status === 'booked')).toHaveLength(5)
  })
})

describe('the negative control', () => {
  test('without the recount the same fifty people are oversold', async () => {
    const url = await serve(withoutRecount(w.ctx.store))
    const answers = await Promise.all(crowd(50).map((given) => post(url, given)))
    expect(answers.filter((one) => one.status === 201).length).toBeGreaterThan(5)
    expect((await unlawful(w)).length).toBeGreaterThan(0)
  })

  test('without the database’s own check, looking first and writing then oversells: the fifty really do race', async () => {
    const { store } = w.ctx
    const { db } = store
    // As if staff exceeded the capacity at every booking: the recount then allows what it counts.
    const over = [
      db.updateTable('session').set({ excess: 1000 }).where('id', '=', MITO),
      db.updateTable('slot').set({ excess: 1000 }).where('session', '=', MITO),
    ]
    const url = await serve({ ...store, commit: (...writes) => store.commit(...over, ...writes) })
    const answers = await Promise.all(crowd(50).map((given) => post(url, given)))
    expect(answers.filter((one) => one.status === 201).length).toBeGreaterThan(5)
  })

  test('booking, cancelling, moving, accepting and declining at once: no place too many, none lost, each told once', async () => {
    const url = await serve()
    const next = 'ibaraki-2026-12-04'
    const holders = await seatedBefore(crowd(5))
    const queue = await seatedBefore(Array.from({ length: 6 }, () => application({ waitlist: true, slot: null })))
    for (const { token } of holders.slice(0, 2)) await cancel(w.ctx, { token })
    await offer(w.system)
    const [first, second] = queue
    if (!first || !second) throw new Error('nobody waits')
    const press = (path: string, { id, token }: { id: string; token: string }, body: unknown = {}) =>
      fetch(`${url}/api/v1/bookings/${id}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      })
    const there = { session: next, slot: `${next}-1000` }
    const answers = await Promise.all([
      ...crowd(15).map((given) => post(url, given).then(({ status }) => status)),
      ...crowd(5).map((given) => post(url, { ...given, waitlist: true }).then(({ status }) => status)),
      ...[press('accept', first), press('accept', first), press('decline', second), press('accept', second)].map(
        statusOf,
      ),
      ...holders.slice(2).flatMap((one) => [press('move', one, there), press('cancel', one)].map(statusOf)),
    ])
    expect(answers.filter((status) => ![200, 201, 409].includes(status))).toEqual([])
    await offer(w.system)
    expect(await unlawful(w)).toEqual([])
    const told = Map.groupBy(await letters(w), (letter) => letter.subject)
    for (const row of await bookings(w)) {
      const sequences = told.get(row.id)?.map((letter) => letter.sequence)
      expect(sequences).toEqual(Array.from({ length: row.sequence + 1 }, (_, k) => k))
    }
    // A place is free only if no waiting party fits it.
    const session = await sessionById(w.ctx, MITO)
    expect((session?.room ?? 0) === 0 || session?.waiting === 0).toBe(true)
  })
})
