import { type Context, Hono } from 'hono'
import type { Preview } from '../../../templates/desk/change-preview.tsx'
import { ActPage, ActPreviewPage } from '../../../templates/desk/session/acts.tsx'
import { SheetPage } from '../../../templates/desk/session/day-sheet.tsx'
import { SessionPage } from '../../../templates/desk/session/page.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, requireAccount, requireDesk, requireReader } from '../../base/actor.ts'
import type { Faults } from '../../base/input.ts'
import { isCivilDate, isTimeOfDay } from '../../base/japan/civil.ts'
import { NotFound } from '../../base/outcome.ts'
import { IN_PERSON, isPreviewed, isSessionAct, type SessionAct } from '../../base/vocabulary.ts'
import { linesOf } from '../../booking/ledger.ts'
import { historyOf } from '../../booking/queries.ts'
import { callOff } from '../../changes/call-off.ts'
import { changeVenue } from '../../changes/change-venue.ts'
import { convert } from '../../changes/convert.ts'
import { convertBack } from '../../changes/convert-back.ts'
import { holdAgain } from '../../changes/hold-again.ts'
import { calledOff, converted } from '../../changes/queries.ts'
import { reschedule } from '../../changes/reschedule.ts'
import { sendMeetingLink } from '../../changes/send-meeting-link.ts'
import { setDate } from '../../changes/set-date.ts'
import type { Ctx } from '../../context.ts'
import { announceDraw } from '../../lottery/announce.ts'
import { draw } from '../../lottery/draw.ts'
import { drawOf } from '../../lottery/queries.ts'
import {
  asCalledOff,
  asConverted,
  asConvertedBack,
  asHeldAgain,
  asRelocated,
  asRescheduled,
  preview,
  previewFor,
} from '../../mail/preview.ts'
import { noteReading } from '../../people/note-reading.ts'
import { lastActor } from '../../planning/queries.ts'
import { mayUndo } from '../../planning/undo-session.ts'
import { actsFor } from '../../schedule/acts-for.ts'
import { shownVenue, venueById, venues } from '../../schedule/place-queries.ts'
import { sessionById } from '../../schedule/queries.ts'
import { reasonOf } from '../../schedule/reason.ts'
import type { Session } from '../../schedule/session.ts'
import { actsAbout } from '../../store/acts.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { deskView } from './view.ts'

type Outcome = { ok: true } | { ok: false; why: string; errors?: Faults }

const because = (values: Values) =>
  reasonOf({ reason_ja: oneOf(values, 'reason_ja'), reason_en: oneOf(values, 'reason_en') })

/** The chosen venue, as a session shows it. */
async function chosenVenue(ctx: Ctx, values: Values): Promise<Session['venue']> {
  const venue = await venueById(ctx, oneOf(values, 'venue'))
  return venue ? shownVenue(venue) : null
}

/** The people concerned and their letter, for acts that change what people rely on; null for other acts. */
async function ahead(ctx: Ctx, act: SessionAct, id: string, values: Values): Promise<Preview | null> {
  if (act === 'call-off') return preview(ctx, 'called_off', [id], asCalledOff(because(values)))
  if (act === 'hold-again') return previewFor(ctx, 'held_again', await calledOff(ctx, id), asHeldAgain(because(values)))
  if (act === 'convert-back') {
    return previewFor(ctx, 'converted_back', await converted(ctx, [id]), asConvertedBack(because(values)))
  }
  if (act === 'reschedule') {
    const date = oneOf(values, 'date')
    const on = oneOf(values, 'postpone') !== 'true' && isCivilDate(date) ? date : null
    const starts = isTimeOfDay(oneOf(values, 'starts')) ? oneOf(values, 'starts') : null
    return preview(ctx, on === null ? 'postponed' : 'rescheduled', [id], asRescheduled(on, starts, because(values)))
  }
  if (act === 'venue') {
    const moved = asRelocated(await chosenVenue(ctx, values), because(values))
    return preview(ctx, 'relocated', [id], moved, ['onsite'])
  }
  if (act !== 'convert') return null
  const into = oneOf(values, 'into') === 'phone' ? ('phone' as const) : ('online' as const)
  return preview(ctx, 'converted', [id], asConverted(into, because(values)), IN_PERSON)
}

function runAct(ctx: Ctx, act: SessionAct, id: string, values: Values): Promise<Outcome> {
  if (act === 'call-off') return callOff(ctx, id, values)
  if (act === 'hold-again') return holdAgain(ctx, id, values)
  if (act === 'reschedule') {
    const postponed = oneOf(values, 'postpone') === 'true' ? { date: null, starts: null } : {}
    return reschedule(ctx, id, { date: null, starts: null, ...values, ...postponed })
  }
  if (act === 'convert-back') return convertBack(ctx, id, values)
  if (act === 'convert') return convert(ctx, id, values)
  if (act === 'venue') return changeVenue(ctx, id, values)
  if (act === 'settle')
    return setDate(ctx, id, { ...values, ...(values.formats && { formats: [values.formats].flat() }) })
  if (act === 'meeting') return sendMeetingLink(ctx, id, values)
  return act === 'draw' ? draw(ctx, id) : announceDraw(ctx, id)
}

