import { JOURNAL_SUBJECTS } from '../../../src/base/vocabulary.ts'
import type { JournalFilter, JournalLine } from '../../../src/figures/journal.ts'
import type { Account } from '../../../src/people/account.ts'
import type { Act } from '../../../src/store/acts.ts'
import { Options } from '../../fields.tsx'
import { href, Pager, Whole, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { dayText, momentText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

/** What happened, in a few words. */
function actText(frame: PageContext, act: Act): string {
  const d = deskTexts(frame.locale)
  const words: Record<Act, string> = { ...d.booking.happened, ...d.session.happened, ...d.journal.happened }
  return words[act]
}

/** What a line is about, with a link if it has a page. */
function About({ frame, line }: { frame: PageContext; line: JournalLine }) {
  const { session, number, account, act, subject } = line
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
  if (session) {
    return (
      <a href={`/desk/sessions/${session.id}`}>
        <span>
          <Whole text={`${title} ${day}`} />
        </span>
      </a>
    )
  }
  if (account !== null) return <bdi>{account}</bdi>
  if (act.startsWith('series.'))
    return <a href={`/desk/series/${subject}`}>{deskTexts(frame.locale).journal.abouts.series}</a>
  if (act.startsWith('ticked.'))
    return <a href={`/desk/bookings/ticked/${subject}`}>{deskTexts(frame.locale).ledger.ticked.long.see}</a>
  return null
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
                    <About frame={frame} line={line} />
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
