import type { Locale } from './base/locale.ts'
import type { Writer } from './store/store.ts'

/** What every act and query is given: the rows, the time, who acts, the configuration, and the language. */
export type Ctx = Writer & { locale: Locale }
