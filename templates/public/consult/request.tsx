import { civilDate } from '../../../src/base/japan/civil.ts'
import { isOpenRequest } from '../../../src/base/vocabulary.ts'
import type { RequestView } from '../../../src/matching/view.ts'
import { Facts, Notice, PrintButton, Receipt, Steps } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { consultTexts } from '../../text/consult.ts'
import { texts } from '../../text/index.ts'
import type { What } from '../../text/spoken.ts'
import { dateText } from '../../text/when.ts'
import { firmRows, matterRows } from './confirm.tsx'

/** A request, the token of its link, and its expert once one has accepted. */
export type Shown = {
  frame: PageContext
  request: RequestView
  token: string
  expert: { name: string; profile: string } | null
}

/** How a request stands, with its day. */
function saysOf({ locale }: PageContext, request: RequestView): string {
  const { says, told } = consultTexts(locale).page
  const { state, applied_at, matched_at, first_at, finished_at, updated_at, email } = request
  const moments = {
    matching: applied_at,
    held: applied_at,
    matched: matched_at,
    advising: first_at ?? matched_at,
    finished: finished_at,
    unmatched: finished_at,
    withdrawn: finished_at,
  }
  const day = dateText(locale, civilDate(moments[state] ?? updated_at))
  const waits = state === 'matching' || state === 'held'
  const then = waits ? told[email === null ? 'phone' : 'mail'] : ''
  return [says[state](day), then].filter((text) => text !== '').join(locale === 'ja' ? '' : ' ')
}

function Received({ frame, number }: { frame: PageContext; number: string }) {
  return (
    <p>
      {texts(frame.locale).book.labels.number} <Receipt number={number} />
    </p>
  )
}

function Details({ frame, request }: Pick<Shown, 'frame' | 'request'>) {
  const c = consultTexts(frame.locale)
  const visits: [string, string] | null =
    request.allowed === null ? null : [c.page.visits, c.page.visitsText(request.used, request.allowed)]
  const rows = [...matterRows(frame, request), ...firmRows(frame, request)].filter(([, value]) => value !== '')
  return (
    <section class="card" aria-labelledby="details">
      <h2 id="details">{c.form.matter}</h2>
      <Facts rows={[[c.page.applied, dateText(frame.locale, civilDate(request.applied_at))], visits, ...rows]} />
    </section>
  )
}

/** The third step: the request is made. */
export function ConsultDone({ frame, request, token }: Shown) {
  const { done } = consultTexts(frame.locale).page
  return (
    <Layout frame={frame} title={done.title} noindex narrow>
      <Steps frame={frame} at={2} />
      <h1>{done.title}</h1>
      <div class="card receipt">
        <Received frame={frame} number={request.number} />
        <p class="soft small">{done.keep}</p>
      </div>
      {request.email !== null && <p>{done.mailed(request.email)}</p>}
      <section aria-labelledby="next">
        <h2 id="next">{done.next}</h2>
        <ol>
          {done.nextText.map((text) => (
            <li>{text}</li>
          ))}
        </ol>
      </section>
      <Details frame={frame} request={request} />
      <p class="after">
        <a class="btn" href={`/c/${token}`}>
          {done.manage}
        </a>{' '}
        <PrintButton frame={frame} />
      </p>
    </Layout>
  )
}

/** The page of a request, for its firm: how it stands, and what may be done. Opening it changes nothing. */
export function RequestPage(props: Shown & { done: boolean; refusal: What | null }) {
  const { frame, request, token, expert, done, refusal } = props
  const c = consultTexts(frame.locale)
  const { page } = c
  const open = isOpenRequest(request)
  return (
    <Layout frame={frame} title={`${page.title} ${request.number}`} nav="lookup" noindex narrow>
      <h1>{page.title}</h1>
      {refusal !== null && <Notice what={refusal} tone="stop" alert />}
      {done && request.state === 'withdrawn' && <Notice what={{ what: page.withdraw.done, next: '' }} tone="done" />}
      <Notice what={{ what: c.states[request.state], next: saysOf(frame, request) }} />
      <Received frame={frame} number={request.number} />
      {expert !== null && (
        <section class="card" aria-labelledby="expert">
          <h2 id="expert">{page.expert}</h2>
          <p>
            <b>{expert.name}</b>
          </p>
          <p>{expert.profile}</p>
        </section>
      )}
      <Details frame={frame} request={request} />
      <p class="soft small">{page.private}</p>
      {open ? (
        <p>
          <a class="btn quiet stop" href={`/c/${token}/withdraw`}>
            {page.withdraw.open}
          </a>
        </p>
      ) : (
        <p>
          <a class="btn quiet" href="/consult">
            {page.again}
          </a>
        </p>
      )}
      <section class="leave" aria-labelledby="erase">
        <h2 id="erase">{page.erase.title}</h2>
        <p class="soft">{page.erase.lead}</p>
        <a class="btn quiet" href={`/c/${token}/erase`}>
          {page.erase.open}
        </a>
      </section>
    </Layout>
  )
}

/** Asks before a request is withdrawn or erased. `changed`: it is not as it was shown before. */
export function RequestQuestion(props: Shown & { act: 'withdraw' | 'erase'; shown: string; changed: boolean }) {
  const { frame, request, token, act, shown, changed } = props
  const { page } = consultTexts(frame.locale)
  const { submit, back, text } = page[act]
  const title = act === 'erase' ? page.erase.ask : page.withdraw.title
  return (
    <Layout frame={frame} title={`${title} ${request.number}`} nav="lookup" noindex narrow>
      <h1>{title}</h1>
      {changed && <Notice what={page.refused.changed} tone="stop" alert />}
      {act === 'erase' && isOpenRequest(request) && <Notice what={{ what: page.erase.ahead, next: '' }} tone="warn" />}
      <p>{text}</p>
      {act === 'erase' && <p class="soft">{page.erase.rest}</p>}
      <Notice what={{ what: consultTexts(frame.locale).states[request.state], next: saysOf(frame, request) }} />
      <Received frame={frame} number={request.number} />
      <Details frame={frame} request={request} />
      <div class="decide">
        <form method="post" action={`/c/${token}/${act}`}>
          <input type="hidden" name="shown" value={shown} />
          <button class="btn wide stop" type="submit">
            {submit}
          </button>
        </form>
        <a class="btn quiet wide" href={`/c/${token}`}>
          {back}
        </a>
      </div>
    </Layout>
  )
}

/** The page after a request was erased. */
export function RequestErasedPage({ frame }: { frame: PageContext }) {
  const { done, doneText } = consultTexts(frame.locale).page.erase
  return (
    <Layout frame={frame} title={done} nav="lookup" noindex narrow>
      <h1>{done}</h1>
      <p>{doneText}</p>
      <p>
        <a href="/calendar?view=list">{texts(frame.locale).booking.again}</a>
      </p>
    </Layout>
  )
}
