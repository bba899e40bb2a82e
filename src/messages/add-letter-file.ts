import { chunks } from '../base/chunks.ts'
import { newId } from '../base/id.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { hashOf } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import { expectNone, lockRow } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { LetterFileRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import {
  type FileOwner,
  filesOf,
  MOST_BYTES,
  MOST_DOCUMENTS,
  ownerText,
  requireFileOwner,
  safeName,
  typeOf,
} from './letter-file.ts'

/**
 * Why a file is not taken. `empty`: there is none. `large`: over its limit. `type`: by its bytes it is no PDF, or no PNG or
 * JPEG. `many`: there are as many as may be. `sent`: its message has left. `changed`: somebody else added one meanwhile.
 */
export type FileRefusal = 'empty' | 'large' | 'type' | 'many' | 'sent' | 'changed'

/** Added; `again` if the owner had the same file already. */
export type LetterFileAdded = Ok<{ again: boolean }> | Refused<FileRefusal>

/** Bytes of a part: three divide them, and in base64 they fit into a statement of D1 with 100 kB. */
const PART = 36_000

/** Parts of one statement: D1 binds at most 100 values. */
const ROWS = 20

/** Bytes that `String.fromCharCode` takes at once. */
const AT_ONCE = 9000

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += AT_ONCE) text += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE))
  return btoa(text)
}

/** The writes that keep the content of a file, in parts. */
function partWrites({ store: { db } }: Ctx, file: string, bytes: Uint8Array): Write[] {
  const parts = Array.from({ length: Math.ceil(bytes.length / PART) }, (_, nth) => ({
    file,
    nth,
    content: base64(bytes.subarray(nth * PART, (nth + 1) * PART)),
  }))
  return chunks(parts, ROWS).map((rows) => db.insertInto('letter_file_part').values(rows))
}

/** The writes that hold a message back from leaving meanwhile, and break `still_true` if it has left. */
export function unsentWrites(ctx: Ctx, { scope }: FileOwner, owner: string): Write[] {
  if (scope !== 'message' || ctx.actor.kind !== 'staff') return []
  const sent = ctx.store.db.selectFrom('message').select('message.id').where('files', '=', owner)
  return [lockRow(ctx, 'account', ctx.actor.id), expectNone(ctx, sent)]
}

/** Whether a message with these documents has left. */
export async function isSent({ store }: Pick<Ctx, 'store'>, owner: string): Promise<boolean> {
  return (await store.db.selectFrom('message').select('id').where('files', '=', owner).executeTakeFirst()) !== undefined
}

/** The first place among the documents of an owner that is free, or null. A logo takes the place of the one before. */
function placeFor(owner: string, purpose: LetterFileRow['purpose'], there: readonly LetterFileRow[]): string | null {
  const places = Array.from({ length: MOST_DOCUMENTS }, (_, at) => `${owner}/${purpose}/${at + 1}`)
  if (purpose === 'logo') return places[0] ?? null
  return places.find((place) => !there.some((one) => one.place === place)) ?? null
}

/**
 * Adds a file that letters carry from now on. A document goes with the confirmations of a programme or series, or with one
 * message. A logo takes the place of the one before. Its bytes decide its type. The same file twice is one. It is stored
 * once, however many letters carry it. For the secretariat, or for the desk of the series or message. Throws `NotFound`,
 * `Forbidden`.
 */
export async function addLetterFile(
  ctx: Ctx,
  owner: FileOwner,
  purpose: LetterFileRow['purpose'],
  { name, bytes }: { name: string; bytes: Uint8Array<ArrayBuffer> },
): Promise<LetterFileAdded> {
  await requireFileOwner(ctx, owner)
  if (purpose === 'logo' && owner.scope !== 'programme') return refused('type')
  if (bytes.length === 0) return refused('empty')
  if (bytes.length > MOST_BYTES[purpose]) return refused('large')
  const type = typeOf(bytes, purpose)
  if (type === null) return refused('type')
  const of = ownerText(ctx, owner)
  const there = (await filesOf(ctx, of)).filter((one) => one.purpose === purpose)
  const hash = await hashOf(bytes)
  if (there.some((one) => one.hash === hash)) return ok({ again: true })
  if (owner.scope === 'message' && (await isSent(ctx, of))) return refused('sent')
  const place = placeFor(of, purpose, there)
  if (place === null) return refused('many')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const row: LetterFileRow = {
    id: newId(now),
    programme: owner.scope === 'programme' ? owner.id : null,
    series: owner.scope === 'series' ? owner.id : null,
    owner: of,
    purpose,
    place,
    name: safeName(name, type),
    type,
    bytes: bytes.length,
    hash,
    created_at: now,
  }
  const replaced = there.filter((one) => one.place === place).map(({ id }) => id)
  const done = await ctx.store.commit(
    ...unsentWrites(ctx, owner, of),
    ...(replaced.length > 0 ? [db.deleteFrom('letter_file').where('id', 'in', replaced)] : []),
    db.insertInto('letter_file').values(row),
    ...partWrites(ctx, row.id, bytes),
    note(ctx, 'letter_file.added', row.id, { of, purpose, type, bytes: bytes.length }),
  )
  return done.ok ? ok({ again: false }) : refusalFor(done, { letter_file_once: 'changed' })
}
