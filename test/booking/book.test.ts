import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addDays, instantAt } from '../../src/base/japan/civil.ts'
import { foldName } from '../../src/base/japan/fold.ts'
import { sha256 } from '../../src/base/token.ts'
import { book } from '../../src/booking/book.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { tokenOf } from '../../src/booking/link.ts'
import { bookingById, bookingByToken } from '../../src/booking/queries.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { everything } from '../everything.ts'
import { meanwhile } from '../meanwhile.ts'
import { seminar } from '../schedule/fixtures.ts'
import { application, freshKey, MITO, NOW, type World } from '../world.ts'
import { ask, booked, bookingRow, bookings, emptied, forSeminar, journal, letters, mito, unlawful } from './fixtures.ts'

let w: World

beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const slot = (time: string, session = MITO) => `${session}-${time}`
const numbers = async () => (await bookings(w)).map((one) => one.number)
const run = (sql: string, ...given: unknown[]) => w.run(sql, ...given)

/** Every row that a booking could leave behind. */
const traces = async () => ({
  bookings: await bookings(w),
  letters: await letters(w),
  journal: await journal(w),
  numbering: await w.rows('select * from numbering order by id'),
  taken: await w.rows(
    'select id, seats_taken, revision from session union all select id, seats_taken, 0 from slot order by id',
  ),
})

describe('a booking', () => {
  test('is kept as it was typed, with what is found by it beside', async () => {
    const key = freshKey()
    const given = application({
      seats: 2,
      topics: ['ict', 'security'],
      corporate_number: 'Ｔ７０００－０１２０－５０００２',
      message: '資料希望',
    })
    const { id, token } = await booked(w, given, key)
    expect(await bookingRow(w, id)).toMatchObject({
      number: 'IB-1127-01',
      programme: 'fy2026',
      session: MITO,
      slot: slot('1000'),
      format: 'onsite',
      seats: 2,
      status: 'booked',
      channel: 'web',
      locale: 'ja',
      company: '株式会社髙﨑製作所',
      name: '髙橋 太郎',
      name_kana: 'タカハシ タロウ',
      email: given.email,
      phone: '０２９-224-０００１',
      phone_digits: '0292240001',
      employees: 12,
      corporate_number: '7000012050002',
      topics: 'ict,security',
      message: '資料希望',
      consented_at: NOW,
      person_key: `mail:${String(given.email)}`,
      search_key: ` ${foldName(String(given.email))} ⟨株⟩高崎製作所 高橋太郎 タカハシタロウ`,
      token_hash: await sha256(token),
      idempotency_hash: await sha256(key),
      sequence: 0,
      revision: 0,
      created_at: NOW,
      cancelled_at: null,
    })
    expect(await bookingById(w.ctx, id)).toMatchObject({ id, topics: ['ict', 'security'], slot: { id: slot('1000') } })
    expect((await bookingByToken(w.ctx, token))?.id).toBe(id)
    expect(await bookingByToken(w.ctx, `${token}x`)).toBeUndefined()
    expect(await bookingById(w.ctx, 'nobody')).toBeUndefined()
  })

  test('is followed by one letter and one line in the journal', async () => {
    const { id } = await booked(w, application({ locale: 'en' }))
    expect(await letters(w)).toMatchObject([
      { kind: 'booked', subject: id, sequence: 0, dedupe_key: '', locale: 'en', state: 'kept', due_at: NOW },
    ])
    expect(await journal(w)).toEqual([
      { act: 'booking.made', subject: id, detail: { session: MITO, seats: 1, format: 'onsite', channel: 'web' } },
    ])
  })

  test('leaves its letter waiting if mail is sent', async () => {
    const sending = await mito({ env: { SMTP_URL: 'smtp://mail.invalid' } })
    await booked(sending)
    expect((await letters(sending)).map((one) => one.state)).toEqual(['waiting'])
    await sending.close()
  })

  test('takes its places from the day and the slot, without changing what others read of the session', async () => {
    await booked(w, application({ seats: 2 }))
    const session = await sessionById(w.ctx, MITO)
    expect(session).toMatchObject({ remaining: 3, status: 'open', revision: 0, sequence: 0, updated_at: NOW })
    expect(session?.slots.map((one) => one.remaining)).toEqual([0, 2, 2, 2, 2])
    await booked(w, application({ slot: slot('1500'), seats: 2 }))
    expect((await sessionById(w.ctx, MITO))?.slots.map((one) => one.remaining)).toEqual([0, 1, 1, 1, 0])
    expect((await sessionById(w.ctx, MITO))?.status).toBe('few')
  })

  test('of a session without slots needs none', async () => {
    const { id } = await booked(w, forSeminar({ seats: 30 }))
    expect(await bookingById(w.ctx, id)).toMatchObject({ number: 'TT-1210-01', slot: null, seats: 30 })
    expect((await sessionById(w.ctx, 'seminar'))?.status).toBe('full')
  })

  test('is made up to the last moment before the deadline, and not at its instant', async () => {
    w.at('2026-11-26T05:59:59.999Z')
    expect((await ask(w)).ok).toBe(true)
    w.at('2026-11-26T06:00:00.000Z')
    expect(await ask(w)).toMatchObject({ ok: false, why: 'closed' })
  })
})

