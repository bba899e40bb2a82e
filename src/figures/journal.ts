import { type SqlBool, sql } from 'kysely'
import { Forbidden, requireAccount, visiblePrefectures } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { firstId } from '../base/id.ts'
import { addDays, type CivilDate, instantAt } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { ACTS, type Act } from '../store/acts.ts'

/** Actors of the journal that are no account. */
const OTHER_ACTORS = ['public', 'clockwork', 'cli', 'seed'] as const

/** What lines of the journal are about. */
export type JournalSubject = (typeof ACTS)[Act]['about']

/** Which lines are asked for: those from `from` to `to`, both included, the newest first. */
export type JournalFilter = {
  from: CivilDate
  to: CivilDate
  /** The id of an account, for what it did and what was done to it, or one of `OTHER_ACTORS`. Without it, all staff. */
  who?: string | undefined
  about?: JournalSubject | undefined
  /** The number of a booking, or the id of any subject. */
  of?: string | undefined
  /** Only lines before this one. */
  before?: string | undefined
}

/** A line of the journal with the names of what it is about. What a row no longer has is null. */
export type JournalLine = {
  id: string
  at: Instant
  act: Act
  /** An id of an account, or one of `OTHER_ACTORS`. */
  actor: string
  /** The name of the account that acted. */
  by: string | null
  subject: string
  /** The booking that it is about, by its number. */
  number: string | null
  /** The session that it is about, or that its booking is in. */
  session: { id: string; date: CivilDate | null; title_ja: string; title_en: string } | null
  /** The account that it is about. */
  account: string | null
}

/** How many lines a page has. */
const LINES = 50

/** A day for which ids can be made. */
const within = (day: CivilDate) => (day < '2000-01-01' ? '2000-01-01' : day > '2100-01-01' ? '2100-01-01' : day)

/** Words of closed lists. As parameters they would be more than D1 takes. */
const literals = (words: readonly string[]) => sql.join(words.map((one) => sql.lit(one)))

const isAct = (name: string): name is Act => name in ACTS

const namesAbout = (about: JournalSubject) =>
  Object.entries(ACTS)
    .filter(([, meaning]) => meaning.about === about)
    .map(([name]) => name)

/**
 * Who did what: a page of fifty lines, and whether there are more. People who read one prefecture see the bookings, sessions,
 * series and questions of that prefecture, and what they did themselves. The secretariat sees all lines. One query. Throws `Forbidden`
 * for experts and the public.
 */
export async function journalLines(ctx: Ctx, filter: JournalFilter): Promise<{ lines: JournalLine[]; more: boolean }> {
  const own = requireAccount(ctx.actor)
  const codes = visiblePrefectures(ctx.actor)
  if (codes?.length === 0) throw new Forbidden('only for staff who read')
  const { who, about, of, before } = filter
  const [from, to] = [within(filter.from), within(filter.to)]
  let query = ctx.store.db
    .selectFrom('journal')
    .leftJoin('account as actor', 'actor.id', 'journal.actor')
    .leftJoin('account as meant', 'meant.id', 'journal.subject')
    .leftJoin('booking', 'booking.id', 'journal.subject')
    .leftJoin('question', 'question.id', 'journal.subject')
    .leftJoin('session', (join) =>
      join.on((eb) => eb('session.id', '=', eb.fn.coalesce('booking.session', 'question.session', 'journal.subject'))),
    )
    .leftJoin('series', (join) =>
      join.on((eb) => eb('series.id', '=', eb.fn.coalesce('question.series', 'journal.subject'))),
    )
    .select(['journal.id', 'journal.at', 'journal.act', 'journal.actor', 'journal.subject'])
    .select(['actor.name as by', 'meant.name as account', 'booking.number'])
    .select(['session.id as session', 'session.date', 'session.title_ja', 'session.title_en'])
    .where('journal.id', '>=', firstId(instantAt(from, '00:00')))
    .where('journal.id', '<', before ?? firstId(instantAt(addDays(to, 1), '00:00')))
  if (codes !== null) {
    query = query.where((eb) =>
      eb.or([
        eb('journal.actor', '=', own),
        eb('journal.subject', '=', own),
        sql<SqlBool>`coalesce(session.prefecture, series.prefecture) in (${literals(codes)})`,
      ]),
    )
  }
  // People sign in before anybody knows who they are: those lines are about their account.
  query = query.where((eb) =>
    who === undefined
      ? eb.or([eb('journal.actor', 'not in', OTHER_ACTORS), eb('meant.id', 'is not', null)])
      : eb.or([eb('journal.actor', '=', who), eb('meant.id', '=', who)]),
  )
  if (about !== undefined) query = query.where(sql<SqlBool>`journal.act in (${literals(namesAbout(about))})`)
  if (of !== undefined)
    query = query.where((eb) => eb.or([eb('journal.subject', '=', of), eb('booking.number', '=', of)]))
  const rows = await query
    .orderBy('journal.id', 'desc')
    .limit(LINES + 1)
    .execute()
  const lines = rows.slice(0, LINES).flatMap(({ session, date, title_ja, title_en, ...row }): JournalLine[] => {
    const { act } = row
    if (!isAct(act)) return []
    const by = act === 'account.signed_in' ? row.account : row.by
    const held = session !== null && title_ja !== null && title_en !== null
    return [{ ...row, act, by, session: held ? { id: session, date, title_ja, title_en } : null }]
  })
  return { lines, more: rows.length > LINES }
}
