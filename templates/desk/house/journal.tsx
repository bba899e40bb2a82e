import { JOURNAL_SUBJECTS } from '../../../src/base/vocabulary.ts'
import type { JournalFilter, JournalLine, JournalSubject } from '../../../src/figures/journal.ts'
import type { Account } from '../../../src/people/account.ts'
import type { Act } from '../../../src/store/acts.ts'
import { Options } from '../../fields.tsx'
import { href, joined, Pager, prefectureName, Whole, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dateText, dayText, momentText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

/** What happened, in a few words. */
function actText(frame: PageContext, act: Act): string {
  const d = deskTexts(frame.locale)
  const words: Record<Act, string> = { ...d.booking.happened, ...d.session.happened, ...d.journal.happened }
  return words[act]
}

const OWNERS: Record<string, string> = {
  series: '/desk/series/',
  session: '/desk/sessions/',
  programme: '/desk/programmes/',
}

/** The pages of what lines are about, for those who may open them. */
function wayTo({ about, subject, account, object }: JournalLine, staff: Account): string | null {
  const { owner } = object
  if (account !== null) return `/desk/people/${subject}`
  if (object.gone) return null
  if (owner && about === 'message') {
    const page = OWNERS[owner.scope]
    return page && owner.name && (owner.scope !== 'programme' || staff.role === 'secretariat')
      ? `${page}${owner.id}`
      : null
  }
  const named = object.name !== undefined
  const all = staff.role === 'secretariat'
  const ways: Partial<Record<JournalSubject, string | false>> = {
    series: named && `/desk/series/${subject}`,
    question: named && `/desk/questions/${subject}`,
    venue: named && `/desk/venues/${subject}`,
    desk: named && `/desk/desks/${subject}`,
    expert: named && `/desk/experts/${subject}`,
    programme: named && all && `/desk/programmes/${subject}`,
    intake: `/desk/import/${subject}`,
    message: named && `/desk/messages/${subject}`,
    closure: '/desk/closures',
    suspension: '/desk/suspensions',
    cap: object.cap !== undefined && `/desk/caps/${subject}`,
    ticked: `/desk/bookings/ticked/${subject}`,
    schedule: '/desk/schedule',
    house: all && '/desk/setup/house',
    webhook: `/desk/webhooks/${subject}`,
    key: '/desk/keys',
    request: '/desk/requests',
    reading: '/desk/bookings',
    export: '/desk/figures',
  }
  return ways[about] || null
}

/** What a line is about, in words. What has no name is called by its kind, and by its day if that is known. */
function objectText(frame: PageContext, line: JournalLine): string {
  const { locale } = frame
  const { about, object } = line
  const { name, gone = false, date, period, prefectures = [], owner, cap } = object
  const t = deskTexts(locale).journal
  const places = prefectures.map((code) =>
    code === 'all' ? scheduleTexts(locale).closures.scopeAll : prefectureName(locale, code),
  )
  const days = period && t.days(dateText(locale, period[0]), dateText(locale, period[1]))
  const said = [
    date && dateText(locale, date),
    days,
    joined(locale, places),
    cap && `${deskTexts(locale).caps.counted[cap.counted]} ${cap.mask}`,
    name?.[locale],
    about === 'closure' && date && !name && places.length === 0 && t.none(t.abouts.venue),
    owner && name === undefined && (owner.name?.[locale] ?? t.none(wordFor(t.abouts, owner.scope) ?? '')),
  ].filter(Boolean)
  const kind = t.abouts[about]
  if (name === undefined && (gone || about === 'intake' || about === 'ticked')) {
    return [gone ? t.none(kind) : kind, ...said].join(' ')
  }
  return said.length > 0 ? said.join(' ') : kind
}

/** What a line is about, with a link if it has a page. */
function About({ frame, staff, line }: { frame: PageContext; staff: Account; line: JournalLine }) {
  const { session, number, account, subject } = line
  const title = session && (frame.locale === 'ja' ? session.title_ja : session.title_en)
  const day = session?.date ? dayText(frame.locale, session.date) : ''
  if (number !== null) {
    return (
      <>
        <a class="num" href={`/desk/bookings/${subject}`}>
          {number}
        </a>{' '}
        <span class="soft">
          <Whole text={`${title ?? ''} ${day}`} />
        </span>
      </>
    )
  }
  if (session && line.about !== 'question') {
    return (
      <a href={`/desk/sessions/${session.id}`}>
        <span>
          <Whole text={`${title} ${day}`} />
        </span>
      </a>
    )
  }
  if (account !== null && staff.role !== 'secretariat') return <bdi>{account}</bdi>
  const way = wayTo(line, staff)
  const text = <Whole text={account ?? objectText(frame, line)} />
  return way === null ? text : <a href={way}>{text}</a>
}

/** Who did what, the newest first, with its filters. */
export function JournalPage(
  props: DeskView & {
    lines: JournalLine[]
    more: boolean
    filter: JournalFilter
    people: Pick<Account, 'id' | 'name'>[]
  },
) {
  const { frame, staff, lines, more, filter, people } = props
  const d = deskTexts(frame.locale)
  const t = d.journal
  const { from, to, who, about, of } = filter
  const last = lines.at(-1)
  const at = (before: string | undefined) => href('/desk/journal', { who, about, of, from, to, before })
  return (
    <Console frame={frame} staff={staff} title={t.title} nav={staff.role === 'secretariat' ? 'people' : 'security'}>
      <h1>{t.title}</h1>
      <p class="lead">{staff.role === 'secretariat' ? t.lead : t.leadOwn}</p>
      <search aria-label={t.title}>
        <form class="card filters" action="/desk/journal" method="get">
          <label>
            <span>{t.who}</span>
            <select name="who">
              <option value="">{t.staff}</option>
              <Options
                names={{ ...Object.fromEntries(people.map(({ id, name }) => [id, name])), ...t.others }}
                chosen={who}
              />
            </select>
          </label>
          <label>
            <span>{t.about}</span>
            <select name="about">
              <option value="">{t.all}</option>
              <Options names={Object.fromEntries(JOURNAL_SUBJECTS.map((one) => [one, t.abouts[one]]))} chosen={about} />
            </select>
          </label>
          <label>
            <span>{t.of}</span>
            <input name="of" value={of ?? ''} maxlength={40} />
          </label>
          <label>
            <span>{t.from}</span>
            <input type="date" name="from" value={from} />
          </label>
          <label>
            <span>{t.to}</span>
            <input type="date" name="to" value={to} />
          </label>
          <button class="btn" type="submit">
            {t.go}
          </button>
        </form>
      </search>
      {lines.length === 0 ? (
        <p class="card empty">{t.empty}</p>
      ) : (
        <section class="scroll" tabindex={0} aria-label={t.title}>
          <table class="list compact">
            <thead>
              <tr>
                {Object.values(t.columns).map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr>
                  <td class="num" data-label={t.columns.at}>
                    {momentText(frame.locale, line.at)}
                  </td>
                  <td data-label={t.columns.by}>{line.by ?? wordFor(t.others, line.actor) ?? t.gone}</td>
                  <td data-label={t.columns.act}>{actText(frame, line.act)}</td>
                  <td data-label={t.columns.of}>
                    <About frame={frame} staff={staff} line={line} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {(filter.before !== undefined || more) && (
        <Pager
          label={t.title}
          links={[
            ...(filter.before === undefined ? [] : [{ text: t.newest, href: at(undefined), rel: 'prev' as const }]),
            ...(more && last ? [{ text: t.older, href: at(last.id), rel: 'next' as const }] : []),
          ]}
        />
      )}
    </Console>
  )
}
