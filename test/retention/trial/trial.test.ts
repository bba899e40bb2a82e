import { afterEach, beforeEach, expect, test } from 'vitest'
import { book } from '../../../src/booking/book.ts'
import { readSetup, trialBookings } from '../../../src/house/queries.ts'
import { findings } from '../../../src/node/findings.ts'
import { beginTrial } from '../../../src/retention/trial/begin-trial.ts'
import { endTrial } from '../../../src/retention/trial/end-trial.ts'
import { sessionById } from '../../../src/schedule/queries.ts'
import { as, mayDo, withAccounts } from '../../acts.ts'
import { everything } from '../../everything.ts'
import { meanwhile } from '../../meanwhile.ts'
import { application, freshKey, type World, world } from '../../world.ts'

let w: World
beforeEach(async () => {
  w = await withAccounts(await world())
})
afterEach(() => w.close())

const secretariat = () => as(w, 'secretariat')
const tries = (email = 'secretariat@example.jp', at = w) =>
  book(at.ctx, application({ session: 'trial', slot: null, format: 'online', email }), {
    channel: 'web',
    key: freshKey(),
  })

test('the session on trial is a sample in a week that can be booked, and is made once', async () => {
  expect(await trialBookings(secretariat())).toBeNull()
  for (let i = 0; i < 2; i++) expect(await beginTrial(secretariat())).toEqual({ ok: true, session: 'trial' })
  expect(await sessionById(w.ctx, 'trial')).toMatchObject({ date: '2026-11-29', sample: true, status: 'open' })
  expect(await trialBookings(secretariat())).toEqual([])
  expect((await tries()).ok).toBe(true)
  expect(await trialBookings(secretariat())).toMatchObject([{ status: 'booked' }])
})

test('one click removes it with its bookings and letters, and every row is as before', async () => {
  const before = await everything(w)
  await beginTrial(secretariat())
  await tries()
  expect((await everything(w)).booking).toHaveLength(1)
  for (let i = 0; i < 2; i++) expect(await endTrial(secretariat())).toEqual({ ok: true })
  const { journal: _, numbering: __, ...after } = await everything(w)
  const { journal: ___, numbering: ____, ...was } = before
  expect(after).toEqual(was)
  expect(await findings(w.system)).toEqual([])
  expect(await readSetup(secretariat())).toMatchObject({ booking: true })
})

test('it stays if somebody else has booked there, also meanwhile', async () => {
  await beginTrial(secretariat())
  const slower = meanwhile(w, () => tries('taro@example.com'))
  expect(await endTrial(as(slower, 'secretariat'))).toEqual({ ok: false, why: 'others' })
  expect(await endTrial(secretariat())).toEqual({ ok: false, why: 'others' })
  expect(await w.column("select email from booking where session = 'trial'")).toEqual(['taro@example.com'])
})

test('whoever books while it is removed finds it gone', async () => {
  await beginTrial(secretariat())
  const slower = meanwhile(w, () => endTrial(secretariat()))
  expect(await tries(undefined, slower)).toMatchObject({ ok: false })
  expect(await w.column('select id from booking')).toEqual([])
})

test('it needs a programme and a desk', async () => {
  w.at('2030-01-01T00:00:00.000Z')
  expect(await beginTrial(secretariat())).toEqual({ ok: false, why: 'no_programme' })
  w.at('2026-11-22T01:00:00.000Z')
  const ends = () => w.run("update desk set ended_at = '2026-11-01T00:00:00.000Z', revision = revision + 1")
  expect(await beginTrial(as(meanwhile(w, ends), 'secretariat'))).toEqual({ ok: false, why: 'no_desk' })
  expect(await beginTrial(secretariat())).toEqual({ ok: false, why: 'no_desk' })
})

test('both are for the secretariat', async () => {
  expect(await mayDo(w, (ctx) => beginTrial(ctx))).toEqual(['secretariat', 'system'])
  expect(await mayDo(w, (ctx) => endTrial(ctx))).toEqual(['secretariat', 'system'])
})
