import { type Context, Hono } from 'hono'
import { AccountPage, PeoplePage } from '../../../templates/desk/people.tsx'
import { page } from '../../../templates/layout.tsx'
import { requireSecretariat } from '../../base/actor.ts'
import type { Faults } from '../../base/input.ts'
import { NotFound } from '../../base/outcome.ts'
import type { Account } from '../../people/account.ts'
import { editAccount } from '../../people/edit-account.ts'
import { invite } from '../../people/invite/invite.ts'
import { inviteAgain } from '../../people/invite/invite-again.ts'
import { accountById, accounts, invitedUntil } from '../../people/queries.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { withMeant } from '../meant.ts'
import { deskView, typedBeside } from './view.ts'

type Against = { errors?: Faults; refusal?: 'twice' | 'changed' | 'own' | null }

async function form(
  c: Context<Env>,
  account: Account | null,
  values: Values,
  { errors = {}, refusal = null }: Against = {},
) {
  const until = account && (await invitedUntil(c.var.ctx, account.id))
  const view = { ...deskView(c), account, invitedUntil: until, values, errors, refusal }
  return c.html(page(AccountPage(view)), statusFor({ refusal, errors }))
}

function valuesOf({ email, name, role, prefectures, state, revision }: Account): Values {
  return { email, name, role, prefectures, state, revision: String(revision) }
}

async function asked(c: Context<Env>): Promise<Account> {
  requireSecretariat(c.var.ctx.actor)
  const account = await accountById(c.var.ctx, c.req.param('id') ?? '')
  if (!account) throw new NotFound('account')
  return account
}

/** `/desk/people`: the accounts of the console and their rights. For the secretariat. */
export const peopleRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx } = c.var
    const view = { ...deskView(c), accounts: await accounts(ctx), done: c.req.query('done') }
    return c.html(page(PeoplePage(view)))
  })
  .get('/new', (c) => {
    requireSecretariat(c.var.ctx.actor)
    return form(c, null, { role: 'desk' })
  })
  .post('/new', async (c) => {
    const values = await formValues(c)
    requireSecretariat(c.var.ctx.actor)
    if (showsForm(c)) return form(c, null, values)
    const slip = withMeant(values)
    if (slip) return form(c, null, slip)
    const done = await invite(c.var.ctx, values)
    if (done.ok) {
      c.var.deps.nudge()
      return seeOther(c, '/desk/people?done=added')
    }
    return form(c, null, values, done.why === 'invalid' ? { errors: done.errors } : { refusal: done.why })
  })
  .get('/:id', async (c) => {
    const account = await asked(c)
    return form(c, account, valuesOf(account))
  })
  .post('/:id', async (c) => {
    const values = await formValues(c)
    const standing = await asked(c)
    const slip = withMeant(values, standing.email)
    if (showsForm(c) || slip) return form(c, standing, slip ?? values)
    const given = { ...values, forget_factors: oneOf(values, 'forget_factors') === 'true' }
    const done = await editAccount(c.var.ctx, c.req.param('id'), given)
    if (done.ok) return seeOther(c, '/desk/people?done=saved')
    const account = await asked(c)
    if (done.why === 'changed') {
      return form(c, account, typedBeside(c, values, valuesOf(account)), { refusal: done.why })
    }
    return form(c, account, values, done.why === 'invalid' ? { errors: done.errors } : { refusal: done.why })
  })
  .post('/:id/invite', async (c) => {
    const done = await inviteAgain(c.var.ctx, c.req.param('id'))
    c.var.deps.nudge()
    return seeOther(c, `/desk/people?done=${done.ok ? 'invited' : 'opened'}`)
  })
