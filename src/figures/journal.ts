import { type SqlBool, sql } from 'kysely'
import { Forbidden, requireAccount, visiblePrefectures } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { firstId } from '../base/id.ts'
import { addDays, type CivilDate, instantAt, isCivilDate } from '../base/japan/civil.ts'
import type { CapCounted } from '../base/vocabulary.ts'
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
  about: JournalSubject
  /** What else it is about. */
  object: JournalObject
}

/** What a line is about that is no booking, session or account. What is not known is left out. */
export type JournalObject = {
  /** The name of a series, venue, desk, expert, question, programme, notice or message; of a closure, of its venue. */
  name?: { ja: string; en: string }
  /** The id of the series, session or programme that has it. */
  owner?: { scope: string; id: string }
  /** The day of a closure. */
  date?: CivilDate
  /** The days of a suspension, an export or a plan. */
  period?: readonly [from: CivilDate, to: CivilDate]
  /** The prefectures of a closure or suspension; `all` stands for all of Japan. */
  prefectures?: readonly string[]
  /** What a cap counts, and the part of its source that is shown. */
  cap?: { counted: CapCounted; mask: string }
}

/** What the detail of any line may say about its object. */
type Said = {
  from?: string
  to?: string
  starts_on?: string
  ends_on?: string
  prefectures?: string[]
  counted?: CapCounted
  of?: string
  scope?: string
  series?: string | null
  session?: string | null
}

const VENUE = 'venue:'

/** The day and the scope in the subject of a closure. */
function closureIn(subject: string): { date: CivilDate; scope: string } {
  return { date: subject.slice(-10), scope: subject.slice(0, -11) }
}

type Named = { name_ja: string | null; name_en: string | null; prefectures: string | null; mask: string | null }

function ownerOf(about: JournalSubject, subject: string, said: Said): JournalObject['owner'] {
  if (about === 'question') {
    if (said.series) return { scope: 'series', id: said.series }
    return said.session ? { scope: 'session', id: said.session } : undefined
  }
  if (about !== 'message') return undefined
  if (said.scope !== undefined) return { scope: said.scope, id: subject }
  const [scope = '', id = ''] = (said.of ?? '').split(':')
  return id === '' ? undefined : { scope, id }
}

function periodOf(said: Said, about: JournalSubject): JournalObject['period'] {
  const [from, to] = [said.starts_on ?? said.from, said.ends_on ?? said.to]
  const has = about === 'suspension' || about === 'export' || about === 'schedule'
  return has && from !== undefined && to !== undefined ? [from, to] : undefined
}

/** What a line is about, from its row and its detail. */
function objectOf(
  { about, subject, detail }: { about: JournalSubject; subject: string; detail: string },
  row: Named & { starts_on: CivilDate | null; ends_on: CivilDate | null },
  venues: ReadonlyMap<string, { ja: string; en: string }>,
): JournalObject {
  const said: Said = JSON.parse(detail)
  if (about === 'closure') {
    const { date, scope } = closureIn(subject)
    if (!isCivilDate(date)) return {}
    const name = venues.get(scope.slice(VENUE.length))
    return { date, ...(name ? { name } : { prefectures: [scope] }) }
  }
  const { name_ja, name_en, mask, starts_on, ends_on } = row
  const owner = ownerOf(about, subject, said)
  const held = starts_on !== null && ends_on !== null ? ([starts_on, ends_on] as const) : undefined
  const period = periodOf(said, about) ?? (about === 'suspension' ? held : undefined)
  const prefectures = said.prefectures ?? row.prefectures?.split(',')
  const { counted } = said
  return {
    ...(name_ja !== null && { name: { ja: name_ja, en: name_en === null || name_en === '' ? name_ja : name_en } }),
    ...(owner && { owner }),
    ...(period && { period }),
    ...(about === 'suspension' && prefectures && { prefectures }),
    ...(counted && { cap: { counted, mask: mask ?? '' } }),
  }
}

