import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { askToBeTold } from '../../src/interest/ask.ts'
import { endInterest } from '../../src/interest/end.ts'
import { interestToken } from '../../src/interest/interest.ts'
import { findings } from '../../src/node/findings.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { erase } from '../../src/retention/erase.ts'
import { ERASING, eraseAgain } from '../../src/retention/erase-again.ts'
import { forget, forgettable } from '../../src/retention/forget.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import type { Schema } from '../../src/store/schema.ts'
import { booked, bookingRow, letters, mito, unlawful } from '../booking/fixtures.ts'
import { seminar } from '../schedule/fixtures.ts'
import { application, MITO, NOW, type World } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await mito({ env: { SMTP_URL: 'smtp://localhost' } })
})
afterEach(() => w.close())

const RESTORED = ['booking', 'session', 'slot', 'interest', 'outbox'] as const satisfies readonly (keyof Schema)[]

/** Keeps the rows as a backup would. Returns what brings them back; the lines written since stay in the journal. */
async function backedUp(): Promise<() => Promise<void>> {
  const { db, commit } = w.ctx.store
  const kept = new Map<(typeof RESTORED)[number], object[]>()
  for (const table of RESTORED) kept.set(table, await db.selectFrom(table).selectAll().execute())
  return async () => {
    for (const [table, rows] of kept) {
      for (const { id, ...row } of rows as { id: string }[]) {
        await commit(
          db
            .updateTable(table)
            .set(row as never)
            .where('id', '=', id),
        )
      }
    }
  }
}

test('a person who was erased after the backup is erased again, and the place is free as it was', async () => {
  const { id, token } = await booked(w, application({ name: '﨑山 花子', message: '秘密の相談' }))
  const restore = await backedUp()
  await erase(w.ctx, { token })
  const erased = await bookingRow(w, id)
  await restore()
  expect(await bookingRow(w, id)).toMatchObject({ name: '﨑山 花子', status: 'booked' })
  expect(await sessionById(w.ctx, MITO)).toMatchObject({ remaining: 4 })
  w.at('2026-11-28T01:00:00.000Z')
  expect(await forgettable(w.system)).toBe(1)
  expect(await forget(w.system)).toEqual({ ok: true, forgotten: 0, again: 1 })
  expect(await bookingRow(w, id)).toMatchObject({
    ...erased,
    updated_at: '2026-11-28T01:00:00.000Z',
    cancelled_at: NOW,
  })
  expect(await letters(w)).toMatchObject([{ kind: 'booked', state: 'superseded' }])
  expect(await w.column('select seats_taken from session where id = ?', MITO)).toEqual([0])
  expect([await unlawful(w), await findings(w.system)]).toEqual([[], []])
  expect(await eraseAgain(w.system)).toEqual({ ok: true, again: 0 })
})

test('a booking that was over when its holder was erased stays what it was, and so do all others', async () => {
  const over = await booked(w, application({ slot: `${MITO}-1000` }))
  const left = await booked(w, application({ slot: `${MITO}-1100` }))
  const other = await booked(w, application({ slot: `${MITO}-1300`, name: '別人' }))
  await cancel(w.ctx, { token: left.token })
  w.at('2026-11-28T01:00:00.000Z')
  const restore = await backedUp()
  for (const { token } of [over, left]) await erase(w.ctx, { token })
  await restore()
  expect(await eraseAgain(w.system)).toEqual({ ok: true, again: 2 })
  expect(await bookingRow(w, over.id)).toMatchObject({ status: 'booked', name: '', email: null })
  expect(await bookingRow(w, left.id)).toMatchObject({ status: 'cancelled', cancelled_at: NOW, name: '' })
  expect(await bookingRow(w, other.id)).toMatchObject({ status: 'booked', name: '別人' })
})

test('so is the address of somebody who no longer wanted to be told', async () => {
  await publishSession(w.system, seminar({ id: 'later', date: null, hours: null }))
  for (const email of ['gone@example.jp', 'stays@example.jp']) {
    await askToBeTold(w.ctx, 'later', { email, consent: true })
  }
  const restore = await backedUp()
  const gone = await w.ctx.store.db
    .selectFrom('interest')
    .selectAll()
    .where('email', '=', 'gone@example.jp')
    .executeTakeFirstOrThrow()
  await endInterest(w.ctx, (await interestToken(w.ctx, gone)) ?? '')
  await restore()
  expect(await w.column('select email from interest order by email')).toEqual(['gone@example.jp', 'stays@example.jp'])
  await eraseAgain(w.system)
  expect(await w.rows('select state, email from interest order by state')).toEqual([
    { state: 'asked', email: 'stays@example.jp' },
    { state: 'ended', email: null },
  ])
  expect(await w.column("select state from outbox where about = 'interest' order by state")).toEqual([
    'superseded',
    'waiting',
  ])
})

test('only the system may', async () => {
  await expect(eraseAgain(w.ctx)).rejects.toThrow('only for the system')
})

test('the operator is told to carry every kind of erasure over to a restored database', () => {
  const list = ERASING.map((act) => `'${act}'`).join(', ')
  const told = [...readFileSync('docs/deploy.md', 'utf8').matchAll(/act in \(([^)]*)\)/g)]
  expect(told.map(([, acts]) => acts)).toEqual(told.map(() => list))
  expect(told.length).toBeGreaterThan(1)
})
