import * as z from 'zod'
import { fingerprint } from '../../base/fingerprint.ts'
import { offsetIso } from '../../base/japan/civil.ts'
import { type Asking, offered } from '../../base/questions.ts'
import { inItsTime, isDeclined } from '../../base/standing.ts'
import {
  ACCEPTANCES,
  BOOKING_STATUSES,
  END_NAMES,
  FORMATS,
  KINDS,
  REQUEST_STATES,
  SESSION_STATUSES,
} from '../../base/vocabulary.ts'
import type { Booking } from '../../booking/booking.ts'
import { manageUrl } from '../../booking/link.ts'
import type { Ctx } from '../../context.ts'
import { type Session, withDay } from '../../schedule/session.ts'
import { bookingFields, placeFields } from '../../schedule/shown.ts'
import { PROBLEM_CODES, PROBLEMS } from '../problem.ts'

const Moment = z.string().describe('ISO 8601 with the offset of Japan, for example 2026-11-27T10:00:00+09:00')
const People = z.number().int().nullable().describe('people; null is unlimited')
const Remaining = People.describe('people; null is unlimited. Entries of a lottery take no place before its draw')

/** The field by which a client says what it saw. */
export const Shown = z
  .string()
  .optional()
  .describe(
    'a fingerprint of what this shows, on answers about one session or booking: sent back with an act, the act is refused as `changed` if it differs by then',
  )

/** The answers of the API, as `/api/openapi.json` describes them. */
export const SlotShape = z.object({
  id: z.string(),
  starts_at: Moment,
  ends_at: Moment,
  capacity: People,
  remaining: Remaining,
  shown: Shown,
})

const Words = z.object({ ja: z.string(), en: z.string() })

/** A question of a desk to the people who book. */
const QuestionShape = z.object({
  id: z.string(),
  kind: z.enum(['text', 'choice', 'choices', 'number', 'tick']),
  required: z.boolean(),
  label: Words,
  options: z.array(Words.extend({ id: z.string() })).describe('an answer names the ids of options'),
})

export const SessionShape = z.object({
  id: z.string(),
  kind: z.enum(KINDS),
  series: z.string().nullable(),
  title: z.object({ ja: z.string(), en: z.string() }),
  title_kana: z.string().nullable().describe('how the Japanese title is read, in katakana'),
  prefecture: z.string().describe('JIS X 0401 code, two digits'),
  desk: z.object({ id: z.string(), name: z.string() }),
  date: z
    .string()
    .nullable()
    .describe('null while undecided; while `status` is `postponed`, the day that holds no more'),
  starts_at: Moment.nullable(),
  ends_at: Moment.nullable(),
  settled: z.enum(['nothing', 'date', 'time']).describe('how much is decided'),
  formats: z.array(z.enum(FORMATS)),
  venue: z.object({ name: z.string(), address: z.string().nullable() }).nullable(),
  capacity: People,
  remaining: Remaining,
  waiting: z.number().int(),
  status: z.enum(SESSION_STATUSES),
  apply: z.union([
    z.object({ kind: z.literal('here') }),
    z.object({
      kind: z.literal('elsewhere'),
      name: z.string(),
      phone: z.string().nullable(),
      url: z.string().nullable(),
      url_printed: z.string().nullable().describe('an address damaged in the source: not to be linked'),
    }),
  ]),
  acceptance: z.enum(ACCEPTANCES).describe('first come, by the desk’s approval, or by lot'),
  closes_at: Moment.nullable().describe('booking is closed from this instant on'),
  cancels_at: Moment.nullable().describe('cancelling is closed from this instant on'),
  slots: z.array(SlotShape),
  sample: z.boolean().describe('a sample (見本), not a real date'),
  printed: z.string().nullable().describe('the published line as it stood'),
  printed_weekday: z.string().nullable(),
  note: z.object({ ja: z.string(), en: z.string() }).nullable(),
  reason: z.object({ ja: z.string(), en: z.string() }).nullable(),
  url: z.string(),
  ics_url: z.string(),
  sequence: z.number().int(),
  updated_at: z.string(),
  questions: z.array(QuestionShape).optional().describe('what it asks; left out in lists'),
  companions: z
    .enum(['optional', 'required'])
    .nullable()
    .optional()
    .describe('whether it asks for the names of those who come along; null if not; left out in lists'),
  shown: Shown,
})

export const BookingShape = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(BOOKING_STATUSES),
  ended: z.enum(END_NAMES).nullable().describe('how it ended without a visit; null for every other status'),
  declined: z
    .literal(true)
    .optional()
    .describe('a place that was offered was declined (辞退), which is not a cancellation; left out otherwise'),
  session: z.string(),
  slot: z.string().nullable(),
  format: z.enum(FORMATS),
  seats: z.number().int(),
  sequence: z.number().int(),
  position: z.number().int().optional().describe('whose turn it is among those who wait; 1 is next'),
  offer: z.object({ expires_at: Moment }).optional().describe('until when the place offered is held'),
  answers: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
    .optional()
    .describe('answers by the ids of questions; left out without any'),
  companions: z.array(z.object({ name: z.string() })).optional(),
  support: z
    .object({
      interpreter: z.string().optional(),
      wheelchair: z.boolean().optional(),
      captions: z.boolean().optional(),
      sign_language: z.boolean().optional(),
      other: z.string().optional(),
    })
    .optional(),
  manage_url: z.string().nullable(),
  ics_url: z.string().nullable(),
  shown: Shown,
})

