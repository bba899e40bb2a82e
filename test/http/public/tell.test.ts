import { beforeEach, describe, expect, test } from 'vitest'
import { hmac } from '../../../src/base/token.ts'
import { setDate } from '../../../src/changes/set-date.ts'
import { notifySettled } from '../../../src/interest/notify-settled.ts'
import { interestById } from '../../../src/interest/queries.ts'
import { interestLetterOf } from '../../../src/mail/letters.ts'
import { findings } from '../../../src/node/findings.ts'
import { publishSession } from '../../../src/planning/publish-session.ts'
import { sessionById } from '../../../src/schedule/queries.ts'
import type { OutboxRow } from '../../../src/store/schema.ts'
import { texts } from '../../../templates/text/index.ts'
import { seminar } from '../../schedule/fixtures.ts'
import { application, freshKey } from '../../world.ts'
import { type Fields, fieldsOf, formTo, pathOf, type Site, site } from '../app.ts'

const t = texts('ja')
const DAY = { date: '2026-12-15', starts: '13:00', ends: '16:00' }
const ASKING: Fields = [
  ['email', 'hanako@example.jp'],
  ['consent', 'true'],
  ['locale', 'ja'],
]

let s: Site
beforeEach(async () => {
  s = await site()
  await publishSession(s.system, { ...seminar({ id: 'later', date: null, hours: null }), desk: 'secretariat' })
})

const letters = () => s.rows<OutboxRow>("select * from outbox where about = 'interest' order by created_at, id")
const interests = () => s.rows<{ id: string; state: string; email: string | null }>('select * from interest')

/** Registers an interest. Returns the token of the letter's link. */
async function asked(fields: Fields = ASKING): Promise<string> {
  const answer = await s.post('/sessions/later/tell', fields)
  if (answer.status !== 200) throw new Error(answer.body)
  const id = (await interests()).at(-1)?.id
  return hmac(s.ctx.config.secrets[0] ?? '', `${id}.interest`)
}

async function confirmed(): Promise<string> {
  const token = await asked()
  await s.post(`/tell/${token}/confirm`, [])
  return token
}

async function written(row: OutboxRow | undefined) {
  const interest = row && (await interestById(s.ctx, row.subject))
  return (
    row && interest && interestLetterOf(s.ctx, row, interest, row.kind === 'settled' ? 'settled' : 'confirm_interest')
  )
}

describe('a session whose date is undecided', () => {
  test('has a form to be told, which asks for an address and consent', async () => {
    const page = await s.page('/sessions/later')
    expect(page.text).toContain(t.tell.title)
    const form = formTo(page, '/sessions/later/tell')
    expect(fieldsOf(form).map(([name]) => name)).toContain('locale')
    const faulty = await s.post('/sessions/later/tell', [
      ['email', 'hanako'],
      ['locale', 'ja'],
    ])
    expect(faulty.status).toBe(422)
    expect(faulty.body).toContain('value="hanako"')
    expect(faulty.body).toContain('aria-invalid="true"')
    expect(await interests()).toEqual([])
  })

  test('answers every address alike, and writes to the address once an hour until it is confirmed', async () => {
    const first = await s.post('/sessions/later/tell', ASKING)
    const again = await s.post('/sessions/later/tell', ASKING)
    expect([first.status, again.status]).toEqual([200, 200])
    expect(again.body).toBe(first.body)
    expect(await interests()).toMatchObject([{ state: 'asked', email: 'hanako@example.jp' }])
    expect(await letters()).toMatchObject([{ kind: 'confirm_interest', about: 'interest' }])
    const letter = await written((await letters())[0])
    expect(letter?.subject).toMatch(/^【お知らせの確認】/)
    expect(letter?.text.startsWith('次の回の日程が決まったときに')).toBe(true)
    expect(letter?.calendar).toBeNull()
  })

  test('is confirmed by a button, not by opening the link; and ended by one, address and all', async () => {
    const token = await asked()
    const page = await s.page(`/tell/${token}`)
    expect(page.text).toContain(t.tell.asked)
    expect(await interests()).toMatchObject([{ state: 'asked' }])
    const done = await s.post(`/tell/${token}/confirm`, [])
    expect([done.status, pathOf(done.location)]).toEqual([303, `/tell/${token}`])
    expect((await s.page(`/tell/${token}`)).text).toContain(t.tell.confirmed)
    await s.post(`/tell/${token}/end`, [])
    expect(await interests()).toMatchObject([{ state: 'ended', email: null }])
    expect((await s.page(`/tell/${token}`)).text).toContain(t.tell.ended)
    expect((await s.ask('/tell/nobody')).status).toBe(404)
  })
})

