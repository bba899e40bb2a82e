import type { Preview } from '../../templates/desk/change-preview.tsx'
import { bookingSms } from '../../templates/mail/sms.ts'
import { chunks } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import type { BookingLetterKind } from '../base/letters.ts'
import { type Standing, standingAt } from '../base/standing.ts'
import { type Format, STATUS, stateColumns } from '../base/vocabulary.ts'
import { type Booking, wasOf, wasText } from '../booking/booking.ts'
import { withoutLink } from '../booking/link.ts'
import { bookingById, bookingsWithIds, type Scope } from '../booking/queries.ts'
import { type Concerned, concerned } from '../changes/queries.ts'
import { shiftedBy } from '../changes/shift.ts'
import type { Ctx } from '../context.ts'
import { interestById } from '../interest/queries.ts'
import type { forecast, Result } from '../lottery/forecast.ts'
import type { DrawnEntry } from '../lottery/queries.ts'
import type { LetterFile } from '../messages/letter-file.ts'
import type { LetterSenderInput } from '../messages/letter-sender.ts'
import { type LetterTextInput, newestBookings, type TextOwner } from '../messages/letter-text.ts'
import type { MessageTexts } from '../messages/message.ts'
import { saidIn } from '../messages/queries.ts'
import type { Receiver } from '../messages/receivers.ts'
import { answerEnds } from '../schedule/business-day.ts'
import { closedDays } from '../schedule/closure-queries.ts'
import type { Localized, Session } from '../schedule/session.ts'
import type { OutboxRow } from '../store/schema.ts'
import { callWords } from './call.ts'
import { getsSms } from './hears.ts'
import {
  type BookingLetterRow,
  factsOf,
  interestLetterOf,
  type Letter,
  letterOf,
  type Said,
  saidAlone,
} from './letters.ts'
import { changeLetters, type Untold, untoldOf } from './untold.ts'

/** Bookings per query: D1 takes a hundred values. */
const PART = 50

/** Samples stand on a page, which breaks their lines itself. */
const flowing = true

/** An act that reaches nobody. */
export const NOBODY: Preview = { parties: [], calls: [], texted: [], letters: [], spoken: [], messages: [] }

type Change = (booking: Booking) => Booking

/** The letter about the booking as `changed` returns it, without its link; null without an e-mail. */
function letterTo(ctx: Ctx, kind: BookingLetterKind, booking: Booking, changed: Change): Promise<Letter | null> {
  const row = { id: 'preview', kind, locale: booking.locale, before: wasText(booking) }
  return letterOf({ ...ctx, flowing }, row, withoutLink(changed(booking)))
}

type After = { after: Booking; said: Said }

/** The booking as `changed` returns it, and what to say about it. Includes earlier changes that its holder never heard of. */
async function saidAfter(ctx: Ctx, kind: BookingLetterKind, booking: Booking, changed: Change): Promise<After> {
  const after = changed(booking)
  const untold = untoldAfter(kind, booking, await changeLetters(ctx, [booking.id]), after)
  return { after: withoutLink(after), said: untold ?? saidAlone(kind, after, wasOf(booking)) }
}

/** What a call tells about a booking after the change. */
const spokenTo = (ctx: Ctx, { after, said }: After) => callWords(ctx, after, said)

/** The short message about a booking after the change, in the language of its holder. */
const textedTo = async (ctx: Ctx, { after, said }: After) => ({
  text: bookingSms(await factsOf(ctx, after.locale, after, said)),
})

/** People without e-mail: those to be called, and those who get a short message in place of the call. */
type Unmailed<Party> = { calls: Party[]; texted: Party[] }

/** Which people without e-mail are called about a change, and which get a short message. */
async function unmailed<Party extends { id: string; email: string | null }>(
  ctx: Ctx,
  parties: readonly Party[],
): Promise<Unmailed<Party>> {
  const without = parties.filter(({ email }) => email === null)
  const agreed = new Set<string>()
  for (const part of chunks(ctx.config.smsUrl === null ? [] : without, PART)) {
    const ids = part.map(({ id }) => id)
    for (const booking of await bookingsWithIds(ctx, ids)) if (getsSms(ctx, booking)) agreed.add(booking.id)
  }
  return {
    calls: without.filter(({ id }) => !agreed.has(id)),
    texted: without.filter(({ id }) => agreed.has(id)),
  }
}

