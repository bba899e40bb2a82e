import { type Context, Hono } from 'hono'
import { VenueFormPage, VenuesPage } from '../../../templates/desk/venues.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, requireDesk } from '../../base/actor.ts'
import { newId } from '../../base/id.ts'
import type { Faults } from '../../base/input.ts'
import { NotFound } from '../../base/outcome.ts'
import { saveVenue } from '../../planning/save-venue.ts'
import { venueById, venues } from '../../schedule/place-queries.ts'
import type { VenueRow } from '../../store/schema.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { deskView } from './view.ts'

type Against = { errors?: Faults; refusal?: 'changed' | 'used' | null }

function venueForm(
  c: Context<Env>,
  venue: VenueRow | null,
  values: Values,
  { errors = {}, refusal = null }: Against = {},
) {
  const view = { ...deskView(c), venue, values, errors, refusal }
  if (refusal) c.set('refused', refusal)
  return c.html(page(VenueFormPage(view)), statusFor({ refusal, errors }))
}

function venueValues({ prefecture, name_ja, name_en, address, area_only }: VenueRow): Values {
  return { prefecture, name_ja, name_en, address: address ?? '', area_only: area_only === 1 ? 'true' : '' }
}

async function askedVenue(c: Context<Env>): Promise<VenueRow> {
  const venue = await venueById(c.var.ctx, c.req.param('id') ?? '')
  if (!venue) throw new NotFound('venue')
  requireDesk(c.var.ctx.actor, venue.prefecture)
  return venue
}

async function saved(c: Context<Env>, venue: VenueRow | null) {
  requireDesk(c.var.ctx.actor)
  const values = await formValues(c)
  if (showsForm(c)) return venueForm(c, venue, values)
  const given = { ...values, area_only: oneOf(values, 'area_only') === 'true' }
  const done = await saveVenue(c.var.ctx, venue?.id ?? null, given)
  if (done.ok) return seeOther(c, '/desk/venues?done=saved')
  if (done.why === 'invalid') return venueForm(c, venue, values, { errors: done.errors })
  // Sent once more, deliberately, it is another venue: the form gets another key.
  const again = done.why === 'used' ? { ...values, key: newId(c.var.ctx.clock.now()) } : values
  return venueForm(c, venue, again, { refusal: done.why })
}

/** `/desk/venues`: the venues of sessions. */
export const venueRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx, pass } = c.var
    const view = { ...deskView(c), venues: await venues(ctx), done: c.req.query('done') === 'saved' }
    return c.html(page(VenuesPage({ ...view, mayPlan: canManage(ctx.actor, ...pass.account.prefectures) })))
  })
  .get('/new', (c) => {
    requireDesk(c.var.ctx.actor)
    const key = newId(c.var.ctx.clock.now())
    return venueForm(c, null, { key, prefecture: c.var.pass.account.prefectures[0] ?? '' })
  })
  .post('/new', (c) => saved(c, null))
  .get('/:id', async (c) => {
    const venue = await askedVenue(c)
    return venueForm(c, venue, venueValues(venue))
  })
  .post('/:id', async (c) => saved(c, await askedVenue(c)))
