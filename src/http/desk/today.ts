import { type Context, Hono } from 'hono'
import { CallPage } from '../../../templates/desk/call.tsx'
import { type Marked, TodayPage } from '../../../templates/desk/today.tsx'
import { page } from '../../../templates/layout.tsx'
import { dutiesOf } from '../../advisers/queries.ts'
import { canManage, visiblePrefectures } from '../../base/actor.ts'
import { type Duties, type Duty, dutyAt } from '../../base/duty.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import { addDays, type CivilDate, civilDate } from '../../base/japan/civil.ts'
import { nextStep, SESSION_STATUSES, type Setup } from '../../base/vocabulary.ts'
import { attendanceOf } from '../../booking/attend.ts'
import { linesOf, unlinked, unrecorded } from '../../booking/ledger.ts'
import { bookingById } from '../../booking/queries.ts'
import { markCalled } from '../../changes/mark-called.ts'
import { markUnreached } from '../../changes/mark-unreached.ts'
import { unmarkCalled } from '../../changes/unmark-called.ts'
import { cameIn, recordStates, unwritten } from '../../consultation/unwritten.ts'
import type { Ctx } from '../../context.ts'
import { readSetup } from '../../house/queries.ts'
import { drawsDue, missedDraws } from '../../lottery/queries.ts'
import { callOf, callsToMake } from '../../mail/call.ts'
import { failedLetters } from '../../mail/queries.ts'
import { noteReading } from '../../people/note-reading.ts'
import { endingProgramme, postponedSessions, unsettled } from '../../planning/queries.ts'
import { erasedAhead } from '../../retention/erased-ahead.ts'
import { sessions } from '../../schedule/queries.ts'
import type { Session } from '../../schedule/session.ts'
import { freedPlaces } from '../../waitlist/freed.ts'
import { markPhoned } from '../../waitlist/mark-phoned.ts'
import { pending } from '../../waitlist/queries.ts'
import { withoutOffer } from '../../waitlist/without-offer.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf } from '../forms.ts'
import { deskView, marksOf } from './view.ts'

/** Days back for which consultations without a record are shown, and lotteries without a result. */
const BACK = 14

/** Consultations without a record that are listed. */
const MOST_UNWRITTEN = 30

/** Days ahead for which undecided items are shown. */
const AHEAD = 14

/** Days ahead in which the next session is looked for. */
const FARTHEST = 90

/** The statuses of sessions that are held, as far as anybody knows. */
const ON = SESSION_STATUSES.filter((one) => one !== 'called_off' && one !== 'postponed' && one !== 'skipped')

/** The sessions of a day that the actor may read. */
async function heldOn(ctx: Ctx, day: CivilDate): Promise<Session[]> {
  const filter = { from: day, to: day, prefectures: visiblePrefectures(ctx.actor) }
  return (await sessions(ctx, filter, { limit: 500 })).sessions
}

/** The other day of the page, after `today`: tomorrow, or else the next day with a session. */
async function nextDay(ctx: Ctx, today: CivilDate): Promise<{ day: CivilDate; sessions: Session[] }> {
  const tomorrow = addDays(today, 1)
  const there = await heldOn(ctx, tomorrow)
  if (there.length > 0) return { day: tomorrow, sessions: there }
  const filter = {
    from: tomorrow,
    to: addDays(today, FARTHEST),
    prefectures: visiblePrefectures(ctx.actor),
    status: ON,
  }
  const day = (await sessions(ctx, filter, { limit: 1 })).sessions[0]?.date
  return day === undefined || day === null ? { day: tomorrow, sessions: [] } : { day, sessions: await heldOn(ctx, day) }
}

/** The visit that was recorded just now, for its notice and its way back. Null if it is none of this actor's. */
async function markedJustNow(c: Context<Env>, id: string | undefined): Promise<Marked | null> {
  const booking = id === undefined ? undefined : await bookingById(c.var.ctx, id)
  if (!booking || !canManage(c.var.ctx.actor, booking.session.prefecture)) return null
  const { status, company, name, number } = booking
  if (status !== 'attended' && status !== 'absent') return null
  return { id: booking.id, status, company, name, number, mark: await fingerprint(attendanceOf(booking)) }
}

/** How far a house is set up that nobody booked in yet, for the secretariat. Null once nothing is left to do. */
async function newHouse(ctx: Ctx): Promise<Setup | null> {
  const { actor } = ctx
  if (actor.kind !== 'staff' || actor.role !== 'secretariat') return null
  const setup = await readSetup(ctx)
  return nextStep(setup) === null ? null : setup
}

