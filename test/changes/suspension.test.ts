import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/base/id.ts'
import { addDays } from '../../src/base/japan/civil.ts'
import { NotFound } from '../../src/base/outcome.ts'
import { applySuspensions } from '../../src/changes/apply-suspensions.ts'
import { liftSuspension, lifts } from '../../src/changes/lift-suspension.ts'
import { suspend } from '../../src/changes/suspend.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { editSeries } from '../../src/planning/edit-series.ts'
import { editSession } from '../../src/planning/edit-session.ts'
import { seriesById } from '../../src/planning/queries.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { seriesForm, sessionForm } from '../planning/forms.ts'
import { bookedOn, type Fridays, fridays, sessionRow } from '../planning/fridays.ts'
import { NOW, type World } from '../world.ts'

let w: Fridays
let day: string
let session: string
beforeAll(async () => {
  w = await fridays()
})
afterAll(() => w.close())
/** Each test suspends the day of its own session. Other sessions of that day are suspended too. */
beforeEach(async () => {
  w.at(NOW)
  await w.run("update session set formats = 'onsite,online', formats_before = null, suspension = null")
  await w.run('delete from suspension')
  session = w.next()
  day = (await sessionRow(w, session)).date ?? ''
})

const order = (changes: Record<string, unknown> = {}) => ({
  prefectures: ['08'],
  starts_on: day,
  ends_on: day,
  into: 'online',
  reason_ja: '大雪',
  reason_en: 'Heavy snow',
  ...changes,
})

/** Orders a suspension of the day. Returns its id. */
async function ordered(changes: Record<string, unknown> = {}): Promise<string> {
  const done = await suspend(as(w, 'secretariat'), order(changes))
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.suspension
}

/** Orders a suspension that moves the day's sessions to the web. Returns its id. */
async function inForce(): Promise<string> {
  const id = await ordered()
  await applySuspensions(w.system)
  expect(await sessionRow(w, session)).toMatchObject({ formats: 'online', suspension: id })
  return id
}

const row = async (id: string) => (await w.rows('select * from suspension where id = ?', id))[0]

describe('suspending', () => {
  test('orders it for some prefectures, each once and in order, and changes no session yet', async () => {
    const id = await ordered({ prefectures: ['13', '08', '13'], into: 'phone', reason_en: '' })
    expect(await row(id)).toEqual({
      id,
      prefectures: '08,13',
      starts_on: day,
      ends_on: day,
      format: 'phone',
      reason_ja: '大雪',
      reason_en: '大雪',
      state: 'in_force',
      told: '',
      created_at: NOW,
      updated_at: NOW,
    })
    expect(await sessionRow(w, session)).toMatchObject({ formats: 'onsite,online', suspension: null })
  })

  test('leaves a line of prefectures, days and what it is held as', async () => {
    const id = await ordered()
    expect(await lines(w, id)).toEqual([
      {
        actor: 'secretariat',
        act: 'suspension.ordered',
        detail: { prefectures: ['08'], starts_on: day, ends_on: day, into: 'online' },
      },
    ])
  })

  test('by a form sent twice orders one, also at once', async () => {
    const key = newId(NOW)
    let first = ''
    const slower = meanwhile(w, async () => {
      first = await ordered({ key })
    })
    expect(await suspend(as(slower, 'secretariat'), order({ key }))).toEqual({ ok: true, suspension: first, calls: 0 })
    expect(await ordered({ key })).toBe(first)
    expect(await w.column('select id from suspension')).toEqual([first])
  })

  test('by a form corrected and sent again with the same key is refused; by another account it is its own', async () => {
    const key = newId(NOW)
    const first = await ordered({ key })
    const corrected = order({ key, into: 'phone' })
    expect(await suspend(as(w, 'secretariat'), corrected)).toEqual({ ok: false, why: 'used' })
    expect(await suspend(as(w, 'desk'), corrected)).toMatchObject({ ok: true })
    expect(await row(first)).toMatchObject({ format: 'online' })
    expect(await w.column('select id from suspension')).toHaveLength(2)
  })

  test.each([
    ['no prefecture', { prefectures: [] }, { prefectures: 'required' }],
    ['a prefecture that there is not', { prefectures: ['48'] }, { prefectures: 'choice' }],
    ['an end before the start', { ends_on: '2026-11-01' }, { ends_on: 'choice' }],
    ['a day that there is not', { starts_on: '2026-02-30' }, { starts_on: 'choice' }],
    ['holding it in person', { into: 'onsite' }, { into: 'choice' }],
    ['no reason', { reason_ja: '' }, { reason_ja: 'required' }],
  ])('is refused for %s', async (_, changes, errors) => {
    expect(await suspend(as(w, 'desk'), order(changes))).toEqual({ ok: false, why: 'invalid', errors })
  })

  test('is for accounts that have all of its prefectures', async () => {
    expect(await mayDo(w, (ctx) => suspend(ctx, order()))).toEqual(['desk', 'secretariat', 'system'])
    const both = order({ prefectures: ['08', '13'] })
    expect(await mayDo(w, (ctx) => suspend(ctx, both))).toEqual(['secretariat', 'system'])
    const faulty = order({ into: '' })
    expect(await mayDo(w, (ctx) => suspend(ctx, faulty))).toEqual(['desk', 'elsewhere', 'secretariat', 'system'])
  })
})

