import type { CompiledQuery, Kysely } from 'kysely'
import type { Actor } from '../base/actor.ts'
import type { Clock } from '../base/clock.ts'
import type { Config } from '../config.ts'
import type { Changes, counting } from './changes.ts'
import type { Schema } from './schema.ts'

/**
 * A statement that changes rows: any Kysely insert, update or delete. `also` are written last in the same commit, when all
 * rows are as they will be.
 */
export type Write = { compile(): CompiledQuery; also?: readonly Write[] }

/** The result of a batch: the rows that each write changed, or the name of the broken constraint. */
export type Committed = { ok: true; changed: number[] } | { ok: false; broke: string }

/** The rows that each write changed. Throws for a broken constraint, if the act has no answer to it: that is a bug. */
export function orThrow(done: Committed): number[] {
  if (!done.ok) throw new Error(`a commit broke ${done.broke}`)
  return done.changed
}

/**
 * The rows. `db` reads and builds statements. `commit` is the only way to write: all writes or none, in their order.
 * Nothing is read between the writes of one commit. Returns the name of a broken constraint; any other error throws.
 */
export type Store = {
  db: Kysely<Schema>
  commit(...writes: Write[]): Promise<Committed>
  /**
   * The same rows, read from a copy of the database that has all commits so far, for answers to everybody. Null without
   * such a copy.
   */
  reading?(): Promise<Store | null>
  /** The `db` of the database itself, if this one reads from a copy of it. */
  main?: Kysely<Schema>
  /** What the commits of this process, and of others, changed. */
  changes: Changes
  /** Whether the last commit that wrote anything failed with `Unwritable`. */
  isUnwritable(): boolean
  /** Commits lines about reading, if `commit` refuses (`onlyReading`). */
  noting?(...writes: Write[]): Promise<Committed>
  /** Empties what the files keep of deleted and changed rows, if this engine has files. Not while others use them. */
  scrub?(): void
  close(): Promise<void>
}

/** The 1-based index of the statement that failed, by error, for error reports. */
const failedAt = new WeakMap<object, number>()

/** Records the 0-based index of the statement that caused an error. For the engines; the error does not change. */
export function rememberFailedStatement(error: unknown, index: number): void {
  if (typeof error === 'object' && error !== null) failedAt.set(error, index + 1)
}

/** The 1-based index of the statement that caused this error, or null if the engine does not say. */
export function failedStatement(error: unknown): number | null {
  return (typeof error === 'object' && error !== null && failedAt.get(error)) || null
}

/** Thrown if a commit failed after several attempts. Nothing was written. Routes answer 503. */
export class Busy extends Error {
  override name = 'Busy'
}

/**
 * Thrown if the database takes no writes: its disk is full, faulty or read-only. Nothing was written. Routes answer 503
 * and ask for some patience.
 */
export class Unwritable extends Busy {
  override name = 'Unwritable'
}

/** Thrown by each commit of a store that is `onlyReading`. Nothing was written. */
export class OnlyReading extends Error {
  override name = 'OnlyReading'
}

/** The same rows, of which nothing may be changed. Only a line about reading is written, by `noting`. */
export function onlyReading(store: Store): Store {
  return {
    ...store,
    noting: store.commit,
    commit: () => Promise.reject(new OnlyReading('a request that only looks must change nothing')),
  }
}

/** The same rows. Each commit also makes these writes, after its own and with them. */
export function committingAlso(store: Store, ...also: Write[]): Store {
  return {
    ...store,
    async commit(...writes) {
      const done = await store.commit(...writes, ...also)
      return done.ok ? { ok: true, changed: done.changed.slice(0, writes.length) } : done
    },
  }
}

/**
 * The commit of an engine. It throws `Unwritable` for an error of the disk, and remembers that until a commit writes. What
 * it changed is noted before it is answered.
 */
export function noticing(
  commit: (writes: CompiledQuery[]) => Promise<Committed>,
  isOfDisk: (error: unknown) => boolean,
  changes: ReturnType<typeof counting>,
): Pick<Store, 'commit' | 'isUnwritable' | 'changes'> {
  let unwritable = false
  return {
    changes,
    isUnwritable: () => unwritable,
    async commit(...given) {
      const writes = [...given, ...given.flatMap(({ also = [] }) => also)].map((write) => write.compile())
      try {
        const done = await commit(writes)
        changes.note(writes, done)
        if (done.ok && done.changed.some((rows) => rows > 0)) unwritable = false
        return done.ok ? { ok: true, changed: done.changed.slice(0, given.length) } : done
      } catch (error) {
        changes.note(writes, null)
        if (!isOfDisk(error)) throw error
        unwritable = true
        throw new Unwritable('the database takes no writes', { cause: error })
      }
    },
  }
}

/**
 * Whether a large write works: its row is removed in the same commit. For health checks while the database takes no
 * writes.
 */
export async function canWrite({ db, commit }: Store): Promise<boolean> {
  const name = `room ${crypto.randomUUID()}`
  const large = { name, done_on: 'x'.repeat(65_536) }
  const done = commit(db.insertInto('chore').values(large), db.deleteFrom('chore').where('name', '=', name))
  return done.then(
    ({ ok }) => ok,
    () => false,
  )
}

/** What a write needs: the rows, the time, the actor and the configuration. Every `Ctx` is one. */
export type Writer = { store: Store; clock: Clock; actor: Actor; config: Config }
