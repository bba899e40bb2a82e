import type { ColumnUpdateNode, CompiledQuery, OperationNode, WhereNode } from 'kysely'
import type { Schema } from './schema.ts'

/** What everybody sees of a table: dates and texts, free places, or nothing. Nobody sees people, letters or accounts. */
type Seen = 'schedule' | 'places' | 'nothing'

/** What everybody sees of each table. */
export const SEEN: Record<keyof Schema, Seen> = {
  programme: 'schedule',
  desk: 'schedule',
  venue: 'schedule',
  series: 'schedule',
  series_date: 'schedule',
  closure: 'schedule',
  suspension: 'schedule',
  session: 'schedule',
  slot: 'schedule',
  question: 'schedule',
  draw: 'schedule',
  house: 'schedule',
  migration: 'schedule',
  booking: 'places',
  message: 'nothing',
  letter_text: 'nothing',
  letter_sender: 'nothing',
  letter_file: 'nothing',
  letter_file_part: 'nothing',
  short_address: 'nothing',
  interest: 'nothing',
  outline: 'schedule',
  alert: 'nothing',
  alert_place: 'nothing',
  account: 'nothing',
  sign_in: 'nothing',
  pass: 'nothing',
  passkey: 'nothing',
  recovery_code: 'nothing',
  staff_feed: 'nothing',
  ledger_view: 'nothing',
  duty: 'nothing',
  busy: 'nothing',
  consultation: 'nothing',
  expert: 'nothing',
  expert_hours: 'nothing',
  absence: 'nothing',
  affiliation: 'nothing',
  firm: 'nothing',
  firm_key: 'nothing',
  entitlement: 'nothing',
  request: 'nothing',
  match: 'nothing',
  visit: 'nothing',
  visit_expert: 'nothing',
  report: 'nothing',
  survey_answer: 'nothing',
  submission: 'nothing',
  cap: 'nothing',
  cap_booking: 'nothing',
  email_change: 'nothing',
  numbering: 'nothing',
  webhook: 'nothing',
  webhook_delivery: 'nothing',
  webhook_place: 'nothing',
  api_key: 'nothing',
  outbox: 'nothing',
  journal: 'nothing',
  chore: 'nothing',
  expectation: 'nothing',
  first_link: 'nothing',
  intake: 'nothing',
  ticked: 'nothing',
  ticked_booking: 'nothing',
}

/** The columns of these tables that change free places and nothing else. */
const COUNTED = new Set(['seats_taken', 'excess', 'seats_changed_at', 'revision'])

/** The columns of a booking by which it takes a place, or waits for one. */
const TAKING = new Set(['session', 'slot', 'seats', 'format', 'status', 'draw_order', 'created_at', 'number'])

/** What one statement changes: nothing, the places of a session or of its commit's sessions (null), or the schedule. */
type Touch = 'nothing' | 'schedule' | { places: string | null; recounts: boolean }

/** The name of a table, or null for what is none. */
function tableOf(node: OperationNode | undefined): string | null {
  const table = node as { kind?: string; table?: { identifier: { name: string } } } | undefined
  return table?.kind === 'TableNode' && table.table ? table.table.identifier.name : null
}

function columnOf({ column }: ColumnUpdateNode): string {
  const node = column as { column?: { name?: string; column?: { name: string } } }
  return node.column?.name ?? node.column?.column?.name ?? ''
}

/** Whether a condition is only that the id has a value, which then is the last parameter of its statement. */
function isById(where: WhereNode | undefined): boolean {
  const condition = where?.where as
    | { kind: string; leftOperand?: OperationNode; operator?: OperationNode; rightOperand?: OperationNode }
    | undefined
  if (condition?.kind !== 'BinaryOperationNode' || condition.rightOperand?.kind !== 'ValueNode') return false
  const left = condition.leftOperand as { column?: { column?: { name?: string } } }
  return left.column?.column?.name === 'id' && (condition.operator as { operator?: string }).operator === '='
}

/** What an update of some columns changes. A commit that changes bookings recounts the sessions of these bookings. */
function updateOf(table: string, columns: readonly string[], id: unknown): Touch {
  const seen = SEEN[table as keyof Schema]
  if (seen === 'nothing') return 'nothing'
  if (table === 'booking') {
    return columns.some((column) => TAKING.has(column)) ? { places: null, recounts: false } : 'nothing'
  }
  if (!columns.every((column) => COUNTED.has(column))) return 'schedule'
  if (table === 'slot') return { places: null, recounts: false }
  if (table !== 'session') return columns.every((column) => column === 'revision') ? 'nothing' : 'schedule'
  return typeof id === 'string'
    ? { places: id, recounts: columns.includes('seats_taken') }
    : { places: null, recounts: false }
}

