/** Bands of days between an application and its session, each with its maximum. */
const BANDS = [
  ['0', 0],
  ['1-3', 3],
  ['4-7', 7],
  ['8-14', 14],
  ['15-30', 30],
  ['31+', Number.POSITIVE_INFINITY],
] as const

/** The bands of days, in order. `0` is the day of the session, or a booking entered afterwards. */
export const LEADS = BANDS.map(([band]) => band)
export type Lead = (typeof LEADS)[number]

/** The days between application and session in Japan. The median is null without applications. */
export type LeadTime = { median: number | null; bands: Record<Lead, number> }

/** Median and bands of a distribution: the applications for each number of days. Negative days count as 0. */
export function leadTime(given: readonly { days: number; bookings: number }[]): LeadTime {
  const bands = Object.fromEntries(LEADS.map((band) => [band, 0])) as Record<Lead, number>
  const inOrder = given.map((one) => ({ ...one, days: Math.max(0, one.days) })).toSorted((a, b) => a.days - b.days)
  for (const one of inOrder) {
    const [band] = BANDS.find(([, most]) => one.days <= most) ?? BANDS[0]
    bands[band] += one.bookings
  }
  const all = inOrder.reduce((sum, one) => sum + one.bookings, 0)
  const nth = (n: number): number => {
    let seen = 0
    for (const one of inOrder) {
      seen += one.bookings
      if (n < seen) return one.days
    }
    return 0
  }
  const median = all === 0 ? null : (nth(Math.floor((all - 1) / 2)) + nth(Math.floor(all / 2))) / 2
  return { median, bands }
}
