import { type Context, Hono } from 'hono'
import { ClosuresPage } from '../../../templates/desk/closures.tsx'
import { ProgrammePage } from '../../../templates/desk/programme.tsx'
import { SuspensionPreviewPage, SuspensionsPage } from '../../../templates/desk/suspensions.tsx'
import { VenueFormPage, VenuesPage } from '../../../templates/desk/venues.tsx'
import { page } from '../../../templates/layout.tsx'
import { onlyDesk, onlyReader, reach, tends } from '../../base/actor.ts'
import { newId } from '../../base/id.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { NotFound } from '../../base/outcome.ts'
import { asConverted, preview } from '../../mail/preview.ts'
import { closeDay } from '../../schedule/close-day.ts'
import { copyProgramme, rehearseCopy } from '../../schedule/copy-programme.ts'
import { lift } from '../../schedule/lift.ts'
import {
  closures,
  type Planned,
  suspendedSessions,
  suspensionsFrom,
  venueById,
  venues,
} from '../../schedule/queries.ts'
import { saveVenue } from '../../schedule/save-venue.ts'
import { suspend } from '../../schedule/suspend.ts'
import { IN_PERSON, SuspensionInput } from '../../schedule/suspension.ts'
import type { VenueRow } from '../../store/schema.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'

/** How far ahead closures are listed, in days. */
const AHEAD = 400

const to = (c: Context<Env>, path: string) => c.redirect(`${c.var.ctx.config.publicUrl}${path}`, 303)
const status = (errors: Faults) => (Object.keys(errors).length > 0 ? 422 : 200)

function venueForm(c: Context<Env>, venue: VenueRow | null, values: Values, errors: Faults = {}, changed = false) {
  const { frame, pass } = c.var
  const view = { frame, staff: pass.account, venue, values, errors, changed }
  return c.html(page(VenueFormPage(view)), changed ? 409 : status(errors))
}

function venueValues({ prefecture, name_ja, name_en, address, area_only }: VenueRow): Values {
  return { prefecture, name_ja, name_en, address: address ?? '', area_only: area_only === 1 ? 'true' : '' }
}

async function askedVenue(c: Context<Env>): Promise<VenueRow> {
  const venue = await venueById(c.var.ctx, c.req.param('id') ?? '')
  if (!venue) throw new NotFound('venue')
  onlyReader(c.var.ctx.actor, venue.prefecture)
  return venue
}

async function saved(c: Context<Env>, venue: VenueRow | null) {
  const values = await formValues(c)
  const given = { ...values, area_only: oneOf(values, 'area_only') === 'true' }
  const done = await saveVenue(c.var.ctx, venue?.id ?? null, given)
  if (done.ok) return to(c, '/desk/venues?done=saved')
  return done.why === 'invalid' ? venueForm(c, venue, values, done.errors) : venueForm(c, venue, values, {}, true)
}

/** `/desk/venues`: where sessions are held. */
export const venueDoors = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx, frame, pass } = c.var
    const view = { frame, staff: pass.account, venues: await venues(ctx), done: c.req.query('done') === 'saved' }
    return c.html(page(VenuesPage({ ...view, mayPlan: tends(ctx.actor, ...pass.account.prefectures) })))
  })
  .get('/new', (c) => {
    onlyDesk(c.var.ctx.actor)
    const key = newId(c.var.ctx.clock.now())
    return venueForm(c, null, { key, prefecture: c.var.pass.account.prefectures[0] ?? '' })
  })
  .post('/new', (c) => saved(c, null))
  .get('/:id', async (c) => {
    const venue = await askedVenue(c)
    return venueForm(c, venue, venueValues(venue))
  })
  .post('/:id', async (c) => saved(c, await askedVenue(c)))

type ClosureTold = { values?: Values; errors?: Faults; followed?: number | null; left?: Planned[] }