/** The sessions in which an account advises, and whether it does so at the place of a line. */
function ownIn(duties: ReadonlyMap<string, Duties>, account: string) {
  const isOwn = ({ adviser }: Duty) => adviser?.account === account
  const some = [...duties].filter(([, { whole, slots }]) => isOwn(whole) || [...slots.values()].some(isOwn))
  return {
    sessions: new Set(some.map(([id]) => id)),
    has: ({ session, slot }: { session: string; slot: string | null }) => isOwn(dutyAt(duties.get(session), slot)),
  }
}

/** `/desk`: today and tomorrow on one page. */
export const todayRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx, pass } = c.var
    // Experts have no use for the day of a desk.
    if (pass.account.role === 'expert') return seeOther(c, '/desk/mine')
    const { called, marked } = c.req.query()
    const today = civilDate(ctx.clock.now())
    const next = await nextDay(ctx, today)
    const all = [...(await heldOn(ctx, today)), ...next.sessions]
    const toWrite = await unwritten(ctx, addDays(today, -BACK))
    const advised = [...all.map(({ id }) => id), ...toWrite.slice(0, MOST_UNWRITTEN).map(({ session }) => session)]
    const duties = await dutiesOf(ctx, [...new Set(advised)])
    const own = ownIn(duties, pass.account.id)
    const only = c.req.query('mine') === '1'
    const here = only ? all.filter(({ id }) => own.sessions.has(id)) : all
    const everybody = [
      ...(await linesOf(ctx, { from: today, to: today })),
      ...(await linesOf(ctx, { from: next.day, to: next.day })),
    ]
    const lines = everybody.filter((line) => !only || own.has(line))
    const past = await unrecorded(ctx, today)
    const freed = await freedPlaces(ctx)
    const view = {
      ...deskView(c),
      today,
      next: next.day,
      sessions: here,
      tended: new Set(here.filter((one) => canManage(ctx.actor, one.prefecture)).map((one) => one.id)),
      lines,
      duties,
      records: await recordStates(ctx, cameIn(lines)),
      unwritten: { lines: toWrite.slice(0, MOST_UNWRITTEN), total: toWrite.length },
      mine: only || all.some(({ id }) => own.sessions.has(id)) ? { only } : null,
      unrecorded: past,
      unlinked: await unlinked(ctx, { from: today, to: addDays(today, 1) }),
      marks: await marksOf(c, [...lines, ...past.lines]),
      calls: await callsToMake(ctx),
      called: called === undefined ? null : await callOf(ctx, called),
      draws: await drawsDue(ctx, today),
      missed: await missedDraws(ctx, addDays(today, -BACK), today),
      pending: await pending(ctx),
      freed,
      erased: await erasedAhead(ctx),
      stranded: await withoutOffer(ctx, freed),
      marked: await markedJustNow(c, marked),
      ending: await endingProgramme(ctx),
      failed: await failedLetters(ctx, addDays(today, -7)),
      postponed: await postponedSessions(ctx, today),
      unsettled: await unsettled(ctx, today, addDays(today, AHEAD)),
      setup: await newHouse(ctx),
    }
    return c.html(page(TodayPage(view)))
  })
  .get('/calls/:id', async (c) => {
    const call = await callOf(c.var.ctx, c.req.param('id'))
    await noteReading(c.var.ctx, 'reading.booking', call.booking.id)
    const mayTend = canManage(c.var.ctx.actor, call.booking.session.prefecture)
    const again = c.req.query('again') === '1'
    return c.html(page(CallPage({ ...deskView(c), call, mayTend, again })))
  })
  .post('/calls/:id', async (c) => {
    const id = c.req.param('id')
    const { again } = await markCalled(c.var.ctx, id)
    return seeOther(c, again ? `/desk/calls/${id}?again=1` : `/desk?called=${id}`)
  })
  .post('/freed/:id', async (c) => {
    const id = c.req.param('id')
    const values = await formValues(c)
    const about = oneOf(values, 'about') === 'stranded' ? 'stranded' : 'freed'
    await markPhoned(c.var.ctx, id, oneOf(values, 'as') === 'called', about)
    // Somebody who no longer waits is on no list that would show the call.
    const waits = (await bookingById(c.var.ctx, id))?.status === 'waiting'
    return seeOther(c, waits ? `/desk#${about}` : `/desk/bookings/${id}?done=phoned`)
  })
  .post('/calls/:id/back', async (c) => {
    const id = c.req.param('id')
    const { again } = await unmarkCalled(c.var.ctx, id)
    const isOpen = !again || (await callOf(c.var.ctx, id)).standing === 'open'
    return seeOther(c, isOpen ? '/desk#calls' : `/desk/calls/${id}?again=1`)
  })
  .post('/calls/:id/unreached', async (c) => {
    const tries = Number(oneOf(await formValues(c), 'tries') || Number.NaN)
    const id = c.req.param('id')
    const { again } = await markUnreached(c.var.ctx, id, Number.isInteger(tries) ? tries : -1)
    return seeOther(c, again ? `/desk/calls/${id}?again=1` : '/desk#calls')
  })
