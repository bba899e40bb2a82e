import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { FORMATS, KINDS, SESSION_STATUSES } from '../base/vocabulary.ts'
import type { Session } from '../schedule/session.ts'

/** The filter of a calendar page or feed. */
export type CalendarFilter = {
  prefecture?: string | undefined
  kind?: Session['kind'] | undefined
  format?: Session['formats'][number] | undefined
  status?: Session['status'] | undefined
}

/** Reads the filter of the calendar page from its address and ignores unknown values. */
export function calendarFilter(query: Record<string, string>): CalendarFilter {
  const { prefecture = '' } = query
  return {
    prefecture: isPrefectureCode(prefecture) ? prefecture : undefined,
    kind: KINDS.find((one) => one === query.kind),
    format: FORMATS.find((one) => one === query.format),
    status: SESSION_STATUSES.find((one) => one === query.status),
  }
}
