import type { CivilDate } from '../../../src/base/japan/civil.ts'
import type { Localized, Session } from '../../../src/schedule/session.ts'
import type { PageContext } from '../../layout.tsx'
import type { Filter } from '../filter.tsx'

/** The view of the calendar. */
export type View = {
  frame: PageContext
  /** `ahead` lists what comes from today on, without the border of a month. `weeks` of `week` is one. */
  view: 'month' | 'week' | 'list' | 'ahead'
  /** `YYYY-MM`; this month in `ahead`, that of most days in `week`. */
  month: string
  months: { prev: string | null; next: string | null }
  /** The Sundays of the weeks before and after a week that is shown. */
  weeksAround: { prev: CivilDate | null; next: CivilDate | null }
  weeks: CivilDate[][]
  today: CivilDate
  filter: Filter
  /** The sessions of the days of the grid, in order; in `ahead` those of one page. */
  sessions: Session[]
  /** Open sessions to book instead, if none of the month or list is ahead. */
  nearest: Session[]
  /** In `ahead` of one prefecture: its next free session, and those on the web of others. */
  bookable?: { next: Session | null; web: Session[] } | null
  /** The cursor of the page shown and of the following page, in `ahead`. */
  after?: string | undefined
  next?: string | null
  undated: Session[]
  closures: ReadonlyMap<CivilDate, Localized>
}

/** The Sunday of the week that is shown, undefined in the other views. */
export const sundayOf = ({ view, weeks }: View): CivilDate | undefined => (view === 'week' ? weeks[0]?.[0] : undefined)

/** The query string of the same calendar with `change` applied. */
export function query(view: View, change: Record<string, string | undefined> = {}): Record<string, string | undefined> {
  const shown = { month: undefined, week: 'week', list: 'list', ahead: 'list' }[view.view]
  const month = view.view === 'ahead' || view.view === 'week' ? undefined : view.month
  return { month, week: sundayOf(view), view: shown, ...view.filter, ...change }
}
