import { type Insertable, sql } from 'kysely'
import { newId } from '../base/id.ts'
import { HOLDING } from '../base/vocabulary.ts'
import type { Caps } from '../config.ts'
import type { Ctx } from '../context.ts'
import type { CapRow } from '../store/schema.ts'
import { capOf, dayOf, type Source } from './source.ts'

/** What identifies a counter. */
export const CAP_KEY = ['day', 'counted', 'source', 'key_hash'] as const

/** A counter as it begins. */
export function newCap(
  ctx: Ctx,
  caps: Caps,
  counted: CapRow['counted'],
  { source, key_hash, mask }: Source,
  more: Partial<CapRow> = {},
): Insertable<CapRow> {
  return {
    id: newId(ctx.clock.now()),
    day: dayOf(ctx, counted),
    counted,
    source,
    key_hash,
    mask,
    n: 0,
    most: capOf(caps, { counted, source }),
    extra: 0,
    refused: 0,
    refused_at: null,
    session: null,
    ...more,
  }
}

/** The places that the source of the row in `cap` holds at once. */
export const placesHeld = sql<number>`(select coalesce(sum(booking.seats), 0) from cap_booking
  inner join booking on booking.id = cap_booking.booking
  where cap_booking.source = cap.source and cap_booking.key_hash = cap.key_hash
  and booking.status in (${sql.join(HOLDING.map((status) => sql.lit(status)))}))`
