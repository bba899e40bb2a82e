import type { HTMLElement } from 'node-html-parser'
import { callOf, callsToMake } from '../../src/mail/call.ts'
import { type Fields, fieldsOf, type Page, pageOf, pathOf } from '../http/app.ts'
import { caller } from '../http/desk/fixtures.ts'
import { type Deed, type Pick, remember, sessionsOf, somePlace } from './public-deeds.ts'
import { sound } from './read.ts'
import { isKnown, onPage, toldBy } from './told.ts'
import { person, type Town } from './town.ts'

const hasStep = (form: HTMLElement, step: string) =>
  [...form.querySelectorAll('input[name=step]'), ...form.querySelectorAll('button[name=step]')].some(
    (each) => each.getAttribute('value') === step,
  )

const formsTo = (main: HTMLElement, path: string) =>
  main
    .querySelectorAll('form')
    .filter((form) => form.getAttribute('action') === path && form.getAttribute('method') === 'post')

type Changes = Record<string, string | string[]>

/** A page of the console, or the one to which it leads. */
export async function visit(town: Town, path: string, staff = town.desk): Promise<Page> {
  const answer = sound(path, await town.s.ask(path, { headers: { cookie: staff.cookie } }))
  return answer.status === 303 ? visit(town, pathOf(answer.location), staff) : pageOf(answer)
}

async function follow(town: Town, path: string, fields: Fields) {
  const answer = sound(path, await town.desk.post(path, fields))
  return answer.status === 303 ? visit(town, pathOf(answer.location)) : pageOf(answer)
}

/** Fills in the form of a page, looks at what it would do, and does it. Returns the last page's status. */
async function through(town: Town, path: string, changes: Changes = {}, from = path): Promise<number | string> {
  const page = await visit(town, from)
  const form = formsTo(page.main, path)[0]
  if (!form) return `${page.status} without a form`
  const look = await follow(town, path, fieldsOf(form, changes))
  const sure = formsTo(look.main, path).find((each) => hasStep(each, 'do'))
  if (!sure) return look.status
  const done = await follow(town, path, [...fieldsOf(sure).filter(([name]) => name !== 'step'), ['step', 'do']])
  return done.status
}

const WHY = { reason_ja: '都合により', reason_en: '' }

/** The days to which sessions go. */
const DAYS = ['2026-11-27', '2026-12-01', '2026-12-04', '2026-12-08', '2026-12-10', '2026-12-16', '2026-12-22']
const HOURS = ['', '', '09:00', '10:30', '13:00', '15:00']

const ofSession =
  (act: string, changes: (pick: Pick) => Changes = () => WHY): Deed =>
  async (town, pick) => {
    const session = pick(await sessionsOf(town)) ?? ''
    return through(town, `/desk/sessions/${session}/${act}`, changes(pick))
  }

/** A booking of the ledger, rather one in this state. */
async function someBooking(town: Town, pick: Pick, status?: string): Promise<string | undefined> {
  const held = [...town.held.keys()]
  const rows = status
    ? await town.s.column<string>('select id from booking where status = ? order by id', status)
    : held
  return pick(rows.filter((id) => held.includes(id)))
}

/** People without an e-mail know what a desk that ticked `told` says it told them. */
async function told(town: Town, id: string): Promise<void> {
  const [email] = await town.s.column<string | null>('select email from booking where id = ?', id)
  const page = email === null ? await onPage(town, id) : null
  if (page) town.told.set(id, page)
}

const ofBooking =
  (act: string, status?: string, changes: (pick: Pick) => Changes = () => ({})): Deed =>
  async (town, pick) => {
    const id = await someBooking(town, pick, status)
    if (id === undefined) return 'nobody'
    const path = `/desk/bookings/${id}/${act}`
    const page = await visit(town, path)
    const form = formsTo(page.main, path)[0]
    if (!form) return 'not possible'
    const isTold = pick.number(3) === 0 && form.querySelector('input[name=told]') !== null
    const fields = fieldsOf(form, { ...changes(pick), ...(isTold ? { told: 'true' } : {}) })
    const step = hasStep(form, 'do') ? [['step', 'do'] as [string, string]] : []
    const before = await revisionOf(town, id)
    const done = await follow(town, path, [...fields, ...step])
    if (isTold && (await revisionOf(town, id)) !== before) await told(town, id)
    return done.status
  }

const revisionOf = async (town: Town, id: string) =>
  (await town.s.column<number>('select revision from booking where id = ?', id))[0]

