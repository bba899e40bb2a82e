import { type Context, Hono } from 'hono'
import { QuestionFormPage, QuestionsPage } from '../../../../templates/desk/questions/page.tsx'
import { page } from '../../../../templates/layout.tsx'
import { newId } from '../../../base/id.ts'
import { type Faults, searchable } from '../../../base/input.ts'
import { NotFound } from '../../../base/outcome.ts'
import type { Ctx } from '../../../context.ts'
import { addQuestion } from '../../../planning/questions/add-question.ts'
import { editQuestion } from '../../../planning/questions/edit-question.ts'
import { moveQuestion } from '../../../planning/questions/move-question.ts'
import {
  type Owner,
  ownerOf,
  questionsOfOwner,
  requireOwner,
  requireQuestion,
} from '../../../planning/questions/queries.ts'
import { removeQuestion } from '../../../planning/questions/remove-question.ts'
import { restoreQuestion, retireQuestion } from '../../../planning/questions/retire-question.ts'
import { optionsOf } from '../../../schedule/questions.ts'
import type { QuestionRow } from '../../../store/schema.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { requireKnown } from '../../filter.ts'
import { formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView, typedBeside } from '../view.ts'

type Against = { values?: Values; errors?: Faults; refusal?: string | null; done?: string | undefined }

/** The series or session in an address or a form. Throws `NotFound` without one. */
function ownerIn(given: { series?: string; session?: string }): Owner {
  const [series, session] = [searchable(given.series ?? ''), searchable(given.session ?? '')]
  if ((series === '') === (session === '')) throw new NotFound('question')
  return series === '' ? { series: null, session } : { series, session: null }
}

/** The page of the questions of an owner. */
function pathOf({ series, session }: Owner): string {
  return series === null ? `/desk/questions?session=${session}` : `/desk/questions?series=${series}`
}

async function list(c: Context<Env>, owner: Owner, { values = {}, errors = {}, refusal = null, done }: Against = {}) {
  const { ctx } = c.var
  const owned = await requireOwner(ctx, owner)
  const above = owned.session?.series ?? null
  const view = {
    ...deskView(c),
    ...owned,
    questions: await questionsOfOwner(ctx, owner),
    inherited: above === null ? [] : await questionsOfOwner(ctx, { series: above, session: null }),
    values: { ...values, key: oneOf(values, 'key') || newId(ctx.clock.now()) },
    errors,
    refusal,
    done,
  }
  if (refusal) c.set('refused', refusal)
  return c.html(page(QuestionsPage(view)), statusFor({ refusal, errors }))
}

function questionValues(row: QuestionRow): Values {
  const { label_ja, label_en, required, revision } = row
  const options = optionsOf(row).filter(({ gone }) => !gone)
  return {
    label_ja,
    label_en: label_en === label_ja ? '' : label_en,
    required: required === 1 ? 'true' : '',
    options: options.map(({ ja, en }) => (ja === en ? ja : `${ja} | ${en}`)).join('\n'),
    revision: String(revision),
  }
}

function form(c: Context<Env>, question: QuestionRow, { values, errors = {}, refusal = null }: Against = {}) {
  const typed = { ...(values ?? questionValues(question)), kind: question.kind }
  const view = { ...deskView(c), question, back: pathOf(ownerOf(question)), values: typed, errors, refusal }
  if (refusal) c.set('refused', refusal)
  return c.html(page(QuestionFormPage(view)), statusFor({ refusal, errors }))
}

/** The buttons of a question, and what the page says after each. */
const BUTTONS = {
  up: { run: (ctx: Ctx, id: string) => moveQuestion(ctx, id, 'up'), done: 'moved' },
  down: { run: (ctx: Ctx, id: string) => moveQuestion(ctx, id, 'down'), done: 'moved' },
  retire: { run: retireQuestion, done: 'retired' },
  restore: { run: restoreQuestion, done: 'restored' },
  remove: { run: removeQuestion, done: 'removed' },
}

/** `/desk/questions`: what a series or a session asks the people who book. */
export const questionRoutes = new Hono<Env>()
  .get('/', (c) => {
    requireKnown(c, 'series', 'session', 'done')
    return list(c, ownerIn(c.req.query()), { done: c.req.query('done') })
  })
  .post('/', async (c) => {
    const values = await formValues(c)
    const owner = ownerIn({ series: oneOf(values, 'series'), session: oneOf(values, 'session') })
    if (showsForm(c)) return list(c, owner, { values })
    const done = await addQuestion(c.var.ctx, owner, values)
    if (done.ok) return seeOther(c, `${pathOf(owner)}&done=added`)
    if (done.why === 'invalid') return list(c, owner, { values, errors: done.errors })
    // Sent once more, deliberately, it is another question: the form gets another key.
    return list(c, owner, { values: { ...values, key: '' }, refusal: done.why })
  })
  .get('/:id', async (c) => form(c, await requireQuestion(c.var.ctx, c.req.param('id'))))
  .post('/:id', async (c) => {
    const { ctx } = c.var
    const question = await requireQuestion(ctx, c.req.param('id'))
    const values = await formValues(c)
    if (showsForm(c)) return form(c, question, { values })
    const done = await editQuestion(ctx, question.id, values)
    if (done.ok) return seeOther(c, `${pathOf(ownerOf(question))}&done=edited`)
    if (done.why === 'invalid') return form(c, question, { values, errors: done.errors })
    const now = await requireQuestion(ctx, question.id)
    const kept = done.why === 'changed' ? typedBeside(c, values, questionValues(now)) : values
    return form(c, now, { values: kept, refusal: done.why })
  })
  .post('/:id/:act', async (c) => {
    const { ctx } = c.var
    const act = c.req.param('act')
    const question = await requireQuestion(ctx, c.req.param('id'))
    const button = Object.hasOwn(BUTTONS, act) ? BUTTONS[act as keyof typeof BUTTONS] : null
    if (!button) throw new NotFound('page')
    const done = await button.run(ctx, question.id)
    const owner = ownerOf(question)
    return done.ok ? seeOther(c, `${pathOf(owner)}&done=${button.done}`) : list(c, owner, { refusal: done.why })
  })
