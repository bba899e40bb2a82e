import { type Context, Hono } from 'hono'
import { FilesPage, type Refusal } from '../../../../templates/desk/messages/files.tsx'
import { page } from '../../../../templates/layout.tsx'
import { NotFound } from '../../../base/outcome.ts'
import { previewConfirmation } from '../../../mail/preview.ts'
import { addLetterFile } from '../../../messages/add-letter-file.ts'
import { dropLetterFile } from '../../../messages/drop-letter-file.ts'
import { contentsOf, filesOf, ownerText, requireFile, requireFileOwner } from '../../../messages/letter-file.ts'
import { requireTextOwner, type TextOwner } from '../../../messages/letter-text.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { requireKnown } from '../../filter.ts'
import { formFiles, formValues, oneOf } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView } from '../view.ts'
import { htmlOf } from './letter-html.ts'
import { ownerAsked, ownerIn } from './owner.ts'

/** An owner that letters carry files for: a session has none of its own. */
type Owner = TextOwner & { scope: 'programme' | 'series' }

/** Throws `NotFound` for a session. */
function withFiles({ scope, id }: TextOwner): Owner {
  if (scope === 'session') throw new NotFound('files of a session')
  return { scope, id }
}

async function shown(c: Context<Env>, owner: Owner, refusal: Refusal | null = null) {
  const { ctx } = c.var
  const owned = await requireFileOwner(ctx, owner)
  if (refusal) c.set('refused', refusal.why)
  const files = await filesOf(ctx, ownerText(ctx, owner))
  const samples = c.req.query('sample') === '1' ? await previewConfirmation(ctx, owner) : null
  const view = { ...deskView(c), owner, owned, files, refusal, samples, done: c.req.query('done') }
  return c.html(page(FilesPage(view)), statusFor({ refusal }))
}

/** `/desk/texts/files`: the logo and the documents that letters carry. */
export const fileRoutes = new Hono<Env>()
  .get('/', async (c) => {
    requireKnown(c, 'programme', 'series', 'session', 'done', 'sample')
    return shown(c, withFiles(await ownerAsked(c)))
  })
  .post('/', async (c) => {
    const values = await formValues(c)
    const owner = withFiles(ownerIn((name) => oneOf(values, name)))
    if (showsForm(c)) return shown(c, owner)
    const purpose = oneOf(values, 'purpose') === 'logo' ? 'logo' : 'document'
    const [file = { name: '', bytes: new Uint8Array() }] = await formFiles(c, purpose)
    const done = await addLetterFile(c.var.ctx, owner, purpose, file)
    if (!done.ok) return shown(c, owner, { why: done.why, purpose })
    return seeOther(c, `/desk/texts/files?${owner.scope}=${owner.id}&done=added&sample=1`)
  })
  .post('/drop', async (c) => {
    const values = await formValues(c)
    const owner = withFiles(ownerIn((name) => oneOf(values, name)))
    const done = await dropLetterFile(c.var.ctx, owner, oneOf(values, 'file'))
    if (!done.ok) return shown(c, owner, { why: done.why, purpose: 'document' })
    return seeOther(c, `/desk/texts/files?${owner.scope}=${owner.id}&done=dropped`)
  })
  .get('/:id', async (c) => {
    const { ctx } = c.var
    const file = await requireFile(ctx, c.req.param('id'))
    const content = (await contentsOf(ctx, [file])).get(file.id) ?? ''
    const name = encodeURIComponent(file.name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
    const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0))
    // A document is never shown as a page of this site (RFC 6266, RFC 8187).
    return c.body(bytes, 200, {
      'Content-Type': file.type,
      'Content-Disposition': `${file.purpose === 'logo' ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    })
  })

/** `/desk/texts/sample`: a confirmation alone, as a mail program shows it. */
export const sampleRoutes = new Hono<Env>().get('/', async (c) => {
  requireKnown(c, 'programme', 'series', 'session')
  const owner = await ownerAsked(c)
  await requireTextOwner(c.var.ctx, owner)
  const samples = await previewConfirmation(c.var.ctx, owner)
  const letter = samples.find(({ headers }) => headers['Content-Language'] === c.var.frame.locale) ?? samples[0]
  if (!letter) throw new NotFound('booking')
  return c.html(await htmlOf(c.var.ctx, letter))
})