describe('numbers', () => {
  test('run from 01 without gaps, whatever is refused between', async () => {
    await booked(w)
    expect((await ask(w, application({ slot: null }))).ok).toBe(false)
    await booked(w)
    expect(await ask(w)).toMatchObject({ why: 'full' })
    await run('update slot set capacity = 1 where id = ?', slot('1100'))
    await booked(w, application({ slot: slot('1100') }))
    expect(
      await ask(
        meanwhile(w, () => run('update session set capacity = 3 where id = ?', MITO)),
        application({ slot: slot('1300') }),
      ),
    ).toMatchObject({ why: 'full' })
    await run('update session set capacity = 5 where id = ?', MITO)
    await booked(w, application({ slot: slot('1300') }))
    expect(await numbers()).toEqual(['IB-1127-01', 'IB-1127-02', 'IB-1127-03', 'IB-1127-04'])
  })

  test('are never given a second time, also when a booking is cancelled', async () => {
    const { token } = await booked(w)
    await cancel(w.ctx, { token })
    await booked(w)
    expect(await numbers()).toEqual(['IB-1127-01', 'IB-1127-02'])
  })

  test('count each day for itself, and one day of a prefecture once', async () => {
    await publishSession(w.system, seminar({ id: 'also-in-ibaraki', prefecture: '08', date: '2026-12-04' }))
    await booked(w)
    await booked(w, application({ session: 'ibaraki-2026-12-04', slot: slot('1000', 'ibaraki-2026-12-04') }))
    await booked(w, forSeminar({ session: 'also-in-ibaraki' }))
    await booked(w, forSeminar())
    expect(await numbers()).toEqual(['IB-1127-01', 'IB-1204-01', 'IB-1204-02', 'TT-1210-01'])
  })

  test('start again with each year’s programme', async () => {
    for (const date of ['2026-12-17', '2027-12-17']) await publishSession(w.system, seminar({ id: `on-${date}`, date }))
    await booked(w, forSeminar({ session: 'on-2026-12-17' }))
    await booked(w, forSeminar({ session: 'on-2027-12-17' }))
    const rows = await bookings(w)
    expect(rows.map((one) => `${one.programme} ${one.number}`).toSorted()).toEqual([
      'fy2026 TT-1217-01',
      'fy2027 TT-1217-01',
    ])
  })

  test.each([
    [8, 'IB-1127-09'],
    [9, 'IB-1127-10'],
    [99, 'IB-1127-100'],
  ])('after %d comes %s', async (last, number) => {
    await run("insert into numbering (id, last) values ('fy2026 IB-1127-', ?)", last)
    await booked(w)
    expect(await numbers()).toEqual([number])
  })
})

