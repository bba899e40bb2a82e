import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, civilDate } from '../../src/base/japan/civil.ts'
import { applySuspensions } from '../../src/changes/apply-suspensions.ts'
import { giveBack, giveFormatsBack } from '../../src/changes/give-formats-back.ts'
import { liftSuspension } from '../../src/changes/lift-suspension.ts'
import { suspend } from '../../src/changes/suspend.ts'
import { liftsUnderWay } from '../../src/changes/suspension-queries.ts'
import { runDue } from '../../src/clockwork.ts'
import { as, mayDo } from '../acts.ts'
import { bookedOn, type Fridays, fridays } from '../planning/fridays.ts'
import { NOW } from '../world.ts'

let w: Fridays
let id: string
let held: string[]
beforeEach(async () => {
  w = await fridays()
  const today = civilDate(NOW)
  const period = { prefectures: ['08'], starts_on: today, ends_on: addDays(today, 300), into: 'online' }
  const done = await suspend(as(w, 'secretariat'), { ...period, reason_ja: '大雪', reason_en: 'Heavy snow' })
  if (!done.ok) throw new Error(done.why)
  id = done.suspension
  const sessions = await w.column<string>("select id from session where state = 'published' order by date, id")
  for (const session of [sessions[0], sessions.at(-1)]) await bookedOn(w, session ?? '')
  await applySuspensions(w.system)
  held = await w.column<string>('select id from session where suspension = ? order by date, id', id)
})
afterEach(() => w.close())

const left = () => w.column<string>('select id from session where suspension = ? order by date, id', id)
const told = () => w.column<string>("select subject from outbox where kind = 'converted_back'")
const back = () => w.column<string>("select subject from journal where act = 'session.converted_back'")

/** A store that is cut off after some commits. */
function cutAfter(commits: number) {
  let n = 0
  const { store } = w.system
  const commit: typeof store.commit = (...writes) => {
    if (n++ >= commits) throw new Error('cut')
    return store.commit(...writes)
  }
  return { ...w.system, store: { ...store, db: store.db, commit } }
}

test('ten sessions of many are in person again at once, and the clockwork does the others', async () => {
  expect(held.length).toBeGreaterThan(12)
  const done = await liftSuspension(as(w, 'desk'), id)
  expect(done).toMatchObject({ ok: true, sessions: 10, left: held.length - 10 })
  expect(await left()).toEqual(held.slice(10))
  expect(await told()).toHaveLength(1)
  expect(await liftsUnderWay(w.system)).toEqual(new Map([[id, { over: 10, all: held.length }]]))
  await runDue(w.system)
  expect([await left(), await liftsUnderWay(w.system)]).toEqual([[], new Map()])
  expect(await told()).toHaveLength(2)
  expect((await back()).toSorted()).toEqual(held.toSorted())
  // Nothing of it is suspended again.
  await runDue(w.system)
  expect((await back()).length).toBe(held.length)
})

test('it goes on after it was cut off, and two processes tell everybody once', async () => {
  await liftSuspension(as(w, 'desk'), id)
  await expect(giveFormatsBack(cutAfter(2))).rejects.toThrow('cut')
  expect(await left()).toEqual(held.slice(12))
  await Promise.all([giveFormatsBack(w.system), giveFormatsBack(w.system)])
  expect(await left()).toEqual([])
  expect((await back()).toSorted()).toEqual(held.toSorted())
  expect(await told()).toHaveLength(2)
})

test('it is for the clockwork alone, which asks nobody once more', async () => {
  await liftSuspension(as(w, 'desk'), id)
  expect(await mayDo(w, giveFormatsBack)).toEqual(['system'])
})

test('a session that another suspension holds by then keeps its formats', async () => {
  expect(await giveBack(w.system, { id: held[0] ?? '', suspension: 'another' })).toBe(false)
  expect(await left()).toEqual(held)
})
