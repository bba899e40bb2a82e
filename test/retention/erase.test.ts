import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { annotate } from '../../src/booking/annotate.ts'
import { attend } from '../../src/booking/attend.ts'
import { correct } from '../../src/booking/correct.ts'
import { correctExtras } from '../../src/booking/extras/correct.ts'
import { bookingByToken } from '../../src/booking/queries.ts'
import { findings } from '../../src/node/findings.ts'
import { erase } from '../../src/retention/erase.ts'
import { erasedAhead } from '../../src/retention/erased-ahead.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { as } from '../acts.ts'
import { booked, bookingRow, letters, mito, unlawful } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, MITO, type World } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await mito({ env: { SMTP_URL: 'smtp://localhost' } })
})
afterEach(() => w.close())

/** All personal data of a booking in the rows. */
async function traces(id: string): Promise<string> {
  const rows = [
    ...(await w.rows('select * from booking where id = ?', id)),
    ...(await w.rows('select * from outbox where subject = ?', id)),
    ...(await w.rows('select * from journal where subject = ?', id)),
  ]
  return JSON.stringify(rows)
}

test('who asks for it is forgotten at once: the place is free, the link dead, and no letter leaves any more', async () => {
  const { id, token } = await booked(w, application({ name: '﨑山 花子', message: '秘密の相談' }))
  expect(await traces(id)).toContain('﨑山')
  expect(await erase(w.ctx, { token })).toEqual({ ok: true, booking: id })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'cancelled', sequence: 1, prefecture: '08', industry: 'E' })
  for (const word of ['﨑山', '秘密', 'taro', '髙﨑製作所', '-224-']) expect(await traces(id)).not.toContain(word)
  expect(await bookingByToken(w.ctx, token)).toBeUndefined()
  expect(await letters(w)).toMatchObject([{ kind: 'booked', state: 'superseded' }])
  expect(await sessionById(w.ctx, MITO)).toMatchObject({ remaining: 5 })
  await expect(erase(w.ctx, { token })).rejects.toThrow('booking')
  expect(await unlawful(w)).toEqual([])
  expect(await findings(w.system)).toEqual([])
})

test('the place goes on to the next who waits, and the desk sees for three days that it became free', async () => {
  const given = { slot: `${MITO}-1000`, seats: 2 }
  const { id, token } = await booked(w, application(given))
  const next = await booked(w, application({ ...given, waitlist: true }))
  await erase(w.ctx, { token })
  await offer(w.system)
  expect((await bookingRow(w, next.id)).status).toBe('offered')
  const seen = await erasedAhead(as(w, 'desk'))
  expect(seen).toMatchObject([{ id, session: MITO, seats: 2, number: 'IB-1127-01' }])
  expect(await erasedAhead(as(w, 'elsewhere'))).toEqual([])
  w.at(plusMinutes(w.ctx.clock.now(), 3 * 24 * 60))
  expect(await erasedAhead(as(w, 'desk'))).toEqual([])
})

test('the same person may book again afterwards', async () => {
  const given = application()
  const { token } = await booked(w, given)
  await erase(w.ctx, { token })
  const again = await booked(w, given)
  expect(await bookingRow(w, again.id)).toMatchObject({ status: 'booked', number: 'IB-1127-02' })
})

test('between the deadline for cancelling and the end of the day it is refused; afterwards the figures stay', async () => {
  const { id, token } = await booked(w)
  w.at('2026-11-27T01:30:00.000Z')
  expect(await erase(w.ctx, { token })).toEqual({ ok: false, why: 'closed' })
  w.at('2026-11-27T02:00:00.000Z')
  expect(await erase(w.ctx, { token })).toEqual({ ok: true, booking: id })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'booked', name: '', email: null })
})

describe('a form that was opened before', () => {
  const PERSON = {
    company: '大洗建設',
    name: '海野 次郎',
    name_kana: 'うんの じろう',
    phone: '090-1234-5678',
    email: '',
  }
  const FORMS = {
    note: (id: string, revision: number) => annotate(as(w, 'desk'), id, { note: '海野様は耳が遠い', revision }),
    person: (id: string, revision: number) => correct(as(w, 'desk'), id, { ...PERSON, revision }),
    answers: (id: string, revision: number) =>
      correctExtras(as(w, 'desk'), id, { support: { other: '海野様の通訳' }, revision }),
  }

  test.each(Object.entries(FORMS))('brings nothing back, nor does a new one: %s', async (_, save) => {
    const { id, token } = await booked(w, application({ seats: 2 }))
    w.at('2026-11-27T02:00:00.000Z')
    await attend(as(w, 'desk'), id, 'attended')
    const { revision } = await bookingRow(w, id)
    await erase(w.ctx, { token })
    const before = await bookingRow(w, id)
    expect(await save(id, revision)).toEqual({ ok: false, why: 'closed' })
    expect(await save(id, before.revision)).toEqual({ ok: false, why: 'closed' })
    expect(await bookingRow(w, id)).toEqual(before)
  })

  test.each(Object.entries(FORMS))('is refused if the person is erased at the same moment: %s', async (_, save) => {
    const { id, token } = await booked(w, application({ seats: 2 }))
    w.at('2026-11-27T02:00:00.000Z')
    await attend(as(w, 'desk'), id, 'attended')
    const { revision } = await bookingRow(w, id)
    const still = w
    w = meanwhile(still, () => erase(still.ctx, { token }))
    expect(await save(id, revision)).toEqual({ ok: false, why: 'changed' })
    w = still
    expect(await traces(id)).not.toContain('海野')
  })
})
