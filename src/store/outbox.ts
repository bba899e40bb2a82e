import { newId } from '../base/id.ts'
import type { Locale } from '../base/locale.ts'
import type { LetterKind } from './schema.ts'
import type { Write, Writer } from './store.ts'

/**
 * A letter to be written and sent once the commit it is part of stands. Queued twice for the same kind, booking and
 * SEQUENCE it breaks `outbox_once`; `turn` tells apart letters that a person may ask for again, `was` keeps what a move
 * left behind.
 */
export function queue(
  ctx: Writer,
  letter: { kind: LetterKind; booking: string; sequence: number; locale: Locale; turn?: string; was?: string },
): Write {
  const now = ctx.clock.now()
  return ctx.store.db.insertInto('outbox').values({
    id: newId(now),
    turn: '',
    was: null,
    ...letter,
    state: ctx.config.smtpUrl === null ? 'kept' : 'waiting',
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