describe('refused', () => {
  const others = ['ibaraki-2026-12-04', 'ibaraki-2026-12-11', 'ibaraki-2026-12-18']
  const fridays = [MITO, ...others].slice(0, 3)
  const state = (name: string) => () => run('update session set state = ? where id = ?', name, MITO)
  const fill = async () => {
    for (const time of ['1000', '1000', '1100', '1100', '1300']) await booked(w, application({ slot: slot(time) }))
  }
  const elsewhere = {
    kind: 'elsewhere',
    name: '豊田市',
    phone: '0565-34-6774',
    url: null,
    url_printed: 'https://…',
  } as const

  const cases: [string, string, () => unknown, () => Record<string, unknown>, Record<string, unknown>][] = [
    ['where the session does not exist', 'unknown', () => {}, () => application({ session: 'nowhere' }), {}],
    [
      'without a slot where there are slots',
      'invalid',
      () => {},
      () => application({ slot: null }),
      { errors: { slot: 'required' } },
    ],
    [
      'with a slot of another day',
      'invalid',
      () => {},
      () => application({ slot: slot('1000', 'ibaraki-2026-12-04') }),
      { errors: { slot: 'choice' } },
    ],
    [
      'with a slot where there are none',
      'invalid',
      () => {},
      () => forSeminar({ slot: slot('1000') }),
      { errors: { slot: 'choice' } },
    ],
    [
      'in a format that is not offered',
      'invalid',
      () => {},
      () => application({ format: 'visit' }),
      { errors: { format: 'choice' } },
    ],
    [
      'for more people than the slot ever takes',
      'invalid',
      () => {},
      () => application({ seats: 3 }),
      { errors: { seats: 'seats' } },
    ],
    [
      'for more people than the day ever takes',
      'invalid',
      () => {},
      () => forSeminar({ seats: 31 }),
      { errors: { seats: 'seats' } },
    ],
    [
      'for more people than the day ever takes, where the slot would',
      'invalid',
      () => run('update session set capacity = 1 where id = ?', MITO),
      () => application({ seats: 2 }),
      { errors: { seats: 'seats' } },
    ],
    [
      'with several faults',
      'invalid',
      () => {},
      () => application({ slot: null, format: 'phone' }),
      { errors: { slot: 'required', format: 'choice' } },
    ],
    ['where the day is full', 'full', fill, () => application({ slot: slot('1500') }), { nearest: others }],
    [
      'where the slot is full',
      'full',
      () => booked(w, application({ seats: 2 })),
      () => application(),
      { nearest: fridays },
    ],
    [
      'where a party does not fit into what the slot has left',
      'full',
      () => booked(w, application()),
      () => application({ seats: 2 }),
      { nearest: fridays },
    ],
    [
      'where a party does not fit into what the day has left',
      'full',
      () => booked(w, forSeminar({ seats: 29 })),
      () => forSeminar({ seats: 2 }),
      { nearest: [] },
    ],
    [
      'at the instant of the deadline',
      'closed',
      () => w.at('2026-11-26T06:00:00.000Z'),
      () => application(),
      { nearest: others },
    ],
    [
      'while it takes place',
      'closed',
      () => w.at(instantAt('2026-11-27', '11:00')),
      () => application(),
      { nearest: others },
    ],
    [
      'when it is over',
      'closed',
      () => w.at(instantAt('2026-11-28', '11:00')),
      () => application(),
      { nearest: others },
    ],
    [
      'before booking opens',
      'closed',
      () => run("update session set opens_at = '2026-11-24T00:00:00.000Z' where id = ?", MITO),
      () => application(),
      { nearest: others },
    ],
    [
      'at the deadline of its own slot, while later ones are open',
      'closed',
      async () => {
        await run("update session set closes = 'hours:24' where id = ?", MITO)
        w.at(instantAt('2026-11-26', '10:00'))
      },
      () => application(),
      { nearest: fridays },
    ],
    [
      'on a day off',
      'closed',
      () => {},
      () => application({ session: 'ibaraki-2027-01-01', slot: null }),
      { nearest: fridays },
    ],
    ['where it is postponed', 'closed', state('postponed'), () => application(), { nearest: others }],
    ['where it is called off', 'called_off', state('called_off'), () => application(), { nearest: others }],
    [
      'where it is called off, whatever else is wrong',
      'called_off',
      state('called_off'),
      () => application({ slot: null, format: 'visit' }),
      { nearest: others },
    ],
    [
      'where it is taken elsewhere',
      'elsewhere',
      () => publishSession(w.system, seminar({ id: 'toyota', apply: elsewhere })),
      () => forSeminar({ session: 'toyota' }),
      { nearest: ['seminar'] },
    ],
    [
      'where the hours are undecided',
      'undecided',
      () => publishSession(w.system, seminar({ id: 'someday', hours: null })),
      () => forSeminar({ session: 'someday' }),
      { nearest: ['seminar'] },
    ],
    [
      'where the date is undecided',
      'undecided',
      () => publishSession(w.system, seminar({ id: 'someday', date: null })),
      () => forSeminar({ session: 'someday' }),
      { nearest: ['seminar'] },
    ],
    [
      'outside the year of its programme',
      'closed',
      async () => {
        const date = '2027-04-02'
        await run(
          "update session set date = ?, starts_at = ?, ends_at = ? where id = 'seminar'",
          date,
          instantAt(date, '10:00'),
          instantAt(date, '12:00'),
        )
      },
      () => forSeminar(),
      { nearest: [] },
    ],
  ]

  test.each(cases)('%s: %s', async (_, why, arrange, given, more) => {
    await arrange()
    const before = await traces()
    const key = freshKey()
    const done = await ask(w, given(), key)
    const told = 'nearest' in done ? { ...done, nearest: done.nearest.map((one) => one.id) } : done
    expect(told).toEqual({ ok: false, why, ...more })
    expect(await traces()).toEqual(before)
    w.at(NOW)
    expect(
      await ask(w, application({ session: 'ibaraki-2026-12-25', slot: slot('1000', 'ibaraki-2026-12-25') }), key),
    ).toMatchObject({
      ok: true,
      again: false,
    })
  })

  test('a day that is not a session of the coming year is beyond all programmes', async () => {
    const date = addDays('2028-03-31', 1)
    expect(await publishSession(w.system, seminar({ id: 'beyond', date }))).toMatchObject({ ok: false })
    expect(await ask(w, forSeminar({ session: 'beyond' }))).toEqual({ ok: false, why: 'unknown' })
  })

  test('with all faults of the fields and of the key at once', async () => {
    expect(await ask(w, application({ email: 'x', phone: '1', consent: false }), 'short')).toEqual({
      ok: false,
      why: 'invalid',
      errors: { email: 'email', phone: 'phone', consent: 'consent', key: 'key' },
    })
    expect(await ask(w, application(), 'short')).toEqual({ ok: false, why: 'invalid', errors: { key: 'key' } })
    expect(await book(w.ctx, application(), { channel: 'api', key: undefined })).toEqual({
      ok: false,
      why: 'invalid',
      errors: { key: 'key' },
    })
    expect(await bookings(w)).toEqual([])
  })
})

