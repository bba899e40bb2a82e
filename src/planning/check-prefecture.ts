import type { Faults } from '../base/input.ts'
import type { Ctx } from '../context.ts'
import { deskById, venueById } from '../schedule/place-queries.ts'

/** A place and a desk as somebody chose them. */
type Chosen = { venue: string | null; desk?: string }

/**
 * What of a choice is not there or belongs to another prefecture: a venue, or a local desk. What `was` chosen already may
 * stay. Secretariat, bases and bureaus serve every prefecture. At most two queries.
 */
export async function checkPrefecture(ctx: Ctx, prefecture: string, chosen: Chosen, was?: Chosen): Promise<Faults> {
  const { venue, desk } = chosen
  const faults: Faults = {}
  if (venue !== null && venue !== was?.venue && (await venueById(ctx, venue))?.prefecture !== prefecture) {
    faults.venue = 'choice'
  }
  if (desk !== undefined && desk !== was?.desk) {
    const row = await deskById(ctx, desk)
    if (!row || (row.kind === 'local' && row.prefecture !== prefecture)) faults.desk = 'choice'
  }
  return faults
}
