import { type Context, Hono } from 'hono'
import { OpenPage, SessionEditLookPage, SessionFormPage, SkipPage } from '../../../templates/desk/plan-session.tsx'
import { page } from '../../../templates/layout.tsx'
import { busyIn, type Elsewhere, holdingOf } from '../../advisers/free.ts'
import { requireDesk } from '../../base/actor.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import type { Faults } from '../../base/input.ts'
import { civilTime, isTimeOfDay } from '../../base/japan/civil.ts'
import { NotFound } from '../../base/outcome.ts'
import { FORMATS } from '../../base/vocabulary.ts'
import { followers } from '../../interest/follow-session.ts'
import { type Affected, heldAfter } from '../../planning/affected.ts'
import { editSession, previewEdit } from '../../planning/edit-session.ts'
import { type Planned, plannedById, slotsIn } from '../../planning/queries.ts'
import { skip } from '../../planning/skip.ts'
import { undo } from '../../planning/undo-session.ts'
import { unskip } from '../../planning/unskip.ts'
import { venuesToChoose } from '../../planning/venues/queries.ts'
import { type Clash, clashesOfRow, refusalOf } from '../../schedule/clashes.ts'
import { sessionById } from '../../schedule/queries.ts'
import type { SlotRow } from '../../store/schema.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { offerValues, venueNames } from './series.ts'
import { deskView, typedBeside } from './view.ts'

async function asked(c: Context<Env>): Promise<Planned> {
  const session = await plannedById(c.var.ctx, c.req.param('id') ?? '')
  if (!session) throw new NotFound('session')
  requireDesk(c.var.ctx.actor, session.prefecture)
  return session
}

/** The hours of a session as form values. */
export function hoursValues({ starts_at, ends_at }: Pick<Planned, 'starts_at' | 'ends_at'>, slots: SlotRow[]): Values {
  const [first] = slots
  if (!first) return { starts: starts_at ? civilTime(starts_at) : '', ends: ends_at ? civilTime(ends_at) : '' }
  const minutes = (Date.parse(first.ends_at) - Date.parse(first.starts_at)) / 60_000
  return {
    slot_starts: slots.map((slot) => civilTime(slot.starts_at)).join(' '),
    slot_minutes: String(minutes),
    slot_capacity: first.capacity === null ? '' : String(first.capacity),
  }
}

type Against = {
  errors?: Faults
  refusal?: string | null
  who?: Affected[]
  clashes?: Clash[]
  /** The sessions that have its adviser or room at the time. */
  others?: Elsewhere[]
  /** What a published schedule says, in place of what is saved. */
  proposed?: Values
}

/** The details in an address: what a published schedule says of a session. Times of a session with slots stay. */
function proposedDetails(c: Context<Env>): Values {
  const { starts = '', ends = '', capacity = '', formats = '' } = c.req.query()
  const known = FORMATS.filter((format) => formats.split(',').includes(format))
  return {
    ...(isTimeOfDay(starts) && isTimeOfDay(ends) && { starts, ends }),
    ...(/^[1-9]\d{0,3}$/.test(capacity) && { capacity }),
    ...(known.length > 0 && { formats: known }),
  }
}

/** A form with proposed details. Each that differs says what is saved. */
function withProposed(c: Context<Env>, proposed: Values, now: Values): Values {
  const { starts: _, ends: _ends, ...rest } = proposed
  const fitting = 'slot_starts' in now ? rest : proposed
  return Object.keys(fitting).length > 0 ? typedBeside(c, { ...now, ...fitting }, now) : now
}

async function form(c: Context<Env>, values: Values | null, against: Against = {}) {
  const { errors = {}, refusal = null, who = [], clashes = [], others = [], proposed = {} } = against
  const { ctx } = c.var
  const session = await asked(c)
  const here = (await venuesToChoose(ctx, session.venue)).filter(
    ({ id, prefecture }) => prefecture === session.prefecture || id === session.venue,
  )
  const view = { session, errors, refusal, who, clashes, others, venues: here }
  if (refusal) c.set('refused', refusal)
  const status = statusFor({ refusal, errors })
  const hours = hoursValues(session, await slotsIn(ctx, session.id))
  const now = { ...offerValues(session), ...hours, revision: String(session.revision) }
  const kept =
    values && refusal === 'changed' ? typedBeside(c, values, now) : (values ?? withProposed(c, proposed, now))
  return c.html(page(SessionFormPage({ ...view, ...deskView(c), values: kept })), status)
}

