import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AccountLetterKind, LETTER_KINDS, LETTERS } from '../../src/base/letters.ts'
import { LOCALES } from '../../src/base/locale.ts'
import type { Letter } from '../../src/mail/letters.ts'
import { write } from '../../src/mail/write.ts'
import { browserMemory, signInToken } from '../../src/people/account.ts'
import { addPasskey } from '../../src/people/add-passkey.ts'
import { askToSignIn } from '../../src/people/ask-to-sign-in.ts'
import { challenge } from '../../src/people/challenge.ts'
import { dropFactor } from '../../src/people/drop-factor.ts'
import { editAccount } from '../../src/people/edit-account.ts'
import { proveTotp } from '../../src/people/prove-totp.ts'
import { signInsSince } from '../../src/people/queries.ts'
import { signIn } from '../../src/people/sign-in.ts'
import { newTotpSecret } from '../../src/people/totp.ts'
import { tellAccount } from '../../src/people/write/tell-account.ts'
import { width } from '../../templates/mail/wrap.ts'
import { browserText } from '../../templates/text/browser.ts'
import { account as words } from '../../templates/text/letters/account.ts'
import { as } from '../acts.ts'
import { NOW, type World } from '../world.ts'
import { authenticator } from './authenticator.ts'
import { browser, passOf, staffed } from './fixtures.ts'
import { totpCode } from './totp.ts'

const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0'

let w: World
beforeAll(async () => {
  w = await staffed()
  await w.run(
    "insert into desk (id, kind, name_ja, name_en, phones, email_use, topics) values ('office', 'secretariat', '事務局', 'Secretariat', '03-0000-0001', 'none', '')",
  )
})
afterAll(() => w.close())
beforeEach(async () => {
  w.at(NOW)
  for (const table of ['passkey', 'pass', 'sign_in', 'outbox']) await w.run(`delete from ${table}`)
  await w.run(
    'update account set totp_secret = null, totp_step = null, signed_in_at = null, revision = 0, locale = null',
  )
})

/** The letters about accounts, as they leave. */
async function sent(): Promise<(Letter & { kind: string })[]> {
  const rows = await w.ctx.store.db
    .selectFrom('outbox')
    .selectAll()
    .where('about', '=', 'account')
    .orderBy('id')
    .execute()
  return Promise.all(
    rows.map(async (row) => {
      const letter = await write(w.ctx, row, 'send')
      if (!letter) throw new Error('no letter')
      return { ...letter, kind: row.kind }
    }),
  )
}

describe('a letter to the owner of an account tells', () => {
  test('of an app that was set up: what, when, in which browser, and whom to call', async () => {
    const pass = await passOf(w, await browser(w, 'desk', { agent: EDGE }))
    const secret = newTotpSecret()
    await proveTotp(as(w, 'desk'), pass.id, '000000', secret)
    expect(await sent()).toEqual([])
    await proveTotp(as(w, 'desk'), pass.id, await totpCode(secret, NOW), secret)
    const [letter, ...more] = await sent()
    expect([letter?.kind, more.length, letter?.to.address]).toEqual(['factor_added', 0, 'desk@example.jp'])
    for (const said of ['認証アプリ', '11月22日(日) 10:00', 'Edge (Windows)', '電話 03-0000-0001']) {
      expect(letter?.text).toContain(said)
    }
    expect(`${letter?.text} ${letter?.html}`).not.toMatch(/desk\/sign-in|Mozilla/)
  })

  test('of a passkey that was added, and of one that was dropped, once', async () => {
    const pass = await passOf(w, await browser(w, 'desk'))
    await challenge(as(w, 'desk'), pass, 'add')
    const [made] = await w.column<string>('select challenge from pass')
    const device = authenticator()
    await addPasskey(as(w, 'desk'), { ...pass, challenge: made ?? '' }, device.made(made ?? ''), '携帯')
    await dropFactor(as(w, 'desk'), pass.id, device.id)
    await dropFactor(as(w, 'desk'), pass.id, device.id)
    const letters = await sent()
    expect(letters.map(({ kind }) => kind).toSorted()).toEqual(['factor_added', 'factor_dropped'])
    for (const { text } of letters) expect(text).toContain('パスキー')
  })

  test('of factors that the secretariat forgot, if there were any', async () => {
    const given = { email: 'desk@example.jp', name: '担当', role: 'desk', prefectures: ['08'], state: 'active' }
    await editAccount(as(w, 'secretariat'), 'desk', { ...given, revision: 0, forget_factors: true })
    expect(await sent()).toEqual([])
    await w.run("update account set totp_secret = 'JBSWY3DP' where id = 'desk'")
    await editAccount(as(w, 'secretariat'), 'desk', { ...given, revision: 1, forget_factors: true })
    const [letter] = await sent()
    expect(letter?.kind).toBe('factor_dropped')
    expect(letter?.text).toContain('操作した人：事務局')
  })

  test('of another address, at the former and at the new one', async () => {
    const given = { name: '担当', role: 'viewer', prefectures: ['08'], state: 'active', revision: 0 }
    await editAccount(as(w, 'secretariat'), 'viewer', { ...given, email: 'moved@example.jp' })
    const letters = await sent()
    const told = new Map(letters.map(({ to, text }) => [to.address, text]))
    expect([...told.keys()].toSorted()).toEqual(['moved@example.jp', 'viewer@example.jp'])
    expect(told.get('viewer@example.jp')).toContain(words.ja.kinds.email_changed.opening[1])
    expect(told.get('viewer@example.jp')).toContain('これまでのアドレス：viewer@example.jp')
    expect(told.get('viewer@example.jp')).toContain('新しいアドレス：m***@example.jp')
    expect(told.get('moved@example.jp')).toContain(words.ja.kinds.email_new.opening[0])
    expect(told.get('moved@example.jp')).toContain('これまでのアドレス：v***@example.jp')
    expect(told.get('moved@example.jp')).toContain('新しいアドレス：moved@example.jp')
    await w.run("update account set email = 'viewer@example.jp' where id = 'viewer'")
  })
})