/** The names of the venues that closures of these lines are of. */
async function venuesOf(ctx: Ctx, subjects: readonly string[]): Promise<Map<string, { ja: string; en: string }>> {
  const ids = subjects.filter((one) => one.startsWith(VENUE)).map((one) => closureIn(one).scope.slice(VENUE.length))
  if (ids.length === 0) return new Map()
  const rows = await ctx.store.db
    .selectFrom('venue')
    .select(['id', 'name_ja', 'name_en'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, name_ja, name_en }) => [id, { ja: name_ja, en: name_en }]))
}

/** A column of the row whose id is the subject. */
const fromSubject = (table: string, column: string) =>
  sql<
    string | null
  >`(select ${sql.ref(column)} from ${sql.table(table)} where ${sql.ref(`${table}.id`)} = journal.subject)`

/** The name of what is no booking, session or account. The ids of several tables may be the same. */
function nameSql(locale: 'ja' | 'en') {
  const series = sql.ref(`series.title_${locale}`)
  const programme = fromSubject('programme', `name_${locale}`)
  return sql<string | null>`case
    when journal.act like 'series.%' then ${series}
    when journal.act like 'question.%' then ${sql.ref(`question.label_${locale}`)}
    when journal.act like 'venue.%' then ${fromSubject('venue', `name_${locale}`)}
    when journal.act like 'desk.%' then ${fromSubject('desk', `name_${locale}`)}
    when journal.act like 'programme.%' then ${programme}
    when journal.act like 'letter%' then coalesce(${series}, ${programme})
    when journal.act like 'message.%' then ${fromSubject('message', `subject_${locale}`)}
    when journal.act like 'expert.%' then ${fromSubject('expert', 'name')}
    when journal.act like 'intake.%' then nullif(${fromSubject('intake', 'name')}, '') end`
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
 * Who did what: a page of fifty lines, and whether there are more. People who read one prefecture see the bookings,
 * sessions, series and questions of that prefecture, and what they did themselves. The secretariat sees all lines. One
 * query, and one more for closures of venues. Throws `Forbidden` for experts and the public.
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
    .leftJoin('outbox', 'outbox.id', 'journal.subject')
    .leftJoin('booking', (join) =>
      join.on((eb) => eb('booking.id', '=', eb.fn.coalesce('outbox.subject', 'journal.subject'))),
    )
    .leftJoin('question', 'question.id', 'journal.subject')
    .leftJoin('interest', 'interest.id', 'journal.subject')
    .leftJoin('session', (join) =>
      join.on((eb) =>
        eb(
          'session.id',
          '=',
          eb.fn.coalesce('booking.session', 'question.session', 'interest.session', 'journal.subject'),
        ),
      ),
    )
    .leftJoin('series', (join) =>
      join.on((eb) => eb('series.id', '=', eb.fn.coalesce('question.series', 'journal.subject'))),
    )
    .select(['journal.id', 'journal.at', 'journal.act', 'journal.actor', 'journal.subject', 'journal.detail'])
    .select(['actor.name as by', 'meant.name as account', 'booking.number', 'booking.id as booking'])
    .select(['session.id as session', 'session.date', 'session.title_ja', 'session.title_en'])
    .select([nameSql('ja').as('name_ja'), nameSql('en').as('name_en')])
    .select(fromSubject('suspension', 'prefectures').as('prefectures'))
    .select(fromSubject('suspension', 'starts_on').as('starts_on'))
    .select(fromSubject('suspension', 'ends_on').as('ends_on'))
    .select(fromSubject('cap', 'mask').as('mask'))
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
  const page = rows.slice(0, LINES)
  const venues = await venuesOf(
    ctx,
    page.map(({ subject }) => subject),
  )
  const lines = page.flatMap(({ session, date, title_ja, title_en, ...row }): JournalLine[] => {
    const { id, at, act, actor, subject, number, account, booking } = row
    if (!isAct(act)) return []
    const by = act === 'account.signed_in' ? row.account : row.by
    const held = session !== null && title_ja !== null && title_en !== null
    const meant = ACTS[act].about
    const object = objectOf({ about: meant, subject, detail: row.detail }, row, venues)
    const line = { id, at, act, actor, by, subject: booking ?? subject, number, account, about: meant, object }
    return [{ ...line, session: held ? { id: session, date, title_ja, title_en } : null }]
  })
  return { lines, more: rows.length > LINES }
}
