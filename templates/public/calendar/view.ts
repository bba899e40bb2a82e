import type { CivilDate } from '../../../src/base/japan/civil.ts'
import type { Localized, Session } from '../../../src/schedule/session.ts'
import type { PageContext } from '../../layout.tsx'
import type { Filter } from '../filter.tsx'

/** The view of the calendar. */
export type View = {
  frame: PageContext
  view: 'month' | 'list'
  /** `YYYY-MM`. */
  month: string
  months: { prev: string | null; next: string | null }
  weeks: CivilDate[][]
  today: CivilDate
  filter: Filter
  /** The sessions of the days of the grid, in order. */
  sessions: Session[]
  undated: Session[]
  closures: ReadonlyMap<CivilDate, Localized>
}

/** The query string of the same calendar with `change` applied. */
export function query(view: View, change: Record<string, string | undefined> = {}): Record<string, string | undefined> {
  const shown = view.view === 'list' ? 'list' : undefined
  return { month: view.month, view: shown, ...view.filter, ...change }
}
