import { type Context, Hono } from 'hono'
import { ArrivePage } from '../../../templates/desk/booking/arrive.tsx'
import { CancelPage } from '../../../templates/desk/booking/cancel.tsx'
import { BookingLookPage } from '../../../templates/desk/booking/look.tsx'
import { MovePage } from '../../../templates/desk/booking/move.tsx'
import { BookingPage, isHeard } from '../../../templates/desk/booking/page.tsx'
import { LetterPreviewPage } from '../../../templates/desk/letters.tsx'
import { extraValues } from '../../../templates/extra-fields.tsx'
import { page } from '../../../templates/layout.tsx'
import { dutiesOf } from '../../advisers/queries.ts'
import { canManage, requireDesk, requireReader } from '../../base/actor.ts'
import type { Instant } from '../../base/clock.ts'
import { dutyAt } from '../../base/duty.ts'
import { fingerprint, shownIn } from '../../base/fingerprint.ts'
import { type Faults, searchable } from '../../base/input.ts'
import { civilDate } from '../../base/japan/civil.ts'
import { isMobile, phoneDigits } from '../../base/japan/phone.ts'
import { BOOKING_LETTERS } from '../../base/letters.ts'
import { NotFound } from '../../base/outcome.ts'
import { typedPersonKey } from '../../base/person.ts'
import { askedAgain } from '../../base/questions.ts'
import { givenUp } from '../../base/standing.ts'
import { staffActs as actsOfStaff, promotion, restoration, type StaffAct } from '../../booking/acts-for.ts'
import { amend } from '../../booking/amend.ts'
import { annotate } from '../../booking/annotate.ts'
import { approve } from '../../booking/approve.ts'
import { attend, attendanceOf } from '../../booking/attend.ts'
import { type Booking, wasText } from '../../booking/booking.ts'
import { cancel } from '../../booking/cancel.ts'
import { correct } from '../../booking/correct.ts'
import { withheldFrom } from '../../booking/desk/withheld.ts'
import { correctExtras } from '../../booking/extras/correct.ts'
import { askedOnMove } from '../../booking/extras/move.ts'
import { withoutLink } from '../../booking/link.ts'
import { MeetingInput } from '../../booking/meeting.ts'
import { move } from '../../booking/move.ts'
import { activeBookingOf, bookingById, historyOf } from '../../booking/queries.ts'
import { ownMeetingFields, sendOwnMeetingLink } from '../../booking/send-meeting-link.ts'
import { turnDown } from '../../booking/turn-down.ts'
import { consultationOf, whyNotRecorded } from '../../consultation/queries.ts'
import { getsSms, hearsOf } from '../../mail/hears.ts'
import { letterOf } from '../../mail/letters.ts'
import { previewOne } from '../../mail/preview.ts'
import { lettersToPerson } from '../../mail/queries.ts'
import { withResend } from '../../mail/resend.ts'
import { stopMessages, wantMessages } from '../../messages/choose-messages.ts'
import { chooseSms } from '../../messages/choose-sms.ts'
import { getsMessages } from '../../messages/queries.ts'
import { noteReading } from '../../people/note-reading.ts'
import { sessionById } from '../../schedule/queries.ts'
import { askedOf } from '../../schedule/questions.ts'
import { bookingFields, deskBookingFields, moveFields } from '../../schedule/shown.ts'
import { actsAbout } from '../../store/acts.ts'
import type { BookingRow } from '../../store/schema.ts'
import { withTimeOnReturn } from '../../waitlist/answer-time.ts'
import { passedOver } from '../../waitlist/freed.ts'
import { promote, promoted } from '../../waitlist/promote.ts'
import { restore, restored } from '../../waitlist/restore.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { known } from '../filter.ts'
import { everyExtra, extrasTyped, formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { withMeant } from '../meant.ts'
import { bookable } from './enter.ts'
import { deskView, typedBeside } from './view.ts'

async function asked(c: Context<Env>): Promise<Booking> {
  const booking = await bookingById(c.var.ctx, c.req.param('id') ?? '')
  if (!booking) throw new NotFound('booking')
  requireReader(c.var.ctx.actor, booking.session.prefecture)
  return booking
}

/** The booking of a form that changes it. Throws `Forbidden` for those who only read. */
async function tended(c: Context<Env>): Promise<Booking> {
  const booking = await asked(c)
  requireDesk(c.var.ctx.actor, booking.session.prefecture)
  return booking
}

function staffActs(c: Context<Env>, booking: Booking) {
  return actsOfStaff(booking, c.var.ctx.clock.now())
}

/** The page of the ledger in the referrer, else the first page. */
function ledgerBefore(c: Context<Env>): string {
  const url = URL.parse(c.req.header('referer') ?? '')
  return url?.pathname === '/desk/bookings' ? `/desk/bookings${url.search}` : '/desk/bookings'
}

/** What its session asks of the person of a booking. */
async function askedOfBooking(c: Context<Env>, { session, extras }: Booking) {
  return askedAgain(await askedOf(c.var.ctx, session), extras)
}

type Against = { errors?: Faults; values?: Values; refusal?: string | null; other?: BookingRow | undefined }

async function shownOne(c: Context<Env>, { errors = {}, values, refusal = null, other }: Against = {}) {
  const { ctx } = c.var
  const booking = await asked(c)
  await noteReading(ctx, 'reading.booking', booking.id)
  const done = c.req.query('done')
  const view = {
    ...deskView(c),
    booking,
    errors,
    refusal,
    other,
    done,
    values: values ?? {},
    mayTend: canManage(ctx.actor, booking.session.prefecture),
    acts: staffActs(c, booking),
    withheld: withheldFrom(booking, ctx.clock.now()),
    asked: await askedOfBooking(c, booking),
    hears: isHeard(done) ? await hearsOf(ctx, booking) : null,
    mark: await fingerprint(attendanceOf(booking)),
    print: await fingerprint(bookingFields(booking)),
    history: await historyOf(ctx, actsAbout('booking'), booking.id),
    from: ledgerBefore(c),
    record: await consultationOf(ctx, booking.id),
    whyNotRecorded: whyNotRecorded(ctx, booking),
    letters: await withResend(ctx, (await lettersToPerson(ctx, booking, { newest: true })).letters.toReversed()),
    getsMessages: await getsMessages(ctx, booking.id),
    texts: ctx.config.smsUrl !== null && booking.email === null && isMobile(phoneDigits(booking.phone) ?? ''),
    duty: dutyAt((await dutiesOf(ctx, [booking.session.id])).get(booking.session.id), booking.slot?.id ?? null),
  }
  if (refusal) c.set('refused', refusal)
  return c.html(page(BookingPage(view)), statusFor({ refusal, errors }))
}

/** Whether the desk ticked that the person knows already. */
const isTold = (values: Values) => oneOf(values, 'told') === 'true'

/** A booking as each act would leave it, and its letter. */
const LOOKS = {
  approve: { kind: 'booked', after: (booking: Booking): Booking => ({ ...booking, status: 'booked' }) },
  'turn-down': { kind: 'turned_down', after: (booking: Booking): Booking => ({ ...booking, status: 'lapsed' }) },
  promote: { kind: 'promoted', after: promoted },
  restore: { kind: 'restored', after: restored },
  meeting: {
    kind: 'meeting',
    after: (booking: Booking, _: Instant, url: string): Booking => ({ ...booking, meeting_url: url }),
  },
} as const satisfies Partial<Record<StaffAct, object>>

type Looked = keyof typeof LOOKS

type Changed = { changed?: boolean; values?: Values }

/** Shows whom an act reaches and the letter, before it is done. `changed`: it is not as it was shown before. */
async function look(c: Context<Env>, act: Looked, { changed = false, values = {} }: Changed = {}) {
  const { ctx } = c.var
  const booking = await tended(c)
  const now = ctx.clock.now()
  if (!staffActs(c, booking).has(act)) {
    const rule = act === 'promote' ? promotion : act === 'restore' ? restoration : null
    const place = rule?.(booking, now)
    return shownOne(c, { refusal: place && !place.ok ? place.why : 'closed' })
  }
  const { kind, after } = LOOKS[act]
  const left = after(booking, now, oneOf(values, 'url'))
  const to = act === 'restore' ? await withTimeOnReturn(ctx, left) : left
  const found = await previewOne(ctx, kind, booking, () => to)
  const seen = deskBookingFields(act === 'promote' || act === 'restore' ? left : booking)
  const shown = await fingerprint(act === 'meeting' ? ownMeetingFields(booking, values) : seen)
  if (changed) c.set('refused', 'changed')
  const passed = act === 'promote' ? await passedOver(ctx, booking, to.slot) : []
  const view = { ...deskView(c), booking, to, act, values, preview: found, shown, changed, passed }
  return c.html(page(BookingLookPage(view)), statusFor({ refusal: changed }))
}

/** Asks before the desk cancels. `changed` as in `look`. */
async function cancelling(c: Context<Env>, changed = false) {
  const booking = await tended(c)
  if (!staffActs(c, booking).has('cancel')) return shownOne(c, { refusal: 'closed' })
  if (changed) c.set('refused', 'changed')
  const shown = await fingerprint(deskBookingFields(booking))
  return c.html(
    page(CancelPage({ ...deskView(c), booking, shown, changed, texted: getsSms(c.var.ctx, booking) })),
    statusFor({ refusal: changed }),
  )
}

/** The faults of a move at the fields of its form, which names the session and the time in one. */
function atPlace({ session, slot, ...faults }: Faults): Faults {
  const fault = session ?? slot
  return fault ? { ...faults, place: fault } : faults
}

/** Chooses the new place of a booking, with a fingerprint of each choice. `changed` as in `look`. */
async function moving(
  c: Context<Env>,
  to: string | undefined,
  { changed = false, values = {}, errors = {} }: Changed & { errors?: Faults } = {},
) {
  const booking = await tended(c)
  if (!staffActs(c, booking).has('move')) return seeOther(c, `/desk/bookings/${booking.id}`)
  const days = (await bookable(c)).filter((each) => each.kind === booking.session.kind)
  const other = searchable(to ?? booking.session.id)
  // A postponed session has no times to choose from.
  const first = booking.session.former === null ? undefined : days[0]
  const session = days.find((each) => each.id === other) ?? first ?? booking.session
  const slots = session.slots.length > 0 ? session.slots : [null]
  const shown: string[] = []
  for (const slot of slots) {
    for (const format of session.formats) {
      shown.push(await fingerprint(moveFields(booking, { session, slot, format })))
    }
  }
  if (changed) c.set('refused', 'changed')
  const asking = await askedOnMove(c.var.ctx, booking, session)
  const texted = getsSms(c.var.ctx, booking)
  const view = { ...deskView(c), booking, days, session, shown, changed, texted, values, asked: asking, errors }
  return c.html(page(MovePage(view)), statusFor({ refusal: changed, errors }))
}

/** The address after a mark: the line of the booking on the page of the mark. Past days have a list of their own. */
function lineAgain(c: Context<Env>, { id, session }: Booking, back: string): string {
  if (back === 'session') return `/desk/sessions/${session.id}#b-${id}`
  const isPast = session.date !== null && session.date < civilDate(c.var.ctx.clock.now())
  return isPast ? `/desk?marked=${id}#unrecorded` : `/desk#b-${id}`
}

type Outcome = { ok: true; again?: boolean; same?: true } | { ok: false; why: string; errors?: Faults }

/** The booking because of which an act was refused as `twice`. It is of the person as typed, in the same session. */
async function otherOf(c: Context<Env>): Promise<BookingRow | undefined> {
  const booking = await asked(c)
  const typed = await formValues(c)
  const [session = ''] = oneOf(typed, 'place').split(' ')
  const key = typedPersonKey({
    email: typed.email === undefined ? (booking.email ?? '') : oneOf(typed, 'email'),
    phone: oneOf(typed, 'phone') || booking.phone,
    name_kana: oneOf(typed, 'name_kana') || booking.name_kana,
    name: booking.name,
  })
  return activeBookingOf(c.var.ctx, session || booking.session.id, key)
}

/** Redirects to the booking after an act, or shows its page with the refusal. Says so if nothing changed. */
async function answered(c: Context<Env>, done: Outcome, said: string, values?: Values) {
  c.var.deps.nudge()
  if (done.ok)
    return seeOther(c, `/desk/bookings/${c.req.param('id')}?done=${done.again ? 'again' : done.same ? 'same' : said}`)
  if (done.errors) return shownOne(c, { errors: done.errors, ...(values && { values }) })
  if (isChanged(done) && values) typedBeside(c, values, savedOf(await asked(c)))
  const other = done.why === 'twice' ? await otherOf(c) : undefined
  return shownOne(c, { refusal: done.why, other, ...(values && { values }) })
}

/** What is saved of a booking, by the fields of its page. */
function savedOf({ note, company, name, name_kana, phone, email, seats, format, extras }: Booking): Values {
  const who = { company, name, name_kana, phone, email: email ?? '' }
  return { note, ...who, seats: String(seats), format, ...extraValues(extras) }
}

const isChanged = (done: Outcome) => !done.ok && done.why === 'changed'

/** Does an act whose look was shown, or shows the look again if something changed. */
async function decided(
  c: Context<Env>,
  act: Looked,
  run: typeof approve | typeof turnDown | typeof promote | typeof restore,
  said: string,
) {
  const values = await formValues(c)
  const done = await run(c.var.ctx, c.req.param('id') ?? '', shownIn(values), isTold(values))
  return isChanged(done) ? look(c, act, { changed: true }) : answered(c, done, said)
}

/** `/desk/bookings/:id`: one booking and the acts of the desk on it. */
export const bookingRoutes = new Hono<Env>()
  .get('/:id', (c) => shownOne(c))
  .get('/:id/cancel', (c) => cancelling(c))
  .post('/:id/cancel', async (c) => {
    const values = await formValues(c)
    const ref = { id: c.req.param('id'), shown: shownIn(values), told: isTold(values) }
    const what = givenUp(await tended(c))
    const done = await cancel(c.var.ctx, ref)
    return isChanged(done) ? cancelling(c, true) : answered(c, done, what)
  })
  .get('/:id/move', (c) => moving(c, c.req.query('session')))
  .post('/:id/move', async (c) => {
    const values = await formValues(c)
    const [session = '', slot = ''] = oneOf(values, 'place').split(' ')
    const target = await sessionById(c.var.ctx, searchable(session))
    const day = target?.id ?? oneOf(values, 'session')
    if (showsForm(c)) return moving(c, day, { values })
    if (target && !canManage(c.var.ctx.actor, target.prefecture)) {
      return moving(c, oneOf(values, 'session'), { values, errors: { place: 'choice' } })
    }
    const { answers, companions } = extrasTyped(values)
    const given = { session, slot: slot || null, format: oneOf(values, 'format'), answers, companions }
    const done = await move(c.var.ctx, { id: c.req.param('id'), shown: shownIn(values), told: isTold(values) }, given)
    if (isChanged(done)) return moving(c, day, { changed: true, values })
    if (!done.ok && done.why === 'invalid') return moving(c, day, { values, errors: atPlace(done.errors) })
    if (!done.ok && done.why === 'unknown') return moving(c, day, { values, errors: { place: 'choice' } })
    return answered(c, done, 'moved')
  })
  .post('/:id/note', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return shownOne(c, { values })
    return answered(c, await annotate(c.var.ctx, c.req.param('id'), values), 'noted', values)
  })
  .post('/:id/correct', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return shownOne(c, { values })
    const slip = withMeant(values, (await tended(c)).email)
    if (slip) return shownOne(c, { values: slip })
    return answered(c, await correct(c.var.ctx, c.req.param('id'), values), 'corrected', values)
  })
  .post('/:id/answers', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return shownOne(c, { values })
    const asking = await askedOfBooking(c, await tended(c))
    const given = { ...everyExtra(values, asking), revision: values.revision }
    return answered(c, await correctExtras(c.var.ctx, c.req.param('id'), given), 'answers', values)
  })
  .post('/:id/amend', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return shownOne(c, { values })
    const { seats, format } = values
    const given = { ...(seats !== undefined && { seats }), ...(format !== undefined && { format }) }
    const ref = { id: c.req.param('id'), shown: shownIn(values), told: isTold(values) }
    const done = await amend(c.var.ctx, ref, given)
    return answered(c, done, 'amended', values)
  })
  .post('/:id/attend', async (c) => {
    const values = await formValues(c)
    const as = (['absent', 'booked'] as const).find((mark) => mark === oneOf(values, 'as')) ?? 'attended'
    const done = await attend(c.var.ctx, c.req.param('id'), as, shownIn(values))
    const booking = done.ok && oneOf(values, 'back') !== '' ? await bookingById(c.var.ctx, done.booking) : undefined
    if (booking) return seeOther(c, lineAgain(c, booking, oneOf(values, 'back')))
    return answered(c, done, as === 'booked' ? 'unmarked' : as)
  })
  .get('/:id/approve', (c) => look(c, 'approve'))
  .post('/:id/approve', (c) => decided(c, 'approve', approve, 'approved'))
  .get('/:id/turn-down', (c) => look(c, 'turn-down'))
  .post('/:id/turn-down', (c) => decided(c, 'turn-down', turnDown, 'turned_down'))
  .get('/:id/promote', (c) => look(c, 'promote'))
  .post('/:id/promote', (c) => decided(c, 'promote', promote, 'promoted'))
  .get('/:id/restore', (c) => look(c, 'restore'))
  .post('/:id/restore', (c) => decided(c, 'restore', restore, 'restored'))
  .post('/:id/meeting', async (c) => {
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (step === 'edit' || showsForm(c)) return shownOne(c, { values })
    if (step !== 'do' && MeetingInput.safeParse(values).success) return look(c, 'meeting', { values })
    const done = await sendOwnMeetingLink(c.var.ctx, c.req.param('id'), values, isTold(values))
    if (isChanged(done)) return look(c, 'meeting', { changed: true, values })
    return answered(c, done, 'meeting', values)
  })
  .post('/:id/messages', async (c) => {
    const id = c.req.param('id')
    const stops = oneOf(await formValues(c), 'messages') === 'stop'
    const done = await (stops ? stopMessages : wantMessages)(c.var.ctx, { id })
    return answered(c, done, stops ? 'messages_stopped' : 'messages_wanted', {})
  })
  .post('/:id/sms', async (c) => {
    const agrees = oneOf(await formValues(c), 'sms') === 'agree'
    const done = await chooseSms(c.var.ctx, c.req.param('id'), agrees)
    return answered(c, done, agrees ? 'sms_agreed' : 'sms_refused', {})
  })
  .get('/:id/letter', async (c) => {
    const { ctx } = c.var
    const booking = await asked(c)
    await noteReading(ctx, 'reading.booking', booking.id)
    const kind = known(BOOKING_LETTERS, c.req.query('kind')) ?? 'booked'
    const row = {
      id: 'preview',
      kind,
      locale: booking.locale,
      before: wasText(booking),
    }
    const readable = withoutLink({ ...booking, email: booking.email ?? 'preview@example.jp' })
    const letter = await letterOf({ ...ctx, flowing: true }, row, readable)
    const view = { ...deskView(c), booking, kind, kinds: BOOKING_LETTERS.filter((one) => one !== 'message'), letter }
    return c.html(page(LetterPreviewPage(view)))
  })
  .get('/:id/arrive', async (c) => {
    const booking = await asked(c)
    await noteReading(c.var.ctx, 'reading.booking', booking.id)
    const shown = await fingerprint(attendanceOf(booking))
    return c.html(page(ArrivePage({ ...deskView(c), booking, acts: staffActs(c, booking), shown })))
  })
