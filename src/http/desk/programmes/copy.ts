import { type Context, Hono } from 'hono'
import { ProgrammePage } from '../../../../templates/desk/programme.tsx'
import { page } from '../../../../templates/layout.tsx'
import { fingerprint } from '../../../base/fingerprint.ts'
import type { Faults } from '../../../base/input.ts'
import { copyFields, copyProgramme, previewCopy } from '../../../planning/copy-programme.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, type Values } from '../../forms.ts'
import { deskView } from '../view.ts'

type Against = { refusal?: 'changed' | null; errors?: Faults; values?: Values }

async function shownCopy(c: Context<Env>, { refusal = null, errors = {}, values = {} }: Against = {}) {
  const found = await previewCopy(c.var.ctx, values)
  if (refusal) c.set('refused', refusal)
  const shown = await fingerprint(copyFields(found))
  const view = { ...deskView(c), ...found, done: c.req.query('done'), shown, changed: refusal !== null, errors, values }
  return c.html(page(ProgrammePage(view)), statusFor({ refusal, errors }))
}

/** `/desk/programme`: copies this year's series to the next year. For the secretariat. */
export const programmeRoutes = new Hono<Env>()
  .get('/', (c) => shownCopy(c))
  .post('/', async (c) => {
    const values = await formValues(c)
    const done = await copyProgramme(c.var.ctx, values)
    c.var.deps.nudge()
    if (!done.ok)
      return shownCopy(c, done.why === 'invalid' ? { errors: done.errors, values } : { refusal: done.why, values })
    return seeOther(c, `/desk/programme?done=${done.again ? 'again' : 'copied'}`)
  })
