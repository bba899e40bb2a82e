import { standingAt } from '../../src/base/standing.ts'
import { STATUS } from '../../src/base/vocabulary.ts'
import type { Booking } from '../../src/booking/booking.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { callsToMake } from '../../src/mail/call.ts'
import { texts } from '../../templates/text/index.ts'
import { same } from './count.ts'
import { visit } from './desk-deeds.ts'
import { linkOf } from './public-deeds.ts'
import { factsOn, pageIn, plain, sound } from './read.ts'
import { cells, exported, type InFile } from './sheet.ts'
import { isKnown, onPage, whenOf } from './told.ts'
import type { Town } from './town.ts'

const t = texts('ja')

/** What the ledger says of each booking, by its number: the state and the number of people. */
async function inLedger(town: Town): Promise<Map<string, [state: string, seats: string]>> {
  const found = new Map<string, [string, string]>()
  for (let at = 1; at < 9; at++) {
    const { main } = await visit(town, `/desk/bookings?from=2026-04-01&to=2027-03-31&page=${at}`)
    const rows = cells(main.querySelectorAll('table.list tbody tr'))
    for (const row of rows) {
      const number = row.findIndex((cell) => /^[A-Z]{2}-\d{4}-\d+/.test(cell))
      found.set(row[number] ?? '', [row.at(-1) ?? '', row[number + 2] ?? ''])
    }
    if (rows.length < 50) break
  }
  return found
}

/** A day or an hour with its numbers alone. */
const bare = (text = '') => text.split('-').map(Number).join('-')

/** What the own page of a booking says, with the API, the export and the entry in a calendar. */
async function comparePage(town: Town, booking: Booking, token: string, standing: string, file: InFile | undefined) {
  const { id, sequence, session, status } = booking
  const page = await pageIn(town.s, `/b/${token}`)
  const said = plain(page.main.querySelector('.state')?.text ?? '').replace(/^.*: /, '')
  if (said !== t.booking.past || status !== 'booked') same(`${id} state`, ['row', standing], ['its page', said])
  const headers = { authorization: `Bearer ${token}` }
  const answer = sound('api', await town.s.ask(`/api/v1/bookings/${id}`, { headers }))
  const api = JSON.parse(answer.body).booking
  same(`${id} session and SEQUENCE`, ['row', [session.id, sequence]], ['API', [api.session, api.sequence]])
  const [, turn] = /(\d+)番目/.exec(page.main.querySelector('.notice.is-warn')?.text ?? '') ?? []
  same(`${id} turn`, ['its page', turn === undefined ? undefined : Number(turn)], ['API', api.position])
  const facts = factsOn(page)
  const [day = '', time = ''] = whenOf(`${facts.get(t.session.date)} ${facts.get(t.session.time)}`).split(' ')
  if (/^\d/.test(day)) same(`${id} day`, ['its page', bare(day)], ['export', bare(file?.date)])
  if (/^\d/.test(day + time) && /^\d/.test(time))
    same(`${id} hour`, ['its page', time.split('-')[0]], ['export', file?.starts])
  compareEntry(town, booking, sound('ics', await town.s.ask(`/b/${token}/booking.ics`)).body)
}

/** SEQUENCE of an own entry never falls, and what is over is cancelled. */
function compareEntry(town: Town, { id, sequence, status }: Booking, body: string): void {
  const [, said] = /SEQUENCE:(\d+)/.exec(body) ?? []
  if (said === undefined) return
  same(`${id} SEQUENCE`, ['row', sequence], ['its entry', Number(said)])
  if (STATUS[status].over && !body.includes('STATUS:CANCELLED')) throw new Error(`${id} is over, not so its entry`)
  const before = Number(town.seen.get(`sequence ${id}`) ?? 0)
  if (sequence < before) throw new Error(`${id}: SEQUENCE fell from ${before} to ${sequence}`)
  town.seen.set(`sequence ${id}`, sequence)
}

/** People who do not know what is have a letter or a call to come, and no call twice. */
async function isHeard(town: Town, { id, session, slot, email, status }: Booking): Promise<void> {
  const calls = (await callsToMake(town.staff)).filter(({ booking, kind }) => booking === id && kind !== 'message')
  if (calls.length > 1) throw new Error(`${id} is on the call list ${calls.length} times`)
  const ends = slot?.ends_at ?? session.ends_at
  if (session.over || (ends !== null && ends <= town.now())) return
  const is = await onPage(town, id)
  const told = town.told.get(id)
  if (is === null || isKnown(told, is) || calls.length > 0) return
  const waiting = "select id from outbox where subject = ? and channel = 'mail' and state in ('waiting', 'claimed')"
  if ((await town.s.column(waiting, id)).length > 0) return
  throw new Error(`nobody tells ${email} of ${id} (${status}): ${JSON.stringify(is)}, told ${JSON.stringify(told)}`)
}

/** No message of the desk is lost as long as nobody refused any. */
async function isOwed(town: Town, { id, status, session }: Booking): Promise<void> {
  if (STATUS[status].over || session.over) return
  const lost = "select id from outbox where subject = ? and kind = 'message' and state = 'superseded'"
  const refused = "select id from journal where act = 'booking.messages_stopped'"
  if ((await town.s.column(refused)).length === 0 && (await town.s.column(lost, id)).length > 0)
    throw new Error(`${id} (${status}) never gets a message`)
}

/** What is said of each booking: its own page, the API, its entry, the ledger, its export, the console. */
export async function compareBookings(town: Town): Promise<void> {
  const ids = await town.s.column<string>('select id from booking order by id')
  const ledger = await inLedger(town)
  const files = await exported(town)
  same('receipts', ['bookings', ids.length], ['ledger', ledger.size], ['export', files.size])
  for (const id of ids) {
    const booking = await bookingById(town.s.ctx, id)
    if (!booking) throw new Error(`no booking ${id}`)
    const { number, seats } = booking
    const standing = t.standings[standingAt(booking, booking.session, town.now())]
    const file = files.get(number)
    const now = [standing, String(seats)]
    same(`${id} state`, ['row', now], ['ledger', ledger.get(number)], ['export', [file?.state, file?.seats]])
    const token = await linkOf(town, id)
    if (token === undefined) continue
    await comparePage(town, booking, token, standing, file)
    const { main } = await visit(town, `/desk/bookings/${id}`)
    if (!plain(main.text).includes(standing)) throw new Error(`${id}: the console does not say ${standing}`)
    await isHeard(town, booking)
    await isOwed(town, booking)
  }
}
