import type { Instant } from '../base/clock.ts'
import type { Asking } from '../base/questions.ts'
import { isOpen } from '../base/seating.ts'
import type { Ctx } from '../context.ts'
import type { Changes } from '../store/changes.ts'
import { type Span, spanAround } from '../store/sight.ts'
import { sameSession } from './same-session.ts'
import type { Session } from './session.ts'

/*
 * Sessions and lists of them, as public pages read them before. They are right while nothing of them has changed and the
 * clock has passed none of their instants. No act refuses anything by them: it goes to the rows. But an act may be tried
 * at once (`ctx.atOnce`) if its commit judges the places and the revision.
 */

type Known = { session: Session; span: Span; begun: number }

/** The order of a list, and whether more follow. */
type List = { ids: string[]; more: boolean; begun: number }

/**
 * What is remembered of a database. A session has about four kilobytes, and up to ten more are written of it. A list has
 * 500 ids at most.
 */
const MOST = { sessions: 3000, lists: 200 }

type Memory = { sessions: Map<string, Known>; lists: Map<string, List> }

const memories = new WeakMap<Ctx['store']['db'], Memory>()

function memoryOf({ store }: Pick<Ctx, 'store'>): Memory {
  const db = store.main ?? store.db
  const known = memories.get(db)
  if (known) return known
  const made: Memory = { sessions: new Map(), lists: new Map() }
  memories.set(db, made)
  return made
}

/** Keeps a value by its key, and the latest `most` at most. */
function keep<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.size > most ? map.keys() : []
  if (oldest !== undefined) map.delete(oldest)
}

function* instantsOf(session: Session): Iterable<Instant | null> {
  const { slots, opens_at, closes_at, cancels_at, starts_at, ends_at } = session
  for (const one of slots) yield* [one.closes_at, one.cancels_at, one.starts_at, one.ends_at]
  yield* [opens_at, closes_at, cancels_at, starts_at, ends_at]
}

const isRightButPlaces = (changes: Changes, { span, begun }: Known, now: Instant) =>
  changes.schedule() <= begun && span.from <= now && now < span.until

const isRight = (changes: Changes, known: Known, now: Instant) =>
  isRightButPlaces(changes, known, now) && changes.places(known.session.id) <= known.begun

/** Notes that an answer shows these sessions, which are remembered. */
function show({ sight }: Ctx, known: readonly Known[]): Session[] {
  const sessions = known.map(({ session }) => session)
  sight?.showsPlaces(sessions)
  for (const { span } of known) sight?.lasts(span)
  return sessions
}

/**
 * Remembers sessions that were read after `begun` changes, and notes that the answer shows them. Returns them, each as it
 * was remembered before if nothing of it differs.
 */
export function remember(ctx: Ctx, sessions: readonly Session[], begun: number, most = MOST.sessions): Session[] {
  const memory = memoryOf(ctx)
  const now = ctx.clock.now()
  const known = sessions.map((read) => {
    const session = sameSession(read, memory.sessions.get(read.id)?.session)
    return { session, span: spanAround(now, instantsOf(session)), begun }
  })
  for (const one of known) keep(memory.sessions, one.session.id, one, most)
  return show(ctx, known)
}

/** Remembers a list of sessions, all of which are remembered too. Lists that depend on places or hours have none. */
export function rememberList(ctx: Ctx, key: string, list: List, most = MOST.lists): void {
  keep(memoryOf(ctx).lists, key, list, most)
}

/** The list that was remembered under this key, if the schedule has not changed. */
export function listRemembered(ctx: Ctx, key: string): List | undefined {
  const list = memoryOf(ctx).lists.get(key)
  return list && ctx.store.changes.schedule() <= list.begun ? list : undefined
}

/**
 * The sessions with these ids, those that are remembered and right; `read` reads the others. Undefined if one is gone, or
 * if more than `most` are missing. Then it is better to read them all.
 */
export async function sessionsRemembered(
  ctx: Ctx,
  ids: readonly string[],
  read: (missing: string[]) => Promise<Session[]>,
  most: number,
): Promise<Session[] | undefined> {
  const { changes } = ctx.store
  const { sessions } = memoryOf(ctx)
  const now = ctx.clock.now()
  const right = (id: string) => {
    const known = sessions.get(id)
    return known && isRight(changes, known, now) ? known : undefined
  }
  const missing = ids.filter((id) => !right(id))
  if (missing.length > most) return undefined
  if (missing.length > 0) {
    const begun = changes.count()
    remember(ctx, await read(missing), begun)
  }
  const found = ids.flatMap((id) => right(id) ?? [])
  return found.length === ids.length ? show(ctx, found) : undefined
}

/** The context of an act that is tried at once. The same one if it is not known which commits came before. */
export function atOnce(ctx: Ctx): Ctx {
  return ctx.upToDate ? { ...ctx, atOnce: true } : ctx
}

/**
 * A session for an act that is tried at once. It is remembered if only its places have changed since, and it had some
 * then; otherwise `read` reads it.
 */
export async function sessionAtOnce(
  ctx: Ctx,
  id: string,
  read: () => Promise<Session | undefined>,
): Promise<Session | undefined> {
  const { changes } = ctx.store
  const known = memoryOf(ctx).sessions.get(id)
  if (known && isRightButPlaces(changes, known, ctx.clock.now())) {
    if (isOpen(known.session) || changes.places(id) <= known.begun) return known.session
  }
  const begun = changes.count()
  const session = await read()
  if (session) remember(ctx, [session], begun)
  return session
}

/** Forgets a session: a commit that was tried at once found it changed. */
export function forgetSession(ctx: Ctx, id: string): void {
  memoryOf(ctx).sessions.delete(id)
}

const asked = new WeakMap<object, Asking>()

/** What a session asks, for an act that is tried at once. It was read while the session was remembered. */
export async function askedAtOnce(session: Pick<Session, 'id'>, read: () => Promise<Asking>): Promise<Asking> {
  const known = asked.get(session) ?? (await read())
  asked.set(session, known)
  return known
}
