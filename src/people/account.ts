import * as z from 'zod'
import { type Actor, ROLES } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { line, word } from '../base/input.ts'
import { addDays, civilDate } from '../base/japan/civil.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { narrowAddress } from '../base/japan/width.ts'
import { seal, sha256, tokenColumns, tokenUnder, unseal } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import type { AccountRow, SignInRow } from '../store/schema.ts'

/**
 * A link or code is valid for `minutes`, and its code for `attempts` tries. An account gets at most `letters` in `window`
 * minutes. Only the first `codes` letters of a day have a code: the later ones have a link, which nobody guesses.
 */
export const SIGN_IN = { minutes: 10, attempts: 5, letters: 5, window: 15, codes: 10 } as const

/** Days for which the link of an invitation is valid. */
export const INVITATION_DAYS = 7

/** Minutes for which a browser stays signed in. */
export const PASS_MINUTES = 12 * 60

/** The account of a member of staff, as the console reads it. */
export type Account = Pick<
  AccountRow,
  'id' | 'email' | 'name' | 'role' | 'state' | 'revision' | 'signed_in_at' | 'updated_at' | 'locale'
> & {
  prefectures: string[]
  /** Whether an authenticator app is set up, and how many passkeys there are. */
  totp: boolean
  passkeys: number
}

/** The address of an account: half-width and lower case. */
export const accountEmail = word(254)
  .transform((text) => narrowAddress(text).toLowerCase())
  .pipe(z.email('email'))

const codes = z
  .union([z.string(), z.array(z.string())], 'choice')
  .transform((given) => [given].flat().filter((code) => code !== ''))
  .pipe(z.array(z.string().refine(isPrefectureCode, 'choice')))

/** The fields of an account. Only the secretariat needs no prefectures. */
export const AccountInput = z
  .object({
    email: accountEmail,
    name: line(60),
    role: z.enum(ROLES, 'choice'),
    prefectures: codes.default([]),
  })
  .refine(({ role, prefectures }) => role === 'secretariat' || role === 'expert' || prefectures.length > 0, {
    message: 'required',
    path: ['prefectures'],
  })

/** Reads an account from its row. */
export function accountOf(
  row: Omit<AccountRow, 'totp_step' | 'code_tries' | 'code_tries_from'> & { passkeys: number | string },
): Account {
  const {
    id,
    email,
    name,
    role,
    state,
    revision,
    signed_in_at,
    updated_at,
    locale,
    prefectures,
    totp_secret,
    passkeys,
  } = row
  return {
    id,
    email,
    name,
    role,
    state,
    revision,
    signed_in_at,
    updated_at,
    locale,
    prefectures: prefectures === '' ? [] : prefectures.split(','),
    totp: totp_secret !== null,
    passkeys: Number(passkeys),
  }
}

/** The account as the actor of acts. `provenAt`: when its browser last proved who it is; null if it never did. */
export function actorOf({ id, role, prefectures }: Account, provenAt: Instant | null): Actor {
  return { kind: 'staff', id, role, prefectures, provenAt }
}

/** Whether the account has a second factor. */
export function hasFactor({ totp, passkeys }: Pick<Account, 'totp' | 'passkeys'>): boolean {
  return totp || passkeys > 0
}

/** Whether an account with this role must have a second factor. */
export function needsFactor({ config }: Pick<Ctx, 'config'>, role: AccountRow['role']): boolean {
  return role === 'secretariat' || (config.deskSecondFactor && (role === 'desk' || role === 'viewer'))
}

/** A random secret: 256 bits in hexadecimal. Only its hash is stored. */
export function newToken(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const signInText = (of: 'link' | 'code', id: string) => `sign-in ${of} ${id}`

/** The columns of a link to sign in, under the secret now in service. */
export function signInColumns(
  ctx: Pick<Ctx, 'config'>,
  id: string,
): Promise<Pick<SignInRow, 'token_hash' | 'secret_id'>> {
  return tokenColumns(ctx.config.secrets, signInText('link', id))
}

/** The token of a link to sign in. Returns null if the secret it was made under is out of service. */
export function signInToken(
  ctx: Pick<Ctx, 'config'>,
  row: Pick<SignInRow, 'id' | 'secret_id'>,
): Promise<string | null> {
  return tokenUnder(ctx.config.secrets, row.secret_id, signInText('link', row.id))
}

/**
 * The six digits of the same letter, for people who read it on another device. Returns null as `signInToken` does, and
 * if no try is left.
 */
export async function signInCode(
  ctx: Pick<Ctx, 'config'>,
  row: Pick<SignInRow, 'id' | 'secret_id' | 'attempts'>,
): Promise<string | null> {
  if (row.attempts >= SIGN_IN.attempts) return null
  const text = await tokenUnder(ctx.config.secrets, row.secret_id, signInText('code', row.id))
  if (text === null) return null
  const number = Number.parseInt((await sha256(text)).slice(0, 12), 16) % 1_000_000
  return String(number).padStart(6, '0')
}

/** Days for which a browser counts as one that its account has signed in with. */
export const BROWSER_DAYS = 180

/** Accounts that one browser remembers. */
const BROWSER_ACCOUNTS = 5

/**
 * What a browser that an account signs in with remembers, and whether it remembered this account before. It is the day of
 * the sign-in, sealed for the account. Nothing is stored here. `given` is what it remembered before, of every account.
 */
export async function browserMemory(
  ctx: Pick<Ctx, 'config' | 'clock'>,
  account: string,
  given: string,
): Promise<{ known: boolean; memory: string }> {
  const [secret] = ctx.config.secrets
  if (secret === undefined) throw new Error('no secret to seal with')
  const today = civilDate(ctx.clock.now())
  const bound = `browser ${account}`
  let known = false
  const others: string[] = []
  for (const sealed of given.split('.').slice(0, BROWSER_ACCOUNTS)) {
    const day = await unseal(ctx.config.secrets, sealed, bound)
    if (day === null) others.push(sealed)
    else if (addDays(day, BROWSER_DAYS) >= today) known = true
  }
  const all = [await seal(secret, today, bound), ...others.filter((one) => one !== '')]
  return { known, memory: all.slice(0, BROWSER_ACCOUNTS).join('.') }
}
