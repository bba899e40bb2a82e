import { type Context, Hono } from 'hono'
import { SenderPage } from '../../../../templates/desk/messages/sender.tsx'
import { page } from '../../../../templates/layout.tsx'
import { type Faults, faultsOf } from '../../../base/input.ts'
import { previewSender } from '../../../mail/preview.ts'
import { LetterSenderInput, letterSenderOf, SENDER_FIELDS } from '../../../messages/letter-sender.ts'
import { requireTextOwner, TEXT_SCOPES, type TextOwner } from '../../../messages/letter-text.ts'
import { dropLetterSender, saveLetterSender } from '../../../messages/save-letter-sender.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { requireKnown } from '../../filter.ts'
import { formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView, typedBeside } from '../view.ts'
import { ownerAsked, ownerIn } from './owner.ts'

type Against = { values?: Values; errors?: Faults; changed?: boolean; looks?: boolean }

async function shown(
  c: Context<Env>,
  owner: TextOwner,
  { values, errors = {}, changed = false, looks = false }: Against = {},
) {
  const { ctx } = c.var
  const owned = await requireTextOwner(ctx, owner)
  const row = await letterSenderOf(ctx, owner)
  const saved = Object.fromEntries(SENDER_FIELDS.map((name) => [name, row?.[name] ?? '']))
  const now = { ...saved, revision: String(row?.revision ?? -1) }
  const typed = values && changed ? typedBeside(c, values, now) : (values ?? now)
  const parsed = LetterSenderInput.safeParse(typed)
  const faults = looks && !parsed.success ? faultsOf(parsed.error) : errors
  if (changed) c.set('refused', 'changed')
  const view = {
    ...deskView(c),
    owner,
    owned,
    isSaved: row !== undefined,
    values: typed,
    errors: faults,
    changed,
    samples: looks && parsed.success ? await previewSender(ctx, owner, parsed.data) : null,
    done: c.req.query('done'),
  }
  return c.html(page(SenderPage(view)), statusFor({ refusal: changed, errors: faults }))
}

/** `/desk/texts/sender`: whom letters come from, where answers go, and how they are signed. */
export const senderRoutes = new Hono<Env>()
  .get('/', async (c) => {
    requireKnown(c, ...TEXT_SCOPES, 'done')
    return shown(c, await ownerAsked(c))
  })
  .post('/', async (c) => {
    const values = await formValues(c)
    const owner = ownerIn((name) => oneOf(values, name))
    if (showsForm(c)) return shown(c, owner, { values })
    if (oneOf(values, 'step') !== 'do') return shown(c, owner, { values, looks: true })
    const done = await saveLetterSender(c.var.ctx, owner, values)
    if (done.ok) return seeOther(c, `/desk/texts/sender?${owner.scope}=${owner.id}&done=saved`)
    if (done.why === 'invalid') return shown(c, owner, { values, errors: done.errors })
    return shown(c, owner, { values, changed: true })
  })
  .post('/standard', async (c) => {
    const values = await formValues(c)
    const owner = ownerIn((name) => oneOf(values, name))
    const done = await dropLetterSender(c.var.ctx, owner)
    if (done.ok) return seeOther(c, `/desk/texts/sender?${owner.scope}=${owner.id}&done=dropped`)
    return shown(c, owner, { changed: true })
  })
