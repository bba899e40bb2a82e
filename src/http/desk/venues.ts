import { type Context, Hono } from 'hono'
import { RetireVenuePage } from '../../../templates/desk/venues/retire.tsx'
import { VenueFormPage, VenuePreviewPage, VenuesPage } from '../../../templates/desk/venues.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, requireDesk } from '../../base/actor.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import { newId } from '../../base/id.ts'
import type { Faults } from '../../base/input.ts'
import { NotFound } from '../../base/outcome.ts'
import { SCOPES } from '../../changes/queries.ts'
import { previewVenue, saveVenue, type VenueSaved } from '../../changes/save-venue.ts'
import { callsToMake } from '../../mail/call.ts'
import { asRelocated, preview } from '../../mail/preview.ts'
import { venueUseFields } from '../../planning/venues/queries.ts'
import { reopenVenue } from '../../planning/venues/reopen-venue.ts'
import { previewRetirement, retireVenue } from '../../planning/venues/retire-venue.ts'
import { venueById, venues } from '../../schedule/place-queries.ts'
import { reasonOf } from '../../schedule/reason.ts'
import { shownVenue } from '../../schedule/venue.ts'
import type { VenueRow } from '../../store/schema.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { deskView, foreignChoice, typedBeside } from './view.ts'

type Against = { errors?: Faults; refusal?: 'changed' | 'used' | 'same' | null }

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

/** The texts of a venue, by column. */
const TEXTS = [
  'prefecture',
  'name_ja',
  'name_en',
  'address',
  'room_ja',
  'room_en',
  'access_ja',
  'access_en',
  'parking_ja',
  'parking_en',
  'map_url',
] as const

function venueValues(venue: VenueRow): Values {
  const { area_only, step_free, revision } = venue
  return {
    ...Object.fromEntries(TEXTS.map((name) => [name, venue[name] ?? ''])),
    area_only: area_only === 1 ? 'true' : '',
    step_free: step_free === null ? '' : step_free === 1 ? 'yes' : 'no',
    revision: String(revision),
  }
}

async function askedVenue(c: Context<Env>): Promise<VenueRow> {
  const venue = await venueById(c.var.ctx, c.req.param('id') ?? '')
  if (!venue) throw new NotFound('venue')
  requireDesk(c.var.ctx.actor, venue.prefecture)
  return venue
}

/** The people whom a change of place concerns, their letter, and the fingerprint of both. Null if it corrects a slip. */
async function ahead(c: Context<Env>, venue: VenueRow | null, given: unknown) {
  const { ctx } = c.var
  const change = venue && (await previewVenue(ctx, venue.id, given))
  if (!change) return null
  const places = [shownVenue(venue), shownVenue(change.venue)] as const
  const moved = asRelocated(places[1], reasonOf(change.reason))
  const found = await preview(ctx, 'relocated', change.sessions, moved, SCOPES.venue, change.parties)
  return { preview: found, places, clashes: change.clashes, shown: await fingerprint(change.fields) }
}

/** Whether a page comes before a place changes: with people, sessions at the same time, or what changed since. */
function concernsAnybody(
  { preview: { parties }, clashes }: NonNullable<Awaited<ReturnType<typeof ahead>>>,
  changed: boolean,
): boolean {
  return changed || parties.length + clashes.length > 0
}

/** The page after a refusal: what is ahead as it is now, or the form. */
async function notSaved(
  c: Context<Env>,
  venue: VenueRow | null,
  values: Values,
  done: Exclude<VenueSaved, { ok: true }>,
  look: (changed: boolean, unreasoned?: Faults) => Promise<Response | object>,
) {
  const { ctx } = c.var
  if (done.why === 'invalid') {
    const again = 'beside' in done.errors && (await look(false, done.errors))
    return again instanceof Response ? again : venueForm(c, venue, values, { errors: done.errors })
  }
  const known = venue && (await venueById(ctx, venue.id))
  if (done.why === 'changed' && known && oneOf(values, 'revision') === String(known.revision)) {
    const again = await look(true)
    if (again instanceof Response) return again
  }
  // Sent once more, deliberately, it is another venue: the form gets another key.
  const again = done.why === 'used' ? { ...values, key: newId(ctx.clock.now()) } : values
  const kept = done.why === 'changed' && known ? typedBeside(c, again, venueValues(known)) : again
  return venueForm(c, known ?? venue, kept, { refusal: done.why })
}

async function saved(c: Context<Env>, venue: VenueRow | null) {
  requireDesk(c.var.ctx.actor)
  const { ctx, deps } = c.var
  const values = await formValues(c)
  if (showsForm(c) || oneOf(values, 'step') === 'edit') return venueForm(c, venue, values)
  const ticked = (name: string) => oneOf(values, name) === 'true'
  const given = { ...values, area_only: ticked('area_only'), moves: ticked('moves') }
  if (venue) requireDesk(ctx.actor, venue.prefecture)
  const errors = foreignChoice(c, 'prefecture', values.prefecture)
  if (errors) return venueForm(c, venue, values, { errors })
  const look = async (changed: boolean, unreasoned: Faults = {}) => {
    const found = await ahead(c, venue, given)
    if (!venue || !found || !concernsAnybody(found, changed)) return { shown: found?.shown }
    if (changed) c.set('refused', 'changed')
    const view = { ...deskView(c), venue, values, ...found, changed, errors: unreasoned }
    return c.html(page(VenuePreviewPage(view)), statusFor({ refusal: changed, errors: unreasoned }))
  }
  const first = oneOf(values, 'step') === 'do' ? {} : await look(false)
  if (first instanceof Response) return first
  const reached = venue ? ((await previewVenue(ctx, venue.id, given))?.sessions ?? []) : []
  // Without bookings, the place changes at once: then nobody may have booked until the commit.
  const done = await saveVenue(ctx, venue?.id ?? null, { ...given, ...first })
  deps.nudge()
  if (done.ok) {
    const calls = done.calls > 0 ? await callsToMake(ctx) : []
    return seeOther(
      c,
      `/desk/venues?done=${calls.some((one) => reached.includes(one.session)) ? 'saved-calls' : 'saved'}`,
    )
  }
  return notSaved(c, venue, values, done, look)
}

/** What takes place at a venue, before it is retired. */
async function retiring(c: Context<Env>, changed: boolean) {
  const { venue, use } = await previewRetirement(c.var.ctx, c.req.param('id') ?? '')
  if (changed) c.set('refused', 'changed')
  const shown = await fingerprint(venueUseFields(venue, use))
  return c.html(page(RetireVenuePage({ ...deskView(c), venue, use, changed, shown })), statusFor({ refusal: changed }))
}

/** `/desk/venues`: the venues of sessions. */
export const venueRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx, pass } = c.var
    const view = { ...deskView(c), venues: await venues(ctx), done: c.req.query('done') }
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
  .get('/:id/retire', (c) => retiring(c, false))
  .post('/:id/retire', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return retiring(c, false)
    const done = await retireVenue(c.var.ctx, c.req.param('id'), values)
    return done.ok ? seeOther(c, '/desk/venues?done=retired') : retiring(c, true)
  })
  .post('/:id/reopen', async (c) => {
    const done = await reopenVenue(c.var.ctx, c.req.param('id'))
    return seeOther(c, done.ok ? '/desk/venues?done=reopened' : '/desk/venues')
  })
