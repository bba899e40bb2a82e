import { beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../../src/base/actor.ts'
import { addDesk } from '../../../src/people/add-desk.ts'
import { ENGINE } from '../../engine.ts'
import { expert } from '../../experts/fixtures.ts'
import { desk as office } from '../../schedule/fixtures.ts'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, formTo, pathOf, type Site, site } from '../app.ts'
import { caller, type Staff, signedIn } from './fixtures.ts'

/** The week after. */
const NEXT = 'ibaraki-2026-12-04'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

/** The status of each route for a viewer, the desk, another desk, the secretariat, an expert. */
const MAY: Record<string, [viewer: number, desk: number, other: number, secretariat: number, expert: number]> = {
  'GET /desk': [200, 200, 200, 200, 303],
  'GET /desk/bookings': [200, 200, 200, 200, 200],
  'GET /desk/requests': [403, 200, 200, 200, 403],
  'GET /desk/requests/new': [403, 200, 200, 200, 403],
  'GET /desk/bookings/new': [403, 200, 200, 200, 403],
  'GET /desk/bookings/places': [200, 200, 403, 200, 403],
  'GET /desk/bookings/:id': [200, 200, 403, 200, 403],
  'GET /desk/bookings/:id/cancel': [403, 200, 403, 200, 403],
  'GET /desk/bookings/:id/move': [403, 200, 403, 200, 403],
  'GET /desk/bookings/:id/letter': [200, 200, 403, 200, 403],
  'GET /desk/bookings/:id/arrive': [200, 200, 403, 200, 403],
  'GET /desk/bookings/:id/approve': [403, 409, 403, 409, 403],
  'GET /desk/bookings/:id/turn-down': [403, 409, 403, 409, 403],
  'GET /desk/bookings/:id/promote': [403, 409, 403, 409, 403],
  'POST /desk/bookings': [303, 303, 303, 303, 303],
  'POST /desk/bookings/ticked': [403, 422, 422, 422, 403],
  'GET /desk/bookings/ticked/:id': [404, 404, 404, 404, 404],
  'POST /desk/bookings/alike': [200, 200, 200, 200, 200],
  'POST /desk/bookings/views': [422, 422, 422, 422, 422],
  'POST /desk/bookings/views/:id/drop': [303, 303, 303, 303, 303],
  'POST /desk/requests/new': [403, 422, 422, 422, 403],
  'POST /desk/bookings/new': [403, 422, 422, 422, 403],
  'POST /desk/bookings/:id/cancel': [403, 303, 403, 303, 403],
  'POST /desk/bookings/:id/move': [403, 422, 403, 422, 403],
  'POST /desk/bookings/:id/messages': [403, 303, 403, 303, 403],
  'POST /desk/bookings/:id/sms': [403, 303, 403, 303, 403],
  'POST /desk/bookings/:id/note': [403, 422, 403, 422, 403],
  'POST /desk/bookings/:id/amend': [403, 303, 403, 303, 403],
  'POST /desk/bookings/:id/correct': [403, 422, 403, 422, 403],
  'POST /desk/bookings/:id/answers': [403, 422, 403, 422, 403],
  'POST /desk/bookings/:id/attend': [403, 409, 403, 409, 403],
  'POST /desk/bookings/:id/approve': [403, 303, 403, 303, 403],
  'POST /desk/bookings/:id/turn-down': [403, 409, 403, 409, 403],
  'POST /desk/bookings/:id/promote': [403, 303, 403, 303, 403],
  'GET /desk/bookings/:id/restore': [403, 409, 403, 409, 403],
  'POST /desk/bookings/:id/restore': [403, 303, 403, 303, 403],
  'POST /desk/bookings/:id/meeting': [403, 422, 403, 422, 403],
  'GET /desk/series/:id/advisers': [403, 200, 403, 200, 403],
  'POST /desk/series/:id/advisers': [403, 409, 403, 409, 403],
  'GET /desk/mine': [200, 200, 200, 200, 200],
  'GET /desk/bookings/:id/record': [200, 200, 403, 200, 403],
  'POST /desk/bookings/:id/record': [403, 422, 403, 422, 403],
  'GET /desk/sessions/:id': [200, 200, 403, 200, 403],
  'GET /desk/sessions/:id/sheet': [200, 200, 403, 200, 403],
  'GET /desk/sessions/:id/:act': [403, 200, 403, 200, 403],
  'POST /desk/sessions/:id/:act': [403, 422, 403, 422, 403],
  'GET /desk/sessions/:id/edit': [403, 200, 403, 200, 403],
  'POST /desk/sessions/:id/edit': [403, 422, 403, 422, 403],
  'GET /desk/sessions/:id/outline': [403, 200, 403, 200, 403],
  'POST /desk/sessions/:id/outline': [403, 422, 403, 422, 403],
  'GET /desk/sessions/:id/advisers': [403, 200, 403, 200, 403],
  'POST /desk/sessions/:id/advisers': [403, 422, 403, 422, 403],
  'GET /desk/sessions/:id/skip': [403, 200, 403, 200, 403],
  'POST /desk/sessions/:id/skip': [403, 422, 403, 422, 403],
  'POST /desk/sessions/:id/open': [403, 303, 403, 303, 403],
  'POST /desk/sessions/:id/undo': [403, 409, 403, 409, 403],
  'GET /desk/schedule': [200, 200, 200, 200, 200],
  'GET /desk/schedule/copy': [403, 200, 200, 200, 403],
  'POST /desk/schedule/copy': [403, 422, 422, 422, 403],
  'GET /desk/sessions/:id/copy': [403, 200, 403, 200, 403],
  'POST /desk/sessions/:id/copy': [403, 422, 403, 422, 403],
  'GET /desk/sessions/:id/delete': [403, 200, 403, 200, 403],
  'POST /desk/sessions/:id/delete': [403, 409, 403, 409, 403],
  'GET /desk/series/:id/copy': [403, 200, 403, 200, 403],
  'GET /desk/series/:id/poster': [403, 200, 403, 200, 403],
  'POST /desk/series/:id/poster': [403, 303, 403, 303, 403],
  'GET /desk/series/:id/end': [403, 200, 403, 200, 403],
  'POST /desk/series/:id/end': [403, 422, 403, 422, 403],
  'GET /desk/series/:id/delete': [403, 200, 403, 200, 403],
  'POST /desk/series/:id/delete': [403, 409, 403, 409, 403],
  'GET /desk/venues/:id/delete': [403, 200, 403, 200, 403],
  'POST /desk/venues/:id/delete': [403, 409, 403, 409, 403],
  'GET /desk/schedule/new': [403, 200, 200, 200, 403],
  'POST /desk/schedule/new': [403, 422, 422, 422, 403],
  'GET /desk/series': [200, 200, 200, 200, 200],
  'GET /desk/series/new': [403, 200, 200, 200, 403],
  'POST /desk/series/new': [403, 422, 422, 422, 403],
  'GET /desk/series/:id': [200, 200, 403, 200, 403],
  'POST /desk/series/:id': [403, 422, 403, 422, 403],
  'POST /desk/series/:id/undo': [403, 409, 403, 409, 403],
  'GET /desk/import': [403, 200, 200, 200, 403],
  'POST /desk/import': [403, 422, 422, 422, 403],
  'GET /desk/import/bookings': [403, 200, 200, 200, 403],
  'POST /desk/import/bookings': [403, 422, 422, 422, 403],
  'GET /desk/import/:id': [403, 200, 404, 200, 403],
  'POST /desk/import/:id': [403, 303, 404, 303, 403],
  'GET /desk/import/:id/look': [403, 200, 404, 200, 403],
  'POST /desk/import/:id/look': [403, 409, 404, 409, 403],
  'POST /desk/import/:id/undo': [403, 409, 404, 409, 403],
  'POST /desk/import/:id/drop': [403, 303, 404, 303, 403],
  'GET /desk/keys': [403, 200, 200, 200, 403],
  'GET /desk/keys/new': [403, 200, 200, 200, 403],
  'POST /desk/keys/new': [403, 422, 422, 422, 403],
  'GET /desk/keys/:id/revoke': [403, 200, 403, 200, 403],
  'POST /desk/keys/:id/revoke': [403, 303, 403, 303, 403],
  'GET /desk/webhooks': [403, 200, 200, 200, 403],
  'GET /desk/webhooks/new': [403, 200, 200, 200, 403],
  'POST /desk/webhooks/new': [403, 422, 422, 422, 403],
  'GET /desk/webhooks/:id': [403, 200, 403, 200, 403],
  'POST /desk/webhooks/:id': [403, 422, 403, 422, 403],
  'POST /desk/webhooks/:id/secret': [403, 409, 403, 409, 403],
  'POST /desk/webhooks/:id/rotate': [403, 303, 403, 303, 403],
  'POST /desk/webhooks/:id/pause': [403, 303, 403, 303, 403],
  'POST /desk/webhooks/:id/resume': [403, 303, 403, 303, 403],
  'POST /desk/webhooks/:id/again': [403, 409, 403, 409, 403],
  'GET /desk/webhooks/:id/delete': [403, 200, 403, 200, 403],
  'POST /desk/webhooks/:id/delete': [403, 303, 403, 303, 403],
  'GET /desk/questions': [403, 200, 403, 200, 403],
  'POST /desk/questions': [403, 422, 403, 422, 403],
  'GET /desk/questions/:id': [403, 200, 403, 200, 403],
  'POST /desk/questions/:id': [403, 409, 403, 409, 403],
  'POST /desk/questions/:id/:act': [403, 303, 403, 303, 403],
  'GET /desk/desks': [200, 200, 200, 200, 200],
  'GET /desk/desks/new': [403, 200, 200, 200, 403],
  'POST /desk/desks/new': [403, 422, 422, 422, 403],
  'GET /desk/desks/:id': [403, 200, 403, 200, 403],
  'POST /desk/desks/:id': [403, 422, 403, 422, 403],
  'GET /desk/desks/:id/poster': [403, 200, 403, 200, 403],
  'POST /desk/desks/:id/poster': [403, 303, 403, 303, 403],
  'GET /desk/desks/:id/end': [403, 200, 403, 200, 403],
  'POST /desk/desks/:id/end': [403, 409, 403, 409, 403],
  'POST /desk/desks/:id/reopen': [403, 303, 403, 303, 403],
  'GET /desk/desks/:id/delete': [403, 200, 403, 200, 403],
  'POST /desk/desks/:id/delete': [403, 303, 403, 303, 403],
  'POST /desk/schedule/copy/:first/undo': [403, 404, 404, 404, 403],
  'GET /desk/venues': [200, 200, 200, 200, 200],
  'GET /desk/venues/new': [403, 200, 200, 200, 403],
  'POST /desk/venues/new': [403, 422, 422, 422, 403],
  'GET /desk/venues/:id': [403, 200, 403, 200, 403],
  'POST /desk/venues/:id': [403, 422, 403, 422, 403],
  'GET /desk/venues/:id/retire': [403, 200, 403, 200, 403],
  'POST /desk/venues/:id/retire': [403, 303, 403, 303, 403],
  'POST /desk/venues/:id/reopen': [403, 303, 403, 303, 403],
  'GET /desk/closures': [200, 200, 200, 200, 200],
  'POST /desk/closures': [403, 422, 422, 422, 403],
  'GET /desk/suspensions': [200, 200, 200, 200, 200],
  'POST /desk/suspensions': [403, 422, 422, 422, 403],
  'POST /desk/suspensions/:id/lift': [404, 404, 404, 404, 404],
  'GET /desk/programmes': [403, 403, 403, 200, 403],
  'POST /desk/programmes': [403, 403, 403, 422, 403],
  'GET /desk/programmes/:id': [403, 403, 403, 200, 403],
  'POST /desk/programmes/:id': [403, 403, 403, 409, 403],
  'GET /desk/programme': [403, 403, 403, 200, 403],
  'POST /desk/programme': [403, 403, 403, 303, 403],
  'GET /desk/messages': [200, 200, 200, 200, 403],
  'GET /desk/messages/new': [403, 200, 403, 200, 403],
  'POST /desk/messages/new': [403, 422, 403, 422, 403],
  'GET /desk/messages/:id': [404, 404, 404, 404, 404],
  'GET /desk/texts': [403, 200, 403, 200, 403],
  'POST /desk/texts': [403, 200, 403, 200, 403],
  'POST /desk/texts/standard': [403, 303, 403, 303, 403],
  'GET /desk/texts/sender': [403, 200, 403, 200, 403],
  'POST /desk/texts/sender': [403, 200, 403, 200, 403],
  'POST /desk/texts/sender/standard': [403, 303, 403, 303, 403],
  'GET /desk/texts/files': [403, 200, 403, 200, 403],
  'POST /desk/texts/files': [403, 409, 403, 409, 403],
  'POST /desk/texts/files/drop': [403, 303, 403, 303, 403],
  'GET /desk/texts/files/:id': [200, 200, 403, 200, 403],
  'GET /desk/texts/sample': [403, 404, 403, 404, 403],
  'GET /desk/outbox': [200, 200, 200, 200, 200],
  'POST /desk/outbox': [303, 303, 303, 303, 303],
  'GET /desk/outbox/:id': [200, 200, 403, 200, 403],
  'GET /desk/outbox/:id/html': [200, 200, 403, 200, 403],
  'POST /desk/outbox/:id/resend': [403, 303, 403, 303, 403],
  'GET /desk/caps': [200, 200, 200, 200, 200],
  'GET /desk/caps/:id': [404, 404, 404, 404, 404],
  'POST /desk/caps/:id/lift': [404, 404, 404, 404, 404],
  'POST /desk/caps/:id/restore': [404, 404, 404, 404, 404],
  'GET /desk/calls/:id': [404, 404, 404, 404, 404],
  'POST /desk/calls/:id': [404, 404, 404, 404, 404],
  'POST /desk/calls/:id/back': [404, 404, 404, 404, 404],
  'POST /desk/calls/:id/unreached': [404, 404, 404, 404, 404],
  'POST /desk/freed/:id': [403, 303, 403, 303, 403],
  'GET /desk/survey': [200, 200, 200, 200, 403],
  'GET /desk/figures': [200, 200, 200, 200, 403],
  'GET /desk/figures/report': [200, 200, 200, 200, 403],
  'POST /desk/exports': [403, 422, 422, 422, 403],
  'GET /desk/exports/:id': [403, 404, 404, 404, 403],
  'POST /desk/exports/:id/file': [403, 404, 404, 404, 403],
  'GET /desk/experts': [403, 200, 200, 200, 403],
  'POST /desk/experts': [403, 303, 303, 303, 403],
  'GET /desk/experts/new': [403, 403, 403, 200, 403],
  'POST /desk/experts/new': [403, 403, 403, 422, 403],
  'GET /desk/experts/:id': [403, 403, 403, 200, 403],
  'POST /desk/experts/:id': [403, 403, 403, 422, 403],
  'GET /desk/experts/:id/hours': [403, 403, 403, 200, 403],
  'POST /desk/experts/:id/hours': [403, 403, 403, 422, 403],
  'GET /desk/experts/:id/absences': [403, 403, 403, 200, 403],
  'POST /desk/experts/:id/absences': [403, 403, 403, 422, 403],
  'POST /desk/experts/:id/absences/drop': [403, 403, 403, 404, 403],
  'GET /desk/experts/:id/ties': [403, 403, 403, 200, 403],
  'POST /desk/experts/:id/ties': [403, 403, 403, 422, 403],
  'GET /desk/experts/:id/leave': [403, 403, 403, 200, 403],
  'POST /desk/experts/:id/leave': [403, 403, 403, 422, 403],
  'GET /desk/people': [403, 403, 403, 200, 403],
  'GET /desk/people/new': [403, 403, 403, 200, 403],
  'POST /desk/people/new': [403, 403, 403, 422, 403],
  'GET /desk/people/:id': [403, 403, 403, 200, 403],
  'POST /desk/people/:id': [403, 403, 403, 422, 403],
  'POST /desk/people/:id/invite': [403, 403, 403, 303, 403],
  'GET /desk/setup': [403, 403, 403, 200, 403],
  'POST /desk/setup/trial': [403, 403, 403, 303, 403],
  'POST /desk/setup/booking': [403, 403, 403, 303, 403],
  'POST /desk/setup/booking/end': [403, 403, 403, 303, 403],
  'GET /desk/setup/house': [403, 403, 403, 200, 403],
  'POST /desk/setup/house': [403, 403, 403, 422, 403],
  'GET /desk/journal': [200, 200, 200, 200, 403],
  'GET /desk/manual': [200, 200, 200, 200, 200],
  'GET /desk/proof': [200, 200, 200, 200, 200],
  'POST /desk/proof': [422, 422, 422, 422, 422],
  'POST /desk/proof/again': [422, 422, 422, 422, 422],
  'POST /desk/proof/letter': [200, 200, 200, 200, 200],
  'POST /desk/proof/passkey/challenge': [200, 200, 200, 200, 200],
  'POST /desk/proof/passkey': [422, 422, 422, 422, 422],
  'GET /desk/security': [200, 200, 200, 200, 200],
  'POST /desk/security/totp': [303, 303, 303, 303, 303],
  'POST /desk/security/passkey/challenge': [200, 200, 200, 200, 200],
  'POST /desk/security/passkey': [422, 422, 422, 422, 422],
  'POST /desk/security/codes': [303, 303, 303, 200, 303],
  'POST /desk/security/drop': [303, 303, 303, 303, 303],
  'POST /desk/security/keys': [303, 303, 303, 303, 303],
  'POST /desk/security/end': [303, 303, 303, 303, 303],
  'POST /desk/security/feeds': [422, 422, 422, 422, 422],
  'POST /desk/security/feeds/:id/drop': [303, 303, 303, 303, 303],
}

