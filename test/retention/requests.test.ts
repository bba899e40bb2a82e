import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprint } from '../../src/base/fingerprint.ts'
import type { RequestState } from '../../src/base/vocabulary.ts'
import { taking } from '../../src/experts/busy.ts'
import { withLoads } from '../../src/matching/load.ts'
import { requestByToken } from '../../src/matching/queries.ts'
import { requestFields, requestLinkColumns, requestToken } from '../../src/matching/request.ts'
import { findings } from '../../src/node/findings.ts'
import { eraseAgain } from '../../src/retention/erase-again.ts'
import { eraseRequest } from '../../src/retention/erase-request.ts'
import { forget } from '../../src/retention/forget.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { everything } from '../everything.ts'
import { expert, offerWrite, request } from '../experts/fixtures.ts'
import { application, MITO, type World } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await mito({ env: { SMTP_URL: 'smtp://localhost' } })
})
afterEach(() => w.close())

/** The fiscal year 2026 ends on 31 March 2027; a year later its people are forgotten. */
const BEFORE = '2028-03-31T14:59:00.000Z'
const AFTER = '2028-03-31T15:00:00.000Z'

const PERSONAL = [
  '水戸',
  'ミト ハナコ',
  'hanako@example.jp',
  '224-0001',
  '2240001',
  'ひみつ',
  '7000012050002',
  'すみれ町',
]

/**
 * A firm that used one visit and has another ahead, on the 27th; both with a report. Its expert has the case, and another
 * one was asked. Returns the token of its link.
 */
async function advised(state: RequestState = 'advising'): Promise<string> {
  await expert(w, 'lead', { name: '専門 一郎' })
  await expert(w, 'former')
  await request(w, 'r', { firm: 'firm' })
  const link = await requestLinkColumns(w.ctx, 'r', 1)
  await w.run(
    `update request set token_hash = ?, token_version = 1, secret_id = ?, message = 'ひみつの相談', hold = 'ひみつの理由',
      address = 'すみれ町1-2', corporate_number = '7000012050002', idempotency_hash = 'ひみつ', input_hash = 'ひみつ' where id = 'r'`,
    link.token_hash,
    link.secret_id,
  )
  await w.run("insert into firm_key (key_hash, secret_id, firm) values ('hash', 's', 'firm')")
  await w.run("insert into entitlement (firm, programme, allowed, used, excess) values ('firm', 'fy2026', 3, 2, 0)")
  await w.ctx.store.commit(
    ...withLoads(
      w.ctx,
      ['lead', 'former'],
      offerWrite(w, { request: 'r', expert: 'lead', id: 'm' }),
      offerWrite(w, { request: 'r', expert: 'former', id: 'old', role: 'second' }),
      w.ctx.store.db.updateTable('match').set({ state: 'accepted' }).where('id', '=', 'm'),
      w.ctx.store.db.updateTable('match').set({ why: 'ひみつの事情' }).where('id', '=', 'old'),
    ),
  )
  const person = { company: '水戸建設', name: '水戸 花子', email: 'hanako@example.jp', phone: '029-224-0001' }
  const over = await booked(w, application({ ...person, session: 'seminar', slot: null, format: 'online' }))
  const ahead = await booked(w, application({ ...person, name_kana: 'ミト ハナコ', message: 'ひみつ' }))
  await w.run("update session set date = '2026-11-20', starts_at = '2026-11-20T01:00:00.000Z' where id = 'seminar'")
  await w.run("update session set ends_at = '2026-11-20T02:00:00.000Z' where id = 'seminar'")
  await w.run("update booking set status = 'attended' where id = ?", over.id)
  for (const [id, nth, session, one] of [
    ['v1', 1, 'seminar', over.id],
    ['v2', 2, MITO, ahead.id],
  ]) {
    await w.run(
      'insert into visit (id, request, nth, session, booking, minutes, late_cancel) values (?, ?, ?, ?, ?, 60, 0)',
      id,
      'r',
      nth,
      session,
      one,
    )
    await w.run("update session set request = 'r' where id = ?", session)
    await w.run(
      `insert into report (id, expert, state, title, background, advice, next_steps, client_words, topics, revision,
        created_at, updated_at) values (?, 'lead', 'draft', 'ひみつ', '水戸建設', 'ひみつ', 'ひみつ', '水戸様', '', 0, '', '')`,
      id,
    )
  }
  const time = { from: '2026-11-27T01:00:00.000Z', to: '2026-11-27T02:00:00.000Z' }
  await w.ctx.store.commit(...taking(w.ctx, 'lead', time, MITO))
  await w.run('update request set state = ? where id = ?', state, 'r')
  return (await requestToken(w.ctx, { id: 'r', ...link })) ?? ''
}

const used = () => w.rows('select used from entitlement')
const stateOf = () => w.column('select state from request')

async function expectNobody(): Promise<void> {
  const all = await everything(w)
  // The seeded schedule says 水戸 too; it is no person.
  const people = [
    'booking',
    'request',
    'match',
    'visit',
    'report',
    'outbox',
    'journal',
    'firm',
    'firm_key',
    'submission',
  ]
  const left = JSON.stringify(people.map((table) => all[table]))
  expect(PERSONAL.filter((text) => left.includes(text))).toEqual([])
}

