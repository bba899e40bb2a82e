import { type Context, Hono } from 'hono'
import { ExpertPage, NewExpertPage } from '../../../../templates/desk/experts/form.tsx'
import { page } from '../../../../templates/layout.tsx'
import { requireSecretariat } from '../../../base/actor.ts'
import { type Faults, faultsOf } from '../../../base/input.ts'
import { civilDate } from '../../../base/japan/civil.ts'
import { prefecturesIn, REGIONS } from '../../../base/japan/prefecture.ts'
import { addExpert, type ExpertAdded } from '../../../experts/add-expert.ts'
import { type ExpertEdited, editExpert } from '../../../experts/edit-expert.ts'
import { type Expert, ExpertInput } from '../../../experts/expert.ts'
import { accountsToAdd } from '../../../experts/queries.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, many, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView, typedBeside } from '../view.ts'
import { askedExpert, expertView } from './asked.ts'

type Why<Done extends { ok: boolean }> = Exclude<Extract<Done, { ok: false; why: string }>['why'], 'invalid'>
type Against<Done extends { ok: boolean }> = { errors?: Faults; refusal?: Why<Done> | null }

const LISTS = ['formats', 'places', 'topics', 'industries', 'stages', 'languages'] as const

/** The form as it was typed, with the prefectures of each region that was ticked. */
async function typed(c: Context<Env>): Promise<Values> {
  const { regions = [], ...values } = await formValues(c)
  const ticked = [regions].flat()
  const more = REGIONS.filter(({ id }) => ticked.includes(id)).flatMap(({ id }) => prefecturesIn(id))
  return { ...values, places: [...new Set([...many(values, 'places'), ...more])].toSorted() }
}

/** The fields in the shape of the act: lists stay lists, and all trades are one word. */
function given(values: Values): Record<string, unknown> {
  const lists = Object.fromEntries(LISTS.map((name) => [name, many(values, name)]))
  const isOfAll = many(values, 'industries').includes('*')
  return { ...values, ...lists, ...(isOfAll && { industries: '*' }) }
}

function valuesOf(expert: Expert): Values {
  const { name, name_kana, profile_ja, profile_en, home, starts_on } = expert
  return {
    name,
    name_kana,
    profile_ja,
    profile_en,
    home,
    starts_on,
    ...Object.fromEntries(LISTS.map((list) => [list, [expert[list]].flat()])),
    most: String(expert.most),
    most_week: String(expert.most_week),
    travel_minutes: String(expert.travel_minutes),
    ends_on: expert.ends_on ?? '',
    state: expert.state,
    paused_until: expert.paused_until ?? '',
    revision: String(expert.revision),
  }
}

async function newForm(c: Context<Env>, values: Values, { errors = {}, refusal = null }: Against<ExpertAdded> = {}) {
  const accounts = await accountsToAdd(c.var.ctx)
  if (refusal) c.set('refused', refusal)
  const view = { ...deskView(c), accounts, values, errors, refusal }
  return c.html(page(NewExpertPage(view)), statusFor({ refusal, errors }))
}

function form(
  c: Context<Env>,
  expert: Expert,
  values: Values,
  { errors = {}, refusal = null }: Against<ExpertEdited> = {},
) {
  if (refusal) c.set('refused', refusal)
  const view = { ...expertView(c, expert), values, errors, refusal }
  return c.html(page(ExpertPage(view)), statusFor({ refusal, errors }))
}

/** `/desk/experts/new` and `/desk/experts/:id`: an expert is added, and what is known of one is changed. */
export const expertRoutes = new Hono<Env>()
  .get('/new', (c) => {
    const { ctx } = c.var
    requireSecretariat(ctx.actor)
    const numbers = { most: '5', most_week: '3', travel_minutes: '60' }
    return newForm(c, { languages: ['ja'], starts_on: civilDate(ctx.clock.now()), ...numbers })
  })
  .post('/new', async (c) => {
    const values = await typed(c)
    const { ctx } = c.var
    requireSecretariat(ctx.actor)
    if (showsForm(c)) return newForm(c, values)
    const account = oneOf(values, 'account')
    if (!(await accountsToAdd(ctx)).some(({ id }) => id === account)) {
      const others = ExpertInput.safeParse(given(values))
      return newForm(c, values, { errors: { account: 'required', ...(!others.success && faultsOf(others.error)) } })
    }
    const done = await addExpert(ctx, account, given(values))
    if (done.ok) return seeOther(c, `/desk/experts/${account}/hours?done=added`)
    return newForm(c, values, done.why === 'invalid' ? { errors: done.errors } : { refusal: done.why })
  })
  .get('/:id', async (c) => {
    requireSecretariat(c.var.ctx.actor)
    const expert = await askedExpert(c)
    return form(c, expert, valuesOf(expert))
  })
  .post('/:id', async (c) => {
    const values = await typed(c)
    requireSecretariat(c.var.ctx.actor)
    const expert = await askedExpert(c)
    if (showsForm(c)) return form(c, expert, values)
    const done = await editExpert(c.var.ctx, expert.id, given(values))
    if (done.ok) return seeOther(c, `/desk/experts/${expert.id}?done=saved`)
    if (done.why === 'invalid') return form(c, expert, values, { errors: done.errors })
    if (done.why !== 'changed') return form(c, expert, values, { refusal: done.why })
    const now = await askedExpert(c)
    return form(c, now, typedBeside(c, values, valuesOf(now)), { refusal: 'changed' })
  })
