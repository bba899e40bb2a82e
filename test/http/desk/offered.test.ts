import { beforeAll, describe, expect, test } from 'vitest'
import type { Standing } from '../../../src/base/standing.ts'
import { hmac, sha256 } from '../../../src/base/token.ts'
import { amend } from '../../../src/booking/amend.ts'
import { annotate } from '../../../src/booking/annotate.ts'
import { approve } from '../../../src/booking/approve.ts'
import { attend } from '../../../src/booking/attend.ts'
import { cancel } from '../../../src/booking/cancel.ts'
import { correct } from '../../../src/booking/correct.ts'
import { enter } from '../../../src/booking/enter.ts'
import { correctExtras } from '../../../src/booking/extras/correct.ts'
import { move } from '../../../src/booking/move.ts'
import { sendOwnMeetingLink } from '../../../src/booking/send-meeting-link.ts'
import { turnDown } from '../../../src/booking/turn-down.ts'
import { callOff } from '../../../src/changes/call-off.ts'
import { changeVenue } from '../../../src/changes/change-venue.ts'
import { convert } from '../../../src/changes/convert.ts'
import { reschedule } from '../../../src/changes/reschedule.ts'
import { sendMeetingLink } from '../../../src/changes/send-meeting-link.ts'
import { setDate } from '../../../src/changes/set-date.ts'
import type { Ctx } from '../../../src/context.ts'
import { announceDraw } from '../../../src/lottery/announce.ts'
import { draw } from '../../../src/lottery/draw.ts'
import { addVenue } from '../../../src/planning/add-venue.ts'
import { editSession } from '../../../src/planning/edit-session.ts'
import { publishSession } from '../../../src/planning/publish-session.ts'
import { skip } from '../../../src/planning/skip.ts'
import { unskip } from '../../../src/planning/unskip.ts'
import { erase } from '../../../src/retention/erase.ts'
import type { BookingRow, SessionRow } from '../../../src/store/schema.ts'
import { answerSurvey } from '../../../src/survey/answer.ts'
import { accept } from '../../../src/waitlist/accept.ts'
import { decline } from '../../../src/waitlist/decline.ts'
import { endOver } from '../../../src/waitlist/end-over.ts'
import { expire } from '../../../src/waitlist/expire.ts'
import { promote } from '../../../src/waitlist/promote.ts'
import { texts } from '../../../templates/text/index.ts'
import { type ActorName, as } from '../../acts.ts'
import { forSeminar } from '../../booking/fixtures.ts'
import { sessionForm } from '../../planning/forms.ts'
import { seminar } from '../../schedule/fixtures.ts'
import { freshKey, NOW } from '../../world.ts'
import { type Page, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

/*
 * For each state of a booking and of a session: what the pages offer, and what the acts would accept. Every session is a
 * seminar of its own on 10 December, 13:00 to 16:00; booking closes the business day before at 15:00.
 */
const CLOSED = '2026-12-09T07:00:00.000Z'
const TODAY = '2026-12-10T05:00:00.000Z'
const HELD = '2026-12-11T01:00:00.000Z'

let s: Site
let desk: Staff
beforeAll(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
  await s.run("update pass set expires_at = '2028-01-01T00:00:00.000Z', seen_at = '2027-12-31T00:00:00.000Z'")
  const venue = { name_ja: '会場', name_en: 'Venue', address: null, area_only: 0 as const, printed: null }
  await addVenue(s.system, { ...venue, id: 'hall', prefecture: '08' })
  await published('target', { date: '2027-01-20' })
})

type Changes = Partial<Parameters<typeof seminar>[0]> & object

async function published(id: string, changes: Changes = {}): Promise<string> {
  const given = { id, desk: 'secretariat', prefecture: '08', capacity: 2, formats: ['onsite', 'online'] as const }
  const done = await publishSession(s.system, seminar({ ...given, formats: [...given.formats], ...changes }))
  if (!done.ok) throw new Error(done.why)
  return id
}

const set = (table: 'booking' | 'session', id: string, row: Partial<BookingRow> | Partial<SessionRow>) =>
  Promise.all(
    Object.entries(row).map(([column, value]) => s.run(`update ${table} set ${column} = ? where id = ?`, value, id)),
  )

/** The constraint that ends a rehearsal: it breaks last, after all others held. */
const BREAKS = 'venue_area_is_yes_or_no'