/** Routes to sign in and out. They are open to everybody, or have tests of their own. */
const OPEN = [
  '/desk/feeds/:file{[^/]+\\.ics}',
  '/desk/first/:token',
  '/desk/sign-in',
  '/desk/sign-in/code',
  '/desk/sign-in/:token',
  '/desk/sign-out',
]

const TIMES = ['1000', '1100', '1300', '1400', '1500']

let asked = 0

/** One question of the day. */
async function asksOnce(): Promise<void> {
  await s.run('delete from question')
  await s.run(
    `insert into question (id, session, kind, required, position, label_ja, label_en, options, revision, created_at, updated_at)
      values ('question', ?, 'text', 0, 1, '質問', 'Question', '[]', 0, '', '')`,
    MITO,
  )
}

/** A schedule that the desk reads in; for other desks, that of somebody else. */
async function readsOnce(staff: Staff): Promise<void> {
  await s.run('delete from intake')
  const [own] = await s.column<string>("select id from account where id = ? and prefectures <> '13'", staff.id)
  await s.run(
    `insert into intake (id, made_by, name, records, unread, decisions, made, state, revision, created_at, updated_at)
      values ('intake', ?, '', '[]', '[]', '[]', '{"series":[],"sessions":[]}', 'open', 0, ?, ?)`,
    own ?? 'somebody',
    s.ctx.clock.now(),
    s.ctx.clock.now(),
  )
}