/** A request for an expert, as the API returns it. */
export const RequestShape = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(REQUEST_STATES),
  visits: z
    .object({ allowed: z.number().int(), used: z.number().int(), left: z.number().int() })
    .describe('the visits of its firm in its fiscal year'),
  expert: z.object({ name: z.string(), profile: Words }).nullable().describe('null until an expert has accepted'),
  manage_url: z.string().nullable().describe('the page of its firm; null if its secret is out of service'),
  shown: Shown,
})
export type RequestShape = z.output<typeof RequestShape>

/** Problem details (RFC 9457) with a stable code. */
export const ProblemShape = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(PROBLEM_CODES).describe(PROBLEM_CODES.map((code) => `\`${code}\`: ${PROBLEMS[code].means}`).join('. ')),
  errors: z.record(z.string(), z.string()).optional().describe('what is wrong, by field'),
  used: z.number().int().optional().describe('with `used_up`: the visits that the firm has used this year'),
  nearest: z.array(SessionShape).optional().describe('open sessions to take instead'),
})

const moment = (instant: string | null) => instant && offsetIso(instant)

/** A session as the API returns it. */
export function sessionShape(session: Session, publicUrl: string): z.input<typeof SessionShape> {
  // Its status says that a day does not hold.
  const { date, starts_at, ends_at } = withDay(session)
  const settled = session.former === null ? session.settled : 'time'
  const { id, kind, series, title, prefecture, formats, capacity, remaining, waiting, status } = session
  const { apply, sample, printed, printed_weekday, note, reason, sequence, updated_at, venue, desk } = session
  return {
    id,
    kind,
    series,
    title,
    title_kana: session.title_kana,
    prefecture,
    desk: { id: desk.id, name: desk.name.ja },
    date,
    starts_at: moment(starts_at),
    ends_at: moment(ends_at),
    settled,
    formats,
    venue: venue && { name: venue.name.ja, address: venue.address },
    capacity,
    remaining,
    waiting,
    status,
    acceptance: session.acceptance,
    apply,
    closes_at: moment(session.closes_at),
    cancels_at: moment(session.cancels_at),
    slots: session.slots.map((slot) => ({
      id: slot.id,
      starts_at: offsetIso(slot.starts_at),
      ends_at: offsetIso(slot.ends_at),
      capacity: slot.capacity,
      remaining: slot.remaining,
    })),
    sample,
    printed,
    printed_weekday,
    note,
    reason,
    url: `${publicUrl}/sessions/${id}`,
    ics_url: `${publicUrl}/sessions/${id}.ics`,
    sequence,
    updated_at,
  }
}

/** A session as the API returns it alone: with its questions, and with fingerprints of itself and of each slot. */
export async function oneSessionShape(
  session: Session,
  { questions, companions }: Asking,
  publicUrl: string,
): Promise<z.input<typeof SessionShape>> {
  const shape = sessionShape(session, publicUrl)
  const slots: z.input<typeof SlotShape>[] = []
  for (const [i, slot] of session.slots.entries()) {
    const shown = await fingerprint(placeFields({ session, slot }))
    slots.push(...shape.slots.slice(i, i + 1).map((one) => ({ ...one, shown })))
  }
  const asked = questions.map((question) => ({
    ...question,
    options: offered(question).map(({ id, ja, en }) => ({ id, ja, en })),
  }))
  return {
    ...shape,
    slots,
    questions: asked,
    companions,
    shown: await fingerprint(placeFields({ session, slot: null })),
  }
}

/** A booking as the API returns it to its holder. */
export async function bookingShape(
  ctx: Parameters<typeof manageUrl>[0] & Pick<Ctx, 'clock'>,
  booking: Booking,
): Promise<z.input<typeof BookingShape>> {
  const { id, number, format, seats, sequence, position, offer_expires_at: ends } = booking
  const { status, ended } = inItsTime(booking, booking.session, ctx.clock.now())
  const manage = await manageUrl(ctx, booking)
  const { answers, companions, support } = booking.extras
  return {
    id,
    number,
    status,
    ended,
    ...(isDeclined(booking) && { declined: true as const }),
    session: booking.session.id,
    slot: booking.slot?.id ?? null,
    format,
    seats,
    sequence,
    ...(position !== null && { position }),
    ...(status === 'offered' && ends !== null && { offer: { expires_at: offsetIso(ends) } }),
    ...(answers.length > 0 && {
      answers: Object.fromEntries(answers.map(({ question, answer }) => [question.id, answer])),
    }),
    ...(companions.length > 0 && { companions: companions.map((name) => ({ name })) }),
    ...(Object.keys(support).length > 0 && { support }),
    manage_url: manage,
    ics_url: manage && `${manage}/booking.ics`,
    shown: await fingerprint(bookingFields(booking)),
  }
}
