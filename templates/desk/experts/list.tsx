import { EXPERT_STATES, type ExpertState, REQUEST_TOPICS, type RequestTopic } from '../../../src/base/vocabulary.ts'
import type { Expert } from '../../../src/experts/expert.ts'
import { Options, PrefectureOptions } from '../../fields.tsx'
import { joined, Notice, prefectureName, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { topicWords } from '../../text/desk/experts.ts'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { dayText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import { keyed } from '../keys.tsx'
import type { DeskView } from '../view.ts'

/** The filters of the list of experts. */
export type ExpertFilters = {
  text: string | undefined
  prefecture: string | undefined
  topic: RequestTopic | undefined
  state: ExpertState | undefined
}

/** The state of an expert, with the end of a pause. */
export function StatePill({ frame, expert }: { frame: PageContext; expert: Pick<Expert, 'state' | 'paused_until'> }) {
  const t = deskTexts(frame.locale).experts
  const { state, paused_until: until } = expert
  return (
    <>
      <span class={state === 'active' ? 'pill ok' : 'pill'}>{t.states[state]}</span>{' '}
      {until !== null && <span class="soft nowrap">{t.until(dayText(frame.locale, until))}</span>}
    </>
  )
}

function Search({ frame, filter }: { frame: PageContext; filter: ExpertFilters }) {
  const t = deskTexts(frame.locale).experts
  const topics = topicWords(texts(frame.locale).topics, t)
  return (
    <search>
      <form class="card filters" action="/desk/experts" method="post">
        <label class="wide">
          <span>{t.search}</span>
          <input
            type="search"
            name="text"
            value={filter.text ?? ''}
            aria-describedby="search-help"
            autocomplete="off"
            {...keyed(frame, '/')}
          />
          <small id="search-help">{t.searchHelp}</small>
        </label>
        <label>
          <span>{t.filters.prefecture}</span>
          <select name="prefecture">
            <option value="">{t.all}</option>
            <PrefectureOptions frame={frame} chosen={filter.prefecture} />
          </select>
        </label>
        <label>
          <span>{t.filters.topic}</span>
          <select name="topic">
            <option value="">{t.all}</option>
            <Options
              names={Object.fromEntries(REQUEST_TOPICS.map((topic) => [topic, topics[topic]]))}
              chosen={filter.topic}
            />
          </select>
        </label>
        <label>
          <span>{t.filters.state}</span>
          <select name="state">
            <option value="">{t.all}</option>
            <Options
              names={Object.fromEntries(EXPERT_STATES.map((state) => [state, t.states[state]]))}
              chosen={filter.state}
            />
          </select>
        </label>
        <button class="btn" type="submit">
          {t.go}
        </button>
      </form>
    </search>
  )
}

function Rows({ frame, experts, mayEdit }: { frame: PageContext; experts: Expert[]; mayEdit: boolean }) {
  const t = deskTexts(frame.locale).experts
  const topics = topicWords(texts(frame.locale).topics, t)
  return (
    <section class="scroll" tabindex={0} aria-label={t.title}>
      <table class="list">
        <thead>
          <tr>
            {Object.values(t.columns).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {experts.map((expert) => (
            <tr>
              <td data-label={t.columns.name}>
                {mayEdit ? (
                  <a href={`/desk/experts/${expert.id}`}>
                    <bdi>{expert.name}</bdi>
                  </a>
                ) : (
                  <bdi>{expert.name}</bdi>
                )}
              </td>
              <td data-label={t.columns.state}>
                <StatePill frame={frame} expert={expert} />
              </td>
              <td data-label={t.columns.home}>{prefectureName(frame.locale, expert.home)}</td>
              <td data-label={t.columns.topics}>
                {joined(
                  frame.locale,
                  expert.topics.map((topic) => topics[topic]),
                )}
              </td>
              <td data-label={t.columns.formats}>
                {joined(
                  frame.locale,
                  expert.formats.map((format) => t.formats[format]),
                )}
              </td>
              <td class="num" data-label={t.columns.load}>
                {t.load(expert.taken, expert.most)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The experts that a search and filters find, with what is open of each. `all`: how many there are. */
export function ExpertsPage(
  view: DeskView & {
    experts: Expert[]
    all: number
    filter: ExpertFilters
    mayEdit: boolean
    /** The search of the address can no longer be opened. */
    expired: boolean
    done: string | undefined
  },
) {
  const { frame, staff, experts, all, filter, mayEdit, expired, done } = view
  const d = deskTexts(frame.locale)
  const t = d.experts
  const said = wordFor(t.done, done)
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="experts">
      <div class="head">
        <h1>{t.title}</h1>
        {mayEdit && (
          <a class="btn" href="/desk/experts/new">
            {t.add}
          </a>
        )}
      </div>
      <p class="lead">{t.lead}</p>
      {said !== undefined && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {all > 0 && <Search frame={frame} filter={filter} />}
      {expired && <Notice what={{ what: d.letters.expired, next: d.letters.expiredNext }} tone="warn" />}
      {all > 0 && <p class="soft after">{t.found(experts.length, all)}</p>}
      {experts.length === 0 ? (
        <p class="card empty">
          {all > 0 ? t.none : t.empty} {all === 0 && mayEdit && <a href="/desk/experts/new">{t.add}</a>}
        </p>
      ) : (
        <Rows frame={frame} experts={experts} mayEdit={mayEdit} />
      )}
    </Console>
  )
}