/** A webhook of the desk of Mito, whose secret nobody can read. */
async function hearsOnce(): Promise<void> {
  await s.run('delete from webhook')
  await s.run(
    `insert into webhook (id, desk, url, types, secret, state, revision, created_at, updated_at)
      values ('webhook', 'mito', 'https://hooks.example.jp/', ',session.full,', '', 'active', 0, '', '')`,
  )
}

/** A key of the desk of Mito. */
async function opensOnce(): Promise<void> {
  await s.run('delete from api_key')
  await s.run(
    `insert into api_key (id, desk, name, scope, token_hash, hint, created_at)
      values ('key', 'mito', '', 'read', '', '', ?)`,
    s.ctx.clock.now(),
  )
}

/** The series of Ibaraki has a document. */
async function carriesOnce(): Promise<void> {
  await s.run('delete from letter_file')
  await s.run(
    `insert into letter_file (id, series, owner, purpose, place, name, type, bytes, hash, created_at)
      values ('file', 'ibaraki', 'series:ibaraki', 'document', 'series:ibaraki/document/1', 'a.pdf', 'application/pdf', 5, '', '')`,
  )
}

/** The fields without which a form belongs to nothing. */
function ofMito(route: string): Fields {
  if (route.startsWith('POST /desk/texts/files')) return [['series', 'ibaraki']]
  if (route === 'POST /desk/questions' || route === 'POST /desk/messages/new' || route.startsWith('POST /desk/texts'))
    return [['session', MITO]]
  return route === 'POST /desk/questions/:id' ? Object.entries({ label_ja: '質問', revision: '7' }) : []
}