describe('a letter to the owner of an account', () => {
  const given = {
    email: 'desk@example.jp',
    name: '担当',
    role: 'desk',
    prefectures: ['08'],
    state: 'active',
    revision: 0,
  }
  const addsKey = async () => {
    const pass = await passOf(w, await browser(w, 'desk'))
    await challenge(as(w, 'desk'), pass, 'add')
    const [made] = await w.column<string>("select challenge from pass where account = 'desk'")
    const device = authenticator()
    await addPasskey(as(w, 'desk'), { ...pass, challenge: made ?? '' }, device.made(made ?? ''), '携帯')
    return { pass, device }
  }
  /** Everything that tells an owner something, and the letters it sends. */
  const NEWS: [what: string, kinds: string[], act: () => Promise<unknown>][] = [
    [
      'an app',
      ['factor_added'],
      async () => {
        const secret = newTotpSecret()
        const pass = await passOf(w, await browser(w, 'desk'))
        await proveTotp(as(w, 'desk'), pass.id, await totpCode(secret, NOW), secret)
      },
    ],
    ['a passkey', ['factor_added'], addsKey],
    [
      'a dropped passkey',
      ['factor_added', 'factor_dropped'],
      async () => {
        const { pass, device } = await addsKey()
        await dropFactor(as(w, 'desk'), pass.id, device.id)
      },
    ],
    [
      'forgotten factors',
      ['factor_dropped'],
      async () => {
        await w.run("update account set totp_secret = 'JBSWY3DP' where id = 'desk'")
        await editAccount(as(w, 'secretariat'), 'desk', { ...given, forget_factors: true })
      },
    ],
    [
      'another address',
      ['email_changed', 'email_changed'],
      async () => {
        await editAccount(as(w, 'secretariat'), 'desk', { ...given, email: 'moved@example.jp' })
      },
    ],
    [
      'a new browser',
      ['new_browser'],
      async () => {
        await w.run("update account set signed_in_at = ? where id = 'desk'", NOW)
        await askToSignIn(w.ctx, { email: 'desk@example.jp' })
        const [row] = await signInsSince(w.ctx, 'desk', '')
        await signIn(w.ctx, { token: (row && (await signInToken(w.ctx, row))) ?? '' }, EDGE)
      },
    ],
  ]

  test.each(NEWS)('about %s is in the language that the owner chose in the console', async (_, kinds, act) => {
    await w.run("update account set locale = 'en' where id = 'desk'")
    await act()
    await w.run("update account set email = 'desk@example.jp' where id = 'desk'")
    const letters = await sent()
    expect(letters.map(({ kind }) => kind).toSorted()).toEqual(kinds)
    for (const { subject, text, headers } of letters) {
      expect([headers['Content-Language'], subject.includes('Madoguchi console')]).toEqual(['en', true])
      expect(text).toContain('Dear ')
    }
  })

  test.each([
    ['desk', words.ja.call, words.ja.colleague],
    ['secretariat', words.ja.colleague, words.ja.call],
  ])('of the %s says whom to tell who does not work there', async (owner, said, other) => {
    await w.ctx.store.commit(tellAccount(w.ctx, 'new_browser', owner, { agent: EDGE }))
    const [letter] = await sent()
    const text = letter?.text.replaceAll('\n', '')
    expect([text?.includes(said), text?.includes(other)]).toEqual([true, false])
    expect(text?.includes('03-0000-0001')).toBe(owner === 'desk')
  })
})