describe('twice', () => {
  test.each([
    ['in the same letters', 'hanako@example.jp'],
    ['in other case', 'HANAKO@Example.JP'],
    ['in full width', 'ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ'],
  ])('the same address %s is one booking, and nobody is shown whose', async (_, email) => {
    const { id, token } = await booked(w, application({ email: 'hanako@example.jp', locale: 'en' }))
    const done = await ask(w, application({ email, name: '別 人', slot: slot('1500') }))
    expect(done).toEqual({ ok: false, why: 'twice', nearest: [] })
    expect(JSON.stringify(done)).not.toContain(token)
    expect(await bookings(w)).toHaveLength(1)
    expect((await letters(w)).map((one) => [one.kind, one.subject, one.locale])).toEqual([
      ['booked', id, 'en'],
      ['link', id, 'en'],
    ])
  })

  test('asked again and again, the link leaves once in an hour', async () => {
    await booked(w, application({ email: 'hanako@example.jp' }))
    const links = async () => (await letters(w)).filter((one) => one.kind === 'link').length
    for (let minute = 0; minute < 60; minute += 5) {
      w.at(new Date(Date.parse(NOW) + minute * 60_000).toISOString())
      expect(await ask(w, application({ email: 'Hanako@example.jp' }))).toMatchObject({ why: 'twice' })
      expect(await links()).toBe(1)
    }
    w.at(new Date(Date.parse(NOW) + 60 * 60_000).toISOString())
    await ask(w, application({ email: 'hanako@example.jp' }))
    expect(await links()).toBe(2)
  })

  test('is said even when the day is full, closed or called off', async () => {
    await booked(w, application({ email: 'hanako@example.jp', seats: 2 }))
    await run('update session set capacity = 2 where id = ?', MITO)
    expect(await ask(w, application({ email: 'hanako@example.jp' }))).toMatchObject({ why: 'twice' })
    w.at('2026-11-26T06:00:00.000Z')
    expect(await ask(w, application({ email: 'hanako@example.jp' }))).toMatchObject({ why: 'twice' })
  })

  test('is no hindrance on another day, nor after the first was cancelled', async () => {
    const email = 'hanako@example.jp'
    const { token } = await booked(w, application({ email }))
    await booked(w, application({ email, session: 'ibaraki-2026-12-04', slot: slot('1000', 'ibaraki-2026-12-04') }))
    await cancel(w.ctx, { token })
    await booked(w, application({ email }))
    expect((await bookings(w)).map((one) => one.status)).toEqual(['cancelled', 'booked', 'booked'])
  })

  test('a colleague with the same telephone is another person', async () => {
    await booked(w, application({ email: 'hanako@example.jp' }))
    await booked(w, application({ email: 'taro@example.jp' }))
    expect(await bookings(w)).toHaveLength(2)
  })
})

