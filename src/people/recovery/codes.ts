import { sha256 } from '../../base/token.ts'
import type { Ctx } from '../../context.ts'

/** How many codes are made at once. */
export const RECOVERY_CODES = 10

/** Digits and letters that are not mistaken for others on paper (Crockford's base 32). */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

const LENGTH = 12

/** A new code of 60 random bits, as it is shown: `k7pm-2x9q-d4tz`. */
export function newRecoveryCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH))
  const letters = Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join('')
  return letters.replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** A code as it was typed, in any width and case and with any signs between. Returns null if it is none. */
export function readRecoveryCode(text: string): string | null {
  const typed = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '')
  const read = typed.replaceAll('o', '0').replaceAll(/[il]/g, '1')
  return read.length === LENGTH ? read.replaceAll(/(.{4})(?=.)/g, '$1-') : null
}

/** What a row keeps of a code. It is another one for each account. */
export function recoveryHash(account: string, code: string): Promise<string> {
  return sha256(`recovery ${account} ${code}`)
}

/** The number of codes of an account that are left, or null if none were made. One query. */
export async function recoveryLeft({ store }: Pick<Ctx, 'store'>, account: string): Promise<number | null> {
  const rows = await store.db.selectFrom('recovery_code').select('used_at').where('account', '=', account).execute()
  return rows.length === 0 ? null : rows.filter((row) => row.used_at === null).length
}
