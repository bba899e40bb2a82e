import { plusMinutes } from '../base/clock.ts'
import { addMonths, civilDate, monthOf } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'

/** Days for which an absence is kept after its end. */
const ABSENCE_DAYS = 365

/**
 * Deletes names, profiles and ties of experts a year after their last day, and absences a year after their end. The
 * numbers of their cases stay.
 */
export async function forgetExperts(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const today = civilDate(now)
  const yearAgo = `${addMonths(monthOf(today), -12)}${today.slice(7)}`
  const gone = db.selectFrom('expert').select('expert.id').where('state', '=', 'left').where('ends_on', '<', yearAgo)
  orThrow(
    await ctx.store.commit(
      db.deleteFrom('absence').where('ends_at', '<', plusMinutes(now, -ABSENCE_DAYS * 24 * 60)),
      db.deleteFrom('affiliation').where('expert', 'in', gone),
      db
        .updateTable('expert')
        .set({ name: '', name_kana: '', profile_ja: '', profile_en: '' })
        .where('state', '=', 'left')
        .where('ends_on', '<', yearAgo)
        .where('name', '<>', ''),
    ),
  )
}
