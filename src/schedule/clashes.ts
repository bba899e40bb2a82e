import * as z from 'zod'
import { chunks } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import type { ShownFields } from '../base/fingerprint.ts'
import { line, optional } from '../base/input.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import type { SessionRow } from '../store/schema.ts'
import type { Session } from './session.ts'

/**
 * Another session at the same time, of the same desk in the same prefecture or at the same venue. `seats_taken`: people
 * who have a place.
 */
export type Clash = Pick<
  SessionRow,
  'id' | 'prefecture' | 'title_ja' | 'title_en' | 'date' | 'starts_at' | 'ends_at' | 'seats_taken'
> & { same: 'desk' | 'venue' }

/** A day, and its hours if they are known. */
export type Occasion = { date: CivilDate; starts_at: Instant | null; ends_at: Instant | null }

/**
 * Who holds it and where. A desk of many prefectures holds days in several of them at once. `venue` is null if nobody
 * comes to one. `own`: the session or series itself.
 */
type Holding = { desk: string; prefecture: string; venue: string | null; own: string }

/** The reason for holding two sessions at the same time, which stays on record. */
export const BesideShape = { beside: optional(line(200)) }

const Beside = z.object(BesideShape)

/** The reason among the fields of a form, or null. */
export function besideIn(given: unknown): string | null {
  const parsed = Beside.safeParse(given)
  return parsed.success ? parsed.data.beside : null
}

/** The reason as the journal keeps it: left out if there is none. */
export const besideDetail = ({ beside }: { beside: string | null }): { beside?: string } =>
  beside === null ? {} : { beside }

/** Dates in one statement: D1 binds at most 100 parameters. */
const DATES = 80

const overlaps = (a: Occasion, b: Pick<SessionRow, 'starts_at' | 'ends_at'>) => {
  if (a.starts_at === null || a.ends_at === null || b.starts_at === null || b.ends_at === null) return true
  return a.starts_at < b.ends_at && b.starts_at < a.ends_at
}

/**
 * What else the desk and the venue have on these occasions, by date and start. Without hours the whole day counts.
 * Skipped, postponed and called-off sessions take no time. An area that stands for a venue still unknown is no venue.
 */
export async function clashesOf(ctx: Ctx, holding: Holding, occasions: readonly Occasion[]): Promise<Clash[]> {
  const { desk, prefecture, venue, own } = holding
  const found: Clash[] = []
  for (const some of chunks([...new Set(occasions.map(({ date }) => date))], DATES)) {
    const rows = await ctx.store.db
      .selectFrom('session')
      .leftJoin('venue', 'venue.id', 'session.venue')
      .select(['session.id', 'session.prefecture', 'session.title_ja', 'session.title_en', 'session.date'])
      .select(['session.starts_at', 'session.ends_at', 'session.seats_taken'])
      .select(['session.desk', 'session.venue', 'session.formats', 'venue.area_only'])
      .where('session.date', 'in', some)
      .where('session.state', '=', 'published')
      .where('session.id', '!=', own)
      .where((eb) => eb.or([eb('session.series', 'is', null), eb('session.series', '!=', own)]))
      .where((eb) => {
        const same_desk = eb.and([eb('session.desk', '=', desk), eb('session.prefecture', '=', prefecture)])
        return eb.or([same_desk, eb('session.venue', '=', venue ?? '')])
      })
      .orderBy('session.date')
      .orderBy('session.starts_at')
      .orderBy('session.id')
      .execute()
    for (const { desk: its, venue: at, formats, area_only, ...row } of rows) {
      const meets = at === venue && area_only === 0 && formats.split(',').includes('onsite')
      const at_once = occasions.some((one) => one.date === row.date && overlaps(one, row))
      if (at_once && ((its === desk && row.prefecture === prefecture) || meets))
        found.push({ ...row, same: meets ? 'venue' : 'desk' })
    }
  }
  return found
}

/** What else the desk and the venue of a session have on these occasions, as `clashesOf`. */
export async function clashesWith(
  ctx: Ctx,
  { id, desk, prefecture, venue, formats }: Pick<Session, 'id' | 'desk' | 'prefecture' | 'venue' | 'formats'>,
  occasions: readonly Occasion[],
): Promise<Clash[]> {
  const at = formats.includes('onsite') ? (venue?.id ?? null) : null
  return clashesOf(ctx, { own: id, desk: desk.id, prefecture, venue: at }, occasions)
}

/** Clashes as a page shows them before an act. */
export function clashFields(clashes: readonly Clash[]): ShownFields {
  return clashes.map(({ id, date, starts_at, ends_at, same }) => [id, date, starts_at, ends_at, same])
}
