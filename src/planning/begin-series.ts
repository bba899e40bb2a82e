import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { addDays, civilDate } from '../base/japan/civil.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import {
  type Beside,
  besideAny,
  besideDetail,
  besideIn,
  clashesOf,
  NOTHING_BESIDE,
  type Occasion,
  refusalOf,
} from '../schedule/clashes.ts'
import { DEFAULT_CANCELS, deadlineText } from '../schedule/deadline.ts'
import { expectSome, lockRow } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { keyIn, makeOnce } from '../store/submission.ts'
import { checkPrefecture } from './check-prefecture.ts'
import { currentDesk, withDesk } from './desks/queries.ts'
import { HORIZON_DAYS } from './plan.ts'
import { requestReplan } from './replan.ts'
import { hoursOn } from './series.ts'
import { hoursColumns, inputDates, listedDates, SeriesInput, seriesColumns } from './series-input.ts'
import { seriesWrites } from './session-rows.ts'
import { copiedFrom, takenAlong } from './take-along.ts'
import { unplannedClashes } from './unplanned.ts'

/**
 * Begun. Refused for faulty fields, or for a clash without its reason in `beside`. Refused as `used` if the form was sent
 * before with other content.
 */
export type Begun = Ok<{ series: string }> | Refused<'invalid', { errors: Faults }> | Refused<'used' | 'changed'>

/** The days of a series as its form has it, with their hours, within the horizon of planning. */
export function occasionsOf(ctx: Ctx, input: SeriesInput): Occasion[] {
  const today = civilDate(ctx.clock.now())
  return inputDates(input, today, addDays(today, HORIZON_DAYS)).map((date) => {
    const hours = hoursOn(hoursColumns(input), date)
    return { date, starts_at: hours?.starts_at ?? null, ends_at: hours?.ends_at ?? null }
  })
}

/**
 * What else its desk and venue have at these `occasions` of a series. Without them, at all that its form has. Also
 * what another series has there and planning has not made yet. `own`: the series itself, empty if it is new.
 */
export async function clashesOfSeries(
  ctx: Ctx,
  input: SeriesInput,
  own = '',
  occasions: readonly Occasion[] = occasionsOf(ctx, input),
): Promise<Beside> {
  const venue = input.formats.includes('onsite') ? input.venue : null
  const holding = { desk: input.desk, prefecture: input.prefecture, venue, own }
  return besideAny([await clashesOf(ctx, holding, occasions), await unplannedClashes(ctx, holding, occasions)])
}

/**
 * Begins a series, once for each `key` of the account. Without a desk it takes that of its prefecture. The clockwork
 * makes its sessions at the next tick. A copy takes along what belongs to the series `from`. For the desk of its
 * prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function beginSeries(ctx: Ctx, given: unknown): Promise<Begun> {
  const parsed = SeriesInput.safeParse(await withDesk(ctx, given))
  if (!parsed.success) {
    requireDesk(ctx.actor)
    return refused('invalid', { errors: faultsOf(parsed.error) })
  }
  const input = parsed.data
  requireDesk(ctx.actor, input.prefecture)
  const errors = await checkPrefecture(ctx, input.prefecture, input)
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const source = await copiedFrom(ctx, given)
  const along = source ? await takenAlong(ctx, source.id, input) : () => []
  let found = NOTHING_BESIDE
  const write = (id: string) => [
    ...found.expectNoOther,
    lockRow(ctx, 'desk', input.desk),
    expectSome(ctx, currentDesk(ctx, input.desk)),
    ...seriesWrites(
      ctx,
      {
        ...seriesColumns(input),
        id,
        cancels: deadlineText(DEFAULT_CANCELS),
        apply_url_printed: null,
        printed: null,
        sample: 0,
      },
      listedDates(input).map((date) => ({ date, printed_weekday: null })),
    ),
    ...along(id),
    requestReplan(ctx),
    note(ctx, 'series.started', id, besideDetail({ beside: besideIn(given, found.clashes) })),
  ]
  const done = await makeOnce(
    ctx,
    { act: 'series.started', key: keyIn(given), input: source ? { ...input, from: source.id } : input },
    write,
    async () => {
      // The desk may have ended since the first look.
      const now = await checkPrefecture(ctx, input.prefecture, input)
      if (Object.keys(now).length > 0) return refused('invalid', { errors: now })
      found = await clashesOfSeries(ctx, input)
      return refusalOf(given, found.clashes)
    },
  )
  return done.ok ? ok({ series: done.made }) : done
}
