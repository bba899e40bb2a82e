import type { Account } from '../../src/people/account.ts'
import type { PageContext } from '../layout.tsx'

/** What every page of the console is given: the page context, and the account signed in. */
export type DeskView = { frame: PageContext; staff: Account }