/** What a statement changes. One that is not understood changes everything. */
function touchOf({ query, parameters }: CompiledQuery): Touch {
  if (query.kind === 'UpdateQueryNode') {
    const table = tableOf(query.table)
    const id = isById(query.where) ? parameters.at(-1) : undefined
    return table === null ? 'schedule' : updateOf(table, (query.updates ?? []).map(columnOf), id)
  }
  const { into, from } = query as { into?: OperationNode; from?: { froms?: readonly OperationNode[] } }
  const isKnown = query.kind === 'InsertQueryNode' || (query.kind === 'DeleteQueryNode' && from?.froms?.length === 1)
  const seen = isKnown ? SEEN[(tableOf(into ?? from?.froms?.[0]) ?? '') as keyof Schema] : 'schedule'
  return seen === 'places' ? { places: null, recounts: false } : (seen ?? 'schedule')
}

/** What a commit changes: the places of these sessions, of all (null), or everything. */
function touchesOf(
  writes: readonly CompiledQuery[],
  changed: readonly number[],
): ReadonlySet<string> | null | 'schedule' {
  const touches = writes.map((write, i) => (changed[i] === 0 ? 'nothing' : touchOf(write)))
  if (touches.includes('schedule')) return 'schedule'
  const places = touches.filter((touch) => typeof touch === 'object')
  const isNamed = places.some(({ recounts }) => recounts) || places.every((touch) => touch.places !== null)
  return isNamed ? new Set(places.flatMap((touch) => touch.places ?? [])) : null
}

/**
 * How often the rows changed, so that what was read of them is known to be right still. Numbers only rise. The commits of
 * this process count as soon as they are answered, those of others when `look` learns of them.
 */
export type Changes = {
  /** The number of changes so far. */
  count(): number
  /** The number of the last change of the schedule: of anything that everybody sees, besides places. */
  schedule(): number
  /** The number of the last change of places: of any session, or of this one. The schedule is apart. */
  places(session?: string): number
  /** Asks whether other processes wrote. `elapsed` is in milliseconds, on a clock that only goes forward. */
  look(elapsed: number): void
}

/** Sessions that are known apart. Beyond, all of them count as changed. */
const MOST = 10_000

/** The answer to a commit: the rows that each statement changed, or that a constraint broke. */
type Done = { ok: true; changed: readonly number[] } | { ok: false }

/** Counts changes. `othersWrote` says whether other processes may have written since it was last asked. */
export function counting(
  othersWrote: (elapsed: number) => boolean,
  most = MOST,
): Changes & { note(writes: readonly CompiledQuery[], done: Done | null): void } {
  const bySession = new Map<string, number>()
  let count = 0
  let schedule = 0
  let every = 0
  let last = 0
  const noteEverything = () => {
    schedule = ++count
  }
  const notePlaces = (sessions: ReadonlySet<string> | null) => {
    last = ++count
    if (sessions === null || bySession.size + sessions.size > most) {
      every = count
      bySession.clear()
    } else for (const session of sessions) bySession.set(session, count)
  }
  return {
    count: () => count,
    schedule: () => schedule,
    places: (session) => (session === undefined ? last : Math.max(bySession.get(session) ?? 0, every)),
    look(elapsed) {
      if (othersWrote(elapsed)) noteEverything()
    },
    /** Notes a commit: its statements and its answer. Null is an error, after which nobody knows what was written. */
    note(writes, done) {
      if (done === null) return noteEverything()
      if (!done.ok) return
      const touches = touchesOf(writes, done.changed)
      if (touches === 'schedule') noteEverything()
      else if (touches === null || touches.size > 0) notePlaces(touches)
    },
  }
}

/** The longest that nothing is asked of an engine that cannot say whether others wrote, in milliseconds. */
const UNKNOWN_MS = 1000

/** For engines that cannot say whether other processes wrote: they may have, once a second. */
export function mayHaveWritten(): (elapsed: number) => boolean {
  let last = Number.NEGATIVE_INFINITY
  return (elapsed) => {
    if (elapsed >= last && elapsed - last < UNKNOWN_MS) return false
    last = elapsed
    return true
  }
}
