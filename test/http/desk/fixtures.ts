import type { Role } from '../../../src/base/actor.ts'
import { signInCode, signInToken } from '../../../src/people/account.ts'
import { addAccount } from '../../../src/people/add-account.ts'
import { askToSignIn } from '../../../src/people/ask-to-sign-in.ts'
import { proveTotp } from '../../../src/people/prove-totp.ts'
import { passByToken, signInsSince } from '../../../src/people/queries.ts'
import { newTotpSecret } from '../../../src/people/totp.ts'
import { totpCode } from '../../people/totp.ts'
import { freshKey, MITO } from '../../world.ts'
import { type Fields, type Page, pageOf, pathOf, type Site, site } from '../app.ts'

/** The console for a signed-in account. */
export type Staff = {
  id: string
  cookie: string
  page(address: string): Promise<Page>
  post(address: string, fields?: Fields): ReturnType<Site['ask']>
  /** Sends a form and follows where it leads. */
  submit(address: string, fields?: Fields): Promise<Page>
}

let people = 0

/** Adds an account and signs it in by the link of its letter, and by an authenticator app if required. */
export async function signedIn(s: Site, role: Role, ...prefectures: string[]): Promise<Staff> {
  people++
  const email = `staff${people}@example.jp`
  const added = await addAccount(s.system, { email, name: `担当 ${people}`, role, prefectures })
  if (!added.ok) throw new Error(`not added: ${JSON.stringify(added)}`)
  await askToSignIn(s.ctx, { email })
  const [signIn] = await signInsSince(s.ctx, added.account, '')
  const token = signIn && (await signInToken(s.ctx, signIn))
  const answer = await s.post(`/desk/sign-in/${token}`)
  let cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  if (role === 'secretariat') {
    const pass = await passByToken(s.ctx, cookie.split('=')[1] ?? '')
    const secret = newTotpSecret()
    const actor = { kind: 'staff' as const, id: added.account, role, prefectures, provenAt: s.ctx.clock.now() }
    const done = await proveTotp({ ...s.ctx, actor }, pass?.id ?? '', await totpCode(secret, s.ctx.clock.now()), secret)
    if (!done.ok) throw new Error('not proven')
    cookie = `${cookie.split('=')[0]}=${done.token}`
  }
  const headers = { cookie }
  const post = (address: string, fields: Fields = []) => s.post(address, fields, headers)
  return {
    id: added.account,
    cookie,
    page: (address) => s.page(address, { headers }),
    post,
    async submit(address, fields) {
      const done = await post(address, fields)
      return done.status === 303 ? s.page(pathOf(done.location), { headers }) : pageOf(done)
    },
  }
}

/** The form's fields for a caller on the telephone. */
export const caller = (changes: Record<string, string> = {}): Fields =>
  Object.entries({
    session: MITO,
    slot: `${MITO}-1000`,
    format: 'onsite',
    seats: '1',
    channel: 'phone',
    full: 'refuse',
    company: '大洗建設',
    name: '海野 次郎',
    name_kana: 'うんの じろう',
    phone: '０２９２-67-0003',
    email: '',
    prefecture: '08',
    employees: '３０',
    industry: 'D',
    note: '',
    over: '',
    consent: 'true',
    key: freshKey(),
    ...changes,
  })

/** The address of the account of `withAccount`. */
export const MAIL = 'hanako@example.jp'

/** A site with one account, that nobody has signed in to yet. */
export async function withAccount(role = 'desk'): Promise<Site> {
  const s = await site()
  const given = { email: MAIL, name: '水戸 花子', role, prefectures: ['08'] }
  const added = await addAccount(s.system, given)
  if (!added.ok) throw new Error(`not added: ${JSON.stringify(added)}`)
  return s
}

/** The nth sign-in asked for, with the token and the code of its letter. */
export async function asked(s: Site, nth = 0) {
  const [row] = await s.ctx.store.db
    .selectFrom('sign_in')
    .selectAll()
    .orderBy('created_at')
    .offset(nth)
    .limit(1)
    .execute()
  if (!row) throw new Error('nothing asked')
  return { row, token: await signInToken(s.ctx, row), code: (await signInCode(s.ctx, row)) ?? '' }
}

/** The cookie that an answer sets. */
export const cookieOf = (answer: { headers: Headers }) => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

/** The fields of a new series on listed dates, without its place, title and dates. */
export const WEEK = {
  kind: 'consultation',
  desk: 'secretariat',
  formats: 'onsite',
  closes_shape: 'business_days',
  closes_count: '1',
  closes_at: '15:00',
  starts_on: '2026-11-25',
  starts: '13:00',
  ends: '16:00',
  repeat: 'dates',
  step: 'do',
}
