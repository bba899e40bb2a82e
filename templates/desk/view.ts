import type { Account } from '../../src/people/account.ts'
import type { PageContext } from '../layout.tsx'

/** What every page of the console is given: the page context, and the account signed in. */
export type DeskView = { frame: PageContext; staff: Account }

/** The codes of the prefectures that an account may choose in a form or filter. Null if these are all. */
export function choosable({ role, prefectures }: Pick<Account, 'role' | 'prefectures'>): readonly string[] | null {
  return role === 'secretariat' ? null : prefectures
}
