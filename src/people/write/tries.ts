import { plusMinutes } from '../../base/clock.ts'
import type { Ctx } from '../../context.ts'
import { orThrow } from '../../store/store.ts'

/** Codes that may be tried for one account, and in how many minutes. A right one does not count. */
const TRIES = { minutes: 15, most: 10 }

/** Counts a try of a code in a commit of its own. Returns false if none is left. */
export async function countTry(ctx: Ctx, account: string): Promise<boolean> {
  const now = ctx.clock.now()
  const mine = ctx.store.db.updateTable('account').where('id', '=', account)
  const over = plusMinutes(now, -TRIES.minutes)
  const [, counted] = orThrow(
    await ctx.store.commit(
      mine
        .set({ code_tries: 0, code_tries_from: now })
        .where((eb) => eb.or([eb('code_tries_from', 'is', null), eb('code_tries_from', '<=', over)])),
      mine.set((eb) => ({ code_tries: eb('code_tries', '+', 1) })).where('code_tries', '<', TRIES.most),
    ),
  )
  return counted === 1
}