/** Field errors of what was typed, found before the preview. */
function faultsOf(act: SessionAct, values: Values): Faults {
  const faults: Faults = {}
  if (oneOf(values, 'reason_ja').trim() === '') faults.reason_ja = 'required'
  const postponed = oneOf(values, 'postpone') === 'true'
  if (act === 'reschedule' && !postponed && !isCivilDate(oneOf(values, 'date'))) faults.date = 'choice'
  if (act === 'venue' && oneOf(values, 'venue') === '') faults.venue = 'required'
  return faults
}

async function asked(c: Context<Env>): Promise<Session> {
  const session = await sessionById(c.var.ctx, c.req.param('id') ?? '')
  if (!session) throw new NotFound('session')
  requireReader(c.var.ctx.actor, session.prefecture)
  return session
}

async function shown(c: Context<Env>, refusal: string | null = null) {
  const { ctx } = c.var
  const session = await asked(c)
  if (refusal) c.set('refused', refusal)
  await noteReading(ctx, 'reading.session', session.id)
  const lines = await linesOf(ctx, { session: session.id, ended: session.status === 'called_off' })
  const view = {
    ...deskView(c),
    session,
    refusal,
    done: c.req.query('done'),
    mayTend: canManage(ctx.actor, session.prefecture),
    lines,
    acts: actsFor(session, { booked: lines.length > 0 }),
    draw: (await drawOf(ctx, session.id)) ?? null,
    history: await historyOf(ctx, actsAbout('session'), session.id),
    undoable: await mayUndo(ctx, session),
  }
  return c.html(page(SessionPage(view)), statusFor({ refusal }))
}

function actOf(c: Context<Env>): SessionAct {
  const act = c.req.param('act') ?? ''
  if (!isSessionAct(act)) throw new NotFound('page')
  return act
}

async function form(c: Context<Env>, act: SessionAct, values: Values, errors: Faults = {}) {
  const { ctx } = c.var
  const session = await asked(c)
  requireDesk(ctx.actor, session.prefecture)
  const here =
    act === 'venue' || act === 'settle'
      ? (await venues(ctx)).filter((one) => one.prefecture === session.prefecture)
      : []
  const view = { ...deskView(c), session, act, values, errors, venues: here }
  return c.html(page(ActPage(view)), statusFor({ errors }))
}

/** Whether another person changed the session after this form was loaded. */
async function overtaken(c: Context<Env>, session: Session, values: Values): Promise<boolean> {
  const seen = oneOf(values, 'revision')
  if (seen === '' || seen === String(session.revision)) return false
  return (await lastActor(c.var.ctx, session.id)) !== requireAccount(c.var.ctx.actor)
}

/** `/desk/sessions/:id`: one session with its bookings, its day sheet, and the acts of the desk on it. */
export const deskSessionRoutes = new Hono<Env>()
  .get('/:id', (c) => shown(c))
  .get('/:id/sheet', async (c) => {
    const session = await asked(c)
    await noteReading(c.var.ctx, 'reading.session', session.id)
    const lines = await linesOf(c.var.ctx, { session: session.id })
    return c.html(page(SheetPage({ ...deskView(c), session, lines })))
  })
  .get('/:id/:act', (c) => form(c, actOf(c), {}))
  .post('/:id/:act', async (c) => {
    const { ctx, deps } = c.var
    const act = actOf(c)
    const session = await asked(c)
    requireDesk(ctx.actor, session.prefecture)
    const values = await formValues(c)
    if (await overtaken(c, session, values)) return shown(c, 'changed')
    const step = oneOf(values, 'step')
    if (step === 'edit') return form(c, act, values)
    const errors = step === 'do' || !isPreviewed(act) ? {} : faultsOf(act, values)
    if (Object.keys(errors).length > 0) return form(c, act, values, errors)
    const looking = step === 'do' ? null : await ahead(ctx, act, session.id, values)
    if (looking) {
      const view = { ...deskView(c), session, act, values, preview: looking }
      return c.html(page(ActPreviewPage(view)))
    }
    const done = await runAct(ctx, act, session.id, values)
    deps.nudge()
    if (done.ok) return seeOther(c, `/desk/sessions/${session.id}?done=${act}`)
    return done.errors ? form(c, act, values, done.errors) : shown(c, done.why)
  })
