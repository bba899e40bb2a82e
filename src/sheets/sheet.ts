import type { Instant } from '../base/clock.ts'
import { type CivilDate, civilDate, civilTime } from '../base/japan/civil.ts'

/** A cell: a text (codes and telephone numbers too), a number, a day or a moment, or nothing. */
export type Cell = string | number | null | { day: CivilDate } | { at: Instant }

/** What the cells of a column are, so that a spreadsheet keeps leading zeros and knows days. */
export type Column = { head: string; holds: 'text' | 'number' | 'day' | 'moment' }

/** A table as it is exported: one header row, then rows in pages, never all at once. */
export type Sheet = { name: string; columns: Column[]; pages: AsyncIterable<Cell[][]> }

/** A cell as text: days `YYYY-MM-DD`, moments `YYYY-MM-DD HH:MM` in Japan. */
export function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'object') return String(cell)
  return 'day' in cell ? cell.day : `${civilDate(cell.at)} ${civilTime(cell.at)}`
}

/** Bytes as they are pulled; what makes them ends where nobody reads on. */
export function streamOf(bytes: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await bytes.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await bytes.return(undefined)
    },
  })
}
