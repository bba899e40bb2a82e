import { Hono } from 'hono'
import { JournalPage } from '../../../../templates/desk/house/journal.tsx'
import { page } from '../../../../templates/layout.tsx'
import { searchable } from '../../../base/input.ts'
import { addDays, civilDate, isCivilDate } from '../../../base/japan/civil.ts'
import { readDate } from '../../../base/japan/read-date.ts'
import { JOURNAL_SUBJECTS } from '../../../base/vocabulary.ts'
import { journalLines } from '../../../figures/journal.ts'
import { accounts } from '../../../people/queries.ts'
import type { Env } from '../../env.ts'
import { known, requireKnown } from '../../filter.ts'
import { deskView } from '../view.ts'

/** Days that are shown if no day is given. */
const DAYS = 30

/** `/desk/journal`: who did what, by person, object and day. */
export const journalRoutes = new Hono<Env>().get('/', async (c) => {
  const { ctx, pass } = c.var
  requireKnown(c, 'who', 'about', 'of', 'from', 'to', 'before')
  const query = c.req.query()
  const today = civilDate(ctx.clock.now())
  const day = (text: string | undefined, otherwise: string) => {
    const read = text === undefined ? null : readDate(text, today)
    return read !== null && isCivilDate(read) ? read : otherwise
  }
  const to = day(query.to, today)
  const filter = {
    to,
    from: day(query.from, addDays(to, -DAYS)),
    who: searchable(query.who ?? '') || undefined,
    about: known(JOURNAL_SUBJECTS, query.about),
    of: searchable(query.of ?? '').toUpperCase() || undefined,
    before: /^[0-9a-z-]{10,80}$/i.test(query.before ?? '') ? query.before : undefined,
  }
  const found = await journalLines(ctx, filter)
  const { role } = pass.account
  const people = role === 'secretariat' ? await accounts(ctx) : [pass.account]
  return c.html(page(JournalPage({ ...deskView(c), ...found, filter, people })))
})
