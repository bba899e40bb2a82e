import { type Context, Hono } from 'hono'
import { IntakeDecidePage } from '../../../../templates/desk/intake/decide.tsx'
import { IntakeDonePage } from '../../../../templates/desk/intake/done.tsx'
import { IntakeLookPage } from '../../../../templates/desk/intake/look.tsx'
import type { ReadRefusal } from '../../../../templates/desk/intake/parts.tsx'
import { IntakeStartPage } from '../../../../templates/desk/intake/start.tsx'
import { choosable } from '../../../../templates/desk/view.ts'
import { page } from '../../../../templates/layout.tsx'
import { scheduleTexts } from '../../../../templates/text/schedule.ts'
import { requireDesk } from '../../../base/actor.ts'
import { fingerprint } from '../../../base/fingerprint.ts'
import type { Faults } from '../../../base/input.ts'
import { civilDate } from '../../../base/japan/civil.ts'
import { decideIntake } from '../../../intake/decide.ts'
import { dropIntake } from '../../../intake/drop.ts'
import { keepIntake } from '../../../intake/keep.ts'
import { countsOf, differing, intakeFields, lookAt } from '../../../intake/look.ts'
import { type Intake, intakeById, intakes, madeBy } from '../../../intake/queries.ts'
import { readSheets } from '../../../intake/read-sheets.ts'
import { takeIn } from '../../../intake/take-in.ts'
import { takeOut } from '../../../intake/take-out.ts'
import { allDesks } from '../../../people/queries.ts'
import { venuesToChoose } from '../../../planning/venues/queries.ts'
import { NotTaken } from '../../../sheets/take.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { requireKnown } from '../../filter.ts'
import { formFiles, formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView } from '../view.ts'

async function start(c: Context<Env>, values: Values = {}, refusal: ReadRefusal | null = null) {
  if (refusal) c.set('refused', refusal.why)
  const view = { ...deskView(c), values, refusal, drafts: await intakes(c.var.ctx) }
  return c.html(page(IntakeStartPage(view)), refusal ? 422 : 200)
}

/** The venues and desks that an account may choose. */
async function choices(c: Context<Env>) {
  const { ctx, pass } = c.var
  const codes = choosable(pass.account)
  const mayBe = (prefecture: string | null) => codes === null || (prefecture !== null && codes.includes(prefecture))
  return {
    venues: (await venuesToChoose(ctx)).filter(({ prefecture }) => mayBe(prefecture)),
    desks: (await allDesks(ctx)).filter(
      ({ kind, ended, prefectures }) => !ended && (kind !== 'local' || prefectures.some(mayBe)),
    ),
  }
}

async function decide(c: Context<Env>, intake: Intake, refusal: 'changed' | null = null) {
  const look = await lookAt(c.var.ctx, intake)
  const saved = refusal === null && c.req.query('done') === 'saved'
  if (refusal) c.set('refused', refusal)
  const view = { ...deskView(c), ...(await choices(c)), intake, look, counts: countsOf(look), saved, refusal }
  return c.html(page(IntakeDecidePage(view)), statusFor({ refusal }))
}

type LookAgainst = {
  values?: Values
  errors?: Faults
  refusal?: 'changed' | 'unclear' | 'nothing' | 'no_programme' | null
}

async function lookPage(
  c: Context<Env>,
  intake: Intake,
  { values = {}, errors = {}, refusal = null }: LookAgainst = {},
) {
  const found = await lookAt(c.var.ctx, intake)
  if (refusal) c.set('refused', refusal)
  const shown = await fingerprint(intakeFields(intake, found))
  const counts = countsOf(found)
  const seen = { look: found, differing: differing(found), counts, shown }
  const view = { ...deskView(c), ...(await choices(c)), intake, ...seen, values, errors, refusal }
  return c.html(page(IntakeLookPage(view)), statusFor({ refusal, errors }))
}

