import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { DEFAULT_CANCELS, deadlineText } from '../schedule/deadline.ts'
import { note } from '../store/journal.ts'
import { keyIn, makeOnce } from '../store/submission.ts'
import { checkPrefecture } from './check-prefecture.ts'
import { requestReplan } from './replan.ts'
import { listedDates, SeriesInput, seriesColumns } from './series-input.ts'
import { seriesWrites } from './session-rows.ts'

/** Begun. Refused for faulty fields, or `used` if the form was sent before with other content. */
export type Begun = Ok<{ series: string }> | Refused<'invalid', { errors: Faults }> | Refused<'used'>

/**
 * Begins a series, once for each `key` of the account. The clockwork makes its sessions at the next tick. For the desk of
 * its prefecture. Throws `Forbidden`.
 */
export async function beginSeries(ctx: Ctx, given: unknown): Promise<Begun> {
  const parsed = SeriesInput.safeParse(given)
  if (!parsed.success) {
    requireDesk(ctx.actor)
    return refused('invalid', { errors: faultsOf(parsed.error) })
  }
  const input = parsed.data
  requireDesk(ctx.actor, input.prefecture)
  const errors = await checkPrefecture(ctx, input.prefecture, input)
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const done = await makeOnce(ctx, { act: 'series.started', key: keyIn(given), input }, (id) => [
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
    requestReplan(ctx),
    note(ctx, 'series.started', id),
  ])
  return done.ok ? ok({ series: done.made }) : done
}
