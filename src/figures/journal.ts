import { type SqlBool, sql } from 'kysely'
import { Forbidden, requireAccount, visiblePrefectures } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { firstId } from '../base/id.ts'
import { addDays, type CivilDate, instantAt, isCivilDate } from '../base/japan/civil.ts'
import type { CapCounted } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { ACTS, type Act } from '../store/acts.ts'
import { dayOf, hostOf, type Kept, keptOf, type Name, ownerNames, venueNames } from './journal-names.ts'

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
  /**
   * The name of a series, venue, desk, expert, question, programme, notice, message, key or session. The number of a
   * request, the venue of a closure, the host of a webhook.
   */
  name?: Name
  /** Whether there is none any more, so that no page shows it. */
  gone?: true
  /** The series, session or programme that has it, with its name if it is still there. */
  owner?: { scope: string; id: string; name?: Name }
  /** The day of a closure, of a session that is gone, or on which a notice was read. */
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

type Named = {
  name_ja: string | null
  name_en: string | null
  prefectures: string | null
  mask: string | null
  starts_on: CivilDate | null
  ends_on: CivilDate | null
  /** The id of an intake or an act on ticked bookings that is still there. */
  there: string | null
  /** When an intake was read. */
  read_at: Instant | null
  /** The address of a webhook. */
  url: string | null
}

/** Whose rows have names of their own, or pages for one of them. Anything else has neither. */
const NAMED: readonly JournalSubject[] = [
  ...(['session', 'series', 'venue', 'desk', 'question', 'programme', 'intake', 'expert', 'ticked'] as const),
  ...(['webhook', 'key', 'request', 'booking'] as const),
]

function ownerOf(about: JournalSubject, subject: string, said: Said): JournalObject['owner'] {
  if (about === 'question') {
    if (said.series) return { scope: 'series', id: said.series }
    return said.session ? { scope: 'session', id: said.session } : undefined
  }
  if (about !== 'message') return undefined
  if (said.scope !== undefined) return { scope: said.scope, id: subject }
  const [scope = '', id = ''] = (said.of ?? '').split(':')
  // The documents of a message are of the account that writes it.
  return id === '' || scope === 'message' ? undefined : { scope, id }
}

function periodOf(said: Said, about: JournalSubject): JournalObject['period'] {
  const [from, to] = [said.starts_on ?? said.from, said.ends_on ?? said.to]
  const has = about === 'suspension' || about === 'export' || about === 'schedule'
  return has && from !== undefined && to !== undefined ? [from, to] : undefined
}

type Subject = { about: JournalSubject; subject: string; detail: string }

/** Names of what lines are about that are in no column of their row. */
type Names = {
  venues: ReadonlyMap<string, Name>
  owners: ReadonlyMap<string, Name>
  kept: ReadonlyMap<string, Kept>
}

/** The closure of a line: its day, and its prefecture or venue. */
function closureObject(subject: string, { venues, kept }: Names): JournalObject {
  const { date, scope } = closureIn(subject)
  if (!isCivilDate(date)) return {}
  if (!scope.startsWith(VENUE)) return { date, prefectures: [scope] }
  const id = scope.slice(VENUE.length)
  const name = venues.get(id) ?? kept.get(id)?.name
  return { date, ...(name && { name }) }
}

/** The name of a row, or of what it was before it was deleted. */
function nameOf(
  { about, subject }: Subject,
  row: Named,
  { kept }: Names,
): Pick<JournalObject, 'name' | 'gone' | 'date'> {
  const { name_ja, name_en, there, read_at, url } = row
  const host = hostOf(url)
  const ja = name_ja ?? host
  const en = name_en === null || name_en === '' ? ja : name_en
  const date = dayOf(read_at)
  if (ja !== null && en !== null) return { name: { ja, en }, ...(about === 'intake' && date && { date }) }
  if (there !== null) return date ? { date } : {}
  const { name, date: day } = kept.get(subject) ?? {}
  return NAMED.includes(about) ? { gone: true, ...(name && { name }), ...(day && { date: day }) } : {}
}

/** What a line is about, from its row and its detail. */
function objectOf(line: Subject, row: Named, names: Names): JournalObject {
  const { about, subject, detail } = line
  const said: Said = JSON.parse(detail)
  if (about === 'closure') return closureObject(subject, names)
  const { mask, starts_on, ends_on } = row
  const owner = ownerOf(about, subject, said)
  const owned = owner && names.owners.get(`${owner.scope}:${owner.id}`)
  const held = starts_on !== null && ends_on !== null ? ([starts_on, ends_on] as const) : undefined
  const period = periodOf(said, about) ?? (about === 'suspension' ? held : undefined)
  const prefectures = said.prefectures ?? row.prefectures?.split(',')
  const { counted } = said
  return {
    ...nameOf(line, row, names),
    ...(owner && { owner: { ...owner, ...(owned && { name: { ja: owned.ja, en: owned.en } }) } }),
    ...(period && { period }),
    ...(about === 'suspension' && prefectures && { prefectures }),
    ...(counted && { cap: { counted, mask: mask ?? '' } }),
  }
}

/** What no column of these lines names: venues of closures, owners, and what was deleted. No query if all have names. */
async function namesFor(ctx: Ctx, lines: readonly (Subject & Named & { isKnown: boolean })[]): Promise<Names> {
  const closed = lines.flatMap(({ about, subject }) => (about === 'closure' ? [closureIn(subject).scope] : []))
  const ids = closed.filter((scope) => scope.startsWith(VENUE)).map((scope) => scope.slice(VENUE.length))
  const owners = lines.flatMap(({ about, subject, detail }) => ownerOf(about, subject, JSON.parse(detail)) ?? [])
  const venues = await venueNames(ctx, ids)
  const nameless = lines.filter(({ about, name_ja, isKnown }) => name_ja === null && !isKnown && NAMED.includes(about))
  const gone = [...nameless.map(({ subject }) => subject), ...ids.filter((id) => !venues.has(id))]
  return { venues, owners: await ownerNames(ctx, owners), kept: await keptOf(ctx, gone) }
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
    when journal.act like 'key.%' then ${fromSubject('api_key', 'name')}
    when journal.act like 'request.%' then ${fromSubject('request', 'number')}
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
 * query, and at most five more for what has no name in its own row. Throws `Forbidden` for experts and the public.
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
    .select(fromSubject('webhook', 'url').as('url'))
    .select(fromSubject('intake', 'created_at').as('read_at'))
    .select(sql<string | null>`coalesce(${fromSubject('intake', 'id')}, ${fromSubject('ticked', 'id')})`.as('there'))
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
  const known = page.flatMap((row) => (isAct(row.act) ? [{ ...row, act: row.act, about: ACTS[row.act].about }] : []))
  const names = await namesFor(
    ctx,
    known.map((row) => ({ ...row, isKnown: row.session !== null || row.booking !== null || row.there !== null })),
  )
  const lines = known.map(({ session, date, title_ja, title_en, ...row }): JournalLine => {
    const { id, at, act, actor, subject, number, account, booking, about: meant } = row
    const by = act === 'account.signed_in' ? row.account : row.by
    const held = session !== null && title_ja !== null && title_en !== null
    const bare = held || booking !== null || account !== null
    const object = objectOf(row, row, names)
    const { gone: _, ...here } = object
    const line = { id, at, act, actor, by, subject: booking ?? subject, number, account, about: meant }
    return { ...line, object: bare ? here : object, session: held ? { id: session, date, title_ja, title_en } : null }
  })
  return { lines, more: rows.length > LINES }
}
