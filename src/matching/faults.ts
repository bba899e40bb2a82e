import type * as z from 'zod'
import { IdempotencyKey } from '../base/fields.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { civilDate } from '../base/japan/civil.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { Wish } from './candidate.ts'
import { AskFields } from './input.ts'

/** The faults of half-days that cannot be wished: those of today and of days that are over. */
export function wishFaults(ctx: Pick<Ctx, 'clock'>, { wished }: { wished: readonly Wish[] }): Faults {
  const today = civilDate(ctx.clock.now())
  return wished.some(({ date }) => date <= today) ? { wished: 'choice' } : {}
}

/** Every fault of an application that could not be parsed. Days that cannot be wished are among them. */
export function askFaults(ctx: Pick<Ctx, 'clock'>, given: unknown, error: z.ZodError): Faults {
  const wished = AskFields.shape.wished.safeParse(Object(given).wished)
  return { ...(wished.success ? wishFaults(ctx, { wished: wished.data }) : {}), ...faultsOf(error) }
}

/** An application and its key as they are parsed. Refuses `invalid` with every fault of both, by field. */
export function readAsked<Input>(
  ctx: Pick<Ctx, 'clock'>,
  schema: z.ZodType<Input>,
  given: unknown,
  key: unknown,
): Ok<{ input: Input; key: string }> | Refused<'invalid', { errors: Faults }> {
  const parsed = schema.safeParse(given)
  const known = IdempotencyKey.safeParse(key)
  if (parsed.success && known.success) return ok({ input: parsed.data, key: known.data })
  const errors = {
    ...(parsed.success ? {} : askFaults(ctx, given, parsed.error)),
    ...(known.success ? {} : { key: 'key' as const }),
  }
  return refused('invalid', { errors })
}
