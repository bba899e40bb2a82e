import { expressionBuilder } from 'kysely'
import * as z from 'zod'
import { requireDesk, requireSecretariat } from '../base/actor.ts'
import { paragraphs } from '../base/fields.ts'
import { BOOKING_LETTERS, type BookingLetterKind } from '../base/letters.ts'
import { NotFound } from '../base/outcome.ts'
import { unknownPlaceholders } from '../base/placeholders.ts'
import type { Ctx } from '../context.ts'
import { plannedById, seriesById } from '../planning/queries.ts'
import type { Session } from '../schedule/session.ts'
import { withinReach } from '../store/reach.ts'
import type { LetterTextRow, ProgrammeRow, Schema, SeriesRow, SessionRow } from '../store/schema.ts'

/** Whose paragraph it is: of all letters of a programme, of a series, or of one session. */
export const TEXT_SCOPES = ['programme', 'series', 'session'] as const
export type TextOwner = { scope: (typeof TEXT_SCOPES)[number]; id: string }

/** The letters that can have a paragraph of the desk. A message is the desk's own words anyway. */
export const TEXT_KINDS = BOOKING_LETTERS.filter((kind) => kind !== 'message')

const text = paragraphs(1500)
  .refine((words) => unknownPlaceholders(words).length === 0, 'placeholder')
  .default('')

/** A paragraph as its form sends it. Without English words English letters have none. */
export const LetterTextInput = z.object({ text_ja: text, text_en: text })
export type LetterTextInput = z.output<typeof LetterTextInput>

/** The row of an owner; the others are null. */
export type TextOwned = { programme: ProgrammeRow | null; series: SeriesRow | null; session: SessionRow | null }

/**
 * The programme, series or session of a paragraph. A programme is for the secretariat, the others for the desk of their
 * prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function requireTextOwner(ctx: Ctx, { scope, id }: TextOwner): Promise<TextOwned> {
  if (scope === 'programme') {
    requireSecretariat(ctx.actor)
    const row = await ctx.store.db.selectFrom('programme').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new NotFound('programme')
    return { programme: row, series: null, session: null }
  }
  requireDesk(ctx.actor)
  const series = scope === 'series' ? ((await seriesById(ctx, id)) ?? null) : null
  const session = scope === 'session' ? ((await plannedById(ctx, id)) ?? null) : null
  const found = series ?? session
  if (!found) throw new NotFound(scope)
  requireDesk(ctx.actor, found.prefecture)
  return { programme: null, series, session }
}

/** The paragraph of an owner for one kind of letter, or undefined. */
export async function letterTextOf(
  ctx: Ctx,
  { scope, id }: TextOwner,
  kind: BookingLetterKind,
): Promise<LetterTextRow | undefined> {
  return ctx.store.db
    .selectFrom('letter_text')
    .selectAll()
    .where(scope, '=', id)
    .where('kind', '=', kind)
    .executeTakeFirst()
}

/** The kinds of letters for which an owner has a paragraph. */
export async function textKindsOf(ctx: Ctx, { scope, id }: TextOwner): Promise<BookingLetterKind[]> {
  const rows = await ctx.store.db.selectFrom('letter_text').select('kind').where(scope, '=', id).execute()
  return rows.map(({ kind }) => kind)
}

/** What tells the owners of letters about a session. */
export type Owned = Pick<Session, 'id' | 'series' | 'programme'>

const own = expressionBuilder<Schema, 'letter_text' | 'letter_sender'>()

/** Whether a row is of the session itself, of its series or of its programme. */
export function isOfOwners({ id, series, programme }: Owned) {
  const ofSeries = series === null ? [] : [own('series', '=', series)]
  return own.or([own('session', '=', id), ...ofSeries, own('programme', '=', programme.id)])
}

/** The paragraph in the letters of a kind about a session: its own, else its series', else its programme's. One query. */
export async function closestText(
  { store }: Pick<Ctx, 'store'>,
  kind: BookingLetterKind,
  session: Owned,
): Promise<Pick<LetterTextRow, 'text_ja' | 'text_en'> | undefined> {
  const rows = await store.db
    .selectFrom('letter_text')
    .select(['programme', 'series', 'session', 'text_ja', 'text_en'])
    .where('kind', '=', kind)
    .where(isOfOwners(session))
    .execute()
  const by = (scope: TextOwner['scope']) => rows.find((row) => row[scope] !== null)
  return by('session') ?? by('series') ?? by('programme')
}

/** The newest booking of an owner that still names its holder, for a sample; empty without one. */
export async function newestBookings(ctx: Ctx, { scope, id }: TextOwner): Promise<string[]> {
  const column = { programme: 'session.programme', series: 'session.series', session: 'session.id' } as const
  const rows = await ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .select('booking.id')
    .where(column[scope], '=', id)
    .where('booking.phone', '<>', '')
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('booking.id', 'desc')
    .limit(1)
    .execute()
  return rows.map((row) => row.id)
}
