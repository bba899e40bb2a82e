import type { ShownFields } from '../../base/fingerprint.ts'
import { civilDate } from '../../base/japan/civil.ts'
import type { Ctx } from '../../context.ts'
import { venues } from '../../schedule/place-queries.ts'
import type { SeriesRow, SessionRow, VenueRow } from '../../store/schema.ts'

/**
 * The venues that may be chosen: of the prefectures that the actor may read, and not retired. Also the one that it has
 * now (`kept`). One query.
 */
export async function venuesToChoose(ctx: Ctx, kept: string | null = null): Promise<VenueRow[]> {
  return (await venues(ctx)).filter(({ id, retired_at }) => retired_at === null || id === kept)
}

/** What takes place at a venue from today on: series that go on, and sessions that were not called off. */
export type VenueUse = {
  series: Pick<SeriesRow, 'id' | 'prefecture' | 'title_ja' | 'title_en'>[]
  sessions: Pick<SessionRow, 'id' | 'prefecture' | 'title_ja' | 'title_en' | 'date' | 'seats_taken'>[]
}

/** What takes place at a venue from today on. Two queries. */
export async function venueUse(ctx: Ctx, venue: string): Promise<VenueUse> {
  const today = civilDate(ctx.clock.now())
  const { db } = ctx.store
  const series = await db
    .selectFrom('series')
    .select(['id', 'prefecture', 'title_ja', 'title_en'])
    .where('venue', '=', venue)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', today)]))
    .where((eb) =>
      eb.or([
        eb('rule', 'is not', null),
        eb.exists(
          eb
            .selectFrom('series_date')
            .select('series_date.date')
            .whereRef('series_date.series', '=', 'series.id')
            .where('series_date.date', '>=', today),
        ),
      ]),
    )
    .orderBy('id')
    .execute()
  const sessions = await db
    .selectFrom('session')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .select(['session.id', 'session.prefecture', 'session.title_ja', 'session.title_en', 'session.date', 'seats_taken'])
    .where('session.venue', '=', venue)
    .where('session.state', '!=', 'called_off')
    .where((eb) =>
      eb.or([
        eb('session.date', '>=', today),
        eb.and([eb('session.date', 'is', null), eb('programme.ends_on', '>=', today)]),
      ]),
    )
    .orderBy((eb) => eb('session.date', 'is', null))
    .orderBy('session.date')
    .orderBy('session.id')
    .execute()
  return { series, sessions }
}

/** A venue and what takes place there, as the page shows them before it is retired. */
export function venueUseFields(
  { id, revision }: Pick<VenueRow, 'id' | 'revision'>,
  { series, sessions }: VenueUse,
): ShownFields {
  return ['retire', id, revision, series.map((one) => one.id), sessions.map(({ id: own, date }) => [own, date])]
}