async function deskMove(town: Town, pick: Pick) {
  const id = await someBooking(town, pick, 'booked')
  if (id === undefined) return 'nobody'
  const { session } = await somePlace(town, pick)
  const path = `/desk/bookings/${id}/move`
  const page = await visit(town, `${path}?session=${session}`)
  const form = formsTo(page.main, path)[0]
  const places = form?.querySelectorAll('input[name=place]').map((each) => each.getAttribute('value') ?? '') ?? []
  const formats = form?.querySelectorAll('input[name=format]').map((each) => each.getAttribute('value') ?? '') ?? []
  if (!form || places.length === 0) return 'not possible'
  const isTold = pick.number(3) === 0 && form.querySelector('input[name=told]') !== null
  const changes = { place: pick(places) ?? '', ...(formats.length > 0 ? { format: pick(formats) ?? '' } : {}) }
  const before = await revisionOf(town, id)
  const done = await follow(town, path, fieldsOf(form, { ...changes, ...(isTold ? { told: 'true' } : {}) }))
  if (isTold && (await revisionOf(town, id)) !== before) await told(town, id)
  return done.status
}

/** The desk changes the number of people or the form, or corrects a person, on the page of a booking. */
const onBooking =
  (act: 'amend' | 'correct' | 'note' | 'meeting', changes: (pick: Pick) => Changes): Deed =>
  async (town, pick) => {
    const id = await someBooking(town, pick)
    if (id === undefined) return 'nobody'
    const before = await revisionOf(town, id)
    const wanted = changes(pick)
    const status = await through(town, `/desk/bookings/${id}/${act}`, wanted, `/desk/bookings/${id}`)
    if (wanted.told === 'true' && (await revisionOf(town, id)) !== before) await told(town, id)
    return status
  }

async function enter(town: Town, pick: Pick) {
  const nth = pick([2, 5, 8, 2, 5, 8, 0]) ?? 2
  const { session, slot, format } = await somePlace(town, pick)
  const { name, kana, email, phone, locale } = person(nth)
  const full = pick(['refuse', 'wait', 'over']) ?? 'wait'
  const who = { name, name_kana: kana, email: email ?? '', phone, locale, company: '大洗建設' }
  const given = caller({ session, slot: slot ?? '', format, full, over: full === 'over' ? '代表の方' : '', ...who })
  const before = await town.s.column<string>('select id from booking')
  const done = await follow(town, '/desk/bookings/new', [...given, ['sure', 'true']])
  const made = (await town.s.column<string>('select id from booking')).find((id) => !before.includes(id))
  if (made) await remember(town, made, nth)
  return done.status
}

/** Calls somebody of the call list, who then knows what the page of the call says. */
export async function call(town: Town, id: string, reached = true): Promise<unknown> {
  const page = await visit(town, `/desk/calls/${id}`)
  const { facts, booking, kind } = await callOf(town.staff, id)
  if (!reached) {
    const form = formsTo(page.main, `/desk/calls/${id}/unreached`)[0]
    return form && (await follow(town, `/desk/calls/${id}/unreached`, fieldsOf(form))).status
  }
  if (kind !== 'message' && facts !== null) {
    const said = toldBy('ja', new Map(facts.map(({ label, value }) => [label, value])))
    const is = await onPage(town, booking.id)
    const locale = booking.locale
    if (is && locale === 'ja' && !isKnown(said, is)) {
      throw new Error(`call ${kind} of ${booking.id} says ${JSON.stringify(said)}, but it is ${JSON.stringify(is)}`)
    }
    if (is) town.told.set(booking.id, is)
  }
  return (await follow(town, `/desk/calls/${id}`, [])).status
}

async function callSomebody(town: Town, pick: Pick) {
  const one = pick(await callsToMake(town.staff))
  return one ? call(town, one.id, pick.number(3) > 0) : 'nobody'
}

async function attend(town: Town, pick: Pick) {
  const id = await someBooking(town, pick)
  if (id === undefined) return 'nobody'
  const page = await visit(town, `/desk/bookings/${id}`)
  const form = pick(formsTo(page.main, `/desk/bookings/${id}/attend`))
  return form ? (await follow(town, `/desk/bookings/${id}/attend`, fieldsOf(form))).status : 'not possible'
}

async function suspend(town: Town, pick: Pick) {
  const from = pick(DAYS) ?? ''
  const days = { starts_on: from, ends_on: pick(DAYS.filter((day) => day >= from)) ?? from }
  const prefectures = pick([['08'], ['31'], ['08', '31']]) ?? ['08']
  return through(town, '/desk/suspensions', {
    ...days,
    ...WHY,
    prefectures,
    into: pick(['online', 'phone']) ?? 'online',
  })
}

async function lift(town: Town, pick: Pick) {
  const id = pick(await town.s.column<string>("select id from suspension where state = 'in_force' order by id"))
  return id ? through(town, `/desk/suspensions/${id}/lift`, {}, '/desk/suspensions') : 'none'
}