describe('lifting', () => {
  test('holds its sessions in person too again, and is written down once', async () => {
    const id = await inForce()
    const { sequence, revision } = await sessionRow(w, session)
    const done = await liftSuspension(as(w, 'desk'), id)
    expect(done.ok ? done.sessions : done.why).toBeGreaterThan(0)
    expect(await row(id)).toMatchObject({ state: 'lifted' })
    expect(await sessionRow(w, session)).toMatchObject({
      formats: 'onsite,online',
      suspension: null,
      formats_before: null,
      reason_ja: null,
      reason_en: null,
      sequence: sequence + 1,
      revision: revision + 1,
    })
    expect(await liftSuspension(as(w, 'desk'), id)).toEqual({ ok: true, sessions: 0, left: 0, calls: 0 })
    expect((await lines(w, id)).map((line) => line.act).toSorted()).toEqual(['suspension.lifted', 'suspension.ordered'])
  })

  test('gives people their form back who were turned to the web, and tells each once; all others keep theirs', async () => {
    const booking = await bookedOn(w, session)
    const web = await bookedOn(w, session, { format: 'online', slot: `${session}-1100` })
    const id = await inForce()
    const since = await bookedOn(w, session, { format: 'online', slot: `${session}-1300` })
    await liftSuspension(as(w, 'desk'), id)
    await liftSuspension(as(w, 'desk'), id)
    const formats = await w.rows<{ id: string; format: string }>(
      'select id, format from booking where session = ?',
      session,
    )
    expect(new Map(formats.map((each) => [each.id, each.format]))).toEqual(
      new Map([
        [booking, 'onsite'],
        [web, 'online'],
        [since, 'online'],
      ]),
    )
    expect(await w.column("select subject from outbox where kind = 'converted_back'")).toEqual([booking])
  })

  test('is looked at with as many reads for a month as for a day, and names what else the venue has then', async () => {
    const hall = { id: 'hall', prefecture: '08', name_ja: '水戸会館', name_en: 'Mito hall', address: null }
    await addVenue(w.system, { ...hall, area_only: 0, printed: null })
    await w.run("update session set venue = 'hall'")
    const looked = async (ends_on: string) => {
      const id = await ordered({ ends_on })
      await applySuspensions(w.system)
      w.reads()
      const { ids, clashes } = await lifts(w.ctx, id)
      return { id, reads: w.reads(), sessions: ids.length, clashes: clashes.map((one) => one.id) }
    }
    const short = await looked(day)
    await liftSuspension(as(w, 'desk'), short.id)
    const long = await looked(addDays(day, 28))
    expect(long.sessions).toBeGreaterThan(short.sessions)
    expect(long.reads).toBe(short.reads)
    expect(long.clashes).toEqual([])
    await w.run("update session set formats = 'onsite', suspension = null, formats_before = null where id = ?", session)
    expect((await lifts(w.ctx, long.id)).clashes).toMatchObject([{ id: session, same: 'venue' }])
    await w.run('update session set venue = null')
  })

  test.each([
    ['before it', '台風の接近', true],
    ['while it is in force', '設備の点検', false],
  ])('keeps the reason of another change %s, which its letters do not give', async (_, reason, first) => {
    // The clock stands still, so an earlier conversion of it would be as late as this one.
    await w.run('delete from journal where subject = ?', session)
    await bookedOn(w, session)
    const given = () => w.run('update session set reason_ja = ?, reason_en = ? where id = ?', reason, 'Other', session)
    if (first) await given()
    const id = await inForce()
    expect(await sessionRow(w, session)).toMatchObject({ reason_ja: '大雪' })
    if (!first) await given()
    await liftSuspension(as(w, 'desk'), id)
    expect(await sessionRow(w, session)).toMatchObject({
      reason_ja: reason,
      reason_en: 'Other',
      formats: 'onsite,online',
    })
    const [before = ''] = await w.column<string>(
      "select outbox.before from outbox join booking on booking.id = subject where session = ? and kind = 'converted_back'",
      session,
    )
    expect(JSON.parse(before)).toMatchObject({ why: null })
  })

  test('counts the people without e-mail who are called', async () => {
    const booking = await bookedOn(w, session)
    await w.run('update booking set email = null where id = ?', booking)
    const id = await inForce()
    expect(await liftSuspension(as(w, 'desk'), id)).toMatchObject({ ok: true, calls: 1 })
    expect(await liftSuspension(as(w, 'desk'), id)).toMatchObject({ ok: true, calls: 0 })
  })

  test('leaves sessions that are over', async () => {
    const id = await inForce()
    w.at(`${day}T15:00:00.000Z`)
    expect(await liftSuspension(as(w, 'desk'), id)).toEqual({ ok: true, sessions: 0, left: 0, calls: 0 })
    expect(await sessionRow(w, session)).toMatchObject({ formats: 'online', suspension: id })
  })

  test('goes on where it was interrupted', async () => {
    const id = await inForce()
    await w.run("update suspension set state = 'lifted' where id = ?", id)
    const done = await liftSuspension(as(w, 'desk'), id)
    expect(done.ok ? done.sessions : done.why).toBeGreaterThan(0)
    expect(await sessionRow(w, session)).toMatchObject({ suspension: null })
  })

  test('while somebody faster lifts it changes each session once', async () => {
    const id = await inForce()
    const { revision } = await sessionRow(w, session)
    await liftSuspension(
      as(
        meanwhile(w, () => liftSuspension(as(w, 'desk'), id)),
        'desk',
      ),
      id,
    )
    expect(await sessionRow(w, session)).toMatchObject({ formats: 'onsite,online', revision: revision + 1 })
  })

  test('while somebody faster lifts it is written down once', async () => {
    const id = await inForce()
    await liftSuspension(
      as(
        meanwhile(w, () => liftSuspension(as(w, 'desk'), id)),
        'desk',
      ),
      id,
    )
    expect((await lines(w, id)).filter((line) => line.act === 'suspension.lifted')).toHaveLength(1)
  })

  test('while somebody faster edits one of its sessions keeps what they chose', async () => {
    const id = await inForce()
    const { revision } = await sessionRow(w, session)
    let commits = 0
    let faster: unknown
    const edited = async () => {
      commits++
      const form = sessionForm({ formats: ['online', 'phone'], revision })
      if (commits === 2) faster = await editSession(as(w, 'desk'), session, form)
    }
    await liftSuspension(as(meanwhile(w, edited, 2), 'desk'), id)
    expect(faster).toMatchObject({ ok: true })
    expect((await sessionRow(w, session)).formats).toContain('phone')
  })

  test('while its sessions are being put on the web leaves none of them there', async () => {
    const id = await ordered()
    const slower: World = meanwhile(w, () => liftSuspension(as(w, 'desk'), id))
    await applySuspensions(as(slower, 'system'))
    expect(await sessionRow(w, session)).toMatchObject({ formats: 'onsite,online', suspension: null })
  })

  test('of a suspension that is not there is not found', async () => {
    await expect(liftSuspension(as(w, 'desk'), 'none')).rejects.toThrow(NotFound)
  })

  test('is for accounts that have all of its prefectures', async () => {
    const id = await ordered()
    expect(await mayDo(w, (ctx) => liftSuspension(ctx, id))).toEqual(['desk', 'secretariat', 'system'])
    const both = await ordered({ prefectures: ['08', '13'] })
    expect(await mayDo(w, (ctx) => liftSuspension(ctx, both))).toEqual(['secretariat', 'system'])
  })
})

test('a session whose suspension was lifted follows its series again', async () => {
  const id = await inForce()
  await liftSuspension(as(w, 'secretariat'), id)
  const { edited, formats_before, series } = await sessionRow(w, session)
  expect([edited, formats_before]).toEqual([0, null])
  const found = await seriesById(w.ctx, series ?? '')
  const form = seriesForm({
    desk: found?.desk,
    weekdays: ['FR'],
    starts_on: found?.starts_on,
    revision: found?.revision,
    capacity: '4',
  })
  expect(await editSeries(as(w, 'desk'), series ?? '', form)).toMatchObject({ ok: true })
  expect(await sessionRow(w, session)).toMatchObject({ capacity: 4 })
})