/** Whether an act would write and every guard of its commit holds. Nothing is kept. */
async function accepts(by: ActorName, act: (ctx: Ctx) => Promise<unknown>): Promise<boolean> {
  const { store } = s.ctx
  const row = { id: 'rehearsal', prefecture: '08', name_ja: '', name_en: '', address: null, printed: null, revision: 0 }
  const breaking = store.db.insertInto('venue').values({ ...row, area_only: 2 as 0 })
  let holds = false
  const commit: typeof store.commit = async (...writes) => {
    const done = await store.commit(...writes, breaking)
    holds = !done.ok && done.broke === BREAKS
    if (holds) throw new Error('rehearsed')
    return done
  }
  try {
    await act({ ...as(s, by), store: { ...store, commit } })
  } catch (error) {
    if (!holds) throw error
  }
  return holds
}

/**
 * By the name of each act: how the page offers it (an address after its own, or of another page), and the act. `instead`:
 * another act that means the same to its holder, so a page that offers that one need not offer this.
 */
type Offered<T> = Record<
  string,
  { shown: string; input?: string; instead?: string; act: (ctx: Ctx, one: T) => Promise<unknown> }
>

/** What a page offers and its act refuses, or the other way round. An act that has nothing to do accepts nothing. */
async function differences<T>(by: ActorName, page: Page, path: string, acts: Offered<T>, one: T): Promise<string[]> {
  const told: string[] = []
  const isThere = (shown: string, input?: string) => {
    const address = shown.startsWith('/desk') ? `${shown}${path.split('/').at(-1)}` : `${path}${shown}`
    return page.root
      .querySelectorAll(`form[action="${address}"][method=post], a[href="${address}"]`)
      .some((found) => input === undefined || found.querySelector(input) !== null)
  }
  for (const [name, { shown, input, instead, act }] of Object.entries(acts)) {
    const there = isThere(shown, input)
    const meant = there || (instead !== undefined && isThere(instead))
    const accepted = await accepts(by, (ctx) => act(ctx, one))
    if (there && !accepted) told.push(`${name}: offered, refused`)
    if (!meant && accepted) told.push(`${name}: accepted, not offered`)
  }
  return told
}

/** The differences by the state that they are found in. */
async function compared<State extends { at?: string }>(
  states: Record<string, () => Promise<State>>,
  compare: (state: State, name: string) => Promise<string[]>,
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [name, make] of Object.entries(states)) {
    s.at(NOW)
    const state = await make()
    if (state.at !== undefined) s.at(state.at)
    const told = await compare(state, name)
    if (told.length > 0) found[name] = told
  }
  s.at(NOW)
  return found
}

let sessions = 0

type Party = { id: string; token: string; session: string; at?: string }

/** A party in a seminar of its own, brought into a state. */
async function party(
  state: { session?: Changes; given?: Record<string, unknown>; at?: string } = {},
  then: (one: Party) => Promise<unknown> = async () => undefined,
): Promise<Party> {
  sessions++
  const session = await published(`party-${sessions}`, state.session)
  const given = forSeminar({ session, format: 'onsite', waitlist: true, ...state.given })
  const { id, token } = await s.booked(given)
  const one = { id, token, session, ...(state.at && { at: state.at }) }
  await then(one)
  return one
}

const status = (to: BookingRow['status'], more: Partial<BookingRow> = {}) => {
  return (one: Party) => set('booking', one.id, { status: to, ...more })
}
/** Somebody waits and a place is free: the day is made larger once they do. */
const waits = (at?: string) =>
  party({ session: { capacity: 2 }, ...(at && { at }) }, (one) => set('booking', one.id, { status: 'waiting' }))
const offered = status('offered', { offer_expires_at: '2026-12-01T00:00:00.000Z' })
const expired = async () => {
  s.at(CLOSED)
  await expire(s.system)
}
/** The clockwork after the day: whatever still waits has ended. */
const gone = async () => {
  s.at(HELD)
  await endOver(s.system)
}
const lottery = { session: { acceptance: 'lottery', capacity: 1 } } as const
const acting = () => as(s, 'desk')

/** A drawn lottery of three; the party is the one of this place in its order. */
async function drawn(place: number, told: boolean): Promise<Party> {
  const one = await party({ ...lottery, at: CLOSED })
  for (let i = 0; i < 2; i++) await s.booked(forSeminar({ session: one.session, format: 'onsite' }))
  s.at(CLOSED)
  await draw(acting(), one.session)
  if (told) await announceDraw(acting(), one.session)
  const [row] = await s.rows<{ id: string }>(
    'select id from booking where session = ? and draw_order = ?',
    one.session,
    place,
  )
  await s.run('update booking set token_hash = ? where id = ?', `other-${one.session}`, one.id)
  const token = await hmac(s.ctx.config.secrets[0] ?? '', `${row?.id}.1`)
  await s.run('update booking set token_hash = ? where id = ?', await sha256(token), row?.id)
  return { ...one, id: row?.id ?? '', token }
}

