import type * as z from 'zod'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import type { Write } from '../../store/store.ts'
import type { AccountInput } from '../account.ts'

/** The writes that add an account. They break `account_once` if its address has one. */
export function accountWrites(ctx: Ctx, id: string, given: z.output<typeof AccountInput>): Write[] {
  const { prefectures, ...rest } = given
  const now = ctx.clock.now()
  return [
    ctx.store.db.insertInto('account').values({
      id,
      ...rest,
      prefectures: prefectures.join(','),
      state: 'active',
      totp_secret: null,
      totp_step: null,
      signed_in_at: null,
      revision: 0,
      created_at: now,
      updated_at: now,
    }),
    note(ctx, 'account.added', id, { role: rest.role, prefectures }),
  ]
}
