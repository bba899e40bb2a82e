import type { Letter } from './letters.ts'

/**
 * The outcome of one attempt. `permanent`: the recipient or the message was refused, and would be again. Otherwise another
 * attempt makes sense. `fault` says why, without personal data.
 */
export type Sent = { ok: true } | { ok: false; permanent: boolean; fault: string }

/** Sends letters. `send` never throws and answers within `SEND_WITHIN` seconds. */
export type Mailer = { send(letter: Letter): Promise<Sent>; close(): void }

/** The longest a mailer may work on one letter, in seconds; a claim's lease is longer. */
export const SEND_WITHIN = 120