/** Asks one route about new rows of Ibaraki. Returns the status of the answer. */
async function answered(staff: Staff, route: string): Promise<number> {
  const [method = '', pattern = ''] = route.split(' ')
  asked++
  const { id: booking } = await s.booked({ session: NEXT, slot: `${NEXT}-${TIMES[asked % TIMES.length]}` })
  const [letter = ''] = await s.column<string>('select id from outbox where subject = ?', booking)
  const ids: [string, string][] = [
    ['/suspensions/', 'nothing'],
    ['/texts/files/', 'file'],
    ['/messages/', 'nothing'],
    ['/series/', 'ibaraki'],
    ['/programmes/', 'fy2026'],
    ['/questions/', 'question'],
    ['/import/', 'intake'],
    ['/desks/', 'mito'],
    ['/venues/', 'ibaraki'],
    ['/sessions/', MITO],
    ['/outbox/', letter],
    ['/people/', staff.id],
    ['/experts/', 'expert'],
    ['/webhooks/', 'webhook'],
    ['/keys/', 'key'],
    ['/', booking],
  ]
  const own = ids.find(([part]) => pattern.includes(part))?.[1] ?? ''
  const path = pattern.replace(':id', own).replace(':act', pattern.includes('/questions/') ? 'retire' : 'call-off')
  const ofSeries = pattern.endsWith('/texts/files') ? '?series=ibaraki' : ''
  const ofSession = /\/(?:places|questions|messages\/new|texts|sender|sample)$/.test(pattern)
  const query = ofSession ? `?session=${MITO}` : ofSeries
  if (pattern.includes('/texts/files/')) await carriesOnce()
  if (pattern.includes('/questions/')) await asksOnce()
  if (pattern.includes('/import/')) await readsOnce(staff)
  if (pattern.includes('/webhooks/')) await hearsOnce()
  if (pattern.includes('/keys/')) await opensOnce()
  const entering = route === 'POST /desk/bookings/new'
  if (entering) await s.run('update session set capacity = 0 where id = ?', MITO)
  const fields: Fields = entering ? [...caller(), ['sure', 'true']] : ofMito(route)
  const answer =
    method === 'GET' ? await s.ask(path + query, { headers: { cookie: staff.cookie } }) : await staff.post(path, fields)
  // Its place is free for the next.
  await s.run("update booking set status = 'cancelled'")
  await s.run('update session set seats_taken = 0')
  await s.run('update slot set seats_taken = 0')
  return answer.status
}

