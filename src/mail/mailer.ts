import type { Letter } from './letters.ts'

/**
 * The outcome of one attempt. `permanent`: the recipient or the message was refused, and would be again. Otherwise another
 * attempt makes sense. `line`: the server was not reached, did not answer or refused the login. The next
 * letter would fare the same. `fault` says why, without personal data.
 */
export type Sent = { ok: true } | { ok: false; permanent: boolean; line?: boolean; fault: string }

/** Sends letters. `send` never throws and answers within `SEND_WITHIN` seconds. */
export type Mailer = { send(letter: Letter): Promise<Sent>; close(): void }

/** The longest a mailer may work on one letter, in seconds. */
export const SEND_WITHIN = 120
