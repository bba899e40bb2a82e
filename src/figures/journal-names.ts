import { type CivilDate, civilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import type { Act, Gone } from '../store/acts.ts'

/** A name in both languages. */
export type Name = Gone['name']

/** What a deletion says of what it deleted. Of earlier versions it says nothing. */
export type Kept = Partial<Gone>

const DELETIONS = [
  'session.deleted',
  'series.deleted',
  'venue.deleted',
  'desk.deleted',
  'question.removed',
  'intake.dropped',
] as const satisfies Act[]

/** The last words of the journal on what was deleted, by its id. One query, or none without ids. */
export async function keptOf({ store: { db } }: Ctx, ids: readonly string[]): Promise<Map<string, Kept>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('journal')
    .select(['subject', 'detail'])
    .where('act', 'in', DELETIONS)
    .where('subject', 'in', [...new Set(ids)])
    .orderBy('id')
    .execute()
  return new Map(rows.map(({ subject, detail }) => [subject, JSON.parse(detail) as Kept]))
}

/** Series, sessions and programmes by their ids, as `scope:id`. One query a scope, or none without ids. */
export async function ownerNames(
  { store: { db } }: Ctx,
  owners: readonly { scope: string; id: string }[],
): Promise<Map<string, Name & { date?: CivilDate | null }>> {
  const idsOf = (scope: string) => [...new Set(owners.filter((one) => one.scope === scope).map(({ id }) => id))]
  const names = new Map<string, Name & { date?: CivilDate | null }>()
  const [series, sessions, programmes] = [idsOf('series'), idsOf('session'), idsOf('programme')]
  if (series.length > 0) {
    const rows = await db
      .selectFrom('series')
      .select(['id', 'title_ja', 'title_en'])
      .where('id', 'in', series)
      .execute()
    for (const { id, title_ja, title_en } of rows) names.set(`series:${id}`, { ja: title_ja, en: title_en })
  }
  if (sessions.length > 0) {
    const rows = await db
      .selectFrom('session')
      .select(['id', 'title_ja', 'title_en', 'date'])
      .where('id', 'in', sessions)
      .execute()
    for (const { id, title_ja, title_en, date } of rows)
      names.set(`session:${id}`, { ja: title_ja, en: title_en, date })
  }
  if (programmes.length > 0) {
    const rows = await db
      .selectFrom('programme')
      .select(['id', 'name_ja', 'name_en'])
      .where('id', 'in', programmes)
      .execute()
    for (const { id, name_ja, name_en } of rows) names.set(`programme:${id}`, { ja: name_ja, en: name_en })
  }
  return names
}

/** The names of venues, by id. One query, or none without ids. */
export async function venueNames({ store: { db } }: Ctx, ids: readonly string[]): Promise<Map<string, Name>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('venue')
    .select(['id', 'name_ja', 'name_en'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, name_ja, name_en }) => [id, { ja: name_ja, en: name_en }]))
}

/** The address of a webhook without what may be secret in it. */
export function hostOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).host : null
}

/** The day of an instant, or nothing. */
export const dayOf = (at: string | null): CivilDate | undefined => (at === null ? undefined : civilDate(at))
