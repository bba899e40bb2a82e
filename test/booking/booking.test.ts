import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { timeOf } from '../../src/base/hours.ts'
import { personKey } from '../../src/base/person.ts'
import { type BookingStatus, LIVE } from '../../src/base/vocabulary.ts'
import { amend } from '../../src/booking/amend.ts'
import { type Booking, cancelsAt, isCancellable, mayBecome, NEXT } from '../../src/booking/booking.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { manageUrl, tokenOf } from '../../src/booking/link.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { sendLink } from '../../src/booking/send-link.ts'
import { application, NOW, testConfig, type World } from '../world.ts'
import { ask, booked, bookings, forSeminar, mito } from './fixtures.ts'

let w: World

beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

async function made(given?: Record<string, unknown>): Promise<Booking> {
  const found = await bookingById(w.ctx, (await booked(w, given)).id)
  if (!found) throw new Error('a booking just made is not there')
  return found
}

describe('a person', () => {
  const anon = { email: null, phone: '029-224-0001', name_kana: 'タカハシ タロウ' }

  test('is known by the e-mail, in any case', () => {
    expect(personKey({ ...anon, email: 'Taro@Example.JP' })).toBe(
      personKey({ ...anon, email: 'taro@example.jp', phone: '1' }),
    )
    expect(personKey({ ...anon, email: 'taro@example.jp' })).not.toBe(
      personKey({ ...anon, email: 'hanako@example.jp' }),
    )
  })

  test('without e-mail is known by telephone and kana together, however they are written', () => {
    const key = personKey(anon)
    expect(personKey({ email: null, phone: '０２９（２２４）０００１', name_kana: 'ﾀｶﾊｼ　ﾀﾛｳ' })).toBe(key)
    expect(personKey({ email: null, phone: '+81-29-224-0001', name_kana: 'たかはしたろう' })).toBe(key)
    expect(personKey({ ...anon, name_kana: 'タカハシ ハナコ' })).not.toBe(key)
    expect(personKey({ ...anon, phone: '029-224-0002' })).not.toBe(key)
  })

  test('with an e-mail is never taken for one without', () => {
    expect(personKey({ ...anon, email: 'tel:0292240001' })).not.toBe(personKey(anon))
  })
})

describe('the manage link', () => {
  const under = (SECRET: string) => ({ config: testConfig({ SECRET }) })

  test('is derived each time, always the same', async () => {
    const { id, token } = await booked(w)
    const [row] = await bookings(w)
    if (!row) throw new Error('no booking')
    expect(row.id).toBe(id)
    expect(await tokenOf(w.ctx, row)).toBe(token)
    expect(await manageUrl(w.ctx, row)).toBe(`http://localhost:8787/b/${token}`)
    expect(token).toMatch(/^[\w-]{43}$/)
  })

  test('lives on under the old secret while that is still listed, and no longer', async () => {
    const booking = await made()
    const token = await tokenOf(w.ctx, booking)
    expect(await tokenOf(under('the newer secret 0001,a secret for tests only'), booking)).toBe(token)
    expect(await tokenOf(under('the newer secret 0001'), booking)).toBeNull()
    expect(await manageUrl(under('the newer secret 0001'), booking)).toBeNull()
  })

  test('is another for another booking and another version', async () => {
    const [a, b] = [await made(), await made()]
    const tokens = [await tokenOf(w.ctx, a), await tokenOf(w.ctx, b), await tokenOf(w.ctx, { ...a, token_version: 2 })]
    expect(new Set(tokens).size).toBe(3)
  })
})

describe('the time of a booking', () => {
  test('is that of its slot, else of its session, else unknown', async () => {
    expect(timeOf(await made(application({ slot: 'ibaraki-2026-11-27-1300' })))).toEqual({
      starts_at: '2026-11-27T04:00:00.000Z',
      ends_at: '2026-11-27T04:50:00.000Z',
    })
    const seminar = await made(forSeminar())
    expect(timeOf(seminar)).toEqual({ starts_at: '2026-12-10T04:00:00.000Z', ends_at: '2026-12-10T07:00:00.000Z' })
    expect(timeOf({ slot: null, session: { ...seminar.session, starts_at: null, ends_at: null } })).toBeNull()
  })

  test('to cancel ends with its slot’s start, else with its session’s, and while that is unknown never', async () => {
    expect(cancelsAt(await made(application({ slot: 'ibaraki-2026-11-27-1300' })))).toBe('2026-11-27T04:00:00.000Z')
    const seminar = await made(forSeminar())
    expect(cancelsAt(seminar)).toBe('2026-12-10T04:00:00.000Z')
    const undecided = { ...seminar, session: { ...seminar.session, cancels_at: null } }
    expect(isCancellable(undecided, '2099-01-01T00:00:00.000Z')).toBe(true)
  })

  test.each<[BookingStatus, boolean]>([
    ['booked', true],
    ['requested', true],
    ['offered', true],
    ['waiting', true],
    ['attended', false],
    ['absent', false],
    ['cancelled', false],
    ['lapsed', false],
  ])('%s, it can be cancelled: %s', async (status, can) => {
    expect(isCancellable({ ...(await made()), status }, NOW)).toBe(can)
  })
})

test('the journal never holds a name, an address, a telephone or a word of what was written', async () => {
  const given = application({
    company: 'ひみつ商会',
    name: '秘密 花子',
    name_kana: 'ヒミツ ハナコ',
    email: 'secret.hanako@example.jp',
    phone: '090-8765-4321',
    corporate_number: '7000012050002',
    message: 'ないしょの相談',
  })
  const { token } = await booked(w, given)
  await ask(w, { ...given, email: 'SECRET.HANAKO@example.jp' })
  await amend(w.ctx, { token }, { phone: '080-1111-2222', message: 'べつの相談' })
  await amend(w.ctx, { token }, { phone: 'x', message: '' })
  await sendLink(w.ctx, { email: given.email })
  await cancel(w.ctx, { token })
  await ask(w, given)
  await ask(w, { ...given, slot: null })

  const lines = await w.rows('select * from journal order by id')
  const text = JSON.stringify(lines).toLowerCase()
  expect(text).toContain('booking.made')
  expect(text).toContain('booking.amended')
  expect(text).toContain('booking.cancelled')
  const personal = [
    'ひみつ',
    '秘密',
    '花子',
    'ヒミツ',
    'ハナコ',
    '相談',
    'secret.hanako',
    'example.jp',
    token.toLowerCase(),
    '090-8765-4321',
    '09087654321',
    '080-1111-2222',
    '08011112222',
    '7000012050002',
  ]
  expect(personal.filter((word) => text.includes(word))).toEqual([])
})

test('the states drawn in the architecture are those of the table', () => {
  const page = readFileSync('docs/ARCHITECTURE.md', 'utf8')
  const section = page.split('\n## ').find((part) => part.startsWith('The states of a booking')) ?? ''
  const drawn = [...section.matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(([, from, to]) => `${from} ${to}`)
  const table = Object.entries(NEXT).flatMap(([from, all]) => all.map((to) => `${from} ${to}`))
  expect(drawn).toEqual(table)
})

test('of what lapsed only requests come back; what was cancelled only comes back to what it was', () => {
  for (const to of Object.keys(NEXT) as (keyof typeof NEXT)[]) {
    expect([to, mayBecome('lapsed', to)]).toEqual([to, to === 'requested'])
    expect([to, mayBecome('cancelled', to)]).toEqual([to, LIVE.some((status) => status === to)])
  }
})