/** A booking in every state that comes of the acts. */
const PARTIES: Record<string, () => Promise<Party>> = {
  booked: () => party(),
  'booked, booking closed': () => party({ at: CLOSED }),
  'booked, on the day': () => party({ at: TODAY }),
  'booked, held': () => party({ at: HELD }),
  'booked on the web': () => party({ given: { format: 'online' } }),
  'booked on the web, held': () => party({ given: { format: 'online' }, at: HELD }),
  attended: () => party({ at: HELD }, status('attended', { came_at: TODAY })),
  'attended, on the day': () => party({ at: TODAY }, status('attended', { came_at: TODAY })),
  absent: () => party({ at: HELD }, status('absent')),
  'absent, on the day': () => party({ at: TODAY }, status('absent')),
  requested: () => party({ session: { acceptance: 'approval' } }),
  'requested, on the day': () => party({ session: { acceptance: 'approval' }, at: TODAY }),
  'requested, held': () => party({ session: { acceptance: 'approval' }, at: HELD }),
  waiting: () => waits(),
  'waiting, booking closed': () => waits(CLOSED),
  'waiting, held': () => waits(HELD),
  offered: () => party({}, offered),
  'offered, run out': () => party({ at: '2026-12-02T00:00:00.000Z' }, offered),
  'offered, held': () => party({ at: HELD }, offered),
  entered: () => party(lottery),
  'entered, not drawn yet': () => party({ ...lottery, at: CLOSED }),
  'drawn first, not told yet': () => drawn(1, false),
  'drawn second, not told yet': () => drawn(2, false),
  won: () => drawn(1, true),
  'won, on the day': async () => ({ ...(await drawn(1, true)), at: TODAY }),
  reserve: () => drawn(2, true),
  cancelled: () => party({}, (one) => cancel(s.ctx, { token: one.token })),
  'cancelled, held': () => party({ at: HELD }, (one) => cancel(s.ctx, { token: one.token })),
  'cancelled by the desk': () => party({}, (one) => cancel(acting(), { id: one.id })),
  'turned down': () => party({ session: { acceptance: 'approval' } }, (one) => turnDown(acting(), one.id)),
  unanswered: () => party({ session: { acceptance: 'approval' }, at: CLOSED }, expired),
  'offer over': () => party({ at: CLOSED }, async (one) => [await offered(one), await expired()]),
  'won, confirmed by nobody': async () => {
    const one = await drawn(1, true)
    s.at(TODAY)
    await expire(s.system)
    return one
  },
  declined: () => party({}, async (one) => [await offered(one), await decline(s.ctx, { token: one.token })]),
  'session over': () => party({ at: HELD }, async (one) => [await status('waiting')(one), await gone()]),
  undrawn: () => party({ ...lottery, at: HELD }, gone),
  'called off': () => party({}, (one) => callOff(acting(), one.session, WHY)),
  'booked, postponed': () => party({}, (one) => postponed(one.session)),
  'requested, postponed': () => party({ session: { acceptance: 'approval' } }, (one) => postponed(one.session)),
  'waiting, postponed': () =>
    party({}, async (one) => {
      await set('booking', one.id, { status: 'waiting' })
      await postponed(one.session)
    }),
  'booked, put on the web': () => party({}, (one) => convert(acting(), one.session, { into: 'online', ...WHY })),
}

const WHY = { reason_ja: '大雪', reason_en: 'Heavy snow' }
/** Every session here may be on the same day. */
const BESIDE = { beside: '担当が多いため' }
const postponed = (session: string) => reschedule(acting(), session, { date: null, starts: null, ...WHY })
const revision = async (table: 'booking' | 'session', id: string) =>
  (await s.column<number>(`select revision from ${table} where id = ?`, id))[0]
const PERSON = { company: '大洗建設', name: '海野 次郎', name_kana: 'うんの じろう', phone: '029-267-0003', email: '' }

