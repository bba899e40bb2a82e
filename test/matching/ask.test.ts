import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { write } from '../../src/mail/write.ts'
import { ask } from '../../src/matching/ask.ts'
import { enterRequest } from '../../src/matching/enter-request.ts'
import { firmKeys } from '../../src/matching/firm.ts'
import { requestById } from '../../src/matching/queries.ts'
import { withdrawRequest } from '../../src/matching/withdraw-request.ts'
import { findings } from '../../src/node/findings.ts'
import { eraseRequest } from '../../src/retention/erase-request.ts'
import type { OutboxRow } from '../../src/store/schema.ts'
import { as } from '../acts.ts'
import { mito } from '../booking/fixtures.ts'
import { everything } from '../everything.ts'
import { freshKey, type World } from '../world.ts'
import { asked, asking } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mito({ shared: true, env: { SMTP_URL: 'smtp://localhost' } })
})
afterEach(() => w.close())

const apply = (given: Record<string, unknown> = asking(), key: string = freshKey()) =>
  ask(w.ctx, given, { channel: 'web', key })
const letters = () => w.ctx.store.db.selectFrom('outbox').selectAll().where('about', '=', 'request').execute()
const kinds = async () => (await letters()).map(({ kind }) => kind)
const count = async (table: string) => Number((await w.column(`select count(*) from ${table}`))[0])
const textOf = async (row: OutboxRow | undefined) => (row ? write(w.system, row, 'send') : null)

/** A firm with a number of the tax office. */
const numbered = (changes: Record<string, unknown> = {}) => asking({ corporate_number: '7000012050002', ...changes })

describe('an application', () => {
  test('makes one request with a number, the firm, its visits, a letter and a line', async () => {
    const done = await apply(numbered())
    expect(done).toMatchObject({ ok: true, again: false })
    const row = done.ok ? await requestById(w.ctx, done.request) : undefined
    expect(row).toMatchObject({
      number: 'IB-T-0001',
      programme: 'fy2026',
      state: 'matching',
      round: 1,
      topics: 'security,ict',
      formats: 'online,phone',
      wished: '[{"date":"2026-12-03","half":"morning"}]',
      employees: 12,
      name_kana: 'タカハシ ハナコ',
      channel: 'web',
    })
    expect(await w.rows('select programme, allowed, used, excess from entitlement')).toEqual([
      { programme: 'fy2026', allowed: 3, used: 0, excess: 0 },
    ])
    expect([await count('firm'), await count('firm_key')]).toEqual([1, 2])
    expect(await kinds()).toEqual(['asked'])
    expect(await w.rows("select act, detail from journal where act like 'request.%'")).toEqual([
      { act: 'request.made', detail: '{"prefecture":"08","channel":"web"}' },
    ])
    expect(await apply()).toMatchObject({ ok: true })
    expect(await w.column('select number from request order by number')).toEqual(['IB-T-0001', 'IB-T-0002'])
    expect(await findings(w.system)).toEqual([])
  })

  test('keeps of its keys only hashes, and its link only as a hash', async () => {
    const { token } = await asked(w, numbered())
    const { firm_key: keys = [], firm = [], request = [] } = await everything(w)
    expect(JSON.stringify([keys, firm])).not.toMatch(/7000012050002|2241|すみれ/)
    expect(JSON.stringify(request)).not.toContain(token)
  })

  test('sent twice, also at once, is one request; its key with other content is refused', async () => {
    const [given, key] = [asking(), freshKey()]
    const all = await Promise.all([apply(given, key), apply(given, key), apply(given, key)])
    expect(all.map(({ ok }) => ok)).toEqual([true, true, true])
    expect(all.filter((one) => one.ok && !one.again)).toHaveLength(1)
    expect([await count('request'), await kinds()]).toEqual([1, ['asked']])
    expect(await apply(asking(), key)).toEqual({ ok: false, why: 'invalid', errors: { key: 'key' } })
  })

  test.each([
    [{ formats: ['visit'], address: '' }, { address: 'required' }],
    [{ topics: [] }, { topics: 'required' }],
    [{ formats: ['onsite'] }, { formats: 'choice' }],
    [{ wished: [{ date: '2026-11-22' }] }, { wished: 'choice' }],
    [{ wished: Array.from({ length: 4 }, () => ({ date: '2026-12-03' })) }, { wished: 'choice' }],
    [
      { consent: false, municipality: ' ' },
      { consent: 'consent', municipality: 'required' },
    ],
    [{ email: null }, { email: 'required' }],
    [{ name_kana: '' }, { name_kana: 'required' }],
    [{ corporate_number: '1123456789012' }, { corporate_number: 'corporate_check' }],
  ])('with %j is refused at the field', async (changes, errors) => {
    expect(await apply(asking(changes))).toEqual({ ok: false, why: 'invalid', errors })
    expect(await count('request')).toBe(0)
  })

  test('is taken to the 20th business day before the end of the year, and then no more', async () => {
    // 31 March 2027 is a Wednesday; the 22nd is a holiday.
    w.at('2027-03-02T14:59:00.000Z')
    expect(await apply(asking({ wished: [] }))).toMatchObject({ ok: true })
    w.at('2027-03-02T15:00:00.000Z')
    expect(await apply(asking({ wished: [] }))).toEqual({ ok: false, why: 'closed' })
    await w.run("update programme set experts_until = '2027-03-10' where id = 'fy2026'")
    expect(await apply(asking({ wished: [] }))).toMatchObject({ ok: true })
    await w.run("update programme set visits = 0 where id = 'fy2026'")
    expect(await apply(asking({ wished: [] }))).toEqual({ ok: false, why: 'closed' })
  })

  test('of a firm without visits left is refused with the number used, and staff may give more', async () => {
    const given = numbered()
    await withdrawRequest(w.ctx, await asked(w, given))
    await w.run('update entitlement set used = 3')
    expect(await apply(given)).toEqual({ ok: false, why: 'used_up', used: 3 })
    await w.run('update entitlement set excess = 1')
    expect(await apply(given)).toMatchObject({ ok: true })
    await expect(w.run('update entitlement set used = 5')).rejects.toThrow('firm_has_visits_left')
  })

  test('counts for the caps of its e-mail, telephone and network', async () => {
    const capped = await mito({ env: { CAPS: 'on', CAP_PHONE: '1' } })
    const given = asking()
    await asked(capped, given)
    const again = asking({ phone: given.phone })
    const done = await ask(capped.ctx, again, { channel: 'web', key: freshKey() })
    expect(done).toEqual({ ok: false, why: 'capped' })
    await capped.close()
  })
})

