import { beforeEach, describe, expect, test } from 'vitest'
import { makeKey } from '../../src/partners/make-key.ts'
import { noteUse } from '../../src/partners/note-use.ts'
import { apiKeys, keyByToken } from '../../src/partners/queries.ts'
import { revokeKey } from '../../src/partners/revoke-key.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { as, mayDo } from '../acts.ts'
import { fieldsOf, formTo, type Site, site } from '../http/app.ts'
import { type Staff, signedIn } from '../http/desk/fixtures.ts'
import { desk as office } from '../schedule/fixtures.ts'
import { application, freshKey, MITO } from '../world.ts'

const t = deskTexts('ja').apiKeys

let s: Site
let desk: Staff
async function begin(options: Parameters<typeof site>[0] = {}): Promise<void> {
  s = await site(options)
  await addDesk(s.system, office())
  await s.run("update session set desk = 'mito' where id = ?", MITO)
}
beforeEach(() => begin())

async function made(scope: 'read' | 'book', of = 'mito'): Promise<string> {
  const done = await makeKey(s.system, { name: '商工会', desk: of, scope })
  if (!done.ok) throw new Error('no key')
  return done.key
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const reads = (key: string) => s.ask('/api/v1/sessions?limit=1', { headers: bearer(key) })
const books = (key: string, given: Record<string, unknown> = {}) =>
  s.send('/api/v1/bookings', application(given), { ...bearer(key), 'idempotency-key': freshKey() })

describe('a key', () => {
  test('reads and books by its scope, in sessions of its desk alone', async () => {
    const [read, book] = [await made('read'), await made('book')]
    expect((await reads(read)).status).toBe(200)
    expect((await books(read)).status).toBe(403)
    expect((await books(book)).status).toBe(201)
    expect(await s.column('select channel from booking')).toEqual(['api'])
    const foreign = await books(book, { session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' })
    expect([foreign.status, JSON.parse(foreign.body).code]).toEqual([403, 'forbidden'])
    expect((await books(book, { session: 'nothing', slot: null })).status).toBe(404)
    expect((await books(book, { session: 7 })).status).toBe(422)
  })

  test('that is unknown or revoked opens nothing, also what is open to everybody', async () => {
    const key = await made('book')
    const [id = ''] = await s.column<string>('select id from api_key')
    await revokeKey(s.system, id)
    for (const one of [key, 'mk_nothing']) {
      const answer = await reads(one)
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
      expect((await books(one)).status).toBe(401)
    }
    expect((await s.ask('/api/v1/sessions?limit=1')).status).toBe(200)
  })

  test('is no token of a booking', async () => {
    const { id } = await s.booked()
    const answer = await s.ask(`/api/v1/bookings/${id}`, { headers: bearer(await made('book')) })
    expect(answer.status).toBe(401)
  })

  test('is kept as a hash, with the last day on which it was used', async () => {
    const key = await made('read')
    const rows = JSON.stringify(await s.rows('select * from api_key'))
    expect([rows.includes(key), rows.includes(key.slice(3))]).toEqual([false, false])
    expect((await apiKeys(s.system)).map(({ used_on }) => used_on)).toEqual([null])
    await reads(key)
    s.at('2026-11-23T15:30:00.000Z')
    await reads(key)
    expect((await apiKeys(s.system)).map(({ used_on, hint }) => [used_on, hint])).toEqual([
      ['2026-11-24', key.slice(-4)],
    ])
    const row = await keyByToken(s.ctx, key)
    expect(row && (await noteUse(s.ctx, row))).toEqual({ ok: true })
  })

  test('is not held up by the caps on everybody', async () => {
    await begin({ env: { CAPS: 'on', CAP_RECIPIENT: '1' } })
    const email = 'taro@example.jp'
    const key = await made('book')
    const days = [MITO, 'ibaraki-2026-12-04', 'ibaraki-2026-12-11']
    await s.run("update session set desk = 'mito'")
    const asked = (session: string) => ({ session, slot: `${session}-1000`, email })
    expect(
      (await s.send('/api/v1/bookings', application(asked(days[0] ?? '')), { 'idempotency-key': freshKey() })).status,
    ).toBe(201)
    const capped = await s.send('/api/v1/bookings', application(asked(days[1] ?? '')), {
      'idempotency-key': freshKey(),
    })
    expect(capped.status).toBe(429)
    expect((await books(key, asked(days[1] ?? ''))).status).toBe(201)
  })

  test('asks 120 times a minute at most; another key is not held up', async () => {
    await begin({ env: { RATE_LIMIT: 'on' } })
    const [busy, calm] = [await made('read'), await made('read')]
    for (let i = 0; i < 120; i++) expect((await reads(busy)).status).toBe(200)
    const refused = await reads(busy)
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect((await reads(calm)).status).toBe(200)
    s.at('2026-11-22T01:02:00.000Z')
    expect((await reads(busy)).status).toBe(200)
  })
})

describe('the console', () => {
  beforeEach(async () => {
    desk = await signedIn(s, 'desk', '08')
  })

  test('makes a key, shows it once, and revokes it after a look', async () => {
    expect((await desk.page('/desk/security')).main.querySelector('a[href="/desk/keys"]')).not.toBeNull()
    expect((await desk.page('/desk/keys')).text).toContain(t.empty)
    const form = formTo(await desk.page('/desk/keys/new'), '/desk/keys/new')
    const page = await desk.submit('/desk/keys/new', fieldsOf(form, { name: '商工会', desk: 'mito', scope: 'book' }))
    const [key = ''] = /mk_[\w-]{43}/.exec(page.body) ?? []
    expect((await books(key)).status).toBe(201)
    const list = await desk.page('/desk/keys')
    expect([list.body.includes(key), list.text.includes(t.scopes.book), list.text.includes(key.slice(-4))]).toEqual([
      false,
      true,
      true,
    ])
    const path = list.main.querySelector('tbody a')?.getAttribute('href') ?? ''
    expect((await desk.page(path)).text).toContain(t.ask.what)
    expect((await desk.submit(path)).text).toContain(t.revoked)
    expect((await reads(key)).status).toBe(401)
    expect((await desk.page('/desk/keys?lang=en')).text).toContain(deskTexts('en').apiKeys.states.revoked)
    expect(await s.column("select act from journal where act like 'key.%' order by act")).toEqual([
      'key.made',
      'key.revoked',
    ])
  })

  test('says what is missing, and keeps what was typed', async () => {
    const page = await desk.submit('/desk/keys/new', [
      ['name', ''],
      ['desk', 'mito'],
    ])
    expect([page.status, page.text.includes(`${t.labels.name}を入力してください`)]).toEqual([422, true])
    expect(await s.column('select id from api_key')).toEqual([])
  })
})

test('keys of a desk are for its staff and the secretariat', async () => {
  const given = { name: '商工会', desk: 'mito', scope: 'read' }
  expect(await mayDo(s, (ctx) => makeKey(ctx, given))).toEqual(['desk', 'secretariat', 'system'])
  const [id = ''] = await s.column<string>('select id from api_key')
  expect(await mayDo(s, (ctx) => revokeKey(ctx, id))).toEqual(['desk', 'secretariat', 'system'])
  expect(await apiKeys(as(s, 'elsewhere'))).toEqual([])
  expect(await apiKeys(as(s, 'desk'))).toHaveLength(3)
})
