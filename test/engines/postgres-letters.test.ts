import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unlawful } from '../booking/fixtures.ts'
import { type PostOffice, postOffice } from '../mail/post-office.ts'
import { serve } from '../node/server.ts'
import { application, freshKey, type World, world } from '../world.ts'
import { createDatabase, dropDatabase, SEEDED } from './postgres-database.ts'

type Server = Awaited<ReturnType<typeof serve>>

/** How many letters each process sends at once, by default. */
const AT_ONCE = 4

let url: string
let w: World
let office: PostOffice
let servers: Server[]

/** Four processes as an operator starts them, each with a clockwork and a sender of its own, on one database. */
beforeEach(async () => {
  url = await createDatabase('madoguchi_letters', SEEDED)
  w = await world({ on: url })
  office = await postOffice()
  const env = { DATABASE_URL: url, SMTP_URL: office.url, RATE_LIMIT: 'off', NODE_ENV: 'test', LOG_LEVEL: 'silent' }
  servers = await Promise.all(Array.from({ length: 4 }, () => serve('', env)))
}, 120_000)
afterEach(async () => {
  for (const server of servers) server.kill('SIGKILL')
  await Promise.all(servers.map((server) => server.ended))
  await office.close()
  await w.close()
  await dropDatabase('madoguchi_letters')
})

type Open = { id: string; formats: string[]; capacity: number; slots: { id: string }[] }

/** Books this many places, by each process in turn. Returns the addresses. */
async function bookAll(through: Server[], from: number, count: number): Promise<string[]> {
  const answer = await fetch(`${servers.at(-1)?.url}/api/v1/sessions?status=open&kind=consultation&limit=300`)
  const { sessions } = (await answer.json()) as { sessions: Open[] }
  const places = sessions.flatMap(({ id, formats, slots }) =>
    slots.map((slot) => ({ session: id, slot: slot.id, format: formats[0] })),
  )
  const made: string[] = []
  const people = places
    .slice(from, from + count)
    .map((place, i) => ({ ...place, email: `person-${from + i}@example.jp` }))
  const work = async (server: Server, mine: typeof people) => {
    for (const person of mine) {
      const booked = await fetch(`${server.url}/api/v1/bookings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': freshKey() },
        body: JSON.stringify(application(person)),
      }).catch(() => null)
      if (booked?.status === 201) made.push(person.email)
    }
  }
  await Promise.all(
    through.map((server, k) =>
      work(
        server,
        people.filter((_, i) => i % through.length === k),
      ),
    ),
  )
  return made
}

const receivers = () => office.received.flatMap((message) => message.to)

test('four senders in processes of their own send every letter exactly once, and every day is planned once', async () => {
  const made = await bookAll(servers, 0, 200)
  expect(made.length).toBeGreaterThan(100)
  await vi.waitFor(() => expect(receivers()).toHaveLength(made.length), { timeout: 60_000, interval: 100 })
  expect(receivers().toSorted()).toEqual(made.toSorted())
  // One more booking at each process wakes all four again: no letter is sent twice.
  const more = await bookAll(servers, 200, 4)
  await vi.waitFor(() => expect(receivers()).toHaveLength(made.length + more.length), {
    timeout: 60_000,
    interval: 100,
  })
  expect(new Set(receivers()).size).toBe(made.length + more.length)
  expect(await w.column("select distinct state from outbox where kind = 'booked'")).toEqual(['sent'])

  const days = await w.rows<{ series: string; occurrence: string }>(
    'select series, occurrence from session where series is not null',
  )
  expect(new Set(days.map((day) => `${day.series} ${day.occurrence}`)).size).toBe(days.length)
  const planned = await w.column<string>("select detail from journal where act = 'schedule.planned'")
  const sessionsMade = planned.reduce((sum, detail) => sum + (JSON.parse(detail) as { made: number }).made, 0)
  expect(sessionsMade).toBe(days.length)
  expect(await unlawful(w)).toEqual([])
}, 180_000)

test('a process killed while it sends loses no letter: what it had claimed leaves once the claim is over', async () => {
  const [victim, ...others] = servers
  if (!victim) throw new Error('no server')
  const all = bookAll(servers, 0, 120)
  await vi.waitFor(() => expect(receivers().length).toBeGreaterThan(20), { timeout: 60_000, interval: 5 })
  victim.kill('SIGKILL')
  await victim.ended
  await all
  const written = await w.column<string>("select email from booking where status = 'booked'")
  // The others send their letters. The dead process's claims last a minute; here they end at once.
  const unsent = async () => Number((await w.column("select count(*) from outbox where state <> 'sent'"))[0])
  await vi.waitFor(async () => expect(await unsent()).toBeLessThanOrEqual(AT_ONCE), { timeout: 60_000, interval: 100 })
  await pause(1000) // what is still claimed then is the dead process's
  await w.run("update outbox set claimed_until = '2020-01-01T00:00:00.000Z' where state = 'claimed'")
  await bookAll(others, 120, 3)
  await vi.waitFor(async () => expect(await unsent()).toBe(0), { timeout: 60_000, interval: 200 })
  const told = receivers()
  for (const address of written) expect(told).toContain(address)
  // A sender killed between sending and marking repeats the letters under way, and no others.
  expect(told.length - new Set(told).size).toBeLessThanOrEqual(AT_ONCE)
  expect(await unlawful(w)).toEqual([])
}, 180_000)
