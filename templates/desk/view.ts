import type { Account } from '../../src/people/account.ts'
import type { Frame } from '../layout.tsx'

/** What every page of the console is written from: the frame of the request, and who is signed in. */
export type DeskView = { frame: Frame; staff: Account }
