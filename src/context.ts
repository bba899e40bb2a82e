import type { Locale } from './base/locale.ts'
import type { Recall } from './base/recall.ts'
import type { Writer } from './store/store.ts'

/** What every act and query gets: the rows, the time, the actor, the configuration and the language. */
export type Ctx = Writer & {
  locale: Locale
  /** Aborted once nobody waits for the answer. Long reads then stop. */
  signal?: AbortSignal | undefined
  /** If given, what many requests ask for alike is remembered for a moment. */
  recall?: Recall | undefined
}
