import { requireAccount, requireDesk, requireReader, requireSecretariat } from '../base/actor.ts'
import { withoutForbidden, withoutPadding } from '../base/input.ts'
import type { Locale } from '../base/locale.ts'
import { NotFound } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { seriesById } from '../planning/queries.ts'
import type { Session } from '../schedule/session.ts'
import type { LetterFileRow, ProgrammeRow, SeriesRow } from '../store/schema.ts'
import { requireMessage } from './queries.ts'

/** Whose file it is. A message that is not sent yet is named by a key of its form. */
export type FileOwner = { scope: 'programme' | 'series' | 'message'; id: string }

/** A file that a letter carries, without its content. */
export type LetterFile = Pick<LetterFileRow, 'id' | 'purpose' | 'name' | 'type' | 'bytes'>

/** The most documents of an owner, and the most bytes of a document and of a logo. */
export const MOST_DOCUMENTS = 3
export const MOST_BYTES = { document: 2 * 1024 * 1024, logo: 100 * 1024 } as const

/** How a file of each type begins (PDF 32000 section 7.5.2, PNG section 5.2, JPEG annex B). */
const BEGINS: Record<LetterFileRow['type'], readonly number[]> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
}

/** The types of each purpose, and the end of a name of each type. */
const TYPES = { document: ['application/pdf'], logo: ['image/png', 'image/jpeg'] } as const
const ENDS: Record<LetterFileRow['type'], RegExp> = {
  'application/pdf': /\.pdf$/i,
  'image/png': /\.png$/i,
  'image/jpeg': /\.jpe?g$/i,
}
const END = { 'application/pdf': '.pdf', 'image/png': '.png', 'image/jpeg': '.jpg' } as const

/** The type of a file by its first bytes; null if its purpose takes no such file. Its name says nothing. */
export function typeOf(bytes: Uint8Array, purpose: LetterFileRow['purpose']): LetterFileRow['type'] | null {
  return TYPES[purpose].find((type) => BEGINS[type].every((byte, at) => bytes[at] === byte)) ?? null
}

/** The most characters of the name of a file. */
const NAME = 100

/**
 * The name of a file, safe on every system: without a path, signs that Windows refuses, and characters that reorder. It
 * ends as its type does. A kana with a mark of its own (macOS) becomes one character.
 */
