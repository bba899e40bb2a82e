import { type Context, Hono } from 'hono'
import { AdvisersLookPage, AdvisersPage } from '../../../../templates/desk/session/advisers.tsx'
import type { Values } from '../../../../templates/fields.tsx'
import { page } from '../../../../templates/layout.tsx'
import { type AdvisersAssigned, assignAdvisers, previewAssignment } from '../../../advisers/assign.ts'
import type { DutyInput } from '../../../advisers/duty.ts'
import type { Elsewhere } from '../../../advisers/free.ts'
import { type Adviser, advisersFor, savedDuties } from '../../../advisers/queries.ts'
import { requireDesk } from '../../../base/actor.ts'
import type { Duty } from '../../../base/duty.ts'
import type { Faults } from '../../../base/input.ts'
import { NotFound } from '../../../base/outcome.ts'
import { sessionById } from '../../../schedule/queries.ts'
import type { Session } from '../../../schedule/session.ts'
import type { DutyRow } from '../../../store/schema.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, oneOf } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView, typedBeside } from '../view.ts'

type Against = { values?: Values; errors?: Faults; refusal?: 'changed' | 'busy' | null; others?: Elsewhere[] }

const FIELDS = ['adviser', 'name', 'room'] as const

/** The fields of a duty in a form, whose names begin with `of`. */
export function dutyTyped(values: Values, of: string) {
  return Object.fromEntries(FIELDS.map((name) => [name, oneOf(values, `${of}.${name}`)]))
}

/** The duties of a session as the form shows them, and its revision. */
function dutyValues(
  { slots, revision }: Session,
  rows: readonly Pick<DutyRow, 'slot' | 'adviser' | 'name' | 'room'>[],
): Values {
  const values = [null, ...slots.map(({ id }) => id)].flatMap((slot) => {
    const row = rows.find((one) => one.slot === slot)
    const of = slot === null ? 'whole' : `slots.${slot}`
    return FIELDS.map((name): [string, string] => [`${of}.${name}`, row?.[name] ?? ''])
  })
  return { ...Object.fromEntries(values), revision: String(revision) }
}

async function asked(c: Context<Env>): Promise<Session> {
  const session = await sessionById(c.var.ctx, c.req.param('id') ?? '')
  if (!session) throw new NotFound('session')
  requireDesk(c.var.ctx.actor, session.prefecture)
  return session
}

async function form(c: Context<Env>, { values, errors = {}, refusal = null, others = [] }: Against = {}) {
  const { ctx } = c.var
  const session = await asked(c)
  const saved = await savedDuties(ctx, session)
  if (refusal) c.set('refused', refusal)
  const known = await advisersFor(ctx, session.prefecture, saved)
  const now = dutyValues(session, saved)
  const kept = values && refusal === 'changed' ? typedBeside(c, values, now) : (values ?? now)
  const view = { ...deskView(c), session, advisers: known, values: kept, errors, refusal, others }
  return c.html(page(AdvisersPage(view)), statusFor({ refusal, errors }))
}

const NONE: DutyInput = { adviser: null, name: null, room: null }

/** Who advises and where, in the words of a form. */
export function dutyWords(advisers: readonly Adviser[], { adviser, name, room }: DutyInput): Duty {
  const who = adviser === null ? name : (advisers.find(({ id }) => id === adviser)?.name ?? '')
  return { adviser: who ? { account: adviser, name: who } : null, room: room || null }
}

/** The page before advisers are saved, with each time that changes. Null if none does. */
async function look(c: Context<Env>, session: Session, values: Values, given: unknown) {
  const { ctx } = c.var
  const found = await previewAssignment(ctx, session.id, given)
  if (!found.ok) return refused(c, values, found)
  const saved = await savedDuties(ctx, session)
  const advisers = await advisersFor(ctx, session.prefecture, saved)
  const rows = [null, ...session.slots].map((slot) => {
    const id = slot?.id ?? null
    const before = dutyWords(advisers, saved.find((row) => row.slot === id) ?? NONE)
    const after = dutyWords(advisers, found.duties.find((one) => one.slot === id)?.input ?? NONE)
    return { starts_at: slot?.starts_at ?? null, before, after }
  })
  const changed = rows.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
  if (changed.length === 0) return null
  return c.html(page(AdvisersLookPage({ ...deskView(c), session, values, rows: changed })))
}

/** The form again, with why it was not saved. */
function refused(c: Context<Env>, values: Values, done: Exclude<AdvisersAssigned, { ok: true }>) {
  if (done.why === 'invalid') return form(c, { values, errors: done.errors })
  if (done.why === 'busy') return form(c, { values, refusal: 'busy', others: done.others })
  return form(c, { values, refusal: 'changed' })
}

/** `/desk/sessions/:id/advisers`: who advises in a session, and in which room. */
export const adviserRoutes = new Hono<Env>()
  .get('/:id/advisers', (c) => form(c))
  .post('/:id/advisers', async (c) => {
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (showsForm(c) || step === 'edit') return form(c, { values })
    const session = await asked(c)
    const slots = session.slots.map(({ id }) => [id, dutyTyped(values, `slots.${id}`)])
    const given = { revision: values.revision, whole: dutyTyped(values, 'whole'), slots: Object.fromEntries(slots) }
    const first = step === 'do' ? null : await look(c, session, values, given)
    if (first) return first
    const done = await assignAdvisers(c.var.ctx, session.id, given)
    if (done.ok) return seeOther(c, `/desk/sessions/${session.id}?done=assigned`)
    return refused(c, values, done)
  })
