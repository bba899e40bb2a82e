import { BECAME } from '../../src/base/vocabulary.ts'
import { figuresTexts } from '../../templates/text/figures.ts'
import { same } from './count.ts'
import { visit } from './desk-deeds.ts'
import { plain, sound } from './read.ts'
import { cells, csv } from './sheet.ts'
import type { Town } from './town.ts'

const MADE = `select cast(count(*) as integer) from booking join session on session.id = booking.session
  where session.date like ?`

/** The report of a month agrees with the journal and its file, its columns add up, and it counts all bookings. */
async function compareReport(town: Town, month: string): Promise<void> {
  const t = figuresTexts('ja').report
  const what = `the report of ${month}`
  const { main } = await visit(town, `/desk/figures/report?month=${month}&compare=1`)
  const table = main.querySelector('table.report')
  const [made] = await town.s.column<number>(MADE, `${month}%`)
  const heads = table?.querySelectorAll('thead th').map((cell) => plain(cell.text)) ?? []
  const rows = cells(table?.querySelectorAll('tbody tr') ?? [])
  const at = (row: string[], head: string) => Number(row[heads.indexOf(head)])
  const all = rows.map((row) => at(row, t.columns.made))
  same(`bookings of ${month}`, ['rows', made], ['report', all.reduce((sum, one) => sum + one, 0)])
  const notice = main.querySelector('.notice')?.text ?? ''
  if (!notice.includes(t.agrees.what)) throw new Error(`${what} differs from the journal: ${plain(notice)}`)
  for (const row of rows) {
    const parts = BECAME.map((one) => at(row, one === 'attended' ? t.columns.attended : t.columns.became[one]))
    same(what, ['all', at(row, t.columns.made)], ['its parts', parts.reduce((sum, one) => sum + one, 0)])
  }
  const headers = { cookie: town.desk.cookie }
  const address = `/desk/figures/report?month=${month}&as=csv`
  const [, ...inFile] = csv(sound(address, await town.s.ask(address, { headers })).body)
  same(what, ['page', rows], ['file', inFile])
}

/** The monthly reports. */
export async function compareFigures(town: Town): Promise<void> {
  for (const month of ['2026-11', '2026-12']) await compareReport(town, month)
}
