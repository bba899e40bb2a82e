import type { Spoken } from '../../spoken.ts'

/** What a page is for, what to do on it, and what follows. */
export type Help = Spoken<readonly [string, string, string]>
