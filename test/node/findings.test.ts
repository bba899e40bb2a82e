import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assignAdvisers } from '../../src/advisers/assign.ts'
import { BOOKING_LETTERS, meaningOf } from '../../src/base/letters.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { move } from '../../src/booking/move.ts'
import { warned } from '../../src/node/doctor.ts'
import { findings } from '../../src/node/findings.ts'
import { accept } from '../../src/waitlist/accept.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { application, MITO, type World } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const codes = async () => (await findings(w.system)).map((fault) => fault.code)

test('what acts leave behind is sound: booked, moved, waiting, offered, accepted, cancelled', async () => {
  const holders: { token: string }[] = []
  for (const time of ['1000', '1100', '1300', '1400', '1500']) {
    holders.push(await booked(w, application({ slot: `${MITO}-${time}` })))
  }
  const one = await booked(w, application({ slot: null, waitlist: true }))
  await booked(w, application({ slot: null, waitlist: true }))
  await cancel(w.ctx, { token: holders[0]?.token ?? '' })
  await offer(w.system)
  await accept(w.ctx, { token: one.token })
  const next = { session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' }
  await move(w.ctx, { token: holders[1]?.token ?? '' }, next)
  expect(await findings(w.system)).toEqual([])
})

test('a last programme that ends soon is a warning of doctor, and no fault', async () => {
  const home = { ctx: w.system } as Parameters<typeof warned>[0]
  w.at('2026-12-30T15:00:00.000Z')
  await w.run("delete from programme where starts_on > '2027-03-31'")
  expect(await warned(home, [])).toEqual([expect.stringContaining('the last programme ends on 2027-03-31: ')])
  expect(await warned(home, [{ code: 'file_damaged', count: 1, ids: [] }])).toEqual([])
  expect(await findings(w.system)).toEqual([])
})

describe('a fault put in past every act is found, with the row it is in', () => {
  test.each([
    ['counter_session', () => MITO, () => w.run('update session set seats_taken = 3 where id = ?', MITO)],
    ['counter_slot', () => `${MITO}-1000`, () => w.run('update slot set seats_taken = 0 where id = ?', `${MITO}-1000`)],
    ['letter_missing', (id: string) => id, (id: string) => w.run('delete from outbox where subject = ?', id)],
    ['journal_missing', (id: string) => id, (id: string) => w.run('delete from journal where subject = ?', id)],
  ])('%s', async (code, at, harm) => {
    const { id } = await booked(w)
    expect(await codes()).toEqual([])
    await harm(id)
    expect(await findings(w.system)).toEqual([{ code, count: 1, ids: [at(id)] }])
  })

  test.each([
    ['busy_of_no_time', "update session set state = 'skipped' where id = ?"],
    ['busy_missing', 'delete from busy where session = ?'],
  ])('%s, of a session with an adviser', async (code, harm) => {
    await assignAdvisers(w.system, MITO, { revision: 0, whole: { name: '海野 次郎' } })
    expect(await codes()).toEqual([])
    await w.run(harm, MITO)
    expect(await findings(w.system)).toEqual([{ code, count: 1, ids: [MITO] }])
  })

  test('letter_missing, for a cancellation that was never told', async () => {
    const { id, token } = await booked(w)
    await cancel(w.ctx, { token })
    await w.run("delete from outbox where subject = ? and kind = 'cancelled'", id)
    expect(await codes()).toEqual(['letter_missing'])
  })

  test.each(BOOKING_LETTERS)('letter_missing, if the only letter (%s) tells of no change', async (kind) => {
    await booked(w)
    await w.run('update outbox set kind = ?', kind)
    expect(await codes()).toEqual(meaningOf(kind).change ? [] : ['letter_missing'])
  })

  test.each(['booking', 'email_change', 'interest', 'sign_in', 'account'])(
    'orphan_outbox_%s, a letter about nobody',
    async (about) => {
      await booked(w)
      await w.run(
        "insert into outbox select id || '2', kind, ?, 'nobody', sequence, dedupe_key, locale, channel, state, due_at, attempts, claimed_by, claimed_until, fault, before, created_at, updated_at, sent_at from outbox",
        about,
      )
      expect(await codes()).toEqual([`orphan_outbox_${about}`])
    },
  )

  test('letter_stuck, three days after it was due', async () => {
    await booked(w)
    await w.run("update outbox set state = 'waiting'")
    expect(await codes()).toEqual([])
    w.at('2026-11-26T01:00:00.000Z')
    expect(await codes()).toEqual(['letter_stuck'])
  })

  test('slot_of_another_session', async () => {
    const { id } = await booked(w)
    await w.run('update booking set slot = ? where id = ?', 'ibaraki-2026-12-04-1000', id)
    expect(await codes()).toContain('slot_of_another_session')
  })
})

test('no fault tells who booked', async () => {
  const { id } = await booked(w, application({ name: '髙橋 太郎', email: 'taro@example.jp' }))
  await w.run('delete from outbox where subject = ?', id)
  expect(JSON.stringify(await findings(w.system))).not.toMatch(/髙橋|taro@/)
})

test('only staff may ask', async () => {
  await expect(findings(w.ctx)).rejects.toThrow('only for the system')
})