async function done(c: Context<Env>, intake: Intake, refusal: 'kept' | 'over' | 'changed' | null = null) {
  if (refusal) c.set('refused', refusal)
  const said = refusal === null && c.req.query('done') !== undefined
  const view = { ...deskView(c), intake, made: await madeBy(c.var.ctx, intake), done: said, refusal }
  return c.html(page(IntakeDonePage(view)), statusFor({ refusal }))
}

const asked = (c: Context<Env>) => {
  requireDesk(c.var.ctx.actor)
  return intakeById(c.var.ctx, c.req.param('id') ?? '')
}

/** `/desk/import`: reads a published schedule, lets a person decide about each row, and takes it in. */
export const intakeRoutes = new Hono<Env>()
  .get('/', (c) => {
    requireKnown(c)
    requireDesk(c.var.ctx.actor)
    return start(c)
  })
  .post('/', async (c) => {
    const { ctx } = c.var
    requireDesk(ctx.actor)
    const values = await formValues(c)
    if (showsForm(c)) return start(c, values)
    const [file] = await formFiles(c, 'file')
    const text = oneOf(values, 'text')
    const refused = (why: ReadRefusal['why']) => start(c, values, { why, field: file ? 'file' : 'text' })
    if (!file && text.trim() === '') return refused('empty')
    const bytes = file?.bytes ?? new TextEncoder().encode(text)
    const today = civilDate(ctx.clock.now())
    const { hiddenSheet } = scheduleTexts(ctx.locale).intake
    const reading = await readSheets(bytes, file?.name ?? '', today, hiddenSheet).catch((error: unknown) => {
      if (error instanceof NotTaken) return error.why
      throw error
    })
    if (typeof reading === 'string') return refused(reading)
    const kept = await keepIntake(ctx, reading, file?.name ?? '')
    return kept.ok ? seeOther(c, `/desk/import/${kept.id}`) : refused(kept.why)
  })
  .get('/:id', async (c) => {
    requireKnown(c, 'done')
    const intake = await asked(c)
    return intake.state === 'open' ? decide(c, intake) : done(c, intake)
  })
  .post('/:id', async (c) => {
    const { ctx } = c.var
    const intake = await asked(c)
    const values = await formValues(c)
    if (showsForm(c)) return intake.state === 'open' ? decide(c, intake) : done(c, intake)
    const decided = await decideIntake(ctx, intake.id, values)
    if (!decided.ok) {
      const now = await intakeById(ctx, intake.id)
      return decided.why === 'over' || now.state !== 'open' ? done(c, now, 'over') : decide(c, now, decided.why)
    }
    if (oneOf(values, 'step') !== 'look') return seeOther(c, `/desk/import/${intake.id}?done=saved`)
    const { open } = countsOf(await lookAt(ctx, await intakeById(ctx, intake.id)))
    return seeOther(c, open > 0 ? `/desk/import/${intake.id}?done=saved` : `/desk/import/${intake.id}/look`)
  })
  .get('/:id/look', async (c) => {
    requireKnown(c)
    const intake = await asked(c)
    return intake.state === 'open' ? lookPage(c, intake) : done(c, intake)
  })
  .post('/:id/look', async (c) => {
    const { ctx, deps } = c.var
    const intake = await asked(c)
    const values = await formValues(c)
    if (showsForm(c)) return lookPage(c, intake, { values })
    const taken = await takeIn(ctx, intake.id, values)
    deps.nudge()
    if (taken.ok) return seeOther(c, `/desk/import/${intake.id}?done=taken`)
    const now = await intakeById(ctx, intake.id)
    if (taken.why === 'invalid') return lookPage(c, now, { values, errors: taken.errors })
    return lookPage(c, now, { values, refusal: taken.why })
  })
  .post('/:id/undo', async (c) => {
    const { ctx, deps } = c.var
    const intake = await asked(c)
    const out = await takeOut(ctx, intake.id)
    deps.nudge()
    return out.ok ? seeOther(c, `/desk/import/${intake.id}?done=out`) : done(c, intake, out.why)
  })
  .post('/:id/drop', async (c) => {
    const intake = await asked(c)
    await dropIntake(c.var.ctx, intake.id)
    return seeOther(c, '/desk/import')
  })
