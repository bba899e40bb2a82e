/**
 * A line of the bench. `ours` and `limit` are measured in turn, in the same rounds. In `a second` more is better; in `ms`
 * and `MB` less is. `aim` is a share of the limit, null if none is set.
 */
export type Line = {
  what: string
  unit: 'a second' | 'ms' | 'MB'
  of: string
  aim: number | null
  ours: number[]
  limit: number[]
}

/** A run as it is kept in a file. Two runs are comparable if `seconds` and `bookings` are the same. */
export type Run = {
  at: string
  commit: string
  machine: string
  seconds: number
  rounds: number
  bookings: number
  lines: Line[]
}

/** The part of its median by which a line must differ before it counts as another. */
const LEAST = 0.1

/** The middle value; of an even number the mean of the two in the middle. NaN if there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN
  return (upper + lower) / 2
}

/** The share of the limit that each round reached. More is better in every unit. */
export function shares({ ours, limit, unit }: Line): number[] {
  return ours.map((value, i) => {
    const most = limit[i] ?? Number.NaN
    return unit === 'a second' ? value / most : most / value
  })
}

/** Whether a line has an aim and its median is below it. */
export function isUnderAim(line: Line): boolean {
  return line.aim !== null && median(shares(line)) < line.aim
}

/** A line of two runs, by the medians of its shares. */
export type Difference = { what: string; before: number; now: number }

/**
 * The lines that became slower or faster beyond the noise. Then the rounds of both runs do not overlap, and the medians
 * differ by a tenth or more. Lines that only one run has are `missing`.
 */
export function compare(before: Run, now: Run): { slower: Difference[]; faster: Difference[]; missing: string[] } {
  const slower: Difference[] = []
  const faster: Difference[] = []
  const earlier = new Map(before.lines.map((line) => [line.what, line]))
  for (const line of now.lines) {
    const other = earlier.get(line.what)
    if (!other) continue
    const [was, is] = [shares(other), shares(line)]
    const difference = { what: line.what, before: median(was), now: median(is) }
    if (isClearlyLess(is, was)) slower.push(difference)
    if (isClearlyLess(was, is)) faster.push(difference)
  }
  const names = new Set(now.lines.map(({ what }) => what))
  const missing = [...names]
    .filter((what) => !earlier.has(what))
    .concat([...earlier.keys()].filter((w) => !names.has(w)))
  return { slower, faster, missing }
}

function isClearlyLess(less: readonly number[], more: readonly number[]): boolean {
  return Math.max(...less) < Math.min(...more) && median(less) <= median(more) * (1 - LEAST)
}

/** A number with three digits that count. */
export function short(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value >= 1 || value === 0 ? String(Number(value.toPrecision(3))) : value.toPrecision(2)
}

/** The lines as a table of Markdown. A median under its aim is bold. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map((line) => {
    const all = shares(line)
    const share = short(median(all))
    const range = `${short(Math.min(...all))} to ${short(Math.max(...all))}`
    const value = (values: number[]) => `${short(median(values))} ${line.unit}`
    const aim = line.aim === null ? '' : `≥ ${line.aim}`
    const told = isUnderAim(line) ? `**${share}**` : share
    return `| ${[line.what, value(line.ours), line.of, value(line.limit), told, range, aim].join(' | ')} |`
  })
  return [
    '| work | median | the limit is | its median | share | rounds | aim |',
    '|---|--:|---|--:|--:|--:|--:|',
    ...rows,
  ].join('\n')
}
