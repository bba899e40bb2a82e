import { afterEach, beforeEach, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { enter } from '../../src/booking/enter.ts'
import { bookingByToken } from '../../src/booking/queries.ts'
import { askToBeTold } from '../../src/interest/ask.ts'
import { findings } from '../../src/node/findings.ts'
import { tellAccount } from '../../src/people/write/tell-account.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { forget, forgettable } from '../../src/retention/forget.ts'
import { forgetSignIns } from '../../src/retention/forget-sign-ins.ts'
import { asDesk } from '../booking/desk.ts'
import { ask, booked, bookings, forSeminar, journal, mito } from '../booking/fixtures.ts'
import { everything } from '../everything.ts'
import { seminar } from '../schedule/fixtures.ts'
import { application, freshKey, MITO, type World } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

/** The fiscal year 2026 ends on 31 March 2027; a year later its people are forgotten. */
const BEFORE = '2028-03-31T14:59:00.000Z'
const AFTER = '2028-03-31T15:00:00.000Z'

const PERSONAL = [
  '髙﨑',
  '髙橋',
  'タカハシ',
  'たかはし',
  'secret@example.jp',
  '2240001',
  '0002',
  'ひみつ',
  '7000012050002',
]
const person = { email: 'secret@example.jp', message: 'ひみつの相談', corporate_number: '7000012050002' }

/** The figures that reports are made of. */
const figures = () =>
  w.rows(`select session, slot, format, seats, status, channel, prefecture, employees between 6 and 20 as band, industry, topics, created_at,
    cancelled_at, count(*) as bookings from booking
    group by session, slot, format, seats, status, channel, prefecture, employees between 6 and 20, industry, topics, created_at, cancelled_at
    order by session, slot, status`)

test.each([
  { ends_on: '2027-03-31', own: null, before: BEFORE, after: AFTER },
  { ends_on: '2027-03-31', own: 3, before: '2030-03-31T14:59:00.000Z', after: '2030-03-31T15:00:00.000Z' },
  { ends_on: '2027-02-28', own: 1, before: '2028-02-28T14:59:00.000Z', after: '2028-02-28T15:00:00.000Z' },
])('a programme that ends on $ends_on and has $own years of its own keeps its people that long', async (given) => {
  await booked(w, application(person))
  await w.run("update session set date = '2026-11-27' where date > ?", given.ends_on)
  await w.run('update programme set ends_on = ?, retention_years = ? where id = ?', given.ends_on, given.own, 'fy2026')
  w.at(given.before)
  expect(await forgettable(w.system)).toBe(0)
  w.at(given.after)
  expect(await forgettable(w.system)).toBe(1)
  expect(await forget(w.system)).toMatchObject({ forgotten: 1 })
})

test('to the last minute of the year after, everything is kept; then nothing personal is left in any table', async () => {
  const one = await booked(w, application(person))
  await cancel(w.ctx, { token: (await booked(w, application({ ...person, email: 'b@example.jp' }))).token })
  await w.run("update outbox set fault = 'RCPT TO: secret@example.jp refused'")
  const over = { session: MITO, channel: 'counter', full: 'over', over: '髙橋様が来られたため' }
  const entered = await enter(
    asDesk(w, '08'),
    { ...application({ ...person, email: null, seats: 2 }), ...over },
    freshKey(),
  )
  expect(entered).toMatchObject({ ok: true })
  const reasons = () => w.column("select detail from journal where act = 'booking.over'")
  expect(await reasons()).toEqual([expect.stringContaining('髙橋様')])
  w.at(BEFORE)
  expect(await forgettable(w.system)).toBe(0)
  expect(await forget(w.system)).toMatchObject({ forgotten: 0 })
  w.at(AFTER)
  const before = await figures()
  expect(await forgettable(w.system)).toBe(3)
  expect(await forget(w.system)).toMatchObject({ forgotten: 3 })
  expect(await reasons()).toEqual(['{}'])
  const { booking = [], outbox = [], journal: told = [] } = await everything(w)
  const left = JSON.stringify([booking, outbox, told])
  for (const text of PERSONAL) expect(left).not.toContain(text)
  expect(await figures()).toEqual(before)
  expect(await bookingByToken(w.ctx, one.token)).toBeUndefined()
  expect(await findings(w.system)).toEqual([])
})

test('repeated it finds nothing more to do', async () => {
  await booked(w)
  w.at(AFTER)
  await forget(w.system)
  expect(await forget(w.system)).toMatchObject({ forgotten: 0 })
})

test('many are forgotten in several commits, and each is', async () => {
  for (let i = 0; i < 30; i++) await ask(w, application({ session: 'seminar', slot: null, format: 'online' }))
  for (const day of ['2026-11-27', '2026-12-04', '2026-12-11', '2026-12-18', '2026-12-25']) {
    for (const time of ['1000', '1100', '1300', '1400', '1500']) {
      await ask(w, application({ session: `ibaraki-${day}`, slot: `ibaraki-${day}-${time}` }))
    }
  }
  w.at(AFTER)
  const all = (await bookings(w)).length
  expect(all).toBeGreaterThan(50)
  expect(await forget(w.system)).toMatchObject({ forgotten: all })
  expect((await bookings(w)).every((one) => one.name === '' && one.person_key === `forgotten:${one.id}`)).toBe(true)
  // Each has its own line, and forgotten again it gets no other.
  await forget(w.system)
  const told = (await journal(w)).filter((line) => line.act === 'booking.forgotten')
  expect(told.map((line) => line.subject).toSorted()).toEqual((await bookings(w)).map((one) => one.id).toSorted())
  expect(told.every((line) => Object.keys(line.detail).length === 0)).toBe(true)
})

test('an address that is forgotten gets no letter that still waits', async () => {
  const asking = await mito({ env: { SMTP_URL: 'smtp://localhost:2525' } })
  await publishSession(asking.system, seminar({ id: 'later', date: null, hours: null }))
  await askToBeTold(asking.ctx, 'later', { email: 'secret@example.jp', consent: true })
  const states = () => asking.column("select state from outbox where about = 'interest'")
  expect(await states()).toEqual(['waiting'])
  asking.at(AFTER)
  await forget(asking.system)
  expect(await states()).toEqual(['superseded'])
  expect(await asking.column('select email from interest')).toEqual([null])
  await asking.close()
})

test('how long they are kept is a setting', async () => {
  const longer = await mito({ env: { RETENTION_YEARS: '3' } })
  await booked(longer, application({ slot: `${MITO}-1000` }))
  longer.at(AFTER)
  expect(await forgettable(longer.system)).toBe(0)
  longer.at('2030-03-31T15:00:00.000Z')
  expect(await forgettable(longer.system)).toBe(1)
  await longer.close()
})

test('only staff may', async () => {
  await expect(forget(w.ctx)).rejects.toThrow('only for the system')
})

test('codes and browsers that ended a month ago are deleted, later ones stay', async () => {
  const account = { id: 'a', name: 'A', email: 'a@example.jp', role: 'desk', state: 'active' }
  await w.run(
    `insert into account (id, name, email, role, state, prefectures, revision, created_at, updated_at)
      values (?, ?, ?, ?, ?, '08', 0, ?, ?)`,
    ...Object.values(account),
    BEFORE,
    BEFORE,
  )
  for (const [id, ended] of [
    ['old', '2028-02-28T15:00:00.000Z'],
    ['new', '2028-03-02T15:00:00.000Z'],
  ]) {
    await w.run(
      `insert into pass (id, account, token_hash, proven, agent, created_at, seen_at, expires_at)
        values (?, 'a', ?, 1, 'Firefox', ?, ?, ?)`,
      id,
      id,
      BEFORE,
      BEFORE,
      ended,
    )
    await w.run(
      `insert into sign_in (id, account, secret_id, token_hash, attempts, expires_at, created_at)
        values (?, 'a', 's', ?, 0, ?, ?)`,
      id,
      id,
      ended,
      BEFORE,
    )
  }
  w.at('2028-02-28T15:00:00.000Z')
  await w.ctx.store.commit(tellAccount(w.ctx, 'email_changed', 'a', { email: 'former@example.jp' }))
  w.at(AFTER)
  await w.ctx.store.commit(tellAccount(w.ctx, 'new_browser', 'a', { agent: 'Firefox' }))
  const left = async () => [await w.column('select id from pass'), await w.column('select id from sign_in')]
  await forgetSignIns(w.system)
  expect(await left()).toEqual([['new'], ['new']])
  expect(await w.column("select kind from outbox where about = 'account'")).toEqual(['new_browser'])
  w.at('2028-04-30T15:00:00.000Z')
  await forget(w.system)
  expect(await left()).toEqual([[], []])
})

test('of a firm’s employees only the band stays', async () => {
  for (const [i, employees] of [3, 5, 6, 300, 4213].entries()) {
    await booked(w, forSeminar({ employees, email: `e${i}@example.jp`, phone: `03-0000-000${i}` }))
  }
  w.at(AFTER)
  await forget(w.system)
  expect(await w.column('select employees from booking order by number')).toEqual([5, 5, 20, 300, 301])
})