describe('the same key', () => {
  test('and input is the same booking, and nothing more', async () => {
    const [given, key] = [application(), freshKey()]
    const { id } = await booked(w, given, key)
    const before = await traces()
    for (let i = 0; i < 3; i++) expect(await ask(w, given, key)).toEqual({ ok: true, booking: id, again: true })
    expect(await traces()).toEqual(before)
  })

  test('and input is recognised in other widths, if they come to the same', async () => {
    const [given, key] = [application({ email: 'hanako@example.jp' }), freshKey()]
    const { id } = await booked(w, given, key)
    const typed = {
      ...given,
      name_kana: 'ﾀｶﾊｼ　ﾀﾛｳ',
      email: 'ｈａｎａｋｏ@example.jp ',
      employees: 12,
      seats: '１',
      corporate_number: '',
    }
    expect(await ask(w, typed, ` ${key} `)).toEqual({ ok: true, booking: id, again: true })
  })

  test('and other input is faulty, and changes nothing', async () => {
    const [given, key] = [application(), freshKey()]
    await booked(w, given, key)
    const before = await traces()
    for (const changes of [
      { seats: 2 },
      { email: 'other@example.jp' },
      { slot: slot('1100') },
      { message: '!' },
      { session: 'nowhere' },
    ]) {
      expect(await ask(w, { ...given, ...changes }, key)).toEqual({ ok: false, why: 'invalid', errors: { key: 'key' } })
    }
    expect(await traces()).toEqual(before)
  })

  test.each([
    ['full', () => run('update session set capacity = seats_taken where id = ?', MITO)],
    ['closed', async () => w.at('2026-11-26T06:00:00.000Z')],
    ['over', async () => w.at('2027-05-01T00:00:00.000Z')],
    ['called off', () => run("update session set state = 'called_off' where id = ?", MITO)],
    ['changed', () => run('update session set revision = revision + 1, sequence = 1 where id = ?', MITO)],
  ])('finds its booking when the day is %s by then', async (state, arrange) => {
    const [given, key] = [application(), freshKey()]
    const { id } = await booked(w, given, key)
    await arrange()
    expect((await ask(w)).ok).toBe(state === 'changed')
    expect(await ask(w, given, key)).toEqual({ ok: true, booking: id, again: true })
  })

  test('finds its booking as it is by then, cancelled', async () => {
    const [given, key] = [application(), freshKey()]
    const { id, token } = await booked(w, given, key)
    await cancel(w.ctx, { token })
    expect(await ask(w, given, key)).toEqual({ ok: true, booking: id, again: true })
    expect((await bookingById(w.ctx, id))?.status).toBe('cancelled')
    expect(await bookings(w)).toHaveLength(1)
  })

  test('is not used up by a refusal', async () => {
    const [given, key] = [application(), freshKey()]
    await run("update session set state = 'called_off' where id = ?", MITO)
    expect((await ask(w, given, key)).ok).toBe(false)
    await run("update session set state = 'published' where id = ?", MITO)
    expect(await ask(w, given, key)).toMatchObject({ ok: true, again: false })
  })

  describe('in any order of calls', () => {
    const people = [1, 2, 3].map((n) => application({ email: `person${n}@example.jp` }))
    const submission = fc.record({
      does: fc.constant('book' as const),
      key: fc.nat(2),
      person: fc.nat(2),
      slot: fc.constantFrom('1000', '1100'),
      seats: fc.integer({ min: 1, max: 2 }),
    })
    const event = fc.record({ does: fc.constantFrom('fill' as const, 'close' as const, 'cancel' as const) })
    type Call = typeof submission extends fc.Arbitrary<infer T> ? T : never
    type Made = { id: string; token: string; input: string }

    /** Submits, and compares the answer with the first answer for this key. */
    async function submit(call: Call, used: Map<string, Made>) {
      const key = `key-of-a-property-${call.key}`
      const given = { ...people[call.person], slot: slot(call.slot), seats: call.seats }
      const input = JSON.stringify(given)
      const earlier = used.get(key)
      const done = await ask(w, given, key)
      if (!earlier && done.ok) used.set(key, { ...(await made(done.booking)), input })
      if (!earlier) return
      const same = { ok: true, booking: earlier.id, again: true }
      expect(done).toEqual(input === earlier.input ? same : { ok: false, why: 'invalid', errors: { key: 'key' } })
    }

    async function made(id: string): Promise<{ id: string; token: string }> {
      return { id, token: (await tokenOf(w.ctx, await bookingRow(w, id))) ?? '' }
    }

    const events = {
      close: () => w.at('2026-11-26T06:00:00.000Z'),
      fill: () => run('update session set capacity = seats_taken where id = ?', MITO),
      cancel: async (used: Map<string, Made>) => {
        for (const { token } of used.values()) await cancel(w.ctx, { token })
      },
    }

    test('a key makes at most one booking and finds it ever after', async () => {
      const calls = fc.array(fc.oneof({ weight: 4, arbitrary: submission }, event), { minLength: 2, maxLength: 12 })
      await fc.assert(
        fc.asyncProperty(calls, async (sequence) => {
          await emptied(w)
          w.at(NOW)
          await run('update session set capacity = 5 where id = ?', MITO)
          const used = new Map<string, Made>()
          for (const call of sequence) await (call.does === 'book' ? submit(call, used) : events[call.does](used))
          const rows = await bookings(w)
          expect(rows.map((row) => row.id).toSorted()).toEqual([...used.values()].map((one) => one.id).toSorted())
          expect(await unlawful(w)).toEqual([])
        }),
        { numRuns: 60 },
      )
    })
  })
})

