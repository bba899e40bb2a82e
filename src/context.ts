import type { Locale } from './base/locale.ts'
import type { Recall } from './base/recall.ts'
import type { Sight } from './store/sight.ts'
import type { Writer } from './store/store.ts'

/** What every act and query gets: the rows, the time, the actor, the configuration and the language. */
export type Ctx = Writer & {
  locale: Locale
  /** Its signal aborts once nobody waits for the answer. Only long reads ask for it, because making one is slow. */
  signal?: (() => AbortSignal) | undefined
  /** The network of a visitor (`http/network.ts`), for the caps. null if it is unknown. */
  network?: (() => string | null) | undefined
  /** If given, what many requests ask for at the same time is read once. */
  recall?: Recall | undefined
  /** Whether the commits before this request are known (`Changes.look`). Only then may an act be tried at once. */
  upToDate?: boolean | undefined
  /** An act is tried at once: what it reads may be as it was remembered, and its commit judges (`schedule/remembered.ts`). */
  atOnce?: boolean | undefined
  /** The notes of a public answer. Its reads may answer from memory. Acts have none: they go to the rows. */
  sight?: Sight | undefined
}