/** What is left to tell once a change joins the letters before it. Undefined without letters, null if nothing is. */
function untoldAfter(
  kind: BookingLetterKind,
  booking: Booking,
  letters: readonly OutboxRow[],
  after: Booking,
): Untold | null | undefined {
  const [last] = letters.slice(-1)
  if (!last) return undefined
  const channel = booking.email === null ? ('phone' as const) : ('mail' as const)
  const before = wasText(booking)
  const next = { ...last, id: 'preview', kind, channel, before, dedupe_key: '', state: 'waiting' as const }
  return untoldOf(next, [...letters, next], after)
}

/** Previews a change of some sessions; `changed` returns a booking after it. `given`: the people, if they were read. */
export async function preview(
  ctx: Ctx,
  kind: BookingLetterKind,
  sessions: readonly string[],
  changed: Change,
  scope: Scope = {},
  given: readonly Concerned[] | null = null,
): Promise<Preview> {
  const parties = given ?? (await concerned(ctx, sessions, scope))
  const known = await knownAlready(ctx, kind, parties, changed)
  const silent = parties.filter(({ id }) => known.has(id))
  const told = parties.filter(({ id }) => !known.has(id))
  const { calls, texted } = await unmailed(ctx, told)
  const mailed = await byStanding(
    ctx,
    told.filter((party) => party.email !== null),
    changed,
  )
  const letters: Preview['letters'] = []
  for (const { booking, ...sample } of mailed) {
    const letter = await letterTo(ctx, kind, booking, changed)
    if (letter) letters.push({ ...letter, ...sample })
  }
  const spoken: Preview['spoken'] = []
  for (const { booking, ...sample } of await byStanding(ctx, calls, changed)) {
    spoken.push({ ...(await spokenTo(ctx, await saidAfter(ctx, kind, booking, changed))), ...sample })
  }
  const reader = texted[0] && (await bookingById(ctx, texted[0].id))
  const messages = reader ? [await textedTo(ctx, await saidAfter(ctx, kind, reader, changed))] : []
  const past = await concerned(ctx, sessions, { ...scope, past: true })
  return { parties: [...parties], past, calls, texted, silent, letters, spoken, messages }
}

/** A status that a booking has, or gets back if it ended. */
const statusOf = ({ status, status_before }: Concerned) => (STATUS[status].live ? status : (status_before ?? status))

/** The number of bookings in each standing that a change leaves them in, with the first of them. */
export async function standingsAfter(
  ctx: Ctx,
  parties: readonly Concerned[],
  changed: Change,
): Promise<{ booking: Booking; standing: Standing; people: number }[]> {
  const found = new Map<Standing, { booking: Booking; standing: Standing; people: number }>()
  for (const [first, ...others] of Map.groupBy(parties, statusOf).values()) {
    const booking = first && (await bookingById(ctx, first.id))
    if (!booking) continue
    const after = changed(booking)
    const standing = standingAt(after, after.session, ctx.clock.now())
    const people = (found.get(standing)?.people ?? 0) + 1 + others.length
    found.set(standing, { booking: found.get(standing)?.booking ?? booking, standing, people })
  }
  return [...found.values()]
}

/** The first person of each standing. The standing is named if there are several. */
async function byStanding(ctx: Ctx, parties: readonly Concerned[], changed: Change) {
  const all = await standingsAfter(ctx, parties, changed)
  return all.map(({ standing, ...sample }) => ({ ...sample, ...(all.length > 1 && { standing }) }))
}

/** The ids of those who hear nothing of a change: it takes back one that they never heard of. */
async function knownAlready(
  ctx: Ctx,
  kind: BookingLetterKind,
  parties: readonly { id: string }[],
  changed: Change,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (const part of chunks(parties, PART)) {
    const ids = part.map(({ id }) => id)
    const lettersOf = Map.groupBy(await changeLetters(ctx, ids), ({ subject }) => subject)
    const unsaid = ids.filter((id) => lettersOf.has(id))
    for (const booking of await bookingsWithIds(ctx, unsaid)) {
      const letters = lettersOf.get(booking.id) ?? []
      if (untoldAfter(kind, booking, letters, changed(booking)) === null) known.add(booking.id)
    }
  }
  return known
}

