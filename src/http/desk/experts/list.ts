import { type Context, Hono } from 'hono'
import { type ExpertFilters, ExpertsPage } from '../../../../templates/desk/experts/list.tsx'
import { href } from '../../../../templates/kit.tsx'
import { page } from '../../../../templates/layout.tsx'
import { requireDesk } from '../../../base/actor.ts'
import { searchable } from '../../../base/input.ts'
import { foldName } from '../../../base/japan/fold.ts'
import { PREFECTURES } from '../../../base/japan/prefecture.ts'
import { EXPERT_STATES, REQUEST_TOPICS } from '../../../base/vocabulary.ts'
import type { Expert } from '../../../experts/expert.ts'
import { experts } from '../../../experts/queries.ts'
import { seeOther } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { known, requireKnown } from '../../filter.ts'
import { formValues, oneOf } from '../../forms.ts'
import { openSearch, sealSearch } from '../../search.ts'
import { deskView } from '../view.ts'

const CODES = PREFECTURES.map(({ code }) => code)

type Given = (name: string) => string

/** The filters of an address or a form. Throws `NotFound` for a value that is none. */
function filterOf(given: Given): ExpertFilters {
  return {
    text: searchable(given('text')).slice(0, 100) || undefined,
    prefecture: known(CODES, given('prefecture')),
    topic: known(REQUEST_TOPICS, given('topic')),
    state: known(EXPERT_STATES, given('state')),
  }
}

function fits({ text, prefecture, topic, state }: ExpertFilters) {
  const name = foldName(text ?? '')
  return (expert: Expert) =>
    (foldName(expert.name).includes(name) || foldName(expert.name_kana).includes(name)) &&
    (prefecture === undefined || expert.home === prefecture || expert.places.includes(prefecture)) &&
    (topic === undefined || expert.topics.includes(topic)) &&
    (state === undefined || expert.state === state)
}

async function listed(c: Context<Env>) {
  const { ctx, pass } = c.var
  requireDesk(ctx.actor)
  requireKnown(c, 'prefecture', 'topic', 'state', 's', 'done')
  const sealed = c.req.query('s') ?? ''
  const text = await openSearch(ctx, sealed)
  const filter = filterOf((name) => (name === 'text' ? (text ?? '') : (c.req.query(name) ?? '')))
  const all = await experts(ctx)
  const view = {
    ...deskView(c),
    experts: all.filter(fits(filter)),
    all: all.length,
    filter,
    mayEdit: pass.account.role === 'secretariat',
    expired: sealed !== '' && text === null,
    done: c.req.query('done'),
  }
  return c.html(page(ExpertsPage(view)))
}

/** Leads to the list with these filters. */
async function searched(c: Context<Env>) {
  requireDesk(c.var.ctx.actor)
  const values = await formValues(c)
  const { text, ...others } = filterOf((name) => oneOf(values, name))
  return seeOther(c, href('/desk/experts', { ...others, s: text && (await sealSearch(c.var.ctx, text)) }))
}

/** `/desk/experts`: the experts, for the secretariat and the desks. A search by name stands in its address encrypted. */
export const expertListRoutes = new Hono<Env>().get('/', (c) => listed(c)).post('/', (c) => searched(c))
