import { newId } from '../base/id.ts'
import type { Locale } from '../base/locale.ts'
import type { LetterKind, OutboxRow } from './schema.ts'
import type { Write, Writer } from './store.ts'

/** How a letter begins: to be sent, or only kept where no mail leaves. */
export function letterState({ config }: Pick<Writer, 'config'>): OutboxRow['state'] {
  return config.smtpUrl === null ? 'kept' : 'waiting'
}

/**
 * A letter to be written and sent once the commit it is part of stands. Queued twice for the same kind, booking and
 * SEQUENCE it breaks `outbox_once`; `turn` tells apart letters that a person may ask for again, `was` keeps what a move
 * left behind, `way` `phone` puts it on the list of who is to be called instead.
 */
export function queue(
  ctx: Writer,
  letter: {
    kind: LetterKind
    sequence: number
    locale: Locale
    turn?: string
    was?: string
    way?: OutboxRow['way']
  } & ({ booking: string } | { interest: string } | { sign_in: string }),
): Write {
  const now = ctx.clock.now()
  return ctx.store.db.insertInto('outbox').values({
    id: newId(now),
    booking: null,
    interest: null,
    sign_in: null,
    turn: '',
    was: null,
    way: 'mail',
    ...letter,
    state: letter.way === 'phone' ? 'waiting' : letterState(ctx),
    due_at: now,
    attempts: 0,
    claimed_by: null,
    claimed_until: null,
    fault: null,
    created_at: now,
    updated_at: now,
    sent_at: null,
  })
}
