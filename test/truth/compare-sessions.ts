import { civilDate } from '../../src/base/japan/civil.ts'
import type { Locale } from '../../src/base/locale.ts'
import { type Counted, counted, entriesOn, monthsOf, same, wordOf } from './count.ts'
import { marksOn, pageIn, plain, sound } from './read.ts'
import type { Town } from './town.ts'

type Shape = {
  id: string
  status: string
  remaining: number | null
  waiting: number
  date: string | null
  starts_at: string | null
}

/** What lists say of each session. */
type Listed = { marks: Map<string, Map<string, string>>; grid: Map<string, string>; api: Map<string, Shape> }

async function asked<Body>(town: Town, address: string): Promise<Body> {
  return JSON.parse(sound(address, await town.s.ask(address)).body)
}

async function listed(town: Town, rows: readonly Counted[], locale: Locale): Promise<Listed> {
  const { s } = town
  const marks = new Map<string, Map<string, string>>()
  const grid = new Map<string, string>()
  for (const month of monthsOf(rows)) {
    const list = await pageIn(s, `/calendar?view=list&month=${month}`, locale)
    marks.set(`list of ${month}`, marksOn(list.main, 'list'))
    for (const [id, said] of entriesOn((await pageIn(s, `/calendar?month=${month}`, locale)).main)) grid.set(id, said)
  }
  marks.set('home', marksOn((await pageIn(s, '/', locale)).main, 'home'))
  marks.set('ahead', marksOn((await pageIn(s, '/calendar?view=list', locale)).main, 'ahead'))
  const all = await asked<{ sessions: Shape[] }>(town, '/api/v1/sessions?limit=200&from=2026-11-01')
  return { marks, grid, api: new Map(all.sessions.map((one) => [one.id, one])) }
}

const shapeOf = ({ status, remaining, waiting, date, starts_at }: Shape) => [
  status,
  remaining,
  waiting,
  date,
  starts_at,
]

/** The free places in the words of a mark, or null. */
function leftIn(said: string): number | null {
  const [, ja, en] = /残り ?(\d+)名|(\d+) (?:places? )?left/.exec(said) ?? []
  return ja === undefined && en === undefined ? null : Number(ja ?? en)
}

function checkNumbers({ id, capacity, held, waiting, date }: Counted, one: Shape, said: string): void {
  same(`${id} date`, ['row', date], ['API', one.date])
  same(`${id} waiting`, ['rows', waiting], ['API', one.waiting])
  const free = capacity === null ? null : Math.max(0, capacity - held)
  if (one.remaining !== null && (one.remaining < 0 || (free !== null && one.remaining > free))) {
    throw new Error(`${id}: ${one.remaining} left of ${free}`)
  }
  const left = leftIn(said)
  if (left !== null) same(`${id} left`, ['page', left], ['API', one.remaining])
}

function checkGrid({ id, date }: Counted, inGrid: string | undefined, said: string, word: string): void {
  if (inGrid === undefined) {
    if (date !== null) throw new Error(`${id} is missing in its month`)
    return
  }
  const left = leftIn(said)
  if (left !== null) same(`${id} left`, ['page', left], ['month', leftIn(inGrid)])
  else if (!inGrid.includes(word)) throw new Error(`${id}: the month says "${inGrid}", not ${word}`)
}

/** What everybody reads of sessions: the page, lists, the month, the API and the first page, with each other and the rows. */
export async function compareSessions(town: Town, locale: Locale): Promise<void> {
  const rows = await counted(town)
  const today = civilDate(town.now())
  const lists = await listed(town, rows, locale)
  for (const row of rows) {
    const { id, date } = row
    const page = await pageIn(town.s, `/sessions/${id}`, locale)
    const said = plain(page.main.querySelector('.under-title .mark')?.text ?? '')
    const word = await wordOf(town, id, locale)
    if (!said.includes(word)) throw new Error(`${id}: its mark is "${said}", its state ${word}`)
    for (const [from, found] of lists.marks) {
      if (found.has(id)) same(id, ['its page', said], [from, found.get(id)])
    }
    const one = await asked<Shape>(town, `/api/v1/sessions/${id}`)
    const other = lists.api.get(id)
    if (other) same(id, ['API', shapeOf(one)], ['API list', shapeOf(other)])
    checkNumbers(row, one, said)
    checkGrid(row, lists.grid.get(id), said, word)
    if (date !== null && date >= today && !lists.marks.get('ahead')?.has(id)) {
      throw new Error(`${id} is missing in the list of coming ones`)
    }
  }
}
