import { Hono } from 'hono'
import { ProgrammePage } from '../../../templates/desk/programme.tsx'
import { page } from '../../../templates/layout.tsx'
import { copyProgramme, previewCopy } from '../../planning/copy-programme.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { deskView } from './view.ts'

/** `/desk/programme`: copies this year's series to the next year. For the secretariat. */
export const programmeRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx } = c.var
    const view = { ...deskView(c), ...(await previewCopy(ctx)), done: c.req.query('done') === 'copied' }
    return c.html(page(ProgrammePage(view)))
  })
  .post('/', async (c) => {
    await copyProgramme(c.var.ctx)
    c.var.deps.nudge()
    return seeOther(c, '/desk/programme?done=copied')
  })
