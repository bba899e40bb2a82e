import { type Context, Hono } from 'hono'
import { BookingsDonePage, BookingsLookPage, BookingsStartPage } from '../../../../templates/desk/intake/bookings.tsx'
import type { ReadRefusal } from '../../../../templates/desk/intake/parts.tsx'
import { page } from '../../../../templates/layout.tsx'
import { scheduleTexts } from '../../../../templates/text/schedule.ts'
import { requireDesk } from '../../../base/actor.ts'
import { fingerprint } from '../../../base/fingerprint.ts'
import { withChoices } from '../../../intake/bookings/choose.ts'
import { type BookingsLook, bookingsFields, lookAtBookings } from '../../../intake/bookings/look.ts'
import { takeInBookings } from '../../../intake/bookings/take-in-bookings.ts'
import { NotTaken, taken } from '../../../sheets/take.ts'
import type { Env } from '../../env.ts'
import { requireKnown } from '../../filter.ts'
import { formFiles, formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView } from '../view.ts'

type Table = readonly (readonly string[])[]

/** A table as text, a row a line and a tab between cells, as a spreadsheet copies it. */
const asText = (table: Table) =>
  table.map((row) => row.map((cell) => cell.replaceAll(/[\t\r\n]+/g, ' ')).join('\t')).join('\n')

/** The rows of such a text. */
const rowsIn = (text: string): Table => text.split(/\r\n|\r|\n/).map((line) => line.split('\t'))

/** The rows of a pasted or handed-in table. One that is pasted from a .csv file has commas instead of tabs. */
async function tableOf(bytes: Uint8Array, name: string): Promise<Table> {
  const isPasted = name === '' && !new TextDecoder().decode(bytes).includes('\t')
  const sheets = await taken(bytes, isPasted ? 'pasted.csv' : name)
  return sheets.find(({ hidden }) => !hidden)?.rows ?? []
}

function start(
  c: Context<Env>,
  values: Values = {},
  refusal: { why: string; field: ReadRefusal['field'] } | null = null,
) {
  if (refusal) c.set('refused', refusal.why)
  return c.html(page(BookingsStartPage({ ...deskView(c), values, refusal })), refusal ? 422 : 200)
}

/** What would become of each row. `refusal`: why nothing was entered yet. */
async function look(c: Context<Env>, table: Table, found: BookingsLook, refusal: 'changed' | 'consent' | null = null) {
  if (refusal) c.set('refused', refusal)
  const shown = await fingerprint(bookingsFields(found))
  const view = { ...deskView(c), look: found, table: asText(table), shown, refusal }
  return c.html(page(BookingsLookPage(view)), refusal === 'consent' ? 422 : refusal ? 409 : 200)
}

/** Reads a table and shows what would become of it, or why it is not read. */
async function read(c: Context<Env>, values: Values) {
  const { ctx } = c.var
  const { intake } = scheduleTexts(ctx.locale)
  const [file] = await formFiles(c, 'file')
  const text = oneOf(values, 'text')
  const field = file ? 'file' : 'text'
  if (!file && text.trim() === '') return start(c, values, { why: intake.refused.empty, field })
  const bytes = file?.bytes ?? new TextEncoder().encode(text)
  const table = await tableOf(bytes, file?.name ?? '').catch((error: unknown) => {
    if (error instanceof NotTaken) return error.why
    throw error
  })
  if (typeof table === 'string') return start(c, values, { why: intake.refused[table], field })
  // As the form sends it again.
  return again(c, rowsIn(asText(table)), { values, field })
}

/** Shows what would become of a table, or why it is not read. */
async function again(
  c: Context<Env>,
  table: Table,
  { values, field }: { values: Values; field: ReadRefusal['field'] } = {
    values: { text: asText(table) },
    field: 'text',
  },
) {
  const { ctx } = c.var
  const found = await lookAtBookings(ctx, table)
  const { refused } = scheduleTexts(ctx.locale).intakeBookings
  return typeof found === 'string' ? start(c, values, { why: refused[found], field }) : look(c, table, found)
}

/**
 * `/desk/import/bookings`: reads bookings that were kept elsewhere, and enters them after a look. Nothing is kept
 * meanwhile.
 */
export const intakeBookingRoutes = new Hono<Env>()
  .get('/', (c) => {
    requireKnown(c)
    requireDesk(c.var.ctx.actor)
    return start(c)
  })
  .post('/', async (c) => {
    const { ctx, deps } = c.var
    requireDesk(ctx.actor)
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (showsForm(c) || step === 'back') return start(c, { text: oneOf(values, 'table') || oneOf(values, 'text') })
    if (step === 'choose') return again(c, withChoices(rowsIn(oneOf(values, 'table')), values))
    if (step !== 'do') return read(c, values)
    const rows = rowsIn(oneOf(values, 'table'))
    const given = { shown: values.shown, consent: oneOf(values, 'consent') === 'true' }
    const done = await takeInBookings(ctx, rows, given)
    if (!done.ok) {
      if ('look' in done) return look(c, rows, done.look, done.why)
      return start(
        c,
        { text: oneOf(values, 'table') },
        {
          why: scheduleTexts(ctx.locale).intakeBookings.refused[done.why],
          field: 'text',
        },
      )
    }
    deps.nudge()
    const out = done.rows.filter(({ why }) => why !== null).map(({ row }) => row.cells)
    return c.html(page(BookingsDonePage({ ...deskView(c), rows: done.rows, rest: asText([done.look.head, ...out]) })))
  })
