import { beforeEach, describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/base/input.ts'
import { BOOKING_STATUSES } from '../../../src/base/vocabulary.ts'
import { holderActs } from '../../../src/booking/acts-for.ts'
import { correct } from '../../../src/booking/correct.ts'
import { emailChangeOf, emailChangeToken } from '../../../src/booking/email/email-change.ts'
import { bookingByToken } from '../../../src/booking/queries.ts'
import { faultText } from '../../../templates/fields.tsx'
import { texts } from '../../../templates/text/index.ts'
import { asDesk } from '../../booking/desk.ts'
import { application, freshKey, MITO } from '../../world.ts'
import { fieldsOf, formTo, pageOf, pathOf, type Site, site } from '../app.ts'

const t = texts('ja')

/** The instant the slot at 10:00 begins; from then on nothing can be cancelled. */
const BEGUN = '2026-11-27T01:00:00.000Z'

let s: Site
let token: string
let mine: string
beforeEach(async () => {
  s = await site({ shared: true })
  token = (await s.booked({ email: 'taro@example.jp' })).token
  mine = `/b/${token}`
})

const row = async () => (await s.rows('select * from booking'))[0]
const letters = () => s.rows('select kind, sequence from outbox order by sequence')
const taken = async () => (await s.column('select seats_taken from session where id = ?', MITO))[0]

describe("one's own booking", () => {
  test('shows what was booked, how it stands and what can be done', async () => {
    const page = await s.page(mine)
    expect(page.status).toBe(200)
    expect(page.root.querySelectorAll('h1').map((one) => one.text)).toEqual([t.booking.title])
    for (const shown of ['IB-1127-01', t.standings.booked, '2026年11月27日(金)', '髙橋 太郎', 'taro@example.jp']) {
      expect(page.text).toContain(shown)
    }
    expect(page.text).toContain(t.booking.private)
    const links = page.main.querySelectorAll('a').map((one) => one.getAttribute('href'))
    expect(links).toContain(`${mine}/cancel`)
    expect(links).toContain(`${mine}/booking.ics`)
    expect(page.main.querySelector('img.qr')).not.toBeNull()
  })

  test.each([
    ['the day after', '2026-11-28T01:00:00.000Z'],
    ['on its day, while others have their time', '2026-11-27T03:00:00.000Z'],
  ])('is over %s, if nobody recorded it: nothing speaks of coming', async (_, then) => {
    s.at(then)
    const page = await s.page(mine)
    expect(page.main.querySelector('.state')?.text).toContain(t.booking.past)
    const coming = [t.booking.tooLate, t.done.file, t.done.google, t.session.areaOnly, t.standings.booked]
    expect(coming.filter((words) => page.text.includes(words))).toEqual([])
    expect(page.main.querySelector('img.qr')).toBeNull()
    expect((await s.ask(`${mine}/done`)).status).toBe(303)
  })

  test('once cancelled has no done page: what says 完了 leads to how it stands', async () => {
    expect((await s.ask(`${mine}/done`)).status).toBe(200)
    await s.post(`${mine}/cancel`, [])
    const done = await s.ask(`${mine}/done`)
    expect([done.status, done.headers.get('location')]).toEqual([303, `http://localhost:8787${mine}`])
  })

  test('is erased by a button only, after a step that says what goes; then its link leads nowhere', async () => {
    expect((await s.page(mine)).main.querySelectorAll(`a[href="${mine}/erase"]`)).toHaveLength(1)
    const asked = await s.page(`${mine}/erase`)
    expect(asked.text).toContain(t.booking.erase.ahead)
    expect(await row()).toMatchObject({ status: 'booked', company: '株式会社髙﨑製作所' })
    const done = await s.post(`${mine}/erase`, [])
    expect([done.status, pathOf(done.location)]).toEqual([303, '/b/erased'])
    expect((await s.page('/b/erased')).text).toContain(t.booking.erase.done)
    expect(await row()).toMatchObject({ status: 'cancelled', company: '', email: null })
    const gone = await s.page(mine)
    expect([gone.status, gone.text.includes(t.deadLink.erased.what)]).toEqual([404, true])
    s.at(BEGUN)
    const other = await s.booked({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' })
    s.at('2026-12-04T01:00:00.000Z')
    const late = await s.post(`/b/${other.token}/erase`, [])
    expect(late.status).toBe(409)
  })

  test('is found by a link followed by punctuation, and a truncated link is not answered as a missing page', async () => {
    for (const sign of ['.', '>', '。', ')']) expect((await s.ask(`${mine}${sign}`)).status).toBe(200)
    const cut = await s.page(mine.slice(0, -3))
    expect(cut.status).toBe(404)
    expect(cut.text).toContain(t.deadLink.cut.what)
  })

  test('says of a link that was replaced or used what happened, and of any other nothing', async () => {
    const desk = asDesk(s, '08')
    const [{ id, revision }] = (await s.rows('select id, revision from booking')) as [{ id: string; revision: number }]
    const person = { company: '会社', name: '氏名', name_kana: 'シメイ', phone: '029-224-0001', revision }
    expect(await correct(desk, id, { ...person, email: 'new@example.jp' })).toMatchObject({ ok: true })
    expect((await s.page(mine)).text).toContain(t.deadLink.replaced.what)
    expect((await s.page(`${mine}/cancel`)).text).toContain(t.deadLink.replaced.what)
    const guessed = await s.page(`/b/${'x'.repeat(43)}`)
    expect([guessed.status, guessed.text.includes(t.brokenLink.what)]).toEqual([404, true])
    expect((await s.page('/tell/nothing')).text).toContain(t.brokenTell.what)
  })

  test('sends its file in the language of the booking, whatever the browser has chosen', async () => {
    const { token: english } = await s.booked({ locale: 'en', slot: `${MITO}-1100` })
    expect((await s.ask(`/b/${english}/booking.ics?lang=ja`)).body).toContain('SUMMARY:Free telework consultation day')
    expect((await s.ask(`${mine}/booking.ics?lang=en`)).body).toContain('SUMMARY:テレワーク無料相談会')
  })

  test('is shown in the language asked for, whatever it was booked in', async () => {
    expect((await s.page(`${mine}?lang=en`)).text).toContain(texts('en').standings.booked)
  })

  test('has a done page with its number, to print and to put into a calendar', async () => {
    const page = await s.page(`${mine}/done`)
    expect(page.text).toContain(t.newNumber)
    expect(page.text).toContain('IB-1127-01')
    const links = page.main.querySelectorAll('a').map((one) => one.getAttribute('href') ?? '')
    expect(links).toContain(`${mine}/booking.ics`)
    expect(page.main.querySelector('img.qr')).not.toBeNull()
    expect(links.filter((one) => /^https:\/\/(calendar\.google|outlook)\./.test(one))).toHaveLength(3)
    expect(links.filter((one) => one.startsWith('https:') && one.includes(token))).toEqual([])
  })

  test.each(['', '/done', '/cancel', '/booking.ics', '?done=saved', '/nothing'])(
    'leaves no trace elsewhere: /b/<token>%s is not kept, not referred to, not indexed',
    async (path) => {
      for (const address of [mine + path, `/b/unknown${path}`]) {
        const { headers } = await s.ask(address)
        expect(headers.get('cache-control')).toBe('no-store')
        expect(headers.get('referrer-policy')).toBe('no-referrer')
        expect(headers.get('x-robots-tag')).toBe('noindex')
      }
    },
  )

  test.each(['', '/done', '/cancel', '/booking.ics'])(
    'is nobody else’s: an unknown token gets 404 at %s',
    async (path) => {
      for (const other of ['unknown', `${token}x`, token.slice(1), token.toUpperCase(), '%00', "' or 1=1 --"]) {
        const answer = await s.ask(`/b/${encodeURIComponent(other)}${path}`)
        expect(answer.status).toBe(404)
        expect(answer.body).not.toContain('IB-1127-01')
      }
      expect((await s.post('/b/unknown/cancel')).status).toBe(404)
      expect((await s.post('/b/unknown/amend', [['phone', '029-224-0002']])).status).toBe(404)
    },
  )

  test('is found under the second of two secrets, and new links are made under the first', async () => {
    const secrets = 'the newest secret of all,a secret for tests only'
    const rotated = await site({ on: s.address, env: { SECRET: secrets } })
    expect((await rotated.page(mine)).status).toBe(200)
    const other = await rotated.booked()
    expect((await s.ask(`/b/${other.token}`)).status).toBe(200)
    const forgotten = await site({ on: s.address, env: { SECRET: 'the newest secret of all' } })
    expect((await forgotten.page(mine)).status).toBe(200)
  })
})

describe('the calendar file', () => {
  test('is one entry, under the number of the booking, and known again by its tag', async () => {
    const file = await s.ask(`${mine}/booking.ics`)
    expect(file.status).toBe(200)
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="IB-1127-01.ics"')
    expect(file.body.match(/BEGIN:VEVENT/g)).toHaveLength(1)
    expect(file.body).toContain(`UID:${String((await row())?.uid)}`)
    const again = await s.ask(`${mine}/booking.ics`, { headers: { 'if-none-match': file.headers.get('etag') ?? '' } })
    expect([again.status, again.body]).toEqual([304, ''])
    expect(again.headers.get('cache-control')).toBe('no-store')
  })

  test('changes when the booking is cancelled', async () => {
    const before = await s.ask(`${mine}/booking.ics`)
    s.at('2026-11-22T02:00:00.000Z')
    await s.post(`${mine}/cancel`)
    s.at('2026-11-22T02:00:01.000Z')
    const after = await s.ask(`${mine}/booking.ics`, { headers: { 'if-none-match': before.headers.get('etag') ?? '' } })
    expect(after.status).toBe(200)
    expect(after.body).toContain('STATUS:CANCELLED')
    expect(Date.parse(after.headers.get('last-modified') ?? '')).toBe(Date.parse('2026-11-22T02:00:00.000Z'))
  })
})

describe('cancelling', () => {
  test('asks first, and the question changes nothing', async () => {
    const page = await s.page(`${mine}/cancel`)
    expect(page.status).toBe(200)
    expect(page.main.querySelector('h1')?.text).toBe(t.cancel.title)
    expect(page.text).toContain(t.cancel.text)
    expect(page.main.querySelectorAll('a').map((one) => one.getAttribute('href'))).toContain(mine)
    expect([(await row())?.status, await taken()]).toEqual(['booked', 1])
  })

  test('frees the place, writes the letter and says so', async () => {
    const confirm = await s.page(`${mine}/cancel`)
    const answer = await s.post(`${mine}/cancel`, fieldsOf(formTo(confirm, `${mine}/cancel`)))
    expect([answer.status, answer.location]).toEqual([303, `http://localhost:8787${mine}?done=cancelled`])
    const page = await s.page(`${mine}?done=cancelled`)
    expect(page.text).toContain(`${t.booking.given.cancelled}${t.booking.mailed}`)
    expect((await s.page(mine)).text).toContain(t.over.cancelled.what)
    expect(page.text).toContain(t.standings.cancelled)
    expect(page.main.querySelectorAll('form')).toEqual([])
    expect([(await row())?.status, (await row())?.sequence, await taken()]).toEqual(['cancelled', 1, 0])
    expect(await letters()).toEqual([
      { kind: 'booked', sequence: 0 },
      { kind: 'cancelled', sequence: 1 },
    ])
    expect(s.nudges()).toBe(2)
  })

  test('is idempotent, also at the same moment', async () => {
    const [first, second] = await Promise.all([s.post(`${mine}/cancel`), s.post(`${mine}/cancel`)])
    const third = await s.post(`${mine}/cancel`)
    for (const answer of [first, second, third])
      expect([answer.status, pathOf(answer.location).split('?')[0]]).toEqual([303, mine])
    expect(await letters()).toHaveLength(2)
    expect([(await row())?.sequence, await taken()]).toEqual([1, 0])
    expect((await s.page(`${mine}/cancel`)).text).toContain(t.over.cancelled.what)
  })

  test('after its time is refused with 409, and the page says to telephone', async () => {
    s.at(BEGUN)
    const confirm = await s.page(`${mine}/cancel`)
    expect(confirm.main.querySelectorAll(`form[action="${mine}/cancel"]`)).toEqual([])
    expect(confirm.text).toContain(t.booking.tooLate)
    const answer = pageOf(await s.post(`${mine}/cancel`))
    expect(answer.status).toBe(409)
    expect(answer.text).toContain(t.booking.tooLate)
    expect([(await row())?.status, await taken()]).toEqual(['booked', 1])
  })

  test('a millisecond before its time still works', async () => {
    s.at('2026-11-27T00:59:59.999Z')
    expect((await s.post(`${mine}/cancel`)).status).toBe(303)
    expect((await row())?.status).toBe('cancelled')
  })

  test('works from the page itself, whose browser says Origin: null for want of a referrer', async () => {
    expect((await s.post(`${mine}/cancel`, [], { origin: 'null', host: 'localhost:8787' })).status).toBe(303)
  })

  test.each([{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])(
    'is not done by another site (%j)',
    async (headers) => {
      const answer = await s.post(`${mine}/cancel`, [], { host: 'localhost:8787', ...headers })
      expect(answer.status).toBe(403)
      expect((await row())?.status).toBe('booked')
    },
  )
})

describe('amending', () => {
  const amended = async (changes: Record<string, string | string[]>) => {
    const form = formTo(await s.page(mine), `${mine}/amend`)
    return s.post(`${mine}/amend`, fieldsOf(form, changes))
  }

  test('begins with what is on record', async () => {
    const form = formTo(await s.page(mine), `${mine}/amend`)
    const { company, name, name_kana, email, format } = (await row()) ?? {}
    const held = { company, name, name_kana, email, format, seats: '1', phone: '０２９-224-０００１', message: '' }
    const support = { extras: '1', 'support.interpreter': '', 'support.other': '' }
    expect(Object.fromEntries(fieldsOf(form))).toEqual({ ...held, ...support, shown: expect.any(String) })
  })

  test('with nothing changed says so, and writes no letter', async () => {
    const answer = await amended({})
    expect(answer.location).toContain('?done=same')
    expect((await s.page(pathOf(answer.location))).main.querySelector('[role=status]')?.text.trim()).toBe(
      t.booking.done.same,
    )
    expect(await letters()).toHaveLength(1)
  })

  test('names only what the form has, and a wrong number of people with the most that fit', async () => {
    await s.run("update session set formats = 'onsite' where id = ?", MITO)
    const page = await s.page(mine)
    expect(page.text).toContain(t.booking.amendText({ seats: true, format: false }))
    expect(pageOf(await amended({ seats: '3' })).text).toContain(t.faults.seats(t.book.labels.seats, 2))
  })

  test('keeps telephone and message, says so, and changes nothing else', async () => {
    const before = await row()
    const answer = await amended({ phone: '090-1234-5678', message: '一行目\r\n二行目 🙂' })
    expect([answer.status, answer.location]).toEqual([303, `http://localhost:8787${mine}?done=saved`])
    const page = await s.page(pathOf(answer.location))
    expect(page.main.querySelector('[role=status]')?.text).toContain(t.booking.done.saved)
    expect((await s.page(mine)).main.querySelector('[role=status]')).toBeNull()
    const change = { phone: '090-1234-5678', phone_digits: '09012345678', message: '一行目\n二行目 🙂', revision: 1 }
    expect(await row()).toEqual({ ...before, ...change })
    expect(await letters()).toHaveLength(1)
  })

  test('asks a new e-mail address first, and its own page changes it by a button alone', async () => {
    const answer = await amended({ email: 'new@example.jp' })
    expect(answer.location).toBe(`http://localhost:8787${mine}?done=email`)
    expect((await s.page(mine)).text).toContain(t.booking.pending('new@example.jp'))
    const change = await emailChangeOf(s.ctx, String((await row())?.id))
    const path = `/b/email/${change && (await emailChangeToken(s.ctx, change))}`
    // The field holds the address that waits: saving another field keeps it.
    expect(Object.fromEntries(fieldsOf(formTo(await s.page(mine), `${mine}/amend`)))).toMatchObject({
      email: 'new@example.jp',
    })
    const before = s.ctx.clock.now()
    s.at('2026-11-23T01:00:00.000Z')
    const over = await s.page(path)
    expect([
      over.status,
      over.text.includes(t.emailChange.refused.closed.what),
      over.text.includes(t.emailChange.submit),
    ]).toEqual([410, true, false])
    s.at(before)
    const asked = await s.page(path)
    expect([asked.status, asked.text.includes('new@example.jp'), (await row())?.email === 'new@example.jp']).toEqual([
      200,
      true,
      false,
    ])
    const changed = await s.submit(formTo(asked, path))
    expect(changed.text).toContain(t.booking.done.readdressed)
    expect((await row())?.email).toBe('new@example.jp')
    expect([(await s.ask(mine)).status, (await s.ask(path)).status]).toEqual([404, 404])
  })

  test.each<[field: string, typed: string | string[], fault: Fault]>([
    ['email', '', 'required'],
    ['email', 'x', 'email'],
    ['phone', '', 'required'],
    ['phone', '12', 'phone'],
    ['name', '', 'required'],
    ['name_kana', 'Tanaka', 'kana'],
    ['message', 'あ'.repeat(2001), 'long'],
    ['message', 'a\u0000', 'text'],
  ])('with a mistake in %s (%#) is refused with 422, what was typed still there', async (field, typed, fault) => {
    const before = await row()
    const page = pageOf(await amended({ message: '残るはず', [field]: typed }))
    expect(page.status).toBe(422)
    expect(page.title.startsWith(`${t.book.faultTab}: `)).toBe(true)
    expect(page.main.querySelector('[role=alert] a')?.text).toBe(faultText(t, field, fault))
    expect(page.main.querySelector('[aria-invalid=true]')?.getAttribute('name')).toBe(field)
    const left = Object.fromEntries(fieldsOf(formTo(page, `${mine}/amend`)))
    expect(left).toMatchObject({ phone: '０２９-224-０００１', message: '残るはず', [field]: typed })
    expect(await row()).toEqual(before)
  })

  test('after its time, or once cancelled, is refused with 409', async () => {
    const fields = fieldsOf(formTo(await s.page(mine), `${mine}/amend`), { phone: '090-1234-5678' })
    s.at(BEGUN)
    expect((await s.post(`${mine}/amend`, fields)).status).toBe(409)
    s.at('2026-11-22T02:00:00.000Z')
    await s.post(`${mine}/cancel`)
    expect((await s.post(`${mine}/amend`, fields)).status).toBe(409)
    expect((await row())?.phone).toBe('０２９-224-０００１')
  })
})

describe('the log', () => {
  /** Every act of a person, on each route that receives personal data. */
  async function wholeBooking(w: Site): Promise<string[]> {
    const door = `/sessions/${MITO}/book`
    const form = formTo(await w.page(door), door)
    const { session: _, employees: __, corporate_number: ___, ...typed } = application(PERSON)
    const fields = fieldsOf(form, { ...(typed as Record<string, string>), seats: '1', consent: 'true' })
    await w.post(door, fieldsOf(form, { ...PERSON, phone: 'nonsense 09011112222' }))
    const confirm = await w.submit(form, fields)
    const answer = await w.post(door, fieldsOf(formTo(confirm, door, 'book')))
    const own = pathOf(answer.location).split('/')[2] ?? ''
    for (const path of ['', '/done', '/cancel', '/booking.ics', '/nothing', '/']) await w.ask(`/b/${own}${path}`)
    for (const odd of [`/%62/${own}`, `//b/${own}`, `/b%2F${own}`, `/B/${own}`, `/x/b/${own}?t=${own}`])
      await w.ask(odd)
    await w.ask(`/lookup?email=${PERSON.email}&name=${PERSON.name}`)
    await w.post('/lookup/link', [['email', PERSON.email]])
    await w.post(`/b/${own}/amend`, [['phone', '080-3333-4444']])
    const api = await w.booked({ ...PERSON, session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' })
    await w.send('/api/v1/bookings', { ...application(PERSON), consent: false }, { 'idempotency-key': freshKey() })
    await w.send('/api/v1/bookings', application(PERSON), { 'idempotency-key': freshKey() })
    await w.ask(`/api/v1/bookings/${api.id}`, { headers: { authorization: `Bearer ${api.token}` } })
    await w.send(`/api/v1/bookings/${api.id}/cancel`, {}, { authorization: `Bearer ${api.token}` })
    const [letter] = await w.column<string>('select id from outbox')
    await w.ask(`/desk/letters/${letter}`)
    await w.post(`/b/${own}/cancel`)
    return [own, api.token]
  }

  const PERSON = {
    name: '個人 情報郎',
    name_kana: 'コジン ジョウホウロウ',
    email: 'himitsu@example.jp',
    phone: '090-1111-2222',
    company: '秘密商会',
    message: '内密の相談',
  }
  const SECRETS = ['情報郎', 'ジョウホウロウ', 'himitsu', '1111-2222', '09011112222', '秘密商会', '内密', '3333-4444']

  test('of a whole booking tells each request, and neither a token nor anything of the person', async () => {
    const w = await site({ level: 'trace' })
    const tokens = await wholeBooking(w)
    const log = w.lines.join('')
    expect(w.lines.length).toBeGreaterThan(20)
    const paths = w.lines.map((line) => (JSON.parse(line) as { path: string }).path)
    expect(paths).toContain('/b/…')
    expect(paths).toContain('/b/…/cancel')
    expect(paths).toContain(`/sessions/${MITO}/book`)
    for (const secret of [...SECRETS, ...tokens]) expect(log).not.toContain(secret)
    for (const secret of SECRETS) expect(log).not.toContain(encodeURIComponent(secret))
  })

  test('of a fault of ours has what is needed to find it, and nothing of the person', async () => {
    const w = await site({ level: 'trace' })
    const own = await w.booked(PERSON)
    await w.run('alter table outbox rename to lost')
    const answer = await w.send('/api/v1/bookings', application(PERSON), { 'idempotency-key': freshKey() })
    const page = pageOf(await w.post(`/b/${own.token}/cancel`))
    expect([answer.status, page.status]).toEqual([500, 500])
    expect(JSON.parse(answer.body)).toEqual({
      type: 'about:blank',
      title: t.fault[500].what,
      status: 500,
      code: 'fault',
    })
    expect(page.text).toContain(t.fault[500].what)
    const request = page.headers.get('x-request-id') ?? ''
    expect(page.text).toContain(t.faultId(request))
    const log = w.lines.join('')
    const told = w.lines.map((line) => JSON.parse(line)).find((line) => line.request === request && line.err)
    expect(told).toMatchObject({ path: '/b/…/cancel', err: { message: expect.stringContaining('outbox') } })
    for (const secret of [...SECRETS, own.token]) expect(log).not.toContain(secret)
    expect(answer.body + page.body).not.toContain('outbox')
  })
})

describe('an act that is not possible now is refused on the page of the booking', () => {
  test.each([
    ...BOOKING_STATUSES.map((status) => [status, '2026-11-22T02:00:00.000Z'] as const),
    ['booked', BEGUN] as const,
  ])('for every act of the holder of a booking that is %s (%s)', async (status, now) => {
    await s.run('update booking set status = ?', status)
    s.at(now)
    const booking = await bookingByToken(s.ctx, token)
    const may: ReadonlySet<string> = booking ? holderActs(booking, now) : new Set()
    const before = await row()
    const title = (await s.page(mine)).main.querySelector('h1')?.text
    const acts = ['accept', 'decline', 'move', 'amend', 'cancel', 'erase'].filter((act) => !may.has(act))
    for (const act of acts) {
      const answer = await s.post(`${mine}/${act}`)
      const page = answer.status === 303 ? await s.page(pathOf(answer.location)) : pageOf(answer)
      // Done already is no refusal.
      expect([act, answer.status]).toEqual([act, answer.status === 303 ? 303 : 409])
      expect([act, page.main.querySelector('h1')?.text]).toEqual([act, title])
    }
    expect(acts).not.toEqual([])
    expect(await row()).toEqual(before)
  })
})

test('a change from a page of a booking that was cancelled meanwhile is refused because it is over, not too late', async () => {
  const gone = await s.booked({ email: 'gone@example.jp', slot: `${MITO}-1500` })
  await s.post(`/b/${gone.token}/cancel`)
  const late = pageOf(await s.post(`/b/${gone.token}/amend`, [['name', '別の 名前']]))
  expect(late.text).toContain(texts('ja').booking.refused.ended.what)
  expect(late.text).not.toContain(texts('ja').booking.refused.closed.what)
})

test.each([
  ['booked', ['decline']],
  ['requested', ['accept', 'decline']],
  ['waiting', ['accept', 'decline']],
] as const)(
  'an answer to an offer from an old page of somebody who is %s is not called too late',
  async (status, acts) => {
    await s.run("update booking set status = ?, offer_expires_at = '2026-11-26T01:00:00.000Z'", status)
    for (const act of acts) {
      const page = pageOf(await s.post(`${mine}/${act}`))
      const said = Object.values(t.booking.refused).filter(({ what }) => page.text.includes(what))
      expect([act, page.status, said]).toEqual([act, 409, [t.booking.refused.unoffered]])
    }
  },
)

test('a late yes to an offer is refused because the application has ended', async () => {
  await s.run("update booking set status = 'offered', offer_expires_at = '2026-11-22T00:59:00.000Z'")
  const page = pageOf(await s.post(`${mine}/accept`))
  expect([page.status, page.text.includes(t.booking.refused.ended.what)]).toEqual([409, true])
})
