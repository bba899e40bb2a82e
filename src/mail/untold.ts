import { ADDRESSED, type BookingLetterKind, CHANGES, meaningOf, READDRESSED, UNDELIVERED } from '../base/letters.ts'
import { standingLetter } from '../base/standing.ts'
import { STATUS } from '../base/vocabulary.ts'
import { type Booking, isSame, type Was, wasOf } from '../booking/booking.ts'
import type { Ctx } from '../context.ts'
import type { Localized } from '../schedule/session.ts'
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
  /** What its reader knew of something that is over, if they never heard of what a desk changed meanwhile. */
  known: Was | null
  /** Whether they never heard of the place that was held for them. */
  unheard: boolean
  /** Why, in the words of the act of which it tells. Null if that has no reason. */
  reason: Localized | null
}

/** The letters up to this one that never reached their reader. A letter to another address begins again. */
function runOf(row: Pick<OutboxRow, 'id'>, letters: readonly OutboxRow[]): OutboxRow[] {
  const upTo = letters.slice(0, letters.findIndex(({ id }) => id === row.id) + 1)
  const told = upTo.findLastIndex(({ id, state }) => id !== row.id && TOLD.includes(state))
  const anew = upTo.findLastIndex(({ dedupe_key }) => dedupe_key.startsWith(READDRESSED))
  return upTo.slice(Math.max(told + 1, anew))
}

/** Whether a letter stands for its own change alone, or for none: everything before it has been said. */
export function isAlone(row: Pick<OutboxRow, 'id'>, letters: readonly OutboxRow[]): boolean {
  return runOf(row, letters).length <= 1
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
  row: Pick<OutboxRow, 'id' | 'sequence' | 'before' | 'dedupe_key' | 'channel'> & { kind: BookingLetterKind },
  letters: readonly OutboxRow[],
  booking: Booking,
): Untold | null {
  const found = runOf(row, letters)
  const run = found.length === 0 ? [row] : found
  const changes = run.filter(({ dedupe_key }) => !dedupe_key.startsWith(ADDRESSED))
  const steps = stepsOf(changes.length === 0 ? run : changes, booking)
  const left = lasting(steps)
  const kinds = left.map(({ kind }) => kind)
  const first = run.find(({ before }) => before !== null)?.before ?? null
  const isNew = run[0]?.dedupe_key.startsWith(READDRESSED) === true
  const was = first === null || isNew ? null : (JSON.parse(first) as Was)
  const knew = run[0]?.before === first ? was : null
  const isBack = knew !== null && isSame(knew, wasOf(booking)) && !steps.some(({ kind }) => kind === 'meeting')
  // An address that was added or corrected gets its link in any case.
  if (run.length > 1 && isBack && changes.length === run.length) return null
  const stands = isNew ? !STATUS[booking.status].over : isBack && run.length > 1
  const kind = stands ? standingLetter(booking) : endAsKnown(kindOf(kinds, booking, knew), booking, knew)
  // Nobody is called about a change of their own.
  const byDesk = row.channel !== 'mail' || steps.some((step) => BY_DESK.has(step.kind))
  return {
    kind,
    knew,
    before: [kind, ...kinds].some((one) => meaningOf(one).before) ? was : null,
    known: meaningOf(kind).ends && byDesk ? knew : null,
    unheard: steps.some((step) => step.kind === 'offered' || step.kind === 'won'),
    reason: reasonFor(kind, steps, left, booking),
  }
}

/** The kinds of letters about what only a desk or a freed place does. */
const BY_DESK = new Set<BookingLetterKind>([
  'promoted',
  'rescheduled',
  'converted',
  'converted_back',
  'relocated',
  'postponed',
])

/** The kind of an end, in the words of what its reader gave up as far as they knew. */
function endAsKnown(kind: BookingLetterKind, { session, drawn }: Booking, knew: Was | null): BookingLetterKind {
  if (knew === null || STATUS[knew.status].over) return kind
  if (!meaningOf(kind).own) return kind
  if (!STATUS[knew.status].pending) return 'cancelled'
  if (kind !== 'cancelled') return kind
  return knew.status === 'waiting' && drawn === null && session.acceptance !== 'lottery' ? 'left' : 'withdrawn'
}

