import type { CompiledQuery, Kysely } from 'kysely'
import type { Actor } from '../base/actor.ts'
import type { Clock } from '../base/clock.ts'
import type { Config } from '../config.ts'
import type { Schema } from './schema.ts'

/** A statement that changes rows: any Kysely insert, update or delete. */
export type Write = { compile(): CompiledQuery }

/** What became of a batch: how many rows each write changed, or the name of the constraint that broke. */
export type Committed = { ok: true; changed: number[] } | { ok: false; broke: string }

/** What each write changed, where an act has no answer to a broken constraint: there it is a bug, and is thrown. */
export function orThrow(done: Committed): number[] {
  if (!done.ok) throw new Error(`a commit broke ${done.broke}`)
  return done.changed
}

/**
 * The rows. `db` reads and builds statements; `commit` is the only way to write: all writes or none, in their order.
 * Nothing may be read between the writes of one commit. A broken constraint is told by its name, anything else throws.
 */
export type Store = {
  db: Kysely<Schema>
  commit(...writes: Write[]): Promise<Committed>
  close(): Promise<void>
}

/** Which write of a batch an engine stumbled over, counted from 1; kept with the error for whoever tells of it. */
const stumbled = new WeakMap<object, number>()

/** Notes at which write, counted from 0, an error came up; for the engines. The error itself stays as it is. */
export function rememberFailedStatement(error: unknown, index: number): void {
  if (typeof error === 'object' && error !== null) stumbled.set(error, index + 1)
}

/** The number of the write, counted from 1, at which this error came up, or null where the engine does not say. */
export function failedStatement(error: unknown): number | null {
  return (typeof error === 'object' && error !== null && stumbled.get(error)) || null
}

/** Thrown where a commit could not be made after several tries; nothing of it was done. The doors answer 503. */
export class Busy extends Error {
  override name = 'Busy'
}

/** What a write needs to know: the rows, the time, who acts, the configuration. Every `Ctx` is one. */
export type Writer = { store: Store; clock: Clock; actor: Actor; config: Config }