test('a browser that hides where it comes from may press the buttons behind a link, as on every page whose address has a token', async () => {
  const hidden = { origin: 'null', host: 'localhost:8787' }
  expect((await s.post('/sessions/later/tell', ASKING, hidden)).status).toBe(403)
  const token = await asked()
  expect((await s.page(`/tell/${token}`)).headers.get('referrer-policy')).toBe('no-referrer')
  expect((await s.post(`/tell/${token}/confirm`, [], { ...hidden, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await s.post(`/tell/${token}/confirm`, [], { ...hidden, origin: 'https://evil.example' })).status).toBe(403)
  expect(await interests()).toMatchObject([{ state: 'asked' }])
  expect((await s.post(`/tell/${token}/confirm`, [], hidden)).status).toBe(303)
  expect(await interests()).toMatchObject([{ state: 'confirmed' }])
  expect((await s.post(`/tell/${token}/end`, [], hidden)).status).toBe(303)
  expect(await interests()).toMatchObject([{ state: 'ended' }])
})

describe('once it is settled', () => {
  test('people who confirmed are notified once and book first; everybody else from the next day on', async () => {
    const token = await confirmed()
    await asked([
      ['email', 'never-confirmed@example.jp'],
      ['consent', 'true'],
      ['locale', 'ja'],
    ])
    expect(await setDate(s.system, 'later', DAY)).toEqual({ ok: true, session: 'later', told: 1, again: false })
    expect(await setDate(s.system, 'later', DAY)).toMatchObject({ ok: true, again: true })
    await notifySettled(s.system)
    await notifySettled(s.system)
    const told = (await letters()).filter((row) => row.kind === 'settled')
    expect(told).toHaveLength(1)
    const letter = await written(told[0])
    expect(letter?.subject).toBe(
      '【日程決定】テレワークセミナー（鳥取県）12月15日(火)'.replace('テレワークセミナー', seminar().title.ja),
    )
    expect(letter?.text).toContain(`/sessions/later/book?first=${token}`)
    expect(letter?.text).toContain('先に予約できる期限：11月23日(月) 10:00 まで')

    expect(await sessionById(s.ctx, 'later')).toMatchObject({ status: 'not_yet_open', date: '2026-12-15', sequence: 1 })
    expect((await s.ask('/sessions/later/book')).status).toBe(303)
    const form = await s.page(`/sessions/later/book?first=${token}`)
    expect(form.status).toBe(200)
    expect(fieldsOf(formTo(form, '/sessions/later/book'))).toContainEqual(['first', token])
    const given = application({ session: 'later', slot: null, format: 'online' })
    const book = (body: unknown) =>
      s.ask('/api/v1/bookings', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': freshKey() },
        body: JSON.stringify(body),
      })
    expect((await book(given)).status).toBe(409)
    expect((await book({ ...given, first: 'somebody else' })).status).toBe(409)
    expect((await book({ ...given, first: token })).status).toBe(201)
    s.at('2026-11-23T01:00:00.000Z')
    const other = application({ session: 'later', slot: null, format: 'online' })
    expect((await book({ ...other })).status).toBe(201)
    expect(await findings(s.system)).toEqual([])
  })

  test('it opens at once if nobody had asked, and a faulty day is refused', async () => {
    expect(await setDate(s.system, 'later', { ...DAY, ends: '12:00' })).toMatchObject({ errors: { ends: 'choice' } })
    expect(await setDate(s.system, 'later', { ...DAY, date: '2026-11-01' })).toMatchObject({
      errors: { date: 'choice' },
    })
    await expect(setDate(s.ctx, 'later', DAY)).rejects.toThrow('only for the desk')
    expect(await setDate(s.system, 'later', DAY)).toMatchObject({ ok: true, told: 0 })
    expect(await sessionById(s.ctx, 'later')).toMatchObject({ status: 'open' })
    expect(await setDate(s.system, 'later', { ...DAY, starts: '14:00' })).toEqual({ ok: false, why: 'closed' })
  })
})

test('the link of a letter stands in no log', async () => {
  const logged = await site({ level: 'info' })
  await logged.ask('/tell/abcdefghijklmnop')
  expect(logged.lines.join('')).toContain('/tell/…')
  expect(logged.lines.join('')).not.toContain('abcdefghijklmnop')
})
