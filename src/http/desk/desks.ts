import { type Context, Hono } from 'hono'
import { EndDeskPage } from '../../../templates/desk/desks/end.tsx'
import { DeskFormPage, DeskPreviewPage } from '../../../templates/desk/desks/form.tsx'
import { DesksPage } from '../../../templates/desk/desks/list.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, requireDesk } from '../../base/actor.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import { newId } from '../../base/id.ts'
import type { Faults } from '../../base/input.ts'
import { NotFound } from '../../base/outcome.ts'
import { type Desk, deskOf } from '../../people/desk.ts'
import { allDesks } from '../../people/queries.ts'
import { endDesk } from '../../planning/desks/end-desk.ts'
import { mayKeep, mayOrder, requireKeeper } from '../../planning/desks/input.ts'
import { holdingFields, holdingOf, successorsOf } from '../../planning/desks/queries.ts'
import { reopenDesk } from '../../planning/desks/reopen-desk.ts'
import { previewDesk, saveDesk } from '../../planning/desks/save-desk.ts'
import type { Clash } from '../../schedule/clashes.ts'
import { deskById } from '../../schedule/place-queries.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { withMeant } from '../meant.ts'
import { deskView, typedBeside } from './view.ts'

type Against<Why> = { errors?: Faults; refusal?: Why | null }

function form(
  c: Context<Env>,
  desk: Desk | null,
  values: Values,
  { errors = {}, refusal = null }: Against<'changed' | 'used'> = {},
) {
  const view = { ...deskView(c), desk, values, errors, refusal, mayOrder: mayOrder(c.var.ctx.actor) }
  if (refusal) c.set('refused', refusal)
  return c.html(page(DeskFormPage(view)), statusFor({ refusal, errors }))
}

/** A desk as form values. */
function valuesOf(desk: Desk, { hours_en, revision }: { hours_en: string | null; revision: number }): Values {
  return {
    kind: desk.kind,
    name_ja: desk.name.ja,
    name_en: desk.name.en,
    prefectures: desk.prefectures,
    topics: desk.topics,
    phones: desk.phones.join('\n'),
    hours_ja: desk.hours?.ja ?? '',
    hours_en: hours_en ?? '',
    email: desk.email?.text ?? '',
    mailed: desk.email?.use === 'mail' ? 'true' : '',
    url: desk.url ?? '',
    address: desk.address ?? '',
    position: desk.position === null ? '' : String(desk.position),
    revision: String(revision),
  }
}

async function asked(c: Context<Env>) {
  const row = await deskById(c.var.ctx, c.req.param('id') ?? '')
  if (!row) throw new NotFound('desk')
  const desk = deskOf(row)
  requireKeeper(c.var.ctx.actor, desk)
  return { row, desk }
}

async function saved(c: Context<Env>, desk: Desk | null) {
  const { ctx } = c.var
  requireDesk(ctx.actor)
  const values = await formValues(c)
  const step = oneOf(values, 'step')
  if (showsForm(c) || step === 'edit') return form(c, desk, values)
  const slip = withMeant(values, desk?.email?.text)
  if (slip) return form(c, desk, slip)
  const given = { ...values, mailed: oneOf(values, 'mailed') === 'true' }
  const look = async (changed: boolean) => {
    const found = desk && (await previewDesk(ctx, desk.id, given))
    if (!found) return null
    if (changed) c.set('refused', 'changed')
    const view = { ...deskView(c), values, look: found, shown: await fingerprint(found.fields), changed }
    return c.html(page(DeskPreviewPage(view)), statusFor({ refusal: changed }))
  }
  const first = step === 'do' ? null : await look(false)
  if (first) return first
  const done = await saveDesk(ctx, desk?.id ?? null, given)
  if (done.ok) return seeOther(c, '/desk/desks?done=saved')
  if (desk && done.why === 'changed') {
    const now = await asked(c)
    const isSame = oneOf(values, 'revision') === String(now.row.revision)
    const anew = isSame ? await look(true) : null
    if (anew) return anew
    return form(c, now.desk, typedBeside(c, values, valuesOf(now.desk, now.row)), { refusal: 'changed' })
  }
  if (done.why === 'invalid') return form(c, desk, values, { errors: done.errors })
  // Sent once more, deliberately, it is another desk: the form gets another key.
  const again = done.why === 'used' ? { ...values, key: newId(ctx.clock.now()) } : values
  return form(c, desk, again, { refusal: done.why })
}

async function ending(
  c: Context<Env>,
  values: Values,
  { errors = {}, refusal = null, clashes = [] }: Against<'busy' | 'changed' | 'taken'> & { clashes?: Clash[] } = {},
) {
  const { ctx } = c.var
  const { desk } = await asked(c)
  const held = await holdingOf(ctx, desk.id)
  const successors = await successorsOf(ctx, desk.id, held)
  const shown = await fingerprint(holdingFields(desk, held))
  if (refusal) c.set('refused', refusal)
  const view = { ...deskView(c), desk, held, successors, values, errors, refusal, shown, clashes }
  return c.html(page(EndDeskPage(view)), statusFor({ refusal, errors }))
}

/** `/desk/desks`: the desks, which staff add, edit, end and reopen. */
export const deskOfficeRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx, pass } = c.var
    const desks = (await allDesks(ctx)).map((desk) => ({ ...desk, mayKeep: mayKeep(ctx.actor, desk) }))
    const mayAdd = canManage(ctx.actor, ...pass.account.prefectures)
    return c.html(page(DesksPage({ ...deskView(c), desks, mayAdd, done: c.req.query('done') })))
  })
  .get('/new', (c) => {
    requireDesk(c.var.ctx.actor)
    const { prefectures } = c.var.pass.account
    const key = newId(c.var.ctx.clock.now())
    const only = prefectures.length === 1 ? prefectures : []
    return form(c, null, { key, kind: 'local', prefectures: [...only], topics: ['general'], mailed: 'true' })
  })
  .post('/new', (c) => saved(c, null))
  .get('/:id', async (c) => {
    const { row, desk } = await asked(c)
    return form(c, desk, valuesOf(desk, row))
  })
  .post('/:id', async (c) => saved(c, (await asked(c)).desk))
  .get('/:id/end', (c) => ending(c, {}))
  .post('/:id/end', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return ending(c, values)
    await asked(c)
    const done = await endDesk(c.var.ctx, c.req.param('id'), values)
    c.var.deps.nudge()
    if (done.ok) return seeOther(c, '/desk/desks?done=ended')
    return ending(c, values, done.why === 'invalid' ? done : { refusal: done.why })
  })
  .post('/:id/reopen', async (c) => {
    const done = await reopenDesk(c.var.ctx, c.req.param('id'))
    return done.ok ? seeOther(c, '/desk/desks?done=reopened') : seeOther(c, '/desk/desks')
  })
