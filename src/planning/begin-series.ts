import { requireDesk } from '../base/actor.ts'
import { keyedId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { DEFAULT_CANCELS, deadlineText } from '../schedule/deadline.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { checkPrefecture } from './check-prefecture.ts'
import { requestReplan } from './replan.ts'
import { listedDates, SeriesInput, seriesColumns } from './series-input.ts'
import { seriesWrites } from './session-rows.ts'

/** Begun, or refused for faulty fields. */
export type Begun = Ok<{ series: string }> | Refused<'invalid', { errors: Faults }>

/**
 * Begins a series, once for each `key` of a form. The clockwork makes its sessions at the next tick. For the desk of
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
  const id = keyedId(given, ctx.clock.now())
  orThrow(
    await ctx.store.commit(
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
    ),
  )
  return ok({ series: id })
}