/** The page before an edit of which people hear, or the fingerprint of what it would show if nobody does. */
async function editLook(c: Context<Env>, values: Values, changed: boolean) {
  const found = await previewEdit(c.var.ctx, c.req.param('id') ?? '', values)
  if (!found.ok) return {}
  const { session, set, slots, times, hours, following, fields, clashes } = found
  const after = { ...session, ...set, ...(hours && { starts_at: hours.starts_at, ends_at: hours.ends_at }) }
  const others = await busyIn(c.var.ctx, [heldAfter(after, slots, times)])
  if (session.state === 'published' && others.length > 0) return form(c, values, { refusal: 'busy', others })
  const shown = await fingerprint(fields)
  const unreasoned = refusalOf(values, clashes) !== null
  if (hours === null || unreasoned || (following.length === 0 && !changed)) return { shown }
  if (changed) c.set('refused', 'changed')
  const edit = { session, set, slots, times }
  const seen = { edit, venues: await venueNames(c.var), following: following.length, shown, changed }
  const view = { ...deskView(c), session, values, ...seen }
  return c.html(page(SessionEditLookPage(view)), statusFor({ refusal: changed }))
}

/** The form with the refusal of an act, and whom it protects. */
function refusedForm(c: Context<Env>, values: Values | null, done: { why: string; who?: Affected[] }) {
  return form(c, values, { refusal: done.why, who: done.who ?? [] })
}

/** Shows what else the desk and the venue have at that time, and asks for the reason to hold both. */
async function opening(c: Context<Env>, values: Values) {
  const session = await asked(c)
  const errors: Faults = values.beside === undefined ? {} : { beside: 'required' }
  c.set('refused', 'clash')
  const view = { ...deskView(c), session, clashes: (await clashesOfRow(c.var.ctx, session)).clashes, values, errors }
  return c.html(page(OpenPage(view)), 409)
}

function there(c: Context<Env>, done: string) {
  return seeOther(c, `/desk/sessions/${c.req.param('id')}?done=${done}`)
}

/** The form to skip a session, with how many people get a letter because they asked for its date. */
async function skipView(c: Context<Env>, session: Planned, values: Values, errors: Faults = {}) {
  const following = await followers(c.var.ctx, session, 'called_off').execute()
  const english = following.filter(({ locale }) => locale === 'en').length
  return { ...deskView(c), session, values, errors, following: following.length, english }
}

/** Planning of one session: its details, skipping it, and undoing today's change. */
export const planSessionRoutes = new Hono<Env>()
  .get('/:id/edit', (c) => form(c, null, { proposed: proposedDetails(c) }))
  .post('/:id/edit', async (c) => {
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (showsForm(c) || step === 'edit') return form(c, values)
    const { ctx } = c.var
    const id = c.req.param('id')
    const first = step === 'do' ? {} : await editLook(c, values, false)
    if (first instanceof Response) return first
    // If nobody is concerned, it is saved at once: then nobody may be by the commit.
    const done = await editSession(ctx, id, { ...values, ...first })
    c.var.deps.nudge()
    if (done.ok) return there(c, done.same ? 'same' : 'edited')
    const anew = done.why === 'changed' ? await editLook(c, values, true) : {}
    if (anew instanceof Response) return anew
    if (done.why === 'invalid') return form(c, values, { errors: done.errors, clashes: done.clashes ?? [] })
    return refusedForm(c, values, done)
  })
  .get('/:id/skip', async (c) => {
    const session = await asked(c)
    if (session.state === 'skipped') return there(c, 'again')
    return c.html(page(SkipPage(await skipView(c, session, {}))))
  })
  .post('/:id/skip', async (c) => {
    const { ctx } = c.var
    const values = await formValues(c)
    if (showsForm(c)) return c.html(page(SkipPage(await skipView(c, await asked(c), values))))
    const done = await skip(ctx, c.req.param('id'), values)
    c.var.deps.nudge()
    if (done.ok) return there(c, done.again ? 'again' : 'skipped')
    if (done.why !== 'invalid') return refusedForm(c, null, done)
    return c.html(page(SkipPage(await skipView(c, await asked(c), values, done.errors))), 422)
  })
  .post('/:id/open', async (c) => {
    const values = await formValues(c)
    const done = await unskip(c.var.ctx, c.req.param('id'), values)
    if (done.ok) return there(c, done.again ? 'again' : 'opened')
    if (done.why === 'clash') return opening(c, values)
    const session = await sessionById(c.var.ctx, c.req.param('id'))
    const others = done.why === 'busy' && session ? await busyIn(c.var.ctx, [holdingOf(session)]) : []
    return form(c, null, { refusal: done.why, others })
  })
  .post('/:id/undo', async (c) => {
    const done = await undo(c.var.ctx, c.req.param('id'))
    return done.ok ? there(c, 'undone') : form(c, null, { refusal: done.why })
  })