/** Whether the act of a step had a reason. */
const isReasoned = ({ kind }: Step) => meaningOf(kind).reason === true

/**
 * Why, in a letter of this kind: as the last act of that kind that lasts said. A letter that says how a booking stands
 * has the reason of its session. If a move comes first, the reason is that of what became of its new session since.
 */
function reasonFor(
  kind: BookingLetterKind,
  steps: readonly Step[],
  left: readonly Step[],
  { session }: Booking,
): Localized | null {
  if (kind === 'moved') {
    const { why = null } = left.findLast((one) => isReasoned(one) && one.was?.session === session.id)?.was ?? {}
    return why
  }
  if (!meaningOf(kind).reason) return null
  const step = left.findLast((one) => one.kind === kind)
  if (step === undefined) return kind === 'postponed' ? session.reason : null
  // Older rows have none. A session keeps its last reason alone.
  const isLast = steps.findLast((one) => meaningOf(one.kind).reason) === step
  return step.was?.why === undefined ? (isLast ? session.reason : null) : step.was.why
}

/** One change: the kind of its letter, and whether what people rely on became another. */
type Step = { kind: BookingLetterKind; was: Was | null; after: Was | null; moves: boolean }

/** The changes of which these letters tell, each once. A letter that failed and its call tell of one. */
function stepsOf(run: readonly (Pick<OutboxRow, 'before'> & { kind: OutboxRow['kind'] })[], booking: Booking): Step[] {
  const told = run.filter(({ kind, before }, at) => kind !== run[at - 1]?.kind || before !== run[at - 1]?.before)
  const states = [...told.map(({ before }) => (before === null ? null : (JSON.parse(before) as Was))), wasOf(booking)]
  return told.map(({ kind }, at) => {
    const [was = null, after = null] = states.slice(at, at + 2)
    return { kind: kind as BookingLetterKind, was, after, moves: was !== null && after !== null && !isSame(was, after) }
  })
}

/** What differs between what was known and what is, by the kinds of letters that say so. */
const ABOUT = [
  { kinds: ['rescheduled', 'moved'], of: ({ date, starts_at, ends_at }: Was) => [date, starts_at, ends_at] },
  { kinds: ['converted', 'converted_back'], of: ({ format }: Was) => [format] },
  { kinds: ['relocated'], of: ({ format, venue }: Was) => [format === 'onsite' && venue?.id] },
  { kinds: ['amended'], of: ({ format, seats }: Was) => [format, seats] },
] as const satisfies { kinds: readonly BookingLetterKind[]; of: (was: Was) => unknown[] }[]

const isDifferent = (one: Was, other: Was, { of }: (typeof ABOUT)[number]) =>
  JSON.stringify(of(one)) !== JSON.stringify(of(other))

/**
 * The changes that last. Without those after which all was as before, and without an end that was taken back: nobody heard
 * of either.
 */
function lasting(steps: readonly Step[]): Step[] {
  let left: Step[] = []
  for (const step of steps) {
    const before = left.at(-1)
    if (before !== undefined && meaningOf(before.kind).ends) left.pop()
    else left.push(step)
    const { after } = step
    const back = after && step.moves ? left.findIndex(({ was }) => was !== null && isSame(was, after)) : -1
    if (back >= 0) left = left.filter(({ moves }, at) => at < back || !moves)
  }
  return left
}

/**
 * The kind of the one letter. That of the last change of state that lasts, for it says most. Else of what differs from
 * what its reader knows, the time first. Else the letter that says how the booking stands.
 */
function kindOf(left: readonly BookingLetterKind[], booking: Booking, knew: Was | null): BookingLetterKind {
  const { session, status } = booking
  if (session.status === 'postponed' && !STATUS[status].over && left.includes('postponed')) return 'postponed'
  const became = left.findLast((kind) => meaningOf(kind).becomes)
  if (became !== undefined) return became
  const now = wasOf(booking)
  const differing = knew === null ? [] : ABOUT.filter((one) => isDifferent(knew, now, one))
  for (const { kinds: those } of differing) {
    const said = left.findLast((kind) => those.some((one) => one === kind))
    if (said !== undefined) return said
    if (left.length === 0) return those[0]
  }
  return left.findLast((kind) => kind !== 'amended') ?? left.at(-1) ?? standingLetter(booking)
}
