/** Bands of employees, each with its maximum. The last is for firms that did not say. */
const BANDS = [
  ['1-5', 5],
  ['6-20', 20],
  ['21-50', 50],
  ['51-100', 100],
  ['101-300', 300],
  ['301+', Number.POSITIVE_INFINITY],
  ['unknown', null],
] as const

/** The bands of employees, in order. `unknown` is for firms that did not say. */
export const SIZES = BANDS.map(([band]) => band)
export type Size = (typeof SIZES)[number]

/** The band of a number of employees. */
export function sizeOf(employees: number): Size {
  return SIZES_UP_TO.find(([, most]) => employees <= most)?.[0] ?? '301+'
}

/** The bands with a maximum, `[band, most employees]`, for a query that groups firms. */
export const SIZES_UP_TO = BANDS.flatMap(([band, most]) =>
  most === null || most === Number.POSITIVE_INFINITY ? [] : [[band, most] as const],
)
