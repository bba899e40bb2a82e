import type { HTMLElement } from 'node-html-parser'
import { figuresTexts } from '../../templates/text/figures.ts'
import { plain, sound } from './read.ts'
import type { Town } from './town.ts'

/** The texts of the cells of rows. */
export const cells = (rows: readonly HTMLElement[]): string[][] =>
  rows.map((row) => row.querySelectorAll('td').map((cell) => plain(cell.text)))

/** The cells of a CSV file. */
export function csv(text: string): string[][] {
  const rows: string[][] = [[]]
  const all = text.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)
  for (const [, quoted, open, end] of all) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? open ?? '')
    if (end !== ',') rows.push([])
    if (end === '') break
  }
  return rows.filter((row) => row.length > 1)
}

/** A booking in the export of the ledger. */
export type InFile = { state: string; seats: string; date: string; starts: string }

const PERIOD = { from: '2026-04-01', to: '2027-03-31', format: 'csv', prefecture: '', kind: '', status: '' }

/** The export of the ledger, by number. */
export async function exported(town: Town): Promise<Map<string, InFile>> {
  const answer = sound('export', await town.high.post('/desk/exports', Object.entries(PERIOD)))
  const [head = [], ...rows] = csv(answer.body)
  const { columns } = figuresTexts('ja').export
  const of = (row: string[], name: keyof typeof columns) => row[head.indexOf(columns[name])] ?? ''
  return new Map(
    rows.map((row) => [
      of(row, 'number'),
      { state: of(row, 'status'), seats: of(row, 'seats'), date: of(row, 'date'), starts: of(row, 'starts') },
    ]),
  )
}
