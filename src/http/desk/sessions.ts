import { type Context, Hono } from 'hono'
import { englishIn, type Preview } from '../../../templates/desk/change-preview.tsx'
import { ActPage, ActPreviewPage, type Returns } from '../../../templates/desk/session/acts.tsx'
import { SheetPage } from '../../../templates/desk/session/day-sheet.tsx'
import type { DrawResult } from '../../../templates/desk/session/draw-order.tsx'
import { SessionPage } from '../../../templates/desk/session/page.tsx'
import { page } from '../../../templates/layout.tsx'
import { busyIn, type Elsewhere, holdingOf } from '../../advisers/free.ts'
import { dutiesOf } from '../../advisers/queries.ts'
import { canManage, requireDesk, requireReader } from '../../base/actor.ts'
import { timeOfDay } from '../../base/fields.ts'
import { fingerprint, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import { settledHours } from '../../base/hours.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { isCivilDate, isTimeOfDay } from '../../base/japan/civil.ts'
import type { BookingLetterKind } from '../../base/letters.ts'
import type { Locale } from '../../base/locale.ts'
import { NotFound } from '../../base/outcome.ts'
import { FORMATS, isSessionAct, type SessionAct } from '../../base/vocabulary.ts'
import type { Booking } from '../../booking/booking.ts'
import { extrasIn } from '../../booking/extras/read.ts'
import { linesOf } from '../../booking/ledger.ts'
import { MeetingInput } from '../../booking/meeting.ts'
import { historyOf } from '../../booking/queries.ts'
import { toldIn } from '../../booking/write/notify.ts'
import { callOff } from '../../changes/call-off.ts'
import { lookFields } from '../../changes/change-session.ts'
import { changeVenue } from '../../changes/change-venue.ts'
import { clashesInPerson, formatsAfter } from '../../changes/conversion.ts'
import { alsoLinked, convert } from '../../changes/convert.ts'
import { convertBack } from '../../changes/convert-back.ts'
import { clashesOnReturn, holdAgain } from '../../changes/hold-again.ts'
import { concerned, SCOPES } from '../../changes/queries.ts'
import { clashesOnDay, reschedule } from '../../changes/reschedule.ts'
import { sendMeetingLink } from '../../changes/send-meeting-link.ts'
import { lookAtDate, setDate, settleFields } from '../../changes/set-date.ts'
import { shiftedBy } from '../../changes/shift.ts'
import { type SuspendedDate, suspendedDates } from '../../changes/suspended-dates.ts'
import { cameIn, recordStates } from '../../consultation/unwritten.ts'
import type { Ctx } from '../../context.ts'
import { type Followed, followers } from '../../interest/follow-session.ts'
import { confirmedInterests } from '../../interest/queries.ts'
import { announceDraw, announceFields } from '../../lottery/announce.ts'
import { draw, ENTRIES } from '../../lottery/draw.ts'
import { forecast } from '../../lottery/forecast.ts'
import { drawnEntries, drawOf } from '../../lottery/queries.ts'
import { hearsOfAct } from '../../mail/hears.ts'
import {
  asCalledOff,
  asConverted,
  asConvertedBack,
  asHeldAgain,
  asMeetingAt,
  asRelocated,
  asRescheduled,
  NOBODY,
  preview,
  previewResults,
  previewSettled,
  standingsAfter,
} from '../../mail/preview.ts'
import { noteReading } from '../../people/note-reading.ts'
import { isRemovable } from '../../planning/ending/delete-session.ts'
import { plannedById } from '../../planning/queries.ts'
import { mayUndo } from '../../planning/undo-session.ts'
import { venuesToChoose } from '../../planning/venues/queries.ts'
import { actsFor, isChangeable, isDone } from '../../schedule/acts-for.ts'
import { type Beside, type Clash, clashesAt, NOTHING_BESIDE } from '../../schedule/clashes.ts'
import { closureOn } from '../../schedule/closure.ts'
import { closures } from '../../schedule/closure-queries.ts'
import { venueOn } from '../../schedule/place-queries.ts'
import { sessionById } from '../../schedule/queries.ts'
import { reasonOf } from '../../schedule/reason.ts'
import type { Session } from '../../schedule/session.ts'
import { withheldFrom } from '../../schedule/withheld.ts'
import { actsAbout } from '../../store/acts.ts'
import type { Write } from '../../store/store.ts'
import { endsOnReturn } from '../../waitlist/answer-time.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { deskView, marksOf } from './view.ts'

type Outcome = { ok: true; again?: boolean } | { ok: false; why: string; errors?: Faults; sent?: number }

const because = (values: Values) =>
  reasonOf({ reason_ja: oneOf(values, 'reason_ja'), reason_en: oneOf(values, 'reason_en') })

/** What the page says after an act. `again`: nothing changed. */
function saidOf(act: SessionAct, values: Values, done: { again?: boolean }): string {
  if (done.again) return 'again'
  return act === 'reschedule' && isPostponed(values) ? 'postpone' : act
}

const isPostponed = (values: Values) => oneOf(values, 'postpone') === 'true'

/** The fields of the form to settle a session, in the shape of the act. */
const settling = (values: Values) => ({ ...values, ...(values.formats && { formats: [values.formats].flat() }) })

/** The fields of the form to reschedule a session, in the shape of the act. */
const rescheduling = (values: Values) => {
  const postponed = isPostponed(values) ? { date: null, starts: null } : {}
  return { date: null, starts: null, ...values, ...postponed }
}

/** What an act would do now. `fields` are what its page shows. */
type Ahead = {
  preview: Preview
  fields: ShownFields
  /** The session as the act leaves it, if it changes what people read of it. */
  after?: Session
  /** How it would be held, if an act may move it to where its adviser or room is taken. */
  held?: Session | null
  clashes?: Clash[]
  order?: DrawResult[]
  returns?: Returns
  interested?: number
  /** How many people who asked for the date get a letter of their own. How many of them read English. */
  following?: number
  followingEnglish?: number
  errors?: Faults
}

/** The people concerned and their letter. */
async function notified(
  session: Session,
  looking: Promise<Preview>,
  given: unknown,
  { clashes }: Beside = NOTHING_BESIDE,
  following: readonly { id: string; locale?: Locale }[] = [],
): Promise<Ahead> {
  const found = await looking
  const fields = lookFields(session, found.parties, clashes, given, following)
  const followingEnglish = following.filter(({ locale }) => locale === 'en').length
  return { preview: found, fields, clashes, following: following.length, followingEnglish }
}

const following = (ctx: Ctx, session: Session, what: Followed) => followers(ctx, session, what).execute()

async function rescheduled(ctx: Ctx, session: Session, values: Values): Promise<Ahead> {
  const date = oneOf(values, 'date')
  const on = !isPostponed(values) && isCivilDate(date) ? date : null
  const given = timeOfDay.safeParse(oneOf(values, 'starts'))
  const starts = given.success ? given.data : null
  const kind = on === null ? 'postponed' : 'rescheduled'
  const looking = preview(ctx, kind, [session.id], asRescheduled(on, starts, because(values)), SCOPES.reschedule)
  const found = await notified(
    session,
    looking,
    rescheduling(values),
    await clashesOnDay(ctx, session, { date: on, starts }),
    await following(ctx, session, kind),
  )
  return { ...found, after: shiftedBy(session, on, starts) }
}

async function relocated(ctx: Ctx, session: Session, values: Values): Promise<Ahead> {
  const venue = await venueOn(ctx, oneOf(values, 'venue'))
  const looking = preview(ctx, 'relocated', [session.id], asRelocated(venue, because(values)), SCOPES.venue)
  const found = await notified(session, looking, values, await clashesAt(ctx, venue?.id ?? null, session))
  return venue ? { ...found, after: { ...session, venue } } : { ...found, errors: { venue: 'choice' } }
}

async function settled(ctx: Ctx, session: Session, values: Values): Promise<Ahead> {
  const { interested, clashes, settled: after, errors } = await lookAtDate(ctx, session, settling(values))
  return {
    preview: await previewSettled(ctx, after, interested),
    fields: settleFields(session, interested, clashes, settling(values)),
    clashes,
    after,
    interested: interested.length,
    errors,
  }
}

async function linkSent(ctx: Ctx, session: Session, values: Values): Promise<Ahead> {
  const parsed = MeetingInput.safeParse(values)
  const url = parsed.success ? parsed.data.url : ''
  const found = await notified(session, preview(ctx, 'meeting', [session.id], asMeetingAt(url), SCOPES.meeting), values)
  return parsed.success
    ? { ...found, after: { ...session, meeting_url: url } }
    : { ...found, errors: faultsOf(parsed.error) }
}

async function toBeDrawn(ctx: Ctx, session: Session): Promise<Ahead> {
  const parties = await concerned(ctx, [session.id], ENTRIES)
  return notified(session, Promise.resolve({ ...NOBODY, parties }), {})
}

async function toBeAnnounced(ctx: Ctx, session: Session): Promise<Ahead> {
  const order = forecast(session, await drawnEntries(ctx, session.id), ctx.clock.now())
  return { preview: await previewResults(ctx, session, order), fields: announceFields(session, order), order }
}

/** What each act would do now. */
const AHEAD: Record<SessionAct, (ctx: Ctx, session: Session, values: Values) => Promise<Ahead>> = {
  'call-off': async (ctx, session, values) => {
    const looking = preview(ctx, 'called_off', [session.id], asCalledOff(because(values)), SCOPES['call-off'])
    return notified(session, looking, values, NOTHING_BESIDE, await following(ctx, session, 'called_off'))
  },
  'hold-again': async (ctx, session, values) => {
    const after = asHeldAgain(because(values), await endsOnReturn(ctx, session))
    const looking = preview(ctx, 'held_again', [session.id], after, SCOPES['hold-again'])
    const found = await notified(
      session,
      looking,
      values,
      await clashesOnReturn(ctx, session),
      await following(ctx, session, 'held_again'),
    )
    const state = (await plannedById(ctx, session.id))?.state_before ?? 'published'
    const back = await standingsAfter(ctx, found.preview.parties, after)
    const bookings = back.map(({ standing, people }): Returns['bookings'][number] => [standing, people])
    return { ...found, held: state === 'published' ? session : null, returns: { state, bookings } }
  },
  reschedule: rescheduled,
  convert: async (ctx, session, values) => {
    const into = oneOf(values, 'into') === 'phone' ? ('phone' as const) : ('online' as const)
    const typed = MeetingInput.safeParse(values)
    const url = into === 'online' && typed.success ? typed.data.url : null
    const meeting = url === null ? {} : { meeting_url: url }
    const converted = asConverted(into, because(values))
    const linked = (booking: Booking) => ({
      ...converted(booking),
      session: { ...converted(booking).session, ...meeting },
    })
    const looking = preview(ctx, 'converted', [session.id], linked, SCOPES.convert)
    const after = { ...session, formats: formatsAfter(session.formats, into), ...meeting }
    const others = (await alsoLinked(ctx, session, { into, url })?.execute()) ?? []
    return { ...(await notified(session, looking, values, NOTHING_BESIDE, others)), after }
  },
  'convert-back': async (ctx, session, values) => {
    const after = asConvertedBack(because(values))
    const looking = preview(ctx, 'converted_back', [session.id], after, SCOPES['convert-back'])
    const found = await notified(session, looking, values, await clashesInPerson(ctx, session))
    return { ...found, after: { ...session, formats: session.formats_before ?? session.formats } }
  },
  venue: relocated,
  settle: settled,
  meeting: linkSent,
  draw: toBeDrawn,
  announce: toBeAnnounced,
}

const RUN: Record<SessionAct, (ctx: Ctx, id: string, values: Values) => Promise<Outcome>> = {
  'call-off': callOff,
  'hold-again': holdAgain,
  reschedule: (ctx, id, values) => reschedule(ctx, id, rescheduling(values)),
  convert,
  'convert-back': convertBack,
  venue: changeVenue,
  settle: (ctx, id, values) => setDate(ctx, id, settling(values)),
  meeting: sendMeetingLink,
  draw: (ctx, id, values) => draw(ctx, id, shownIn(values)),
  announce: (ctx, id, values) => announceDraw(ctx, id, shownIn(values), toldIn(values)),
}

/** What the act would answer now to the same input. A store that writes nothing takes its writes. */
async function tried(ctx: Ctx, act: SessionAct, id: string, values: Values): Promise<Outcome> {
  if (act === 'draw' || act === 'announce') return { ok: true }
  const { shown: _, ...typed } = values
  const commit = async (...writes: Write[]) => ({ ok: true as const, changed: writes.map(() => 1) })
  return RUN[act]({ ...ctx, store: { ...ctx.store, commit } }, id, typed)
}

/** The acts for which a reason is typed. */
const REASONED: readonly SessionAct[] = ['call-off', 'hold-again', 'reschedule', 'convert', 'convert-back', 'venue']

/** Field errors of what was typed, found before the preview. */
function faultsIn(act: SessionAct, values: Values): Faults {
  const faults: Faults = {}
  if (REASONED.includes(act) && oneOf(values, 'reason_ja').trim() === '') faults.reason_ja = 'required'
  const date = oneOf(values, 'date')
  if (act === 'reschedule' && !isPostponed(values) && !isCivilDate(date))
    faults.date = date === '' ? 'required' : 'choice'
  if (act === 'venue' && oneOf(values, 'venue') === '') faults.venue = 'required'
  return faults
}

async function asked(c: Context<Env>): Promise<Session> {
  const session = await sessionById(c.var.ctx, c.req.param('id') ?? '')
  if (!session) throw new NotFound('session')
  requireReader(c.var.ctx.actor, session.prefecture)
  return session
}

/** The letters of each act that reaches people, by what the page says was done. Plans and repeated acts reach nobody. */
const LETTERS_OF: Partial<Record<string, readonly BookingLetterKind[]>> = {
  'call-off': ['called_off'],
  'hold-again': ['held_again'],
  reschedule: ['rescheduled'],
  postpone: ['postponed'],
  convert: ['converted', 'meeting'],
  'convert-back': ['converted_back'],
  venue: ['relocated'],
  meeting: ['meeting'],
  announce: ['won', 'reserve'],
} satisfies Partial<Record<SessionAct | 'postpone', readonly BookingLetterKind[]>>

/** Why the desk is closed on the day of a session that is held, or null. One query. */
async function closedFor(ctx: Ctx, session: Session): Promise<string | null> {
  const { date, prefecture, venue, formats } = session
  const at = formats.includes('onsite') && venue ? venue.id : null
  if (date === null || !isChangeable(session) || session.status === 'skipped') return null
  const closure = closureOn(await closures(ctx, date, date), date, prefecture, at)
  return closure && (ctx.locale === 'ja' ? closure.reason_ja : (closure.reason_en ?? closure.reason_ja))
}

async function shown(c: Context<Env>, refusal: string | null = null) {
  const { ctx } = c.var
  const session = await asked(c)
  if (refusal) c.set('refused', refusal)
  await noteReading(ctx, 'reading.session', session.id)
  const lines = await linesOf(ctx, { session: session.id, ended: session.status === 'called_off' })
  const done = c.req.query('done')
  const kinds = done === undefined ? undefined : LETTERS_OF[done]
  const view = {
    ...deskView(c),
    session,
    refusal,
    done,
    hears: kinds
      ? await hearsOfAct(
          ctx,
          kinds,
          lines.map(({ id }) => id),
        )
      : null,
    mayTend: canManage(ctx.actor, session.prefecture),
    lines,
    acts: actsFor(session, { booked: lines.length > 0 }),
    withheld: withheldFrom(session, { booked: lines.length > 0 }),
    awaiting: settledHours(session) === null ? (await confirmedInterests(ctx, session.id)).length : 0,
    draw: (await drawOf(ctx, session.id)) ?? null,
    order: session.draw ? forecast(session, await drawnEntries(ctx, session.id), ctx.clock.now()) : [],
    marks: await marksOf(c, lines),
    history: await historyOf(ctx, actsAbout('session'), session.id),
    closed: await closedFor(ctx, session),
    undoable: await mayUndo(ctx, session),
    removable:
      session.series === null && canManage(ctx.actor, session.prefecture) && (await isRemovable(ctx, session.id)),
    duties: (await dutiesOf(ctx, [session.id])).get(session.id),
    records: await recordStates(ctx, cameIn(lines)),
  }
  return c.html(page(SessionPage(view)), statusFor({ refusal }))
}

function actOf(c: Context<Env>): SessionAct {
  const act = c.req.param('act') ?? ''
  if (!isSessionAct(act)) throw new NotFound('page')
  return act
}

/** What is in an address: the time to which a session was dragged, or what a published schedule says. */
function proposedIn(c: Context<Env>, act: SessionAct): Values {
  const { into = '', venue = '' } = c.req.query()
  if (act === 'venue' && venue !== '') return { venue }
  if (act === 'convert' && (into === 'online' || into === 'phone')) return { into }
  if (act !== 'reschedule' && act !== 'settle') return {}
  const { date = '', starts = '', ends = '', formats = '' } = c.req.query()
  const known = FORMATS.filter((format) => formats.split(',').includes(format))
  return {
    ...(isCivilDate(date) && { date }),
    ...(isTimeOfDay(starts) && { starts }),
    ...(act === 'settle' && isTimeOfDay(ends) && { ends }),
    ...(act === 'settle' && known.length > 0 && { formats: known }),
  }
}

/** `changed`: it is not as it was shown before. `sent`: the letters that had left by then. */
type Against = { errors?: Faults; changed?: boolean; sent?: number }

/** Why an act is not possible now. Says only that nothing changed if it was done before. */
function impossible(c: Context<Env>, session: Session, act: SessionAct) {
  if (isDone(session, act)) return seeOther(c, `/desk/sessions/${session.id}?done=again`)
  return shown(c, act === 'reschedule' ? 'undecided' : 'closed')
}

/** The sessions that have its adviser or room when an act would hold it. */
async function inTheWay(ctx: Ctx, { after, held = after }: Ahead): Promise<Elsewhere[]> {
  if (!held || held.status === 'postponed') return []
  return busyIn(ctx, [holdingOf(held)])
}

/** The day on which an act would hold a session, if a suspension changes its form then. */
async function suspendedThen(ctx: Ctx, { after, held = after }: Ahead): Promise<SuspendedDate[]> {
  if (!held || held.date === null || held.status === 'postponed') return []
  return suspendedDates(ctx, [{ ...held, dates: [held.date] }])
}

async function form(
  c: Context<Env>,
  act: SessionAct,
  values: Values,
  { errors = {}, others = [] }: { errors?: Faults; others?: Elsewhere[] } = {},
): Promise<Response> {
  if (act === 'draw' || act === 'announce') return look(c, act, values)
  const { ctx } = c.var
  const session = await asked(c)
  requireDesk(ctx.actor, session.prefecture)
  if (!actsFor(session).has(act)) return impossible(c, session, act)
  const here =
    act === 'venue' || act === 'settle'
      ? (await venuesToChoose(ctx)).filter((one) => one.prefecture === session.prefecture)
      : []
  const { fields, preview: found, followingEnglish = 0 } = await AHEAD[act](ctx, session, {})
  if (others.length > 0) c.set('refused', 'busy')
  const view = {
    ...deskView(c),
    session,
    act,
    values,
    errors,
    others,
    venues: here,
    english: englishIn(found) + followingEnglish,
    shown: await fingerprint(fields),
  }
  return c.html(page(ActPage(view)), statusFor({ refusal: others.length > 0, errors }))
}

/** Shows what an act would do now. */
async function look(
  c: Context<Env>,
  act: SessionAct,
  values: Values,
  { errors = {}, changed = false, sent = 0 }: Against = {},
): Promise<Response> {
  const { ctx } = c.var
  const session = await asked(c)
  requireDesk(ctx.actor, session.prefecture)
  if (!actsFor(session).has(act)) return impossible(c, session, act)
  const ahead = await AHEAD[act](ctx, session, values)
  const {
    preview: found,
    fields,
    clashes = [],
    order = null,
    returns = null,
    interested = null,
    following: others = 0,
    followingEnglish = 0,
    after = null,
  } = ahead
  const would = await tried(ctx, act, session.id, values)
  const { beside: _, ...refused } = would.ok ? {} : (would.errors ?? {})
  const faults = { ...refused, ...faultsIn(act, values), ...ahead.errors }
  if (Object.keys(faults).length > 0) return form(c, act, values, { errors: faults })
  if (would.ok && would.again) return shown(c, 'same')
  if (!would.ok && !would.errors) return shown(c, would.why)
  const busy = await inTheWay(ctx, ahead)
  if (busy.length > 0) return form(c, act, values, { others: busy })
  if (changed) c.set('refused', 'changed')
  const print = await fingerprint(fields)
  const view = {
    ...deskView(c),
    session,
    act,
    values,
    errors,
    preview: found,
    clashes,
    order,
    returns,
    interested,
    following: others,
    followingEnglish,
    after,
    suspended: await suspendedThen(ctx, ahead),
    changed,
    sent,
  }
  return c.html(page(ActPreviewPage({ ...view, shown: print })), statusFor({ refusal: changed, errors }))
}

/** `/desk/sessions/:id`: one session with its bookings, its day sheet, and the acts of the desk on it. */
export const deskSessionRoutes = new Hono<Env>()
  .get('/:id', (c) => shown(c))
  .get('/:id/sheet', async (c) => {
    const session = await asked(c)
    await noteReading(c.var.ctx, 'reading.session', session.id)
    const lines = await linesOf(c.var.ctx, { session: session.id })
    const extras = await extrasIn(c.var.ctx, session.id)
    const duties = (await dutiesOf(c.var.ctx, [session.id])).get(session.id)
    return c.html(page(SheetPage({ ...deskView(c), session, lines, extras, duties })))
  })
  .get('/:id/:act', (c) => {
    const act = actOf(c)
    return form(c, act, proposedIn(c, act))
  })
  .post('/:id/:act', async (c) => {
    const { ctx, deps } = c.var
    const act = actOf(c)
    const session = await asked(c)
    requireDesk(ctx.actor, session.prefecture)
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (step === 'edit' || showsForm(c)) return form(c, act, values)
    if (step !== 'do') return look(c, act, values)
    const done = await RUN[act](ctx, session.id, values)
    deps.nudge()
    if (done.ok) return seeOther(c, `/desk/sessions/${session.id}?done=${saidOf(act, values, done)}`)
    if (done.why === 'changed') return look(c, act, values, { changed: true, sent: done.sent ?? 0 })
    const { beside, ...errors } = done.errors ?? {}
    if (beside) return look(c, act, values, { errors: { beside } })
    if (done.why === 'busy') {
      const others = await inTheWay(ctx, await AHEAD[act](ctx, session, values))
      if (others.length > 0) return form(c, act, values, { others })
    }
    return done.errors ? form(c, act, values, { errors }) : shown(c, done.why)
  })