describe('every route of the console', () => {
  test('is in the table of who may go where', async () => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    const routes = s.app.routes
      .filter(({ path, method }) => /^\/desk(\/|$)/.test(path) && method !== 'ALL' && !OPEN.includes(path))
      .map(({ path, method }) => `${method} ${path.replace(/\/$/, '')}`)
    expect([...new Set(routes)].toSorted()).toEqual(Object.keys(MAY).toSorted())
  })

  test('leads who is not signed in to the way in, and does nothing for them', async () => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    for (const route of Object.keys(MAY)) {
      const [method = '', path = ''] = route.split(' ')
      const answer = await s.ask(path.replace(':id', 'x').replace(':act', 'call-off'), { method })
      const to = answer.location && pathOf(answer.location).split('?')[0]
      expect([route, answer.status, to]).toEqual([route, ...(method === 'GET' ? [303, '/desk/sign-in'] : [401, ''])])
    }
  })

  const callers: [Role, string[], number][] = [
    ['viewer', ['08'], 0],
    ['desk', ['08'], 1],
    ['desk', ['13'], 2],
    ['secretariat', [], 3],
    ['expert', [], 4],
  ]
  // Roles are told apart before any SQL, and PostgreSQL takes long for all these bookings: it asks as those who may.
  test.each(ENGINE === 'postgres' ? callers.slice(3, 4) : callers)(
    'answers a %s of %j as the table says',
    async (role, prefectures, column) => {
      s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
      await addDesk(s.system, office())
      await expert(s)
      const staff = await signedIn(s, role, ...prefectures)
      const told: Record<string, number> = {}
      for (const route of Object.keys(MAY)) told[route] = await answered(staff, route)
      expect(told).toEqual(
        Object.fromEntries(Object.entries(MAY).map(([route, expected]) => [route, expected[column]])),
      )
    },
  )
})