async function closurePage(c: Context<Env>, told: ClosureTold = {}) {
  const { ctx, frame, pass } = c.var
  const { values = {}, errors = {}, followed = null, left = [] } = told
  const today = civilDate(ctx.clock.now())
  const codes = reach(ctx.actor)
  const rows = [...(await closures(ctx, today, addDays(today, AHEAD))).values()].flat()
  const own = rows.filter(({ scope }) => scope === 'all' || codes === null || codes.includes(scope))
  const view = { frame, staff: pass.account, closures: own.toSorted((a, b) => (a.date < b.date ? -1 : 1)) }
  const mayPlan = tends(ctx.actor, ...pass.account.prefectures)
  return c.html(page(ClosuresPage({ ...view, values, errors, followed, left, mayPlan })), status(errors))
}

/** `/desk/closures`: the days on which a desk is shut. */
export const closureDoors = new Hono<Env>()
  .get('/', (c) => closurePage(c))
  .post('/', async (c) => {
    const values = await formValues(c)
    const done = await closeDay(c.var.ctx, values)
    return done.ok
      ? closurePage(c, { followed: done.followed, left: done.left })
      : closurePage(c, { values, errors: done.errors })
  })

function suspensionOf(values: Values) {
  const { prefectures = [] } = values
  return { ...values, prefectures: [prefectures].flat().filter((code) => code !== '') }
}

async function suspensionPage(c: Context<Env>, values: Values = {}, errors: Faults = {}) {
  const { ctx, frame, pass } = c.var
  const found = await suspensionsFrom(ctx, civilDate(ctx.clock.now()))
  const keyed = { key: newId(ctx.clock.now()), ...values }
  const view = { frame, staff: pass.account, suspensions: found, values: keyed, errors, done: c.req.query('done') }
  const liftable = found.filter((one) => tends(ctx.actor, ...one.prefectures.split(','))).map((one) => one.id)
  const mayPlan = tends(ctx.actor, ...pass.account.prefectures)
  return c.html(page(SuspensionsPage({ ...view, liftable, mayPlan })), status(errors))
}

/** `/desk/suspensions`: nothing in person in some prefectures and a period, after a look at who is concerned. */
export const suspensionDoors = new Hono<Env>()
  .get('/', (c) => suspensionPage(c))
  .post('/', async (c) => {
    const { ctx, deps, frame, pass } = c.var
    const values = await formValues(c)
    const given = suspensionOf(values)
    onlyDesk(ctx.actor, ...given.prefectures)
    if (oneOf(values, 'step') === 'edit') return suspensionPage(c, values)
    const parsed = SuspensionInput.safeParse(given)
    if (!parsed.success) return suspensionPage(c, values, faultsOf(parsed.error))
    if (oneOf(values, 'step') === 'do') {
      const done = await suspend(ctx, given)
      deps.nudge()
      return done.ok ? to(c, '/desk/suspensions?done=ordered') : suspensionPage(c, values, done.errors)
    }
    const { prefectures, starts_on, ends_on, into, reason_ja, reason_en } = parsed.data
    const range = { prefectures: prefectures.join(','), starts_on, ends_on }
    const ids = await suspendedSessions(ctx, range, civilDate(ctx.clock.now()))
    const look = await preview(
      ctx,
      'converted',
      ids,
      asConverted(into, { ja: reason_ja, en: reason_en ?? reason_ja }),
      IN_PERSON,
    )
    const view = { frame, staff: pass.account, values, sessions: ids.length, preview: look }
    return c.html(page(SuspensionPreviewPage(view)))
  })
  .post('/:id/lift', async (c) => {
    await lift(c.var.ctx, c.req.param('id'))
    c.var.deps.nudge()
    return to(c, '/desk/suspensions?done=lifted')
  })

/** `/desk/programme`: this year's series into the next year. For the secretariat. */
export const programmeDoors = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx, frame, pass } = c.var
    const view = { frame, staff: pass.account, ...(await rehearseCopy(ctx)), done: c.req.query('done') === 'copied' }
    return c.html(page(ProgrammePage(view)))
  })
  .post('/', async (c) => {
    await copyProgramme(c.var.ctx)
    c.var.deps.nudge()
    return to(c, '/desk/programme?done=copied')
  })