/** Previews a message: the letter in each language that a receiver has, with its documents, and what a call says. */
export async function previewMessage(
  ctx: Ctx,
  words: MessageTexts,
  people: readonly Receiver[],
  documents: readonly LetterFile[],
): Promise<Preview> {
  const letters: Preview['letters'] = []
  for (const locale of ['ja', 'en'] as const) {
    const first = people.find((one) => one.email !== null && one.locale === locale)
    const booking = first && (await bookingById({ ...ctx, locale }, first.id))
    const said = saidIn(locale, words)
    const row = { id: 'preview', kind: 'message' as const, locale, before: null, said, documents }
    const letter = booking ? await letterOf({ ...ctx, flowing }, row, withoutLink(booking)) : null
    if (letter) letters.push(letter)
  }
  const calls = people.filter(({ email }) => email === null)
  const [called] = calls
  const booking = called && (await bookingById(ctx, called.id))
  const spoken = booking
    ? [await callWords(ctx, withoutLink(booking), saidAlone('message', booking, null), saidIn(ctx.locale, words))]
    : []
  return { ...NOBODY, parties: [...people], calls, letters, spoken }
}

/** A letter of an owner as it would leave, in each language. It is about the newest booking of the owner. */
async function sampleLetters(
  ctx: Ctx,
  owner: TextOwner,
  kind: BookingLetterKind,
  unsaved: Pick<BookingLetterRow, 'paragraph' | 'trial'>,
): Promise<Letter[]> {
  const [id] = await newestBookings(ctx, owner)
  const booking = id === undefined ? undefined : await bookingById(ctx, id)
  if (!booking) return []
  const readable = withoutLink({ ...booking, email: booking.email ?? 'preview@example.jp' })
  const letters: Letter[] = []
  for (const locale of ['ja', 'en'] as const) {
    const row = { id: 'preview', kind, locale, before: wasText(booking), ...unsaved }
    const letter = await letterOf({ ...ctx, flowing }, row, readable)
    if (letter) letters.push(letter)
  }
  return letters
}

/** A letter with a paragraph that is not saved yet, in each language. It is about the newest booking of the owner. */
export async function previewText(
  ctx: Ctx,
  owner: TextOwner,
  kind: BookingLetterKind,
  paragraph: LetterTextInput,
): Promise<Letter[]> {
  return sampleLetters(ctx, owner, kind, { paragraph })
}

/** A confirmation with a sender and a signature that are not saved yet, as `previewText`. */
export async function previewSender(ctx: Ctx, owner: TextOwner, words: LetterSenderInput): Promise<Letter[]> {
  return sampleLetters(ctx, owner, 'booked', { trial: { scope: owner.scope, words } })
}

/** A confirmation as it leaves now, as `previewText`. */
export async function previewConfirmation(ctx: Ctx, owner: TextOwner): Promise<Letter[]> {
  return sampleLetters(ctx, owner, 'booked', {})
}

/** Previews an act on one booking, as `preview`: silent if it takes back what its holder never heard of. */
export async function previewOne(
  ctx: Ctx,
  kind: BookingLetterKind,
  booking: Booking,
  changed: Change,
): Promise<Preview> {
  const party = { ...booking, session: booking.session.id }
  const untold = untoldAfter(kind, booking, await changeLetters(ctx, [booking.id]), changed(booking))
  if (untold === null) return { ...NOBODY, parties: [party], silent: [party] }
  const one = { ...NOBODY, parties: [party] }
  if (booking.email !== null) {
    const letter = await letterTo(ctx, kind, booking, changed)
    return { ...one, letters: letter ? [letter] : [] }
  }
  const said = await saidAfter(ctx, kind, booking, changed)
  return getsSms(ctx, booking)
    ? { ...one, texted: [party], messages: [await textedTo(ctx, said)] }
    : { ...one, calls: [party], spoken: [await spokenTo(ctx, said)] }
}

/** A booking after its session is called off. */
export const asCalledOff =
  (reason: Localized) =>
  (booking: Booking): Booking => ({
    ...booking,
    ...stateColumns('called_off'),
    session: { ...booking.session, status: 'called_off', reason },
  })

/**
 * A booking after its session is held again that was called off. It is postponed again if it was before. `ends`: until
 * when offers and requests can be answered then, as `endsOnReturn` says.
 */
export const asHeldAgain =
  (reason: Localized, ends: ReadonlyMap<string | null, Instant> = new Map()) =>
  (booking: Booking): Booking => {
    const { session, slot, offer_expires_at: until } = booking
    const longer = session.former === null ? ends.get(slot?.id ?? null) : undefined
    return {
      ...booking,
      status: booking.status_before ?? booking.status,
      ended: null,
      ...(until !== null && longer !== undefined && until < longer && { offer_expires_at: longer }),
      session: { ...session, status: session.former === null ? 'open' : 'postponed', reason },
    }
  }

/** A booking after its session is held in its former formats again. */
export const asConvertedBack =
  (reason: Localized | null) =>
  (booking: Booking): Booking => ({
    ...booking,
    format: booking.format_before ?? booking.format,
    session: { ...booking.session, formats: booking.session.formats_before ?? booking.session.formats, reason },
  })