describe('a firm that erases its request', () => {
  test('leaves nothing of itself in any table; what it used of its visits stays', async () => {
    const token = await advised()
    expect(await eraseRequest(w.ctx, { token })).toEqual({ ok: true, request: 'r' })
    await expectNobody()
    expect([await stateOf(), await used()]).toEqual([['withdrawn'], [{ used: 1 }]])
    expect(await w.column('select employees from request')).toEqual([20])
    expect(await requestByToken(w.ctx, token)).toBeUndefined()
    await expect(eraseRequest(w.ctx, { token })).rejects.toThrow('request')
    expect(await findings(w.system)).toEqual([])
  })

  test('withdraws its offers, ends its case, cancels the visit ahead and frees its experts', async () => {
    await eraseRequest(w.ctx, { token: await advised() })
    expect(await w.rows('select id, state from match order by id')).toEqual([
      { id: 'm', state: 'ended' },
      { id: 'old', state: 'withdrawn' },
    ])
    expect(await w.column('select taken from expert')).toEqual([0, 0])
    expect(await w.column('select seats_taken from session where id = ?', MITO)).toEqual([0])
    expect(await w.column("select at from busy where holder = 'account:lead'")).toEqual([])
    expect(await w.column('select status from booking order by status')).toEqual(['attended', 'cancelled'])
    expect(await w.rows("select act, detail from journal where subject = 'r'")).toEqual([
      { act: 'request.erased', detail: '{"withdrawn":true}' },
    ])
  })

  test('too late to cancel the visit ahead has used it', async () => {
    const token = await advised()
    await w.run("update session set cancels = 'business_days:1@15:00' where id = ?", MITO)
    w.at('2026-11-26T06:00:00.000Z')
    await eraseRequest(w.ctx, { token })
    expect([await used(), await w.column('select late_cancel from visit order by nth')]).toEqual([
      [{ used: 2 }],
      [0, 1],
    ])
    expect(await findings(w.system)).toEqual([])
  })

  test.each(['finished', 'unmatched', 'withdrawn'] as const)(
    'of a request that is %s keeps how it ended',
    async (state) => {
      await eraseRequest(w.ctx, { token: await advised(state) })
      expect(await stateOf()).toEqual([state])
      await expectNobody()
    },
  )

  test('is told if the request is not as the page showed it', async () => {
    const token = await advised()
    const row = await requestByToken(w.ctx, token)
    const shown = row && (await fingerprint(requestFields(row)))
    await w.run("update request set state = 'finished'")
    expect(await eraseRequest(w.ctx, { token, ...(shown !== undefined && { shown }) })).toEqual({
      ok: false,
      why: 'changed',
    })
  })

  test('is erased again if a backup brings it back, as of then', async () => {
    const token = await advised()
    const kept = await w.ctx.store.db.selectFrom('request').selectAll().executeTakeFirstOrThrow()
    await eraseRequest(w.ctx, { token })
    const { id, ...row } = kept
    await w.ctx.store.commit(w.ctx.store.db.updateTable('request').set(row).where('id', '=', id))
    w.at('2026-12-01T00:00:00.000Z')
    await eraseAgain(w.system)
    await expectNobody()
    expect(await w.column('select finished_at from request')).toEqual(['2026-11-22T01:00:00.000Z'])
    expect(await stateOf()).toEqual(['withdrawn'])
  })
})

describe('after the retention period', () => {
  test('a request is anonymous, and one that is still open is withdrawn; a minute before, it is kept', async () => {
    await advised()
    w.at(BEFORE)
    await forget(w.system)
    expect(await w.column('select name from request')).toEqual(['水戸 花子'])
    w.at(AFTER)
    await forget(w.system)
    await expectNobody()
    expect(await stateOf()).toEqual(['withdrawn'])
    expect(await w.column("select act from journal where act like 'request.%'")).toEqual(['request.forgotten'])
    await forget(w.system)
    expect(await w.column("select act from journal where act like 'request.%'")).toEqual(['request.forgotten'])
    expect(await findings(w.system)).toEqual([])
  })
})

test('the keys of an erased firm and its count stay to the end of the year: else it would get its visits again', async () => {
  const token = await advised()
  const kept = async () => [await w.column('select key_hash from firm_key'), await used()]
  await eraseRequest(w.ctx, { token })
  w.at('2027-03-31T14:59:00.000Z')
  await forget(w.system)
  expect(await kept()).toEqual([['hash'], [{ used: 1 }]])
  w.at('2027-03-31T15:00:00.000Z')
  await forget(w.system)
  expect(await kept()).toEqual([[], []])
})

test('those of a firm whose request is kept stay as long as it is', async () => {
  await advised('finished')
  w.at('2027-06-01T00:00:00.000Z')
  await forget(w.system)
  expect(await w.column('select key_hash from firm_key')).toEqual(['hash'])
  w.at(AFTER)
  await forget(w.system)
  // The next run finds nobody left.
  expect(await w.column('select key_hash from firm_key')).toEqual([])
})