/** The standing of each of them, by the first words of its name; the longest that fits. */
const STANDINGS: Record<string, Standing> = {
  booked: 'booked',
  attended: 'attended',
  absent: 'absent',
  requested: 'requested',
  'requested, on the day': 'unanswered',
  'requested, held': 'unanswered',
  waiting: 'waiting',
  offered: 'offered',
  'offered, run out': 'offer_over',
  'offered, held': 'offer_over',
  entered: 'entered',
  drawn: 'entered',
  won: 'won',
  'won, on the day': 'confirm_over',
  'won, confirmed by nobody': 'confirm_over',
  reserve: 'reserve',
  cancelled: 'cancelled',
  'cancelled by the desk': 'cancelled_by_desk',
  'turned down': 'turned_down',
  unanswered: 'unanswered',
  'offer over': 'offer_over',
  declined: 'declined',
  'session over': 'session_over',
  undrawn: 'undrawn',
  'called off': 'called_off',
}

function standingNamed(name: string): Standing {
  const [longest] = Object.keys(STANDINGS)
    .filter((one) => name.startsWith(one))
    .toSorted((a, b) => b.length - a.length)
  return STANDINGS[longest ?? ''] ?? 'booked'
}

/** The standings whose words stand in a part of a page by themselves: its state, or the sentence that says how it ended. */
function standingsShown(part: Page['root']): Standing[] {
  const { standings, over } = texts('ja')
  const said = new Set(
    part
      .querySelectorAll('.state, .pill, dd, td, .notice b')
      .flatMap((one) => one.childNodes.at(-1)?.text.trim() ?? []),
  )
  const sentences: Readonly<Record<string, { what: string } | undefined>> = over
  return (Object.keys(standings) as Standing[]).filter(
    (one) => said.has(standings[one]) || said.has(sentences[one]?.what ?? standings[one]),
  )
}

/** What a page says of a booking besides its own standing, or that it does not say that. */
function misnamed(page: Page, name: string): string[] {
  const shown = standingsShown(page.main).join()
  return shown === standingNamed(name) ? [] : [`stands as ${shown}`]
}

/** What the desk does to a booking, on its page. */
const AT_THE_DESK: Offered<Party> = {
  approve: { shown: '/approve', act: (ctx, { id }) => approve(ctx, id) },
  'turn down': { shown: '/turn-down', act: (ctx, { id }) => turnDown(ctx, id) },
  promote: { shown: '/promote', act: (ctx, { id }) => promote(ctx, id) },
  'mark as there': {
    shown: '/attend',
    input: 'input[value=attended]',
    act: (ctx, { id }) => attend(ctx, id, 'attended'),
  },
  'mark as absent': { shown: '/attend', input: 'input[value=absent]', act: (ctx, { id }) => attend(ctx, id, 'absent') },
  move: {
    shown: '/move',
    act: (ctx, { id }) => move(ctx, { id }, { session: 'target', slot: null, format: 'onsite' }),
  },
  cancel: { shown: '/cancel', act: (ctx, { id }) => cancel(ctx, { id }) },
  annotate: {
    shown: '/note',
    act: async (ctx, { id }) => annotate(ctx, id, { note: 'x', revision: await revision('booking', id) }),
  },
  'change the form': { shown: '/amend', act: (ctx, { id }) => amend(ctx, { id }, { message: 'x' }) },
  correct: {
    shown: '/correct',
    act: async (ctx, { id }) => correct(ctx, id, { ...PERSON, revision: await revision('booking', id) }),
  },
  'correct the answers': {
    shown: '/answers',
    act: async (ctx, { id }) =>
      correctExtras(ctx, id, { support: { captions: true }, revision: await revision('booking', id) }),
  },
  'send the meeting': {
    shown: '/meeting',
    act: (ctx, { id }) => sendOwnMeetingLink(ctx, id, { url: 'https://meet.example/1' }),
  },
}

const ANSWERS = { satisfaction: '5', understood: '4', telework: 'within_year', recommend: '3', comment: '' }

/** What its holder does, on the page of the link. */
const BY_ITS_HOLDER: Offered<Party> = {
  accept: { shown: '/accept', act: (ctx, { token }) => accept(ctx, { token }) },
  decline: { shown: '/decline', act: (ctx, { token }) => decline(ctx, { token }) },
  move: {
    shown: '/move',
    act: (ctx, { token }) => move(ctx, { token }, { session: 'target', slot: null, format: 'onsite' }),
  },
  amend: { shown: '/amend', act: (ctx, { token }) => amend(ctx, { token }, { phone: '029-267-0003', message: 'x' }) },
  cancel: {
    shown: '/cancel',
    // Whoever has an offer declines it.
    instead: '/decline',
    act: (ctx, { token }) => cancel(ctx, { token }),
  },
  erase: { shown: '/erase', act: (ctx, { token }) => erase(ctx, { token }) },
  'answer the survey': { shown: '/survey', act: (ctx, { token }) => answerSurvey(ctx, { token }, ANSWERS) },
}

