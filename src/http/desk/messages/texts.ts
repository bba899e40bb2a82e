import { type Context, Hono } from 'hono'
import { TextsPage } from '../../../../templates/desk/messages/texts.tsx'
import { page } from '../../../../templates/layout.tsx'
import { type Faults, faultsOf } from '../../../base/input.ts'
import type { BookingLetterKind } from '../../../base/letters.ts'
import { previewText } from '../../../mail/preview.ts'
import {
  LetterTextInput,
  letterTextOf,
  requireTextOwner,
  TEXT_KINDS,
  TEXT_SCOPES,
  type TextOwner,
  textKindsOf,
} from '../../../messages/letter-text.ts'
import { dropLetterText, saveLetterText } from '../../../messages/save-letter-text.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { known, requireKnown } from '../../filter.ts'
import { formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView, typedBeside } from '../view.ts'
import { ownerAsked, ownerIn } from './owner.ts'

type Against = { values?: Values; errors?: Faults; changed?: boolean; looks?: boolean }

async function shown(
  c: Context<Env>,
  owner: TextOwner,
  kind: BookingLetterKind,
  { values, errors = {}, changed = false, looks = false }: Against = {},
) {
  const { ctx } = c.var
  const owned = await requireTextOwner(ctx, owner)
  const row = await letterTextOf(ctx, owner, kind)
  const { text_ja = '', text_en = '', revision = -1 } = row ?? {}
  const now = { text_ja, text_en, revision: String(revision) }
  const typed = values && changed ? typedBeside(c, values, now) : (values ?? now)
  const parsed = LetterTextInput.safeParse(typed)
  const faults = looks && !parsed.success ? faultsOf(parsed.error) : errors
  if (changed) c.set('refused', 'changed')
  const view = {
    ...deskView(c),
    owner,
    owned,
    kind,
    kinds: TEXT_KINDS,
    written: await textKindsOf(ctx, owner),
    values: typed,
    errors: faults,
    changed,
    samples: looks && parsed.success ? await previewText(ctx, owner, kind, parsed.data) : null,
    done: c.req.query('done'),
  }
  return c.html(page(TextsPage(view)), statusFor({ refusal: changed, errors: faults }))
}

/** `/desk/texts`: what a desk adds to its letters. */
export const textRoutes = new Hono<Env>()
  .get('/', async (c) => {
    requireKnown(c, ...TEXT_SCOPES, 'kind', 'done')
    const kind = known(TEXT_KINDS, c.req.query('kind')) ?? 'booked'
    return shown(c, await ownerAsked(c), kind)
  })
  .post('/', async (c) => {
    const values = await formValues(c)
    const owner = ownerIn((name) => oneOf(values, name))
    const kind = known(TEXT_KINDS, oneOf(values, 'kind')) ?? 'booked'
    if (showsForm(c)) return shown(c, owner, kind, { values })
    if (oneOf(values, 'step') !== 'do') return shown(c, owner, kind, { values, looks: true })
    const done = await saveLetterText(c.var.ctx, owner, kind, values)
    if (done.ok) return seeOther(c, `/desk/texts?${owner.scope}=${owner.id}&kind=${kind}&done=saved`)
    if (done.why === 'invalid') return shown(c, owner, kind, { values, errors: done.errors })
    return shown(c, owner, kind, { values, changed: true })
  })
  .post('/standard', async (c) => {
    const values = await formValues(c)
    const owner = ownerIn((name) => oneOf(values, name))
    const kind = known(TEXT_KINDS, oneOf(values, 'kind')) ?? 'booked'
    const done = await dropLetterText(c.var.ctx, owner, kind)
    if (done.ok) return seeOther(c, `/desk/texts?${owner.scope}=${owner.id}&kind=${kind}&done=dropped`)
    return shown(c, owner, kind, { changed: true })
  })