describe('a firm', () => {
  test.each([
    ['株式会社すみれ', '(株)すみれ'],
    ['㈱スミレ', '株式会社すみれ'],
    ['髙橋商店', '高橋商店'],
    ['有限会社ＡＢＣ', 'ABC'],
  ])('is the same as %s and %s on one telephone', (one, other) => {
    const [a, b] = [one, other].map((company) => firmKeys({ company, phone: '029-224-0001', corporate_number: null }))
    expect(a).toEqual(b)
  })

  test('has one open request, known by any of its keys; the link goes to the address on record, once an hour', async () => {
    const given = numbered()
    await asked(w, given)
    for (const other of [
      { ...given, corporate_number: null, email: 'b@example.jp' },
      numbered({ email: 'c@example.jp' }),
      { ...given, company: String(given.company).replace('株式会社', '㈱'), corporate_number: null },
    ]) {
      expect(await apply(other)).toEqual({ ok: false, why: 'twice' })
    }
    expect(await kinds()).toEqual(['asked', 'request_link'])
    const letter = await textOf((await letters()).find(({ kind }) => kind === 'request_link'))
    expect(letter?.to.address).toBe(given.email)
    // Of others in one house on one telephone, nobody is taken for another.
    expect(await apply(asking({ phone: given.phone }))).toMatchObject({ ok: true })
  })

  test('gets the keys that it shows later: with a number, the firm of the telephone has it too', async () => {
    const given = asking()
    await withdrawRequest(w.ctx, await asked(w, given))
    await asked(w, { ...given, corporate_number: '7000012050002' })
    expect([await count('firm'), await count('firm_key')]).toEqual([1, 2])
    expect(await apply(numbered())).toEqual({ ok: false, why: 'twice' })
  })

  test('is found under a secret that was replaced, and gets its keys under the new one', async () => {
    const given = numbered()
    await withdrawRequest(w.ctx, await asked(w, given))
    const config = { ...w.ctx.config, secrets: ['another secret for tests', ...w.ctx.config.secrets] }
    const done = await ask({ ...w.ctx, config }, given, { channel: 'web', key: freshKey() })
    expect(done).toMatchObject({ ok: true })
    expect([await count('firm'), await count('firm_key')]).toEqual([1, 4])
  })

  test('whose number and telephone name two firms has one open request of both; neither key changes hands', async () => {
    const [one, two] = [numbered(), asking()]
    await withdrawRequest(w.ctx, await asked(w, one))
    await asked(w, two)
    const both = { ...two, corporate_number: one.corporate_number }
    expect(await apply(both)).toEqual({ ok: false, why: 'twice' })
    await w.run("update request set state = 'withdrawn'")
    expect(await apply(both)).toMatchObject({ ok: true })
    expect([await count('firm'), await count('firm_key')]).toEqual([2, 3])
  })

  test('that applies ten times at once has one request; the others hear that it has', async () => {
    const given = numbered()
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, i) => apply({ ...given, email: `e${i}@example.jp`, phone: `03-1234-567${i}` })),
    )
    expect(all.filter(({ ok }) => ok)).toHaveLength(1)
    expect(new Set(all.flatMap((one) => (one.ok ? [] : one.why)))).toEqual(new Set(['twice']))
    expect([await count('request'), await count('firm')]).toEqual([1, 1])
    expect(await findings(w.system)).toEqual([])
  })

  test('without the constraint, whoever looks first and then writes has several', async () => {
    await asked(w, numbered())
    await w.run("update request set state = 'withdrawn'")
    await w.run('drop index firm_has_one_request')
    const [row] = await w.ctx.store.db.selectFrom('request').selectAll().execute()
    const looked = await Promise.all(
      Array.from({ length: 10 }, () => w.column("select id from request where state = 'matching'")),
    )
    const free = looked.filter((found) => found.length === 0)
    const copies = free.map((_, i) => ({
      id: `r${i}`,
      number: `r${i}`,
      token_hash: `r${i}`,
      idempotency_hash: `r${i}`,
    }))
    const all = await Promise.all(
      copies.map((copy) => {
        const values = { ...row, ...copy, state: 'matching' } as never
        return w.ctx.store.commit(w.ctx.store.db.insertInto('request').values(values))
      }),
    )
    expect(all.filter(({ ok }) => ok)).toHaveLength(10)
  })
})

