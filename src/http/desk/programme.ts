import { type Context, Hono } from 'hono'
import { ProgrammePage } from '../../../templates/desk/programme.tsx'
import { page } from '../../../templates/layout.tsx'
import { fingerprint, shownIn } from '../../base/fingerprint.ts'
import { copyFields, copyProgramme, previewCopy } from '../../planning/copy-programme.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues } from '../forms.ts'
import { deskView } from './view.ts'

async function shownCopy(c: Context<Env>, refusal: 'changed' | null = null) {
  const found = await previewCopy(c.var.ctx)
  if (refusal) c.set('refused', refusal)
  const shown = await fingerprint(copyFields(found.year, found.copies))
  const view = { ...deskView(c), ...found, done: c.req.query('done'), shown, changed: refusal !== null }
  return c.html(page(ProgrammePage(view)), statusFor({ refusal }))
}

/** `/desk/programme`: copies this year's series to the next year. For the secretariat. */
export const programmeRoutes = new Hono<Env>()
  .get('/', (c) => shownCopy(c))
  .post('/', async (c) => {
    const done = await copyProgramme(c.var.ctx, shownIn(await formValues(c)))
    c.var.deps.nudge()
    if (!done.ok) return shownCopy(c, done.why)
    return seeOther(c, `/desk/programme?done=${done.again ? 'again' : 'copied'}`)
  })
