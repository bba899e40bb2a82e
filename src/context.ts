import type { Locale } from './base/locale.ts'
import type { Writer } from './store/store.ts'

/** What every act and query gets: the rows, the time, the actor, the configuration and the language. */
export type Ctx = Writer & { locale: Locale }