test('what somebody typed as a name is text on every page of the console, which no browser keeps', async () => {
  const odd = '<script>alert(1)</script>'
  const { id } = await s.booked({ company: odd, name: odd, message: odd })
  await desk.post(`/desk/bookings/${id}/note`, [
    ['note', odd],
    ['revision', '0'],
  ])
  for (const path of ['/desk', '/desk/bookings', `/desk/bookings/${id}`, `/desk/sessions/${MITO}/sheet`]) {
    const page = await desk.page(path)
    expect([page.body.includes('<script>alert'), page.headers.get('cache-control')]).toEqual([false, 'no-store'])
  }
})

test('numbers and days out of all bounds are answered, and a way on after signing in carries no line break', async () => {
  s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  const all = await signedIn(s, 'secretariat')
  for (const page of ['1e308', 'Infinity', '9'.repeat(30)]) {
    expect((await all.page(`/desk/outbox?page=${page}`)).status).toBe(200)
  }
  expect((await all.page('/desk/figures?from=9998-01-01&to=9999-12-31')).status).toBeLessThan(500)
  expect((await all.page('/desk/figures/report?month=9999-12')).status).toBe(404)
  const form = formTo(await s.page('/desk/sign-in?to=%2Fdesk%3Fa%0D%0AX-Evil%3A1'), '/desk/sign-in')
  expect(JSON.stringify(fieldsOf(form))).not.toContain('Evil')
})

test('a form that makes something makes one of it, however often it is sent', async () => {
  const sent = async (path: string, changes: Record<string, string | string[]>, does = true) => {
    const fields = fieldsOf(formTo(await desk.page(path), path), changes)
    for (let i = 0; i < 2; i++) await desk.submit(path, does ? [...fields, ['step', 'do']] : fields)
  }
  const slots = { slot_starts: '10:00', slot_minutes: '50', slot_capacity: '2', capacity: '2' }
  await sent('/desk/series/new', {
    title_ja: 'つくば相談会',
    desk: 'secretariat',
    weekdays: ['WE'],
    formats: ['online'],
    ...slots,
  })
  await sent('/desk/venues/new', { name_ja: '水戸市民会館' }, false)
  const period = {
    prefectures: ['08'],
    starts_on: '2026-12-01',
    ends_on: '2026-12-31',
    into: 'online',
    reason_ja: '感染対策',
  }
  await sent('/desk/suspensions', period)
  expect(await s.column("select id from series where title_ja = 'つくば相談会'")).toHaveLength(1)
  expect(await s.column("select id from venue where name_ja = '水戸市民会館'")).toHaveLength(1)
  expect(await s.column('select id from suspension')).toHaveLength(1)
})
