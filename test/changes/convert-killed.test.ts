import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { applySuspensions } from '../../src/changes/apply-suspensions.ts'
import { suspend } from '../../src/changes/suspend.ts'
import { findings } from '../../src/node/findings.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { booked, forSeminar, mito, unlawful } from '../booking/fixtures.ts'
import { program } from '../programs.ts'
import { seminar } from '../schedule/fixtures.ts'
import type { World } from '../world.ts'

const [SESSIONS, EACH] = [20, 100]

/** Twenty seminars in Mito in December, each with a hundred bookings. */
async function twoThousand(w: World): Promise<void> {
  for (let i = 0; i < SESSIONS; i++) {
    const id = `day-${i}`
    const date = `2026-12-${String(i + 1).padStart(2, '0')}`
    await publishSession(
      w.system,
      seminar({ id, prefecture: '08', date, capacity: EACH, formats: ['onsite', 'online'] }),
    )
    await booked(w, forSeminar({ session: id, format: 'onsite', ...(i % 4 === 0 && { locale: 'en' }) }))
  }
  // The others as the first of each day was written: its letter and its line with it.
  const others = `with recursive n (i) as (select 2 union all select i + 1 from n where i < ${EACH})`
  const like = async (table: 'booking' | 'outbox' | 'journal', changes: Record<string, string>, where: string) => {
    const [row = {}] = await w.rows(`select * from ${table} limit 1`)
    const columns = Object.keys(row)
    const values = columns.map((column) => changes[column] ?? column)
    await w.run(
      `insert into ${table} (${columns.join(', ')}) ${others} select ${values.join(', ')} from ${table}, n where ${where}`,
    )
  }
  const numbered = (column: string) => `${column} || '-' || cast(i as text)`
  const own = ['id', 'number', 'uid', 'person_key', 'token_hash', 'idempotency_hash', 'email']
  await like('booking', Object.fromEntries(own.map((column) => [column, numbered(column)])), "session like 'day-%'")
  await like('outbox', { id: numbered('id'), subject: numbered('subject') }, "kind = 'booked'")
  await like('journal', { id: numbered('id'), subject: numbered('subject') }, "act = 'booking.made'")
  for (let i = 0; i < SESSIONS; i++) {
    await w.run(
      "update session set seats_taken = (select count(*) from booking where session = session.id and status = 'booked') where id = ?",
      `day-${i}`,
    )
  }
  await w.run("update booking set email = null where session = 'day-7'")
}

test('two thousand people converted by a process that is killed in the middle, and by another to the end: each told once', async () => {
  const w = await mito({ shared: true })
  await twoThousand(w)
  expect(await unlawful(w)).toEqual([])
  await suspend(w.system, {
    prefectures: ['08'],
    starts_on: '2026-12-01',
    ends_on: '2026-12-20',
    into: 'online',
    reason_ja: '大雪のため',
  })
  const child = spawn(process.execPath, [program('converter'), w.address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  let commits = 0
  for await (const _ of createInterface({ input: child.stdout })) {
    commits++
    if (commits === 8) child.kill('SIGKILL')
  }
  const [, signal] = (await gone) as unknown[]
  expect(signal).toBe('SIGKILL')
  const [half = 0] = await w.column<number | string>("select count(*) from outbox where kind = 'converted'")
  expect(Number(half)).toBeGreaterThan(500)
  expect(Number(half)).toBeLessThan(SESSIONS * EACH)
  expect(await unlawful(w)).toEqual([])

  await applySuspensions(w.system)
  const told = await w.rows<{ channel: string; letters: number | string; people: number | string }>(
    "select channel, count(*) as letters, count(distinct subject) as people from outbox where kind = 'converted' group by channel order by channel",
  )
  const counted = told.map(({ channel, letters, people }) => [channel, Number(letters), Number(people)])
  expect(counted).toEqual([
    ['mail', (SESSIONS - 1) * EACH, (SESSIONS - 1) * EACH],
    ['phone', EACH, EACH],
  ])
  expect(await w.rows("select distinct format, sequence, status from booking where session like 'day-%'")).toEqual([
    { format: 'online', sequence: 1, status: 'booked' },
  ])
  expect(await findings(w.system)).toEqual([])
  await w.close()
}, 120_000)
