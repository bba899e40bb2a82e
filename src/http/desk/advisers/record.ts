import { type Context, Hono } from 'hono'
import { RecordPage } from '../../../../templates/desk/booking/record.tsx'
import { MinePage } from '../../../../templates/desk/mine.tsx'
import { page } from '../../../../templates/layout.tsx'
import { dutiesOfAccount } from '../../../advisers/queries.ts'
import { requireAccount } from '../../../base/actor.ts'
import type { Faults } from '../../../base/input.ts'
import { addDays, civilDate } from '../../../base/japan/civil.ts'
import type { Booking } from '../../../booking/booking.ts'
import {
  type Consultation,
  consultationOf,
  partiesAt,
  readableRecord,
  whyNotRecorded,
} from '../../../consultation/queries.ts'
import { saveConsultation } from '../../../consultation/save.ts'
import { absencesOf, expertById, hoursOf } from '../../../experts/queries.ts'
import { noteReading } from '../../../people/note-reading.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView, typedBeside } from '../view.ts'

type Against = { values?: Values; errors?: Faults; refusal?: string | null; done?: string | undefined }

/** A new record begins with the topics of the booking. */
function recordValues(record: Consultation | undefined, { topics: wished }: Pick<Booking, 'topics'>): Values {
  if (!record) return { topics: [...wished] }
  const { topics, advised, next_step, minutes, revision } = record
  const numbers = { minutes: minutes === null ? '' : String(minutes), revision: String(revision) }
  return { topics: topics.split(','), advised, next_step, ...numbers }
}

async function shown(c: Context<Env>, { values, errors = {}, refusal = null, done }: Against = {}) {
  const { ctx } = c.var
  const { booking, mayWrite } = await readableRecord(ctx, c.req.param('id') ?? '')
  await noteReading(ctx, 'reading.booking', booking.id)
  const record = await consultationOf(ctx, booking.id)
  const why = whyNotRecorded(ctx, booking)
  // What was typed stays in the form if the record was refused meanwhile.
  const writable = mayWrite && (why === null || (values !== undefined && why !== 'erased'))
  if (refusal) c.set('refused', refusal)
  const now = recordValues(record, booking)
  const kept = values && refusal === 'changed' ? typedBeside(c, values, now) : (values ?? now)
  const view = { ...deskView(c), booking, record, why, writable, values: kept, errors, refusal, done }
  return c.html(page(RecordPage(view)), statusFor({ refusal, errors }))
}

/** Days back and ahead of which an adviser sees the own times. */
const DAYS = { back: 28, ahead: 60 }

/** What an expert sees of the own entry. Null for everybody else. */
async function ownEntry(c: Context<Env>, account: string) {
  const { ctx, pass } = c.var
  const expert = pass.account.role === 'expert' ? await expertById(ctx, account) : undefined
  if (!expert) return null
  const [hours, absences] = [await hoursOf(ctx, account), await absencesOf(ctx, account, ctx.clock.now())]
  return { expert, hours, absences }
}

/** `/desk/mine`: the times at which the account advises, the people who come, and the own entry of an expert. */
export const mineRoutes = new Hono<Env>().get('/', async (c) => {
  const { ctx } = c.var
  const today = civilDate(ctx.clock.now())
  const account = requireAccount(ctx.actor)
  const duties = await dutiesOfAccount(ctx, account, addDays(today, -DAYS.back), addDays(today, DAYS.ahead))
  const times = await partiesAt(ctx, duties)
  const read = new Set(times.flatMap(({ session, parties }) => (parties.length > 0 ? [session] : [])))
  for (const session of read) await noteReading(ctx, 'reading.session', session)
  return c.html(page(MinePage({ ...deskView(c), today, times, own: await ownEntry(c, account) })))
})

/** `/desk/bookings/:id/record`: the record of one consultation. While it is written, the page saves drafts by itself. */
export const recordRoutes = new Hono<Env>()
  .get('/:id/record', (c) => shown(c, { done: c.req.query('done') }))
  .post('/:id/record', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return shown(c, { values })
    const id = c.req.param('id')
    const done = await saveConsultation(c.var.ctx, id, values)
    const byItself = c.req.header('accept') === 'application/json'
    if (byItself) return c.json(done.ok ? { revision: done.revision } : { why: done.why }, done.ok ? 200 : 409)
    if (done.ok) return seeOther(c, `/desk/bookings/${id}/record?done=${done.attended ? 'attended' : done.state}`)
    if (done.why === 'invalid') return shown(c, { values, errors: done.errors })
    return shown(c, { values, refusal: done.why })
  })
