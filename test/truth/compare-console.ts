import type { HTMLElement } from 'node-html-parser'
import { type Counted, counted, entriesOn, monthsOf, same, wordOf } from './count.ts'
import { visit } from './desk-deeds.ts'
import { idIn, marksOn, pageIn, plain } from './read.ts'
import type { Town } from './town.ts'

const OF = /(\d+)\/(\d+)/

/** The rows of a list, by session. */
function linesOn(main: HTMLElement): Map<string, string> {
  const rows = main.querySelectorAll('table.list tr')
  return new Map(rows.map((row) => [idIn(row.querySelector('a')?.getAttribute('href') ?? ''), plain(row.text)]))
}

function checkPeople({ id, held, capacity }: Counted, said: string, from: string): void {
  if (capacity === null) return
  const [, taken, of] = OF.exec(said) ?? []
  same(`${id} people`, ['rows', [held, capacity]], [from, [Number(taken), Number(of)]])
}

async function compareSchedule(town: Town, rows: readonly Counted[], month: string, view: string): Promise<void> {
  const { main } = await visit(town, `/desk/schedule?view=${view}&date=${month}-01`)
  const entries = view === 'list' ? linesOn(main) : entriesOn(main)
  for (const row of rows) {
    const said = entries.get(row.id)
    if (said === undefined) {
      const isMissing = view === 'month' && row.date?.startsWith(month)
      if (isMissing) throw new Error(`${row.id} is missing in the month of the console`)
      continue
    }
    const word = await wordOf(town, row.id)
    if (!said.includes(word)) throw new Error(`${row.id}: the ${view} of the console says "${said}", not ${word}`)
    checkPeople(row, said, `the ${view} of the console`)
  }
}

/** What the console says of sessions: its schedule in three views, the page of each session, and today. */
export async function compareConsole(town: Town): Promise<void> {
  const rows = await counted(town)
  for (const month of monthsOf(rows)) {
    for (const view of ['month', 'week', 'list']) await compareSchedule(town, rows, month, view)
  }
  const today = marksOn((await visit(town, '/desk')).main, 'today')
  for (const row of rows) {
    const { main } = await visit(town, `/desk/sessions/${row.id}`)
    const mark = plain(main.querySelector('.facts .mark')?.text ?? '')
    const open = await pageIn(town.s, `/sessions/${row.id}`)
    same(row.id, ['console', mark], ['its page', plain(open.main.querySelector('.under-title .mark')?.text ?? '')])
    if (today.has(row.id)) same(row.id, ['console', mark], ['today', today.get(row.id)])
    const facts = main.querySelectorAll('dl.facts dd').map((one) => plain(one.text))
    const people = facts.find((one) => OF.test(one))
    if (people !== undefined) checkPeople(row, people, 'its page in the console')
  }
}
