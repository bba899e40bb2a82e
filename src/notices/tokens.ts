/** `HH:MM`, from `00:00` to `24:00`. */
export type TimeOfDay = string

/** A weekday, 0 for Sunday to 6 for Saturday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6

/** A printed day. Year and month may be missing: `9日` takes both from the day before it. */
export type DayToken = {
  kind: 'day'
  year: number | null
  month: number | null
  day: number
  /** `来年`, `翌`: years from the year of the notice. */
  years: number
  /** `来月`, `今月`: months from the month of the notice. */
  months: number | null
  weekday: Weekday | null
  /** The year of the other calendar in brackets, if it is another one. */
  otherYear: number | null
}

/** A month without a day: a heading, or a day that is not settled (`6月中旬`). */
export type MonthToken = {
  kind: 'month'
  year: number | null
  month: number
  part: string | null
  /** `3月末`: a last day. */
  last: boolean
}

export type YearToken = { kind: 'year'; year: number; fiscal: boolean }
export type TimeToken = { kind: 'time'; start: TimeOfDay; end: TimeOfDay | null; alone: boolean }
export type RuleToken = { kind: 'rule'; rrule: string; weekdays: Weekday[] }
export type CapacityToken = {
  kind: 'capacity'
  count: number
  /** What the number counts for. */
  per: 'day' | 'round' | 'total' | null
  format: Format | null
}
export type Format = 'onsite' | 'online' | 'phone' | 'visit'
export type FormatToken = { kind: 'format'; format: Format }
export type StateToken = { kind: 'state'; state: 'cancelled' | 'moved' | 'full' | 'closed' | 'undecided' | 'ditto' }
export type PlaceToken = { kind: 'prefecture'; code: string }
export type ClaimToken = { kind: 'claim'; weekday: Weekday }
/** What is read so that its figures are not taken for something else. */
export type QuietToken = { kind: 'quiet'; isPhone: boolean }

type Bare =
  | DayToken
  | MonthToken
  | YearToken
  | TimeToken
  | RuleToken
  | CapacityToken
  | FormatToken
  | StateToken
  | PlaceToken
  | ClaimToken
  | QuietToken

/** What was recognised in a folded line, from `from` up to, not including, `to`. */
export type Token = Bare & { from: number; to: number }

/** Reads one notation that begins exactly at `at`; null if none does. `before` is what was read so far in the line. */
export type Recogniser = (text: string, at: number, before: readonly Token[]) => Read | null
export type Read = { token: Bare; to: number }
