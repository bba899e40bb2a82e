import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/base/token.ts'
import { dropFeed } from '../../src/people/drop-feed.ts'
import { dropView } from '../../src/people/drop-view.ts'
import { endPass } from '../../src/people/end-pass.ts'
import { keepView } from '../../src/people/keep-view.ts'
import { makeFeed } from '../../src/people/make-feed.ts'
import { ledgerViews, staffFeedByToken } from '../../src/people/queries.ts'
import { type ActorName, as, lines, mayDo, STAFF } from '../acts.ts'
import { NOW, type World } from '../world.ts'
import { browser, countOf, passOf, staffed } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await staffed()
})
afterAll(() => w.close())
beforeEach(async () => {
  for (const table of ['pass', 'staff_feed', 'ledger_view', 'journal']) await w.run(`delete from ${table}`)
})

describe('signing out', () => {
  test('ends one browser of one’s own, and again it ends none', async () => {
    const [one, two] = [await browser(w, 'desk'), await browser(w, 'desk')]
    const { id } = await passOf(w, one)
    expect(await endPass(as(w, 'desk'), id)).toEqual({ ok: true, ended: 1 })
    expect(await endPass(as(w, 'desk'), id)).toEqual({ ok: true, ended: 0 })
    expect(await lines(w, 'desk')).toHaveLength(1)
    await expect(passOf(w, one)).rejects.toThrow('signed out')
    expect(await passOf(w, two)).toMatchObject({ account: { id: 'desk' } })
  })

  test('of all ends each browser of one’s own and nobody else’s', async () => {
    for (const account of ['desk', 'desk', 'viewer']) await browser(w, account)
    expect(await endPass(as(w, 'desk'), null)).toEqual({ ok: true, ended: 2 })
    expect([await countOf(w, 'pass', 'desk'), await countOf(w, 'pass', 'viewer')]).toEqual([0, 1])
    expect(await lines(w, 'desk')).toEqual([{ actor: 'desk', act: 'account.signed_out', detail: {} }])
  })

  test('does not end a browser of somebody else', async () => {
    const { id } = await passOf(w, await browser(w, 'viewer'))
    expect(await endPass(as(w, 'desk'), id)).toEqual({ ok: true, ended: 0 })
    expect(await countOf(w, 'pass', 'viewer')).toBe(1)
    expect(await lines(w, 'desk')).toEqual([])
  })

  test('is for everybody who signed in', async () => {
    expect(await mayDo(w, (ctx) => endPass(ctx, null))).toEqual(STAFF)
  })
})