async function close(town: Town, pick: Pick) {
  const scope = pick(['08', '31', 'venue:hall']) ?? '08'
  return through(town, '/desk/closures', { date: pick(DAYS) ?? '', scope, ...WHY })
}

async function message(town: Town, pick: Pick) {
  const session = pick(await sessionsOf(town)) ?? ''
  const words = {
    subject_ja: '駐車場について',
    body_ja: '{氏名} 様\n{日時} {場所}',
    ...(pick.number(2) ? { pending: 'true' } : {}),
  }
  return through(town, '/desk/messages/new', words, `/desk/messages/new?session=${session}`)
}

async function edit(town: Town, pick: Pick) {
  const session = pick(await sessionsOf(town)) ?? ''
  const what = pick.number(3)
  const capacity = { capacity: String(1 + pick.number(4)) }
  const slots = { slot_starts: pick(['10:00 11:00', '10:00 11:00 13:00', '11:00', '']) ?? '' }
  const changes = what === 0 ? capacity : what === 1 ? slots : { note_ja: `お知らせ${pick.number(9)}` }
  return through(town, `/desk/sessions/${session}/edit`, changes)
}

async function open(town: Town, pick: Pick) {
  const session = pick(await sessionsOf(town)) ?? ''
  return through(town, `/desk/sessions/${session}/open`, {}, `/desk/sessions/${session}`)
}

async function undo(town: Town, pick: Pick) {
  const session = pick(await sessionsOf(town)) ?? ''
  return through(town, `/desk/sessions/${session}/undo`, {}, `/desk/sessions/${session}`)
}

async function saveVenue(town: Town, pick: Pick) {
  const venue = pick(['hall', 'annex', 'house']) ?? ''
  return through(town, `/desk/venues/${venue}`, { room_ja: `${pick.number(9)}階`, moves: 'true', ...WHY })
}

async function resend(town: Town, pick: Pick) {
  const id = pick(await town.s.column<string>("select id from outbox where state = 'failed' order by id"))
  return id ? sound('resend', await town.desk.post(`/desk/outbox/${id}/resend`)).status : 'none'
}

/** A new day or hours, or no day for now. */
const rescheduling = (pick: Pick): Changes => {
  const postpone = pick.number(3) === 0
  return {
    ...WHY,
    date: postpone ? '' : (pick(DAYS) ?? ''),
    starts: pick(HOURS) ?? '',
    ...(postpone ? { postpone: 'true' } : {}),
    beside: '二人で担当',
  }
}

const settling = (pick: Pick): Changes => ({
  date: pick(DAYS) ?? '',
  starts: pick(['', '10:00', '13:00']) ?? '',
  ends: pick(['', '15:00', '16:00']) ?? '',
  formats: ['online'],
  capacity: '2',
})

/** What the desk does. */
export const DESK_DEEDS = {
  'call off': ofSession('call-off'),
  'hold again': ofSession('hold-again'),
  reschedule: ofSession('reschedule', rescheduling),
  convert: ofSession('convert', (pick) => ({ ...WHY, into: pick(['online', 'phone']) ?? 'online' })),
  'convert back': ofSession('convert-back'),
  'another venue': ofSession('venue', (pick) => ({ ...WHY, venue: pick(['hall', 'annex']) ?? '' })),
  settle: ofSession('settle', settling),
  'meeting link': ofSession('meeting', (pick) => ({ url: `https://meet.example/${pick.number(9)}` })),
  draw: ofSession('draw', () => ({})),
  announce: ofSession('announce', () => ({})),
  skip: ofSession('skip'),
  open,
  undo,
  edit,
  'desk cancels': ofBooking('cancel'),
  approve: ofBooking('approve', 'requested'),
  'turn down': ofBooking('turn-down', 'requested'),
  promote: ofBooking('promote', 'waiting'),
  'promote an offer': ofBooking('promote', 'offered'),
  restore: ofBooking('restore', 'cancelled'),
  'restore a request': ofBooking('restore', 'lapsed'),
  'desk moves': deskMove,
  'desk amends': onBooking('amend', (pick) => ({
    seats: String(1 + pick.number(2)),
    ...(pick.number(3) === 0 ? { told: 'true' } : {}),
  })),
  'desk amends the form': onBooking('amend', (pick) => ({ format: pick(['onsite', 'online']) ?? 'online' })),
  correct: onBooking('correct', (pick) => ({ email: pick([`new${pick.number(50)}@example.jp`, '']) ?? '' })),
  'own link': onBooking('meeting', (pick) => ({ url: `https://meet.example/own${pick.number(9)}` })),
  note: onBooking('note', (pick) => ({ note: `メモ${pick.number(9)}` })),
  enter,
  call: callSomebody,
  attend,
  suspend,
  lift,
  close,
  message,
  'save venue': saveVenue,
  resend,
} satisfies Record<string, Deed>
