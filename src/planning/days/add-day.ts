import * as z from 'zod'
import { requireDesk } from '../../base/actor.ts'
import { day } from '../../base/fields.ts'
import { isAsShown, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import { type Faults, faultsOf, word } from '../../base/input.ts'
import { civilDate } from '../../base/japan/civil.ts'
import { proposedClosure } from '../../base/japan/holiday.ts'
import { isPrefectureCode } from '../../base/japan/prefecture.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import { KINDS } from '../../base/vocabulary.ts'
import type { Ctx } from '../../context.ts'
import {
  type Beside,
  besideAny,
  besideDetail,
  besideIn,
  clashesOf,
  clashFields,
  refusalOf,
} from '../../schedule/clashes.ts'
import { closureOn } from '../../schedule/closure.ts'
import { closures } from '../../schedule/closure-queries.ts'
import { DEFAULT_CANCELS, deadlineText } from '../../schedule/deadline.ts'
import { deskById, programmeOn, venueById } from '../../schedule/place-queries.ts'
import type { Localized } from '../../schedule/session.ts'
import { expectSome, lockRow } from '../../store/expectation.ts'
import type { DeskRow, ProgrammeRow, VenueRow } from '../../store/schema.ts'
import { keyIn, makeOnce } from '../../store/submission.ts'
import { checkPrefecture } from '../check-prefecture.ts'
import { currentDesk, withDesk } from '../desks/queries.ts'
import { type Hours, hoursOn } from '../series.ts'
import { HoursShape, hoursChecked, hoursColumns, OfferShape, offerColumns } from '../series-input.ts'
import { unplannedClashes } from '../unplanned.ts'
import { dayWrites } from './day-writes.ts'

/** One day beyond the series. It has hours: slots, or one period. */
export const DayInput = z
  .object({
    ...OfferShape,
    ...HoursShape,
    kind: z.enum(KINDS, 'choice'),
    desk: word(64),
    prefecture: z.string('required').refine(isPrefectureCode, 'choice'),
    date: day,
  })
  .superRefine((input, check) => {
    const fault = (path: string, message: string) => check.addIssue({ code: 'custom', message, path: [path] })
    if (input.slot_starts.length === 0 && input.starts === null) {
      fault('starts', 'required')
      if (input.ends === null) fault('ends', 'required')
    }
    hoursChecked(input, fault)
  })
/** A validated day. */
export type DayInput = z.output<typeof DayInput>

/**
 * What a day would be: who holds it, where and when. `closed`: why the office is closed then. Also what else is at its
 * time.
 */
export type DayLook = {
  input: DayInput
  desk: DeskRow
  venue: VenueRow | null
  programme: ProgrammeRow
  hours: Hours
  closed: Localized | null
} & Beside

/** A day as its look shows it. */
export function dayFields({ input, desk, venue, closed, clashes }: DayLook): ShownFields {
  const at = venue && [venue.id, venue.name_ja, venue.name_en]
  return ['day', input, [desk.id, desk.name_ja, desk.name_en], at, closed, clashFields(clashes)]
}

/** Why the office of a prefecture or its venue is closed on a date. As decided or proposed; null if it is open. */
async function closedOn(ctx: Ctx, date: string, prefecture: string, venue: string | null): Promise<Localized | null> {
  const known = await closures(ctx, date, date)
  const isDecided = known.get(date)?.some(({ scope }) => scope === 'all' || scope === prefecture)
  const closure = closureOn(known, date, prefecture, venue) ?? (isDecided ? null : proposedClosure(date))
  return closure && { ja: closure.reason_ja, en: closure.reason_en }
}

/** The day as typed, or the faults of its fields. A date is faulty before today and outside every programme. */
async function read(ctx: Ctx, input: DayInput): Promise<Ok<DayLook> | Refused<'invalid', { errors: Faults }>> {
  const { date, prefecture } = input
  const errors = await checkPrefecture(ctx, prefecture, input)
  const programme = date < civilDate(ctx.clock.now()) ? undefined : await programmeOn(ctx, date)
  if (!programme) errors.date = 'choice'
  const desk = await deskById(ctx, input.desk)
  const hours = hoursOn(hoursColumns(input), date)
  if (Object.keys(errors).length > 0 || !programme || !desk || !hours) return refused('invalid', { errors })
  const venue = input.venue === null ? null : ((await venueById(ctx, input.venue)) ?? null)
  const holding = { desk: desk.id, prefecture, venue: input.formats.includes('onsite') ? input.venue : null, own: '' }
  const occasions = [{ date, starts_at: hours.starts_at, ends_at: hours.ends_at }]
  const beside = besideAny([await clashesOf(ctx, holding, occasions), await unplannedClashes(ctx, holding, occasions)])
  return ok({
    input,
    desk,
    venue,
    programme,
    hours,
    closed: await closedOn(ctx, date, prefecture, holding.venue),
    ...beside,
  })
}

/** The input of a form. Without a desk it has that of its prefecture. */
async function parsedIn(
  ctx: Ctx,
  given: unknown,
): Promise<Ok<{ input: DayInput }> | Refused<'invalid', { errors: Faults }>> {
  const parsed = DayInput.safeParse(await withDesk(ctx, given))
  if (!parsed.success) {
    requireDesk(ctx.actor)
    return refused('invalid', { errors: faultsOf(parsed.error) })
  }
  requireDesk(ctx.actor, parsed.data.prefecture)
  return ok({ input: parsed.data })
}

/** What `addDay` would make. Changes nothing. For the desk of its prefecture. Throws `Forbidden`. */
export async function previewDay(ctx: Ctx, given: unknown): ReturnType<typeof read> {
  const parsed = await parsedIn(ctx, given)
  return parsed.ok ? read(ctx, parsed.input) : parsed
}

/**
 * Added. Refused for faulty fields, or for a clash without its reason in `beside`. Refused as `used` if the form was sent
 * before with other content. Refused as `changed` if it is no longer as its look showed it.
 */
export type DayAdded = Ok<{ session: string }> | Refused<'invalid', { errors: Faults }> | Refused<'used' | 'changed'>

/**
 * Publishes one day that no series makes, once for each `key` of the account. Without a desk it takes that of its
 * prefecture. Booking opens at once, also on a day on which the office is closed. For the desk of its prefecture. Throws
 * `Forbidden`.
 */
export async function addDay(ctx: Ctx, given: unknown): Promise<DayAdded> {
  const parsed = await parsedIn(ctx, given)
  if (!parsed.ok) return parsed
  const { input } = parsed
  let look: DayLook | null = null
  const write = (id: string) => {
    if (look === null) throw new Error('a day is looked at before it is written')
    const { clashes, expectNoOther, programme, hours } = look
    const columns = {
      ...offerColumns(input),
      kind: input.kind,
      desk: input.desk,
      prefecture: input.prefecture,
      programme: programme.id,
      date: input.date,
      starts_at: hours.starts_at,
      ends_at: hours.ends_at,
      cancels: deadlineText(DEFAULT_CANCELS),
      apply_url_printed: null,
    }
    return [
      ...expectNoOther,
      lockRow(ctx, 'desk', input.desk),
      expectSome(ctx, currentDesk(ctx, input.desk)),
      ...dayWrites(ctx, id, columns, hours.slots, besideDetail({ beside: besideIn(given, clashes) })),
    ]
  }
  const done = await makeOnce(ctx, { act: 'session.published', key: keyIn(given), input }, write, async () => {
    const found = await read(ctx, input)
    if (!found.ok) return found
    look = found
    const unreasoned = refusalOf(given, found.clashes)
    if (unreasoned) return unreasoned
    return (await isAsShown(shownIn(given), dayFields(found))) ? null : refused('changed')
  })
  return done.ok ? ok({ session: done.made }) : done
}
