import { type Context, Hono } from 'hono'
import { HouseLookPage, HousePage } from '../../../../templates/desk/house/house.tsx'
import { SetupPage } from '../../../../templates/desk/house/setup.tsx'
import { page } from '../../../../templates/layout.tsx'
import { requireSecretariat } from '../../../base/actor.ts'
import type { Faults } from '../../../base/input.ts'
import { houseRow, lastTrial, readSetup, trialBookings } from '../../../house/queries.ts'
import { previewHouse, saveHouse } from '../../../house/save-house.ts'
import { tryLetter } from '../../../house/try-letter.ts'
import { beginTrial } from '../../../retention/trial/begin-trial.ts'
import { endTrial } from '../../../retention/trial/end-trial.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { requireKnown } from '../../filter.ts'
import { formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { withMeant } from '../../meant.ts'
import { deskView, typedBeside } from '../view.ts'

type Against = { errors?: Faults; refusal?: 'changed' | null }

function form(c: Context<Env>, values: Values, { errors = {}, refusal = null }: Against = {}) {
  return c.html(page(HousePage({ ...deskView(c), values, errors, refusal })), statusFor({ refusal, errors }))
}

/** The page before the house is saved, with each word that changes. Null if none does, or if the act refuses it. */
async function look(c: Context<Env>, values: Values) {
  const found = await previewHouse(c.var.ctx, values)
  if (!found.ok || found.changed.length === 0) return null
  return c.html(page(HouseLookPage({ ...deskView(c), values, ...found })))
}

async function savedValues(c: Context<Env>): Promise<Values> {
  requireSecretariat(c.var.ctx.actor)
  const { id: _, revision = 0, updated_at: __, ...words } = (await houseRow(c.var.ctx)) ?? {}
  return { ...words, revision: String(revision) }
}

/** `/desk/setup`: the steps from an empty house to the first booking, and who runs it. For the secretariat. */
export const setupRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx } = c.var
    requireKnown(c, 'done')
    const view = {
      ...deskView(c),
      setup: await readSetup(ctx),
      trial: (await lastTrial(ctx)) ?? null,
      tried: await trialBookings(ctx),
      from: ctx.config.mailFrom,
      sends: ctx.config.smtpUrl !== null,
      done: c.req.query('done'),
    }
    return c.html(page(SetupPage(view)))
  })
  .post('/trial', async (c) => {
    await tryLetter(c.var.ctx)
    c.var.deps.nudge()
    return seeOther(c, '/desk/setup?done=trial#mail')
  })
  .post('/booking', async (c) => {
    const done = await beginTrial(c.var.ctx)
    return seeOther(c, `/desk/setup?done=${done.ok ? 'begun' : done.why}#booking`)
  })
  .post('/booking/end', async (c) => {
    const done = await endTrial(c.var.ctx)
    return seeOther(c, `/desk/setup?done=${done.ok ? 'gone' : done.why}#booking`)
  })
  .get('/house', async (c) => form(c, await savedValues(c)))
  .post('/house', async (c) => {
    const values = await formValues(c)
    const now = await savedValues(c)
    const slip = withMeant(values)
    const step = oneOf(values, 'step')
    if (showsForm(c) || slip || step === 'edit') return form(c, slip ?? values)
    const first = step === 'do' ? null : await look(c, values)
    if (first) return first
    const done = await saveHouse(c.var.ctx, values)
    if (done.ok) return seeOther(c, '/desk/setup?done=house')
    if (done.why === 'changed') return form(c, typedBeside(c, values, now), { refusal: done.why })
    return form(c, values, { errors: done.errors })
  })