describe('a letter', () => {
  test('says what was asked for, what comes next and how to withdraw', async () => {
    const { token } = await asked(w)
    const letter = await textOf((await letters())[0])
    expect(letter?.subject).toBe('【受付完了】専門家への相談 受付番号 IB-T-0001')
    expect(letter?.text).toContain(`http://localhost:8787/c/${token}`)
    const said = letter?.text.replaceAll('\n', '')
    expect(said).toContain('まだ担当の専門家と日時は決まっていません。決まりましたら、メールでお知らせします。')
    expect(letter?.text).toContain('相談したいこと：セキュリティ、ICT（機器・システム）\n相談の方法：WEB、電話\n')
    expect(letter?.text).toContain('ご希望の日：12月3日(木) 午前\n')
    expect(letter?.text).toContain('3回のうち0回')
    expect(letter?.text).not.toContain('ひみつ')
  })

  test('is in English for a firm that reads English', async () => {
    await asked(w, asking({ locale: 'en', name_kana: '' }))
    const letter = await textOf((await letters())[0])
    expect(letter?.subject).toBe('[Received] Advice of an expert, number IB-T-0001')
    expect(letter?.text).toContain('We now look for an expert who fits.')
  })

  test('to a firm that was erased does not leave', async () => {
    await eraseRequest(w.ctx, await asked(w))
    expect(await textOf((await letters())[0])).toBeNull()
    expect((await letters()).map(({ state }) => state)).toEqual(['superseded'])
  })
})

describe('withdrawing', () => {
  test('ends an open request with a letter, and again changes nothing', async () => {
    const { id, token } = await asked(w)
    expect(await withdrawRequest(w.ctx, { token })).toEqual({ ok: true, request: id, again: false })
    expect(await withdrawRequest(w.ctx, { token })).toEqual({ ok: true, request: id, again: true })
    expect(await kinds()).toEqual(['asked', 'request_withdrawn'])
    const letter = await textOf((await letters()).find(({ kind }) => kind === 'request_withdrawn'))
    expect(letter?.text).toContain('http://localhost:8787/consult')
    expect(await w.column("select detail from journal where act = 'request.withdrawn'")).toEqual([
      '{"before":"matching"}',
    ])
    await expect(withdrawRequest(w.ctx, { token: 'unknown' })).rejects.toThrow('request')
  })

  test.each(['finished', 'unmatched'])('is refused for one that is %s', async (state) => {
    const { token } = await asked(w)
    await w.run('update request set state = ?', state)
    expect(await withdrawRequest(w.ctx, { token })).toEqual({ ok: false, why: 'closed' })
  })

  test('is refused if the page showed something else', async () => {
    const { token } = await asked(w)
    expect(await withdrawRequest(w.ctx, { token, shown: 'another' })).toEqual({ ok: false, why: 'changed' })
  })
})

describe('a desk on the telephone', () => {
  const enter = (ctx: World['ctx'], given: Record<string, unknown>, key: string = freshKey()) =>
    enterRequest(ctx, given, { key })

  test('enters a firm without an e-mail: it gets a number and no letter', async () => {
    const done = await enter(as(w, 'desk'), asking({ email: null, channel: 'phone' }))
    expect(done).toMatchObject({ ok: true, again: false })
    expect(await w.rows('select number, channel, email from request')).toEqual([
      { number: 'IB-T-0001', channel: 'phone', email: null },
    ])
    expect(await w.column('select from_desk from request')).toEqual(
      await w.column("select id from desk where prefectures = '08' and kind = 'local'"),
    )
    expect(await kinds()).toEqual([])
  })

  test('sees the number of the request that the firm has', async () => {
    const given = asking()
    const { id } = await asked(w, given)
    const done = await enter(as(w, 'desk'), given)
    expect(done).toEqual({ ok: false, why: 'twice', request: id, number: 'IB-T-0001' })
    expect(await kinds()).toEqual(['asked'])
  })

  test('is for its own prefectures; experts and viewers may not', async () => {
    await expect(enter(as(w, 'desk'), asking({ prefecture: '13' }))).rejects.toThrow('only for the desk')
    for (const role of ['viewer', 'expert'] as const) {
      await expect(enter(as(w, role), asking())).rejects.toThrow('only for the desk')
    }
    await expect(enter(w.ctx, asking())).rejects.toThrow('only for the desk')
  })
})