type Day = { id: string; at?: string }

async function day(
  state: { session?: Changes; at?: string } = {},
  then: (id: string) => Promise<unknown> = async () => undefined,
): Promise<Day> {
  sessions++
  const id = await published(`day-${sessions}`, state.session)
  await then(id)
  return { id, ...(state.at && { at: state.at }) }
}

const taken = (id: string, seats = 1) => s.booked(forSeminar({ session: id, format: 'onsite', seats }))
const byLot = { acceptance: 'lottery' } as const
const lots = async (id: string, told: boolean) => {
  await taken(id)
  s.at(CLOSED)
  await draw(acting(), id)
  if (told) await announceDraw(acting(), id)
}

/** A session in every state that comes of the acts. */
const DAYS: Record<string, () => Promise<Day>> = {
  open: () => day(),
  'open, booked': () => day({}, taken),
  full: () => day({}, (id) => taken(id, 2)),
  'not yet open': () => day({}, (id) => set('session', id, { opens_at: '2026-12-01T00:00:00.000Z' })),
  closed: () => day({ at: CLOSED }),
  'on the day': () => day({ at: TODAY }),
  held: () => day({ at: HELD }),
  'of a day without hours': () => day({ session: { hours: null } }),
  'of a day without hours, over': () => day({ session: { hours: null }, at: HELD }),
  'without a day': () => day({ session: { date: null, hours: null } }),
  skipped: () => day({}, (id) => skip(acting(), id, WHY)),
  'skipped, over': () => day({ at: HELD }, (id) => skip(acting(), id, WHY)),
  postponed: () => day({}, postponed),
  'postponed, booked': () => day({}, async (id) => [await taken(id), await postponed(id)]),
  'called off': () => day({}, (id) => callOff(acting(), id, WHY)),
  'by approval': () => day({ session: { acceptance: 'approval' } }),
  'by lot': () => day({ session: byLot }),
  'by lot, entered': () => day({ session: byLot }, taken),
  'by lot, closed': () => day({ session: byLot, at: CLOSED }, taken),
  'by lot, drawn': () => day({ session: byLot, at: CLOSED }, (id) => lots(id, false)),
  'by lot, told': () => day({ session: byLot, at: CLOSED }, (id) => lots(id, true)),
  'by lot, drawn, postponed': () =>
    day({ session: byLot, at: CLOSED }, async (id) => [await lots(id, false), await postponed(id)]),
  'by lot, told, held': () => day({ session: byLot, at: HELD }, (id) => lots(id, true)),
  'by lot, told, called off': () =>
    day({ session: byLot, at: CLOSED }, async (id) => [await lots(id, true), await callOff(acting(), id, WHY)]),
  'by lot, drawn, on the day': () => day({ session: byLot, at: TODAY }, (id) => lots(id, false)),
  'on the web only': () => day({ session: { formats: ['online'] } }),
  'by telephone only': () => day({ session: { formats: ['phone'] } }),
  'at the place only': () => day({ session: { formats: ['onsite'] } }),
  'applied for elsewhere, without a day': () =>
    day({ session: { date: null, hours: null } }, (id) => set('session', id, { apply_name: '県の窓口' })),
  'applied for elsewhere': () =>
    day({}, (id) => set('session', id, { apply_name: '県の窓口', apply_phone: '029-301-0000' })),
}

async function form(id: string) {
  const [row] = await s.rows<SessionRow>('select * from session where id = ?', id)
  const whole = row?.starts_at === null ? { starts: '', ends: '' } : { starts: '13:00', ends: '16:00' }
  return sessionForm({
    ...whole,
    slot_starts: '',
    slot_minutes: '',
    slot_capacity: '',
    formats: row?.formats.split(','),
    capacity: String(row?.capacity ?? ''),
    acceptance: row?.acceptance,
    apply_name: row?.apply_name ?? '',
    apply_phone: row?.apply_phone ?? '',
    title_ja: '別の名',
    revision: row?.revision,
  })
}