describe('a private calendar feed', () => {
  test('is made under a name; its secret is shown once and kept as a hash', async () => {
    const made = await makeFeed(as(w, 'desk'), { name: ' 水戸の予定 ' })
    expect(made).toEqual({ ok: true, token: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const token = made.ok ? made.token : ''
    expect(await w.rows('select account, prefectures, name, token_hash, created_at from staff_feed')).toEqual([
      { account: 'desk', prefectures: '08', name: '水戸の予定', token_hash: await sha256(token), created_at: NOW },
    ])
    expect(await staffFeedByToken(w.ctx, token)).toMatchObject({ account: { id: 'desk' } })
    expect(await lines(w, 'desk')).toEqual([{ actor: 'desk', act: 'account.feed_made', detail: {} }])
  })

  test.each<[ActorName, string]>([
    ['viewer', '08'],
    ['elsewhere', '13'],
    ['expert', ''],
    ['secretariat', ''],
  ])('of the role %s is of the prefectures it may read: %j', async (name, prefectures) => {
    await makeFeed(as(w, name), { name: '予定' })
    expect(await w.column('select prefectures from staff_feed')).toEqual([prefectures])
  })

  test.each([
    ['no name', {}, 'required'],
    ['a blank name', { name: '　' }, 'required'],
    ['a name of 41 letters', { name: 'あ'.repeat(41) }, 'long'],
    ['a name of two lines', { name: 'a\nb' }, 'text'],
  ])('is refused for %s', async (_, given, fault) => {
    expect(await makeFeed(as(w, 'desk'), given)).toEqual({ ok: false, why: 'invalid', errors: { name: fault } })
    expect(await countOf(w, 'staff_feed', 'desk')).toBe(0)
  })

  test('is taken back by the account that made it, and leads nowhere from then on; again it changes nothing', async () => {
    const made = await makeFeed(as(w, 'desk'), { name: '予定' })
    const [id = ''] = await w.column<string>('select id from staff_feed')
    await dropFeed(as(w, 'viewer'), id)
    expect(await countOf(w, 'staff_feed', 'desk')).toBe(1)
    for (let i = 0; i < 2; i++) expect(await dropFeed(as(w, 'desk'), id)).toEqual({ ok: true })
    expect(await staffFeedByToken(w.ctx, made.ok ? made.token : '')).toBeUndefined()
    expect((await lines(w, 'desk')).map(({ act }) => act).toSorted()).toEqual([
      'account.feed_dropped',
      'account.feed_made',
    ])
    expect(await lines(w, 'viewer')).toEqual([])
  })

  test('is made and taken back by everybody who signed in', async () => {
    expect(await mayDo(w, (ctx) => makeFeed(ctx, { name: '予定' }))).toEqual(STAFF)
    expect(await mayDo(w, (ctx) => dropFeed(ctx, 'none'))).toEqual(STAFF)
  })
})

describe('filters of the ledger', () => {
  const kept = async (name: ActorName) =>
    (await ledgerViews(as(w, name))).map((view) => [view.name, view.query] as const)

  test('are kept under a name; the same name of the same account takes their place', async () => {
    expect(await keepView(as(w, 'desk'), { name: '今週', query: 'from=2026-11-22&status=booked' })).toEqual({
      ok: true,
    })
    await keepView(as(w, 'viewer'), { name: '今週', query: 'status=waiting' })
    await keepView(as(w, 'desk'), { name: '今週', query: 'from=2026-11-23' })
    expect(await kept('desk')).toEqual([['今週', 'from=2026-11-23']])
    expect(await kept('viewer')).toEqual([['今週', 'status=waiting']])
  })

  test.each([
    ['no name', { query: '' }, { name: 'required' }],
    ['a name of 41 letters', { name: 'x'.repeat(41), query: '' }, { name: 'long' }],
    ['a query of 501 letters', { name: 'x', query: 'a'.repeat(501) }, { query: 'long' }],
    ['a query that names somebody', { name: 'x', query: 'q=髙橋' }, { query: 'text' }],
    ['an address instead of a query', { name: 'x', query: 'https://evil.example/' }, { query: 'text' }],
  ])('are refused for %s', async (_, given, errors) => {
    expect(await keepView(as(w, 'desk'), given)).toEqual({ ok: false, why: 'invalid', errors })
    expect(await kept('desk')).toEqual([])
  })

  test('are dropped by the account that kept them; again it changes nothing', async () => {
    await keepView(as(w, 'desk'), { name: '今週', query: '' })
    const [id = ''] = await w.column<string>('select id from ledger_view')
    await dropView(as(w, 'viewer'), id)
    expect(await kept('desk')).toHaveLength(1)
    for (let i = 0; i < 2; i++) expect(await dropView(as(w, 'desk'), id)).toEqual({ ok: true })
    expect(await kept('desk')).toEqual([])
  })

  test('leave no line in the journal', async () => {
    await keepView(as(w, 'desk'), { name: '今週', query: '' })
    await dropView(as(w, 'desk'), 'none')
    expect(await w.rows('select act from journal')).toEqual([])
  })

  test('are kept and dropped by everybody who signed in', async () => {
    expect(await mayDo(w, (ctx) => keepView(ctx, { name: '今週', query: '' }))).toEqual(STAFF)
    expect(await mayDo(w, (ctx) => dropView(ctx, 'none'))).toEqual(STAFF)
  })
})