describe('between the look and the commit', () => {
  const touched = () => run('update session set revision = revision + 1 where id = ?', MITO)

  test('a session that changed once is looked at afresh', async () => {
    expect(await ask(meanwhile(w, touched))).toMatchObject({ ok: true, again: false })
    expect(await unlawful(w)).toEqual([])
  })

  test('a session that was called off is refused as that', async () => {
    const calledOff = () => run("update session set state = 'called_off', revision = 1 where id = ?", MITO)
    expect(await ask(meanwhile(w, calledOff))).toMatchObject({ ok: false, why: 'called_off' })
    expect(await bookings(w)).toEqual([])
  })

  test('a session that changes three times is given up, and nothing remains', async () => {
    const before = await traces()
    expect(await ask(meanwhile(w, touched, 3))).toEqual({ ok: false, why: 'changed', nearest: [] })
    const after = await traces()
    expect({ ...after, taken: [] }).toEqual({ ...before, taken: [] })
  })

  test('a session that changes twice is booked at the third look', async () => {
    expect(await ask(meanwhile(w, touched, 2))).toMatchObject({ ok: true })
  })

  test('somebody else takes the last place of the slot: full, and the day’s other slots are nearest', async () => {
    const done = await ask(meanwhile(w, () => booked(w, application({ seats: 2 }))))
    expect(done).toMatchObject({ ok: false, why: 'full', nearest: [{ id: MITO }, {}, {}] })
    expect(await numbers()).toEqual(['IB-1127-01'])
    expect(await unlawful(w)).toEqual([])
  })

  test('somebody else takes the last places of the day: full, and another day is nearest', async () => {
    await booked(w, application({ slot: slot('1100'), seats: 2 }))
    await booked(w, application({ slot: slot('1300'), seats: 2 }))
    const done = await ask(meanwhile(w, () => booked(w, application({ slot: slot('1500') }))))
    expect(done).toMatchObject({ ok: false, why: 'full', nearest: [{ id: 'ibaraki-2026-12-04' }, {}, {}] })
    expect(await unlawful(w)).toEqual([])
  })

  test('a party is then shown only if all of it has room', async () => {
    await run("update slot set seats_taken = 1 where session = 'ibaraki-2026-12-04'")
    const done = await ask(
      meanwhile(w, () => booked(w, application())),
      application({ seats: 2 }),
    )
    expect(done).toMatchObject({ why: 'full', nearest: [{ id: MITO }, { id: 'ibaraki-2026-12-11' }, {}] })
  })

  test('the same person was seated: twice, and the link is sent', async () => {
    const done = await ask(
      meanwhile(w, () => booked(w, application({ email: 'hanako@example.jp' }))),
      application({ email: 'hanako@example.jp' }),
    )
    expect(done).toEqual({ ok: false, why: 'twice', nearest: [] })
    expect((await letters(w)).map((one) => one.kind)).toEqual(['booked', 'link'])
  })

  test('the same submission was taken: it is that booking', async () => {
    const [given, key] = [application(), freshKey()]
    let first = ''
    const faster = async () => {
      first = (await booked(w, given, key)).id
    }
    expect(await ask(meanwhile(w, faster), given, key)).toEqual({ ok: true, booking: first, again: true })
    expect(await bookings(w)).toHaveLength(1)
  })

  test('the same submission took the last place: it is that booking, not full', async () => {
    const given = application({ seats: 2 })
    const key = freshKey()
    const done = await ask(
      meanwhile(w, () => booked(w, given, key)),
      given,
      key,
    )
    expect(done).toMatchObject({ ok: true, again: true })
    expect(await bookings(w)).toHaveLength(1)
  })

  test('the same key was used up for something else: it is faulty', async () => {
    const key = freshKey()
    const done = await ask(
      meanwhile(w, () => booked(w, application(), key)),
      application(),
      key,
    )
    expect(done).toEqual({ ok: false, why: 'invalid', errors: { key: 'key' } })
  })

  test('another booking came in: the number after it is given', async () => {
    expect(await ask(meanwhile(w, () => booked(w)))).toMatchObject({ ok: true })
    expect(await numbers()).toEqual(['IB-1127-01', 'IB-1127-02'])
  })
})

test('a booking is made by whatever door, and remembers which', async () => {
  const { email: _, ...given } = application()
  const done = await book(w.ctx, { ...given, email: 'api@example.jp' }, { channel: 'api', key: freshKey() })
  expect(done.ok && (await bookingRow(w, done.booking)).channel).toBe('api')
  expect((await journal(w))[0]?.detail.channel).toBe('api')
})

test('the link’s token is nowhere stored, and made under the first secret', async () => {
  const rotated = await mito({ env: { SECRET: 'the newer secret 0001,a secret for tests only' } })
  const { token } = await booked(rotated)
  expect((await bookingByToken(rotated.ctx, token))?.number).toBe('IB-1127-01')
  const stored = JSON.stringify(await everything(rotated))
  expect(stored).toContain(await sha256(token))
  expect(stored).not.toContain(token)
  await rotated.close()
})