/** A booking after its session moves to another day or hour; without a day it is postponed. */
export const asRescheduled =
  (date: string | null, starts: string | null, reason: Localized) =>
  (booking: Booking): Booking => {
    const session = shiftedBy(booking.session, date, starts)
    const slot = session.slots.find((one) => one.id === booking.slot?.id) ?? null
    return { ...booking, slot, session: { ...session, reason } }
  }

/** A booking after its session is converted to another format. */
export const asConverted =
  (format: Format, reason: Localized) =>
  (booking: Booking): Booking => ({ ...booking, format, session: { ...booking.session, reason } })

/** A booking after its session moves to another venue. */
export const asRelocated =
  (venue: Booking['session']['venue'], reason: Localized) =>
  (booking: Booking): Booking => ({ ...booking, session: { ...booking.session, venue, reason } })

/** A booking after the link of its web meeting is set. */
export const asMeetingAt =
  (url: string) =>
  (booking: Booking): Booking => ({ ...booking, session: { ...booking.session, meeting_url: url } })

/** Previews the results of a draw: whom they reach, and the letters of the first winner and the first reserve. */
export async function previewResults(
  ctx: Ctx,
  session: Session,
  results: ReturnType<typeof forecast<DrawnEntry>>,
): Promise<Preview> {
  // People whose letter left before an announcement stopped get nothing new.
  const told = results.filter(({ entry, result }) => result.kind !== 'withdrawn' && entry.drawn === null)
  const parties = told.map(({ entry }) => entry)
  const isClosed = await closedDays(ctx, session.prefecture)
  const ends = answerEnds(ctx.config.confirmDays, ctx.clock.now(), session.starts_at, isClosed)
  const { calls, texted } = await unmailed(ctx, parties)
  const letters: Preview['letters'] = []
  const spoken: Preview['spoken'] = []
  const messages: Preview['messages'] = []
  const mailed = parties.filter(({ email }) => email !== null)
  for (const kind of ['won', 'reserve'] as const) {
    const those = told.filter(({ result }) => result.kind === kind)
    const firstOf = async (some: readonly DrawnEntry[]) => {
      const found = those.filter(({ entry }) => some.includes(entry))
      const [first] = found
      const booking = first && (await bookingById(ctx, first.entry.id))
      if (!first || !booking) return null
      const sample = { result: kind, people: found.length }
      return { booking, changed: (one: Booking) => asDrawn(one, first.result, ends), sample }
    }
    const written = await firstOf(mailed)
    const letter = written && (await letterTo(ctx, kind, written.booking, written.changed))
    if (letter) letters.push({ ...letter, ...written.sample })
    const called = await firstOf(calls)
    if (called) {
      const said = await saidAfter(ctx, kind, called.booking, called.changed)
      spoken.push({ ...(await spokenTo(ctx, said)), ...called.sample })
    }
    const reader = await firstOf(texted)
    if (reader) {
      const said = await saidAfter(ctx, kind, reader.booking, reader.changed)
      messages.push({ ...(await textedTo(ctx, said)), ...reader.sample })
    }
  }
  return { ...NOBODY, parties, calls, texted, letters, spoken, messages }
}

function asDrawn(booking: Booking, result: Result, offer_expires_at: Instant | null): Booking {
  const session = { ...booking.session, draw: 'announced' as const }
  if (result.kind === 'reserve') return { ...booking, session, drawn: 'reserve', position: result.rank }
  const slot = result.kind === 'won' ? (session.slots.find(({ id }) => id === result.slot) ?? null) : booking.slot
  return { ...booking, session, slot, status: 'offered', drawn: 'won', offer_expires_at }
}

/** Previews the letter to people who asked for the date of a session. `session` is as it will be. */
export async function previewSettled(
  ctx: Ctx,
  session: Session,
  interested: readonly { id: string }[],
): Promise<Preview> {
  const [first] = interested
  const interest = first && (await interestById(ctx, first.id))
  const row = interest && { id: 'preview', locale: interest.locale }
  // With another id the link in the letter does not work: only the person may have it.
  const seen = interest && {
    ...interest,
    id: 'preview',
    session_view: session,
    state: 'notified' as const,
    first_until: session.opens_at,
  }
  const letter = row && seen ? await interestLetterOf({ ...ctx, flowing }, row, seen, 'settled') : null
  return { ...NOBODY, letters: letter ? [letter] : [] }
}
