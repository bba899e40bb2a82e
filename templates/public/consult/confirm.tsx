import type { Child } from 'hono/jsx'
import type { AskInput } from '../../../src/matching/input.ts'
import { CONSULT_FIELDS } from '../../consult-fields.tsx'
import { many, type Values } from '../../fields.tsx'
import { Facts, Notice, prefectureName, Steps } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { wishText } from '../../mail/request-letter.ts'
import { consultTexts } from '../../text/consult.ts'
import { texts } from '../../text/index.ts'

/** What an application says, as it is shown before it is sent and on the pages of its request. */
export type SaidMatter = Pick<AskInput, 'topics' | 'formats' | 'wished' | 'stage' | 'address' | 'message'>

/** The matter in words. */
export function matterRows({ locale }: PageContext, said: SaidMatter): [string, string][] {
  const c = consultTexts(locale)
  const { labels } = c.form
  const listed = (names: readonly string[]) => names.join(c.comma)
  const [main, ...others] = said.topics
  return [
    [labels.topics, main === undefined ? '' : c.topics[main]],
    [labels.topics_more, listed(others.map((topic) => c.topics[topic]))],
    [labels.stage, said.stage === null ? '' : c.stages[said.stage]],
    [labels.message, said.message],
    [labels.formats, listed(said.formats.map((format) => c.formats[format]))],
    [labels.address, said.address],
    [labels.wished, listed(said.wished.map((wish) => wishText(locale, wish)))],
  ]
}

/** The firm and who applied, in words. */
export function firmRows(
  { locale }: PageContext,
  said: Pick<
    AskInput,
    | 'organisation'
    | 'company'
    | 'prefecture'
    | 'municipality'
    | 'employees'
    | 'industry'
    | 'name'
    | 'name_kana'
    | 'phone'
  > & { email: string | null; corporate_number: string | null },
): [string, string][] {
  const t = texts(locale)
  const c = consultTexts(locale)
  const { labels } = t.book
  const industries: Record<string, string> = t.industries
  return [
    [c.form.labels.organisation, c.organisations[said.organisation]],
    [labels.company, said.company],
    [labels.corporate_number, said.corporate_number ?? ''],
    [labels.prefecture, prefectureName(locale, said.prefecture)],
    [c.form.labels.municipality, said.municipality],
    [labels.employees, said.employees === null ? '' : t.people(said.employees)],
    [labels.industry, said.industry === null ? '' : (industries[said.industry] ?? said.industry)],
    [labels.name, said.name],
    [labels.name_kana, said.name_kana],
    [labels.email, said.email ?? ''],
    [labels.phone, said.phone],
  ]
}

/** The typed values again, in hidden fields. Empty ones of a list keep its order. */
function Hidden({ frame, values }: { frame: PageContext; values: Values }) {
  return (
    <>
      <input type="hidden" name="locale" value={frame.locale} />
      {['from', ...CONSULT_FIELDS].map((name) =>
        many(values, name).map((value) => <input type="hidden" name={name} value={value} />),
      )}
    </>
  )
}

/** The second step: shows everything once more. Nothing is applied for yet. */
export function ConsultConfirm(props: {
  frame: PageContext
  values: Values
  input: AskInput
  /** The address that was probably meant, if the typed one looks like a slip. */
  meant: string | null
  idempotencyKey: string
  /** The address that takes this page's place in the history. */
  after: string
}) {
  const { frame, values, input, meant, idempotencyKey, after } = props
  const t = texts(frame.locale)
  const { review, former, labels } = consultTexts(frame.locale).form
  const rows = (given: [string, string][]) =>
    given.map(([label, value]): [string, Child] => [
      label,
      value.trim() === '' ? <span class="soft">{t.none}</span> : <span class="typed">{value}</span>,
    ])
  const wishes: [string, string][] = input.wishes_former ? [[labels.wishes_former, former]] : []
  return (
    <Layout frame={frame} title={review.title} form="edit" noindex narrow>
      <Steps frame={frame} at={1} />
      <h1>{review.title}</h1>
      <Notice what={review.notYet} tone="warn" />
      <section class="card" aria-labelledby="matter">
        <h2 id="matter">{consultTexts(frame.locale).form.matter}</h2>
        <Facts rows={rows([...matterRows(frame, input), ...wishes])} />
      </section>
      <section class="card" aria-labelledby="you">
        <h2 id="you">{t.book.you}</h2>
        {meant !== null && (
          <Notice what={{ what: t.confirm.meant(meant), next: t.confirm.meantText(t.confirm.edit) }} tone="warn" />
        )}
        <Facts rows={rows([...firmRows(frame, input), [t.book.labels.consent, t.confirm.consented]])} />
      </section>
      <div class="decide" data-unkept={after}>
        <form method="post" action="/consult">
          <Hidden frame={frame} values={values} />
          <input type="hidden" name="idempotency_key" value={idempotencyKey} />
          <input type="hidden" name="step" value="ask" />
          <button class="btn wide" type="submit">
            {review.submit}
          </button>
        </form>
        <form id="edit" method="post" action="/consult">
          <Hidden frame={frame} values={values} />
          <input type="hidden" name="step" value="edit" />
          <button class="btn quiet wide" type="submit">
            {t.confirm.edit}
          </button>
        </form>
      </div>
    </Layout>
  )
}

/** What Back and Forward show instead of the confirm page: whether it was sent. Without personal data. */
export function ConsultSent({ frame, made }: { frame: PageContext; made: boolean }) {
  const { sent } = consultTexts(frame.locale).form
  return (
    <Layout frame={frame} title={sent.title} noindex narrow>
      <h1>{sent.title}</h1>
      <Notice what={made ? sent.made : sent.notYet} tone={made ? 'done' : 'warn'} />
      <p>
        <a href="/consult">{sent.anew}</a>
      </p>
    </Layout>
  )
}
