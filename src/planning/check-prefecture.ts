import type { Faults } from '../base/input.ts'
import type { Ctx } from '../context.ts'
import { deskOf, serves } from '../people/desk.ts'
import { deskById, venueById } from '../schedule/place-queries.ts'

/** The chosen venue and desk. */
type Chosen = { venue: string | null; desk?: string }

/**
 * Field errors for a venue or local desk that does not exist or is in another prefecture. Also for a desk that has
 * ended and a venue that is retired. Unchanged values (`was`) are accepted. Secretariat, bases and bureaus serve all
 * prefectures. At most two queries.
 */
export async function checkPrefecture(ctx: Ctx, prefecture: string, chosen: Chosen, was?: Chosen): Promise<Faults> {
  const { venue, desk } = chosen
  const faults: Faults = {}
  if (venue !== null && venue !== was?.venue) {
    const row = await venueById(ctx, venue)
    if (row?.prefecture !== prefecture || row.retired_at !== null) faults.venue = 'choice'
  }
  if (desk !== undefined && desk !== was?.desk) {
    const row = await deskById(ctx, desk)
    if (!row || row.ended_at !== null || !serves(deskOf(row), prefecture)) faults.desk = 'choice'
  }
  return faults
}