/** What the desk does to a session, on its page. */
const TO_A_SESSION: Offered<Day> = {
  edit: { shown: '/edit', act: async (ctx, { id }) => editSession(ctx, id, await form(id)) },
  skip: { shown: '/skip', act: (ctx, { id }) => skip(ctx, id, WHY) },
  'hold after all': { shown: '/open', act: (ctx, { id }) => unskip(ctx, id, BESIDE) },
  draw: { shown: '/draw', act: (ctx, { id }) => draw(ctx, id) },
  announce: { shown: '/announce', act: (ctx, { id }) => announceDraw(ctx, id) },
  settle: {
    shown: '/settle',
    act: (ctx, { id }) =>
      setDate(ctx, id, { date: '2026-12-21', starts: '13:00', ends: '16:00', formats: ['online'], ...BESIDE }),
  },
  reschedule: {
    shown: '/reschedule',
    act: (ctx, { id }) => reschedule(ctx, id, { date: '2026-12-22', ...WHY, ...BESIDE }),
  },
  convert: { shown: '/convert', act: (ctx, { id }) => convert(ctx, id, { into: 'phone', ...WHY }) },
  'change the venue': {
    shown: '/venue',
    act: (ctx, { id }) => changeVenue(ctx, id, { venue: 'hall', ...WHY, ...BESIDE }),
  },
  'send the meeting': {
    shown: '/meeting',
    act: (ctx, { id }) => sendMeetingLink(ctx, id, { url: 'https://meet.example/1' }),
  },
  'call off': { shown: '/call-off', act: (ctx, { id }) => callOff(ctx, id, WHY) },
  enter: {
    shown: '/desk/bookings/new?session=',
    act: async (ctx, { id }) => {
      const [formats = ''] = await s.column<string>('select formats from session where id = ?', id)
      const given = forSeminar({ session: id, format: formats.split(',')[0], full: 'wait', channel: 'phone' })
      return enter(ctx, { ...given, session: id }, freshKey())
    },
  },
}

describe('what the pages offer is what the acts accept', () => {
  test('for a booking, at the desk; page and ledger say its state and no other', async () => {
    const wanted = new Map<string, [name: string, standing: Standing]>()
    const found = await compared(PARTIES, async (one, name) => {
      wanted.set(one.id, [name, standingNamed(name)])
      const path = `/desk/bookings/${one.id}`
      const page = await desk.page(path)
      return [...misnamed(page, name), ...(await differences('desk', page, path, AT_THE_DESK, one))]
    })
    expect(found).toEqual({})
    const lines = new Map<string, Standing[]>()
    for (const page of [1, 2]) {
      const { main } = await desk.page(`/desk/bookings?from=2026-12-10&to=2026-12-10&sort=made&page=${page}`)
      for (const row of main.querySelectorAll('tbody tr')) {
        const id = row.querySelector('a.who')?.getAttribute('href')?.split('/').at(-1) ?? ''
        lines.set(id, standingsShown(row))
      }
    }
    // Whatever could be answered, or waited, ended while later parties were made.
    const over: Partial<Record<Standing, Standing[]>> = {
      offered: ['offer_over'],
      requested: ['unanswered'],
      won: ['confirm_over'],
      waiting: ['session_over'],
      entered: ['undrawn', 'reserve_over'],
      reserve: ['reserve_over'],
    }
    const wrong = [...wanted].filter(([id, [, standing]]) => {
      const shown = lines.get(id)?.join()
      return shown !== standing && !over[standing]?.some((one) => shown === one)
    })
    expect(wrong.map(([id, [name]]) => [name, lines.get(id)])).toEqual([])
  })

  test('for a booking, by its holder; its page says its state and no other', async () => {
    const found = await compared(PARTIES, async (one, name) => {
      const path = `/b/${one.token}`
      const page = await s.page(path)
      // Once its own time is over and nobody has recorded it, a booking is only over.
      const isPast = /^booked.*, held$/.test(name)
      const state = page.main.querySelector('.state')?.childNodes.at(-1)?.text
      const wrong = isPast
        ? state === texts('ja').booking.past
          ? standingsShown(page.main)
          : ['not over']
        : misnamed(page, name)
      return [...wrong, ...(await differences('public', page, path, BY_ITS_HOLDER, one))]
    })
    expect(found).toEqual({})
  })

  test('for a session', async () => {
    const found = await compared(DAYS, async (one) => {
      const path = `/desk/sessions/${one.id}`
      return differences('desk', await desk.page(path), path, TO_A_SESSION, one)
    })
    expect(found).toEqual({})
  })
})