export function safeName(given: string, type: LetterFileRow['type']): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  const clean = withoutPadding(withoutForbidden(last))
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu, '')
    .replaceAll(/[\u3041-\u30ff][\u3099\u309a]/gu, (kana) => kana.normalize('NFC'))
    .replaceAll(/[<>:"|?*]/g, '_')
    .trim()
  const stem = clean.replace(ENDS[type], '').replaceAll(/^[.\s]+|[.\s]+$/g, '')
  return `${[...stem].slice(0, NAME).join('') || 'file'}${END[type]}`
}

/** The column `owner` of the files of an owner. Those of a message belong to the account that writes it. */
export function ownerText(ctx: Pick<Ctx, 'actor'>, { scope, id }: FileOwner): string {
  return scope === 'message' ? `message:${requireAccount(ctx.actor)}:${id}` : `${scope}:${id}`
}

/** What an id of the documents of a message can be. */
const KEY = /^[\w-]{16,64}$/

/** The rows of an owner; both are null for a message. */
export type FileOwned = { programme: ProgrammeRow | null; series: SeriesRow | null }

/**
 * The programme or series of a file. A programme is for the secretariat, a series for the desk of its prefecture. A message
 * is for the desk that writes it. Throws `NotFound`, `Forbidden`.
 */
export async function requireFileOwner(ctx: Ctx, { scope, id }: FileOwner): Promise<FileOwned> {
  if (scope === 'programme') {
    requireSecretariat(ctx.actor)
    const row = await ctx.store.db.selectFrom('programme').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new NotFound('programme')
    return { programme: row, series: null }
  }
  requireDesk(ctx.actor)
  if (scope === 'message') {
    requireAccount(ctx.actor)
    if (!KEY.test(id)) throw new NotFound('message')
    return { programme: null, series: null }
  }
  const series = await seriesById(ctx, id)
  if (!series) throw new NotFound('series')
  requireDesk(ctx.actor, series.prefecture)
  return { programme: null, series }
}

/** The files of an owner, in order. One query. */
export async function filesOf({ store }: Pick<Ctx, 'store'>, owner: string): Promise<LetterFileRow[]> {
  return store.db.selectFrom('letter_file').selectAll().where('owner', '=', owner).orderBy('place').execute()
}

/** The documents of a message that is not sent yet, by the key of its form. None without a key. One query. */
export async function documentsOf(ctx: Ctx, key: string | null): Promise<LetterFileRow[]> {
  if (key === null || !KEY.test(key) || ctx.actor.kind !== 'staff') return []
  return filesOf(ctx, ownerText(ctx, { scope: 'message', id: key }))
}

/** What letters about a session carry. `named`: the name of its programme, which the logo stands for. */
type Carried = { logo: LetterFile | null; documents: LetterFile[]; named: Record<Locale, string> }

/**
 * The logo of letters about a session, and the documents of its confirmations. Documents of the series replace those of its
 * programme. One query.
 */
export async function carriedFor(
  { store }: Pick<Ctx, 'store'>,
  { series, programme }: Pick<Session, 'series' | 'programme'>,
): Promise<Carried> {
  const [year, own] = [`programme:${programme.id}`, `series:${series}`]
  const rows = await store.db
    .selectFrom('letter_file')
    .leftJoin('programme', 'programme.id', 'letter_file.programme')
    .select(['letter_file.id', 'purpose', 'name', 'type', 'bytes', 'owner', 'name_ja', 'name_en'])
    .where('owner', 'in', [year, own])
    .orderBy('place')
    .execute()
  const of = (owner: string, purpose: LetterFile['purpose']) =>
    rows
      .filter((row) => row.owner === owner && row.purpose === purpose)
      .map(({ id, name, type, bytes }): LetterFile => ({ id, purpose, name, type, bytes }))
  const documents = of(own, 'document')
  const named = rows.find(({ name_ja }) => name_ja !== null)
  return {
    logo: of(year, 'logo')[0] ?? null,
    documents: documents.length > 0 ? documents : of(year, 'document'),
    named: { ja: named?.name_ja ?? '', en: named?.name_en ?? '' },
  }
}

/** The content of files by their ids, in base64. Files that are gone are left out. One query for each. */
export async function contentsOf(
  { store }: Pick<Ctx, 'store'>,
  files: readonly Pick<LetterFile, 'id'>[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const { id } of files) {
    const parts = await store.db
      .selectFrom('letter_file_part')
      .select('content')
      .where('file', '=', id)
      .orderBy('nth')
      .execute()
    if (parts.length > 0) found.set(id, parts.map(({ content }) => content).join(''))
  }
  return found
}

/**
 * A file, for somebody who may read it. All staff read those of a year; staff of its prefecture those of a series. Those of a
 * message are for its writer. Once it is sent, they are for staff of its prefectures. Throws `NotFound`, `Forbidden`.
 */
export async function requireFile(ctx: Ctx, id: string): Promise<LetterFileRow> {
  const { db } = ctx.store
  const row = await db.selectFrom('letter_file').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound('file')
  if (row.series !== null) {
    const series = await seriesById(ctx, row.series)
    requireReader(ctx.actor, series?.prefecture ?? '')
    return row
  }
  if (row.programme !== null) {
    requireAccount(ctx.actor)
    return row
  }
  if (row.owner.startsWith(`message:${requireAccount(ctx.actor)}:`)) return row
  const sent = await db.selectFrom('message').select('id').where('files', '=', row.owner).executeTakeFirst()
  if (!sent) throw new NotFound('file')
  await requireMessage(ctx, sent.id)
  return row
}
