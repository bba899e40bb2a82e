import { timeOf } from '../base/hours.ts'
import { addDays, civilDate } from '../base/japan/civil.ts'
import type { Booking } from '../booking/booking.ts'
import type { SurveyAnswerRow, Telework } from '../store/schema.ts'

/** Days after a session's day on which its survey can still be answered. */
export const SURVEY_DAYS = 30

/** With fewer answers, no figures and no comments are shown. */
export const FEWEST_ANSWERS = 3

/** The marks of a question, best first. */
export const MARKS = [5, 4, 3, 2, 1] as const
export type Mark = (typeof MARKS)[number]

/** Answers about starting telework, in the order of the form. */
export const TELEWORKS = ['started', 'within_year', 'considering', 'no'] as const satisfies readonly Telework[]

/** The questions answered with a mark. */
export const MARKED = ['satisfaction', 'understood', 'recommend'] as const satisfies readonly (keyof SurveyAnswerRow)[]
export type Marked = (typeof MARKED)[number]

/** The state of a booking's survey; `none`: nobody came, or nothing was held. */
export const SURVEY_STATES = ['open', 'answered', 'early', 'over', 'none'] as const
export type SurveyState = (typeof SURVEY_STATES)[number]

/** The state of a booking's survey at the instant `now`. It opens at the end of its time, for one answer. */
export function surveyState(
  booking: Pick<Booking, 'status' | 'surveyed' | 'session' | 'slot'>,
  now: string,
): SurveyState {
  if (booking.surveyed === 1) return 'answered'
  const { date, status } = booking.session
  const came = booking.status === 'booked' || booking.status === 'attended'
  const ends = timeOf(booking)?.ends_at
  const off = status === 'called_off' || status === 'postponed' || status === 'skipped'
  if (!came || off || date === null || ends === undefined) return 'none'
  if (now < ends) return 'early'
  return civilDate(now) > addDays(date, SURVEY_DAYS) ? 'over' : 'open'
}

/** Equal answers, counted. */
export type Counted = Pick<SurveyAnswerRow, Marked | 'telework'> & { answers: number }

/** Counts of the answers; means to one decimal. */
export type SurveyFigures = { answers: number; telework: Record<Telework, number> } & Record<
  Marked,
  { mean: number; counts: Record<Mark, number> }
>

/** The figures of some answers, or null if there are fewer than three. */
export function figuresOf(rows: readonly Counted[]): SurveyFigures | null {
  const those = (fits: (row: Counted) => boolean) => rows.reduce((sum, row) => sum + (fits(row) ? row.answers : 0), 0)
  const answers = those(() => true)
  if (answers < FEWEST_ANSWERS) return null
  const marked = (name: Marked) => {
    const points = rows.reduce((sum, row) => sum + row[name] * row.answers, 0)
    const count = (mark: Mark) => those((row) => row[name] === mark)
    const counts = { 1: count(1), 2: count(2), 3: count(3), 4: count(4), 5: count(5) }
    return { mean: Math.round((points / answers) * 10) / 10, counts }
  }
  const said = (telework: Telework) => those((row) => row.telework === telework)
  return {
    answers,
    satisfaction: marked('satisfaction'),
    understood: marked('understood'),
    recommend: marked('recommend'),
    telework: {
      started: said('started'),
      within_year: said('within_year'),
      considering: said('considering'),
      no: said('no'),
    },
  }
}
