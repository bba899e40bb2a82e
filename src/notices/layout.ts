import { type Folded, fold, ITEM } from './fold.ts'
import { headRole, labelsIn, namedPlace, type Role } from './labels.ts'
import { tokens } from './lexer.ts'
import { time } from './times.ts'
import type { TimeToken, Token } from './tokens.ts'

/** One cell, or the part of a line behind a label, with what was recognised in it. */
export type Segment = {
  role: Role
  labelled: boolean
  /** With its label, as printed. */
  whole: string
  line: Folded
  tokens: Token[]
  /** The hours in the head of its column. */
  hours: TimeToken | null
}

/** A line, a row of a table, or a label with the lines below it. */
export type Row = {
  segments: Segment[]
  /** The text as printed, with tabs between cells. */
  printed: string
  table: boolean
  indented: boolean
  /** Begins with ※, 於 or the like: belongs to what stands above. */
  note: boolean
  /** Begins a new part of the notice: ■, 【. */
  heading: boolean
}

const NOTE = /^ *(?:※|\*|於|注|ただし|但し)/
const HEADING = /^ *(?:■|◆|●|【|《|◎|□|▼|★|◇|＜|<|第 ?\d+ ?部)/

function segment(role: Role, printed: string, more: Partial<Segment> = {}): Segment {
  const line = fold(printed)
  return { role, labelled: false, whole: printed, line, tokens: tokens(line.text), hours: null, ...more }
}

type Column = { role: Role; hours: TimeToken | null }

/** The columns that a row of heads names; null if it is a row of something else. */
function columnsOf(cells: readonly string[]): Column[] | null {
  const texts = cells.map((cell) => fold(cell).text.trim())
  const named = texts.filter((text) => text !== '')
  const columns = texts.map((text): Column | null => {
    const role = headRole(text)
    if (role) return { role, hours: null }
    const hours = hoursIn(text)
    return hours && { role: 'part', hours }
  })
  const known = columns.filter((column) => column !== null).length
  if (named.length < 2 || known < 2 || known < named.length * 0.6) return null
  if (!columns.some((column) => column?.role === 'day' || column?.role === 'part')) return null
  return columns.map((column) => column ?? { role: 'text', hours: null })
}

function hoursIn(text: string): TimeToken | null {
  for (let at = 0; at < text.length; at++) {
    const read = time(text, at, [])
    if (read?.token.kind === 'time' && read.token.end !== null) return read.token
  }
  return null
}

/** What is carried from row to row. */
type Layout = { rows: Row[]; columns: Column[] | null; above: readonly string[]; pending: Role | null }

/** Lays out the rows of a sheet, or the lines of a text as rows of one cell. Rows of heads are not among them. */
export function layOut(sheet: readonly (readonly string[])[]): Row[] {
  const layout: Layout = { rows: [], columns: null, above: [], pending: null }
  for (const cells of sheet) {
    const filled = cells.filter((cell) => cell.trim() !== '')
    if (filled.length > 1) addTableRow(layout, cells)
    else if (filled[0] !== undefined) addText(layout, filled[0])
    else layout.pending = null
  }
  return layout.rows
}

function addTableRow(layout: Layout, cells: readonly string[]): void {
  layout.pending = null
  const heads = columnsOf(cells)
  if (heads) {
    layout.columns = heads
    return
  }
  layout.above = inherited(cells, layout.above)
  layout.rows.push(tableRow(layout.above, cells, layout.columns))
}

function addText(layout: Layout, printed: string): void {
  const row = textRow(printed)
  const [first] = row?.segments ?? []
  if (!row || !first) return
  const last = layout.rows.at(-1)
  const { pending } = layout
  const isBareLabel = first.labelled && isBlank(first.line.text) && row.segments.length === 1
  if (first.labelled) layout.pending = isBareLabel ? first.role : null
  else if (pending) {
    row.segments = row.segments.map((each) => ({ ...each, role: pending, labelled: true }))
    row.heading = false
  } else if (last && row.indented && !row.note && goesOn(last)) {
    const role = last.segments[0]?.role ?? 'text'
    last.segments.push(...row.segments.map((each) => ({ ...each, role, labelled: true })))
    last.printed += `\n${printed}`
    return
  }
  layout.rows.push(row)
}

/** A label with one value, which indented lines below it go on with. */
function goesOn({ table, segments }: Row): boolean {
  return !table && segments.at(-1)?.labelled === true && segments.every((each) => each.role === segments[0]?.role)
}