describe('a sign-in', () => {
  /** Signs in with a browser that remembers this. Returns what it remembers then. */
  async function signedIn(account: string, remembered = ''): Promise<string> {
    await askToSignIn(w.ctx, { email: `${account}@example.jp` })
    const [row] = await signInsSince(w.ctx, account, '')
    const token = row && (await signInToken(w.ctx, row))
    await w.run('delete from sign_in where id <> ?', row?.id)
    const done = await signIn(w.ctx, { token: token ?? '' }, EDGE, remembered)
    if (!done.ok) throw new Error(done.why)
    await w.run('delete from sign_in')
    return done.memory
  }
  const kinds = async () => (await sent()).map(({ kind }) => kind)

  test('with a browser that the account has not used is told, the first one and the same one again are not', async () => {
    const one = await signedIn('desk')
    const again = await signedIn('desk', one)
    expect(await kinds()).toEqual([])
    await signedIn('desk')
    await signedIn('desk', again)
    const [letter] = await sent()
    expect(await kinds()).toEqual(['new_browser'])
    expect(letter?.text).toContain('Edge (Windows)')
  })

  test('with a browser that other accounts use is told, and the browser remembers both', async () => {
    const desk = await signedIn('desk')
    await w.run("update account set signed_in_at = ? where id = 'viewer'", NOW)
    const both = await signedIn('viewer', desk)
    expect(await kinds()).toEqual(['new_browser'])
    await signedIn('desk', both)
    await signedIn('viewer', both)
    expect(await kinds()).toEqual(['new_browser'])
  })

  test('is remembered for 180 days, for its own account, and by five accounts at most', async () => {
    const { memory } = await browserMemory(w.ctx, 'desk', '')
    const known = async (account: string) => (await browserMemory(w.ctx, account, memory)).known
    expect([await known('desk'), await known('viewer')]).toEqual([true, false])
    w.at('2027-05-21T01:00:00.000Z')
    expect(await known('desk')).toBe(true)
    w.at('2027-05-22T01:00:00.000Z')
    expect(await known('desk')).toBe(false)
    let all = ''
    for (const account of ['a', 'b', 'c', 'd', 'e', 'f']) all = (await browserMemory(w.ctx, account, all)).memory
    expect(all.split('.')).toHaveLength(5)
    expect((await browserMemory(w.ctx, 'made up', 'x.y.z')).known).toBe(false)
  })
})

test.each(LOCALES)(
  'no line of a letter to an account is too long for a phone (%s), and none signs in',
  async (locale) => {
    const kinds = LETTER_KINDS.filter((kind): kind is AccountLetterKind => LETTERS[kind].about === 'account')
    for (const kind of kinds) {
      const emails = { former: `${'a'.repeat(40)}@example.jp`, present: 'present@example.jp' }
      const news = { factor: 'all', agent: EDGE, email: 'former@example.jp', emails } as const
      await w.ctx.store.commit(tellAccount({ ...w.ctx, locale }, kind, 'desk', news))
    }
    const letters = await sent()
    expect(letters.map(({ kind }) => kind).toSorted()).toEqual([...kinds].toSorted())
    const lines = letters.flatMap(({ text }) => text.split('\n'))
    expect(lines.filter((line) => width(line) > 70 && !line.includes('://'))).toEqual([])
    expect(lines.filter((line) => line.includes('://'))).toEqual(kinds.map(() => w.ctx.config.publicUrl))
  },
)

test.each([
  [EDGE, 'Edge (Windows)'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox (Linux)'],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36', 'Chrome (Android)'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1', 'Safari (iPhone)'],
  ['http://evil.example いますぐ確認', null],
])('a browser is named in plain words: %s', (agent, name) => {
  expect(browserText(agent)).toBe(name)
})
