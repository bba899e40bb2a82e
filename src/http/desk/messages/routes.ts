import { type Context, Hono } from 'hono'
import {
  MessageFormPage,
  MessageLookPage,
  MessagePage,
  MessagesPage,
} from '../../../../templates/desk/messages/page.tsx'
import { many } from '../../../../templates/fields.tsx'
import { page } from '../../../../templates/layout.tsx'
import { fingerprint } from '../../../base/fingerprint.ts'
import { newId } from '../../../base/id.ts'
import { type Faults, faultsOf, searchable } from '../../../base/input.ts'
import { previewMessage } from '../../../mail/preview.ts'
import { addLetterFile, type FileRefusal } from '../../../messages/add-letter-file.ts'
import { dropLetterFile } from '../../../messages/drop-letter-file.ts'
import { type LeftOut, leftOut } from '../../../messages/left-out.ts'
import { documentsOf, filesOf } from '../../../messages/letter-file.ts'
import { MessageInput, type Target } from '../../../messages/message.ts'
import { messages, progressOf, requireMessage } from '../../../messages/queries.ts'
import { messageFields, receiversOf, refusing, requireTarget } from '../../../messages/receivers.ts'
import { sendMessage } from '../../../messages/send-message.ts'
import { sessionsTold, targetsOf } from '../../../messages/targets.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { requireKnown } from '../../filter.ts'
import { formFiles, formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { openSearch } from '../../search.ts'
import { filterOf } from '../ledger.ts'
import { deskView } from '../view.ts'

/** Seconds between two looks of the page of a message at how far it is. */
const EVERY = 3

/** Whom the fields of a form are about. Null if its search text can no longer be opened: nobody may be added to it. */
async function targetOf(c: Context<Env>, values: Values): Promise<Target | null> {
  for (const kind of ['slot', 'session', 'series'] as const) {
    const id = searchable(oneOf(values, kind))
    if (id !== '') return { kind, id }
  }
  if (values.ids !== undefined) return { kind: 'ledger', ids: many(values, 'ids') }
  const sealed = oneOf(values, 's')
  const text = sealed === '' ? '' : await openSearch(c.var.ctx, sealed)
  if (text === null) return null
  return { kind: 'ledger', filter: filterOf(c, (name) => (name === 'text' ? text : oneOf(values, name))).filter }
}

type Against = { errors?: Faults; refusal?: string | null; left?: LeftOut[]; file?: FileRefusal | null }

async function form(
  c: Context<Env>,
  target: Target,
  values: Values,
  { errors = {}, refusal = null, left = [], file = null }: Against = {},
) {
  const { ctx } = c.var
  const targeted = await requireTarget(ctx, target)
  const made = () => newId(ctx.clock.now())
  const keyed = { ...values, key: oneOf(values, 'key') || made(), files: oneOf(values, 'files') || made() }
  if (refusal ?? file) c.set('refused', refusal ?? file ?? '')
  const documents = await documentsOf(ctx, keyed.files)
  const view = { ...deskView(c), targeted, values: keyed, errors, refusal, left, documents }
  const fileRefusal = file && { why: file, purpose: 'document' as const }
  return c.html(page(MessageFormPage({ ...view, fileRefusal })), statusFor({ refusal: refusal ?? file, errors }))
}

/** Keeps the files that a form brings, and removes the one whose button was pressed. Returns why one was not taken, or null. */
async function keepFiles(c: Context<Env>, target: Target, values: Values, drop: string): Promise<FileRefusal | null> {
  const { ctx } = c.var
  await requireTarget(ctx, target)
  const owner = { scope: 'message' as const, id: oneOf(values, 'files') }
  if (drop !== '') {
    const dropped = await dropLetterFile(ctx, owner, drop)
    if (!dropped.ok) return dropped.why
  }
  for (const file of await formFiles(c, 'document')) {
    const added = await addLetterFile(ctx, owner, 'document', file)
    if (!added.ok) return added.why
  }
  return null
}

/** Shows who gets a message now, and what it says. */
async function look(c: Context<Env>, target: Target, values: Values, refusal: 'changed' | 'used' | null = null) {
  const { ctx } = c.var
  const targeted = await requireTarget(ctx, target)
  const parsed = MessageInput.safeParse(values)
  if (!parsed.success) return form(c, target, values, { errors: faultsOf(parsed.error) })
  const people = await receiversOf(ctx, target, parsed.data)
  const documents = await documentsOf(ctx, parsed.data.files)
  const left = await leftOut(ctx, target, people)
  if (people.length === 0) return form(c, target, values, { refusal: 'nobody', left })
  // Sent once more, deliberately, it is another message.
  const keyed = refusal === 'used' ? { ...values, key: newId(ctx.clock.now()) } : values
  if (refusal) c.set('refused', refusal)
  const view = {
    ...deskView(c),
    targeted,
    values: keyed,
    people,
    left,
    refusing: await refusing(ctx, target, parsed.data),
    preview: await previewMessage(ctx, parsed.data, people, documents),
    refusal,
    shown: await fingerprint(messageFields(parsed.data, people, documents)),
  }
  return c.html(page(MessageLookPage(view)), statusFor({ refusal }))
}

/** `/desk/messages`: messages to many people, and how far each is. */
export const messageRoutes = new Hono<Env>()
  .get('/', async (c) => {
    requireKnown(c)
    const { ctx } = c.var
    const found = await messages(ctx)
    return c.html(page(MessagesPage({ ...deskView(c), messages: found, targets: await targetsOf(ctx, found) })))
  })
  .get('/new', async (c) => {
    requireKnown(c, 'session', 'slot', 'series')
    const values = c.req.query()
    const target = await targetOf(c, values)
    if (target?.kind === 'ledger' || target === null) return seeOther(c, '/desk/bookings')
    return form(c, target, values)
  })
  .post('/new', async (c) => {
    const { ctx, deps } = c.var
    const { drop: dropped, ...values } = await formValues(c)
    const target = await targetOf(c, values)
    if (target === null) return seeOther(c, '/desk/bookings')
    // From the lines that are ticked in the ledger: none is nobody, never everybody.
    if (oneOf(values, 'act') === 'message') {
      return target.kind === 'ledger' && 'ids' in target ? form(c, target, values) : seeOther(c, '/desk/bookings')
    }
    const step = oneOf(values, 'step')
    if (showsForm(c)) return form(c, target, values)
    const drop = [dropped].flat()[0] ?? ''
    const file = await keepFiles(c, target, values, drop)
    if (step === 'edit' || drop !== '' || file !== null) return form(c, target, values, { file })
    if (step !== 'do') return look(c, target, values)
    const done = await sendMessage(ctx, target, values)
    deps.nudge()
    if (done.ok) return seeOther(c, `/desk/messages/${done.message}?done=sent`)
    if (done.why === 'invalid') return form(c, target, values, { errors: done.errors })
    return done.why === 'nobody' ? form(c, target, values, { refusal: done.why }) : look(c, target, values, done.why)
  })
  .get('/:id', async (c) => {
    requireKnown(c, 'done', 'still', 'reload')
    const { ctx } = c.var
    const message = await requireMessage(ctx, c.req.param('id'))
    const progress = await progressOf(ctx, message.id)
    const moves = progress.letters.waiting > 0
    const reloads = moves && c.req.query('still') !== '1'
    if (reloads) c.header('Refresh', `${EVERY}; url=/desk/messages/${message.id}?reload=1`)
    const targets =
      message.target === 'ledger'
        ? await sessionsTold(ctx, message.id)
        : [...(await targetsOf(ctx, [message])).values()]
    const files = message.files === null ? [] : await filesOf(ctx, message.files)
    const view = {
      ...deskView(c),
      message,
      targets,
      files,
      progress,
      reloads: moves ? reloads : null,
      done: c.req.query('done'),
    }
    return c.html(page(MessagePage(view)))
  })
