import { type RawBuilder, sql } from 'kysely'
import type { Writer } from './store.ts'

/**
 * The columns of a session or booking after a change that calendars must learn (RFC 5545 SEQUENCE). `sequence` and
 * `revision` are one higher than in the row; `updated_at` is now.
 */
export function raised({ clock }: Pick<Writer, 'clock'>): {
  sequence: RawBuilder<number>
  revision: RawBuilder<number>
  updated_at: string
} {
  return { sequence: sql`sequence + 1`, revision: sql`revision + 1`, updated_at: clock.now() }
}