const DITTO = /^ *(?:〃|”|"|同上|々) *$/

/** Empty cells at the left are those of merged cells, and ditto marks repeat the cell above. */
function inherited(cells: readonly string[], above: readonly string[]): string[] {
  let leading = true
  return cells.map((cell, i) => {
    if (cell.trim() !== '') leading = false
    return (leading && cell.trim() === '') || DITTO.test(cell) ? (above[i] ?? '') : cell
  })
}

/** Month and day in columns of their own become one day. */
function withMonth(full: readonly string[], columns: readonly Column[] | null): readonly string[] {
  const [month, day] = ['month', 'day'].map((role) => columns?.findIndex((column) => column.role === role) ?? -1)
  const [m = '', d = ''] = [full[month ?? -1], full[day ?? -1]].map((cell) => fold(cell ?? '').text.trim())
  if (!/^\d{1,2}月?$/.test(m) || !/^\d{1,2}日?$/.test(d)) return full
  return full.map((cell, i) =>
    i === month ? '' : i === day ? `${m.replace('月', '')}月${d.replace('日', '')}日` : cell,
  )
}

function tableRow(complete: readonly string[], cells: readonly string[], columns: readonly Column[] | null): Row {
  const full = withMonth(complete, columns)
  const segments = full.flatMap((cell, i) => {
    const { role, hours } = columns?.[i] ?? { role: 'text' as const, hours: null }
    if (cell.trim() === '' && role !== 'part') return []
    return [segment(role, cell.replace(/\s*\r?\n\s*/g, ' '), { labelled: columns !== null && role !== 'text', hours })]
  })
  for (const each of segments) {
    if (each.role === 'text' && isContact(each)) each.role = 'apply'
  }
  return {
    segments,
    printed: cells.join('\t').trim(),
    table: true,
    indented: false,
    note: false,
    heading: false,
  }
}

/** A cell with a telephone and without a day tells where to apply. */
function isContact({ tokens: found }: Segment): boolean {
  return (
    found.some((token) => token.kind === 'quiet' && token.isPhone) &&
    !found.some((token) => token.kind === 'day' || token.kind === 'rule')
  )
}

function textRow(printed: string): Row | null {
  const line = fold(printed)
  const { text } = line
  const body = text.trim()
  if (body === '') return null
  const place = namedPlace(text)
  const labels = place ? [{ role: 'place' as const, from: 0, value: 0 }] : labelsIn(text)
  return {
    segments: place ? placeAndList(line, place.value) : parts(line, labels),
    printed: printed.trim(),
    table: false,
    indented: /^[ \t\u3000]/.test(printed),
    note: NOTE.test(text),
    heading: HEADING.test(text) && !labels.some((label) => label.from === 0),
  }
}

function placeAndList({ printed, at }: Folded, value: number): Segment[] {
  const cut = at[value] ?? printed.length
  return [
    segment('place', printed.slice(0, cut).replace(/[:：=＝]\s*$/, ''), { labelled: true }),
    ...contactApart(segment('text', printed.slice(cut))),
  ]
}

function parts({ printed, at }: Folded, labels: readonly { role: Role; from: number; value: number }[]): Segment[] {
  const cut = (from: number, to: number | undefined) => printed.slice(at[from], to === undefined ? undefined : at[to])
  const [first] = labels
  const before = first && first.from > 0 ? [segment('text', cut(0, first.from))] : []
  if (!first) return contactApart(segment('text', printed))
  const each = labels.map((label, i) => {
    const next = labels[i + 1]?.from
    return segment(label.role, cut(label.value, next), { labelled: true, whole: cut(label.from, next) })
  })
  return [...before.filter((one) => one.line.text.trim() !== ''), ...each]
}

const CONTACT = /(?:お?問い?合わ?せ|お?申し?込み?|予約|電話|tel|☎|℡|ご連絡)[^0-9]{0,12}$/i

/** In running text all from a telephone on tells where to apply, also the hours in which it is answered. */
function contactApart(whole: Segment): Segment[] {
  const phone = whole.tokens.find((token) => token.kind === 'quiet' && token.isPhone)
  if (!phone) return [whole]
  const lead = CONTACT.exec(whole.line.text.slice(0, phone.from))
  const from = lead?.index ?? phone.from
  const { printed, at } = whole.line
  const rest = printed.slice(at[from])
  const sentence = rest.search(/[。\n]/)
  const apart = [
    segment('text', printed.slice(0, at[from])),
    segment('apply', sentence < 0 ? rest : rest.slice(0, sentence)),
  ]
  if (sentence >= 0) apart.push(segment('text', rest.slice(sentence)))
  return apart.filter((part) => part.line.text.trim() !== '')
}

/** Whether a text is nothing but signs. */
export function isBlank(text: string): boolean {
  return text.replaceAll(ITEM, '').replace(/[\s\p{P}\p{S}]/gu, '') === ''
}
