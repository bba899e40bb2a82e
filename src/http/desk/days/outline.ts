import { type Context, Hono } from 'hono'
import { OutlinePage } from '../../../../templates/desk/session/outline.tsx'
import { page } from '../../../../templates/layout.tsx'
import { requireDesk } from '../../../base/actor.ts'
import type { Faults } from '../../../base/input.ts'
import { NotFound } from '../../../base/outcome.ts'
import { OUTLINE_COLUMNS } from '../../../planning/outlines/outline.ts'
import { outlineRow } from '../../../planning/outlines/queries.ts'
import { saveOutline } from '../../../planning/outlines/save-outline.ts'
import { sessionById } from '../../../schedule/queries.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView, typedBeside } from '../view.ts'

type Against = { values?: Values; errors?: Faults; changed?: boolean }

async function form(c: Context<Env>, { values, errors = {}, changed = false }: Against = {}) {
  const { ctx } = c.var
  const session = await sessionById(ctx, c.req.param('id') ?? '')
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const row = await outlineRow(ctx, session.id)
  const saved: Values = {
    ...Object.fromEntries(OUTLINE_COLUMNS.map((column) => [column, row?.[column] ?? ''])),
    revision: String(row?.revision ?? 0),
  }
  if (changed) c.set('refused', 'changed')
  const shown = values && changed ? typedBeside(c, values, saved) : (values ?? saved)
  const status = statusFor({ refusal: changed ? 'changed' : null, errors })
  return c.html(page(OutlinePage({ ...deskView(c), session, values: shown, errors, changed })), status)
}

/** `/desk/sessions/:id/outline`: what a session is about, as its public page says it. */
export const outlineRoutes = new Hono<Env>()
  .get('/:id/outline', (c) => form(c))
  .post('/:id/outline', async (c) => {
    const id = c.req.param('id')
    const values = await formValues(c)
    if (showsForm(c)) return form(c, { values })
    const done = await saveOutline(c.var.ctx, id, values)
    if (done.ok) return seeOther(c, `/desk/sessions/${id}`)
    return done.why === 'changed' ? form(c, { values, changed: true }) : form(c, { values, errors: done.errors })
  })
