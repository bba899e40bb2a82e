import type { CallStanding, CallView, CallWords } from '../../templates/desk/call.tsx'
import { factRows, wordsOf } from '../../templates/mail/booking-letter.ts'
import { letterTexts } from '../../templates/text/letters.ts'
import { requireReader } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { meaningOf } from '../base/letters.ts'
import { NotFound } from '../base/outcome.ts'
import { isAnonymous } from '../base/person.ts'
import { STATUS } from '../base/vocabulary.ts'
import type { Booking } from '../booking/booking.ts'
import { bookingById, bookingsWithIds } from '../booking/queries.ts'
import { type Call, callList } from '../changes/queries.ts'
import type { Ctx } from '../context.ts'
import type { MessageWords } from '../messages/queries.ts'
import type { OutboxRow } from '../store/schema.ts'
import { factsOf, isAboutBooking, messageWordsOf, type Said, saidAlone } from './letters.ts'
import { letterById } from './queries.ts'
import { changeLetters, isAlone, untoldOf } from './untold.ts'

/** Bookings per query: D1 takes a hundred values. */
const PART = 50

/** A part of the call list, as `callsToMake` returns it. */
async function mergedCalls(ctx: Ctx, calls: readonly Call[]): Promise<Call[]> {
  const letters = await changeLetters(ctx, [...new Set(calls.map(({ booking }) => booking))])
  const lettersOf = Map.groupBy(letters, ({ subject }) => subject)
  // Only these may have to tell something else than their own change.
  const several = calls.filter(({ id, booking }) => !isAlone({ id }, lettersOf.get(booking) ?? []))
  const found = await bookingsWithIds(ctx, [...new Set(several.map(({ booking }) => booking))])
  const bookings = new Map(found.map((one) => [one.id, one]))
  return calls.flatMap((call) => {
    const all = lettersOf.get(call.booking) ?? []
    const row = all.find(({ id }) => id === call.id)
    const booking = bookings.get(call.booking)
    if (!row || !booking || !isAboutBooking(row)) return [call]
    const untold = untoldOf(row, all, booking)
    return untold ? [{ ...call, kind: untold.kind }] : []
  })
}

/** Whether a call says anything to a booking in its state. No promise is left to people who came, or did not come. */
function hasNews({ kind, status }: Pick<Call, 'kind' | 'status'>): boolean {
  if (kind === 'message') return !STATUS[status].over
  return STATUS[status].live || STATUS[status].over || meaningOf(kind).promise !== true
}

/**
 * The calls to make, as `callList` finds them, each with the kind of what it is to tell now. Several changes before
 * somebody was called are one call. None is left if the person knows all, or if the time of the booking has ended
 * since. For readers of each prefecture.
 */
export async function callsToMake(ctx: Ctx): Promise<Call[]> {
  const calls: Call[] = []
  const listed = (await callList(ctx)).filter((call) => !call.over && hasNews(call))
  for (const part of chunks(listed, PART)) calls.push(...(await mergedCalls(ctx, part)))
  return calls
}

/** What to tell about a booking on the telephone, in the language of the desk. */
export async function callWords(
  ctx: Ctx,
  booking: Booking,
  said: Said,
  words: MessageWords | null = null,
): Promise<CallWords> {
  const { kind } = said
  const l = letterTexts(ctx.locale)
  const facts = factRows({ ...(await factsOf(ctx, ctx.locale, booking, said)), said: words }, l)
  return { kind, heading: wordsOf({ ...said, booking }, l).heading, facts }
}

/** What became of a call. */
function standingOf({ channel, state }: Pick<OutboxRow, 'channel' | 'state'>, booking: Booking): CallStanding {
  const isSent = state === 'sent'
  if (channel === 'sms') return isSent ? 'texted' : state === 'superseded' ? 'overtaken' : 'texting'
  if (isAnonymous(booking)) return 'erased'
  if (isSent) return 'called'
  return state === 'waiting' ? 'open' : 'overtaken'
}

/**
 * One call of the call list, in the language of the desk, also if it became a short message. For readers of its
 * prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function callOf(ctx: Ctx, id: string): Promise<CallView> {
  const row = await letterById(ctx, id)
  const isCall = row?.channel === 'phone' || row?.channel === 'sms'
  const booking = isCall && isAboutBooking(row) ? await bookingById(ctx, row.subject) : undefined
  if (!row || !isAboutBooking(row) || !booking) throw new NotFound('call')
  requireReader(ctx.actor, booking.session.prefecture)
  const untold = row.kind === 'message' ? null : untoldOf(row, await changeLetters(ctx, [booking.id]), booking)
  const said = await messageWordsOf(ctx, { ...row, locale: ctx.locale })
  const words = await callWords(ctx, booking, untold ?? saidAlone(row.kind, booking, null), said)
  return {
    id,
    standing: standingOf(row, booking),
    attempts: row.attempts,
    booking,
    ...words,
    facts: untold || said ? words.facts : null,
  }
}
