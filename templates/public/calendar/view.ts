import type { CivilDate } from '../../../src/base/japan/civil.ts'
import type { Localized, Session } from '../../../src/schedule/session.ts'
import type { Frame } from '../../layout.tsx'
import type { Filter } from '../filter.tsx'

/** What the calendar is written from. */
export type View = {
  frame: Frame
  view: 'month' | 'list'
  /** `YYYY-MM`. */
  month: string
  months: { prev: string | null; next: string | null }
  weeks: CivilDate[][]
  today: CivilDate
  filter: Filter
  /** Of the days of the grid, in order. */
  sessions: Session[]
  undated: Session[]
  closures: ReadonlyMap<CivilDate, Localized>
}

/** The query of an address that shows the same calendar, but for `change`. */
export function query(view: View, change: Record<string, string | undefined> = {}): Record<string, string | undefined> {
  const shown = view.view === 'list' ? 'list' : undefined
  return { month: view.month, view: shown, ...view.filter, ...change }
}
