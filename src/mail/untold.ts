import { type BookingLetterKind, CHANGES, meaningOf, UNDELIVERED } from '../base/letters.ts'
import { type Booking, isSame, type Was, wasOf } from '../booking/booking.ts'
import type { Ctx } from '../context.ts'
import type { OutboxRow } from '../store/schema.ts'

/** The letters and calls about changes of these bookings, each booking's in the order of events. One query. */
export async function changeLetters(ctx: Pick<Ctx, 'store'>, bookings: readonly string[]): Promise<OutboxRow[]> {
  if (bookings.length === 0) return []
  return ctx.store.db
    .selectFrom('outbox')
    .selectAll()
    .where('subject', 'in', bookings)
    .where('about', '=', 'booking')
    .where('kind', 'in', CHANGES)
    .orderBy('sequence')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** The states of a letter that its recipient knows. If no mail is sent, `kept` letters are read on the page. */
const TOLD: readonly OutboxRow['state'][] = ['sent', 'kept']

/** What a letter has to say. */
export type Untold = {
  kind: BookingLetterKind
  /** What its recipient knew last; null if they were never told, or if the row is of an older version. */
  knew: Was | null
  /** The same, if another date, time, form or place came after it. */
  before: Was | null
  /** Whether a desk changed the session, and said why. */
  reason: boolean
}

/** The letters up to this one that never reached their reader. */
function runOf(row: Pick<OutboxRow, 'id'>, letters: readonly OutboxRow[]): OutboxRow[] {
  const upTo = letters.slice(0, letters.findIndex(({ id }) => id === row.id) + 1)
  const told = upTo.findLastIndex(({ id, state }) => id !== row.id && TOLD.includes(state))
  return upTo.slice(told + 1)
}

/** Whether a later letter about the same booking says more than this one, so that this one need not leave. */
export function isOvertaken(row: Pick<OutboxRow, 'id'>, letters: readonly OutboxRow[]): boolean {
  const at = letters.findIndex(({ id }) => id === row.id)
  const later = at < 0 ? [] : letters.slice(at + 1).filter(({ dedupe_key }) => !dedupe_key.startsWith(UNDELIVERED))
  return later.some(({ state }) => ['waiting', 'claimed', 'sent'].includes(state))
}

/**
 * What the letter of a row has to say about its booking, if letters before it never left. Several changes become one
 * letter. It says what the booking became, and what was before the first of them. Returns null if all is as it was.
 */
export function untoldOf(
  row: Pick<OutboxRow, 'id' | 'sequence' | 'before'> & { kind: BookingLetterKind },
  letters: readonly OutboxRow[],
  booking: Booking,
): Untold | null {
  const found = runOf(row, letters)
  const run = found.length === 0 ? [row] : found
  const kinds = run.map(({ kind }) => kind as BookingLetterKind)
  const first = run.find(({ before }) => before !== null)?.before ?? null
  const was = first === null ? null : (JSON.parse(first) as Was)
  const knew = run[0]?.before === first ? was : null
  const isBack = knew !== null && isSame(knew, wasOf(booking)) && !kinds.includes('meeting')
  if (run.length > 1 && isBack) return null
  return {
    kind: kindOf(kinds, row.kind, booking),
    knew,
    before: kinds.some((kind) => meaningOf(kind).before) ? was : null,
    reason: kinds.some((kind) => meaningOf(kind).reason),
  }
}

/** The kind of the one letter: that of the last change of state, else of the last change that is no amendment. */
function kindOf(kinds: readonly BookingLetterKind[], last: BookingLetterKind, { session }: Booking): BookingLetterKind {
  if (session.status === 'postponed' && kinds.includes('postponed')) return 'postponed'
  const said = kinds.findLast((kind) => meaningOf(kind).becomes)
  return said ?? kinds.findLast((kind) => kind !== 'amended') ?? last
}
