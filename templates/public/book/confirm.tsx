import type { Child } from 'hono/jsx'
import { settledHours } from '../../../src/base/hours.ts'
import { phoneText } from '../../../src/base/japan/phone.ts'
import { narrow, narrowAddress } from '../../../src/base/japan/width.ts'
import type { Asking, Extras } from '../../../src/base/questions.ts'
import type { Session, Slot } from '../../../src/schedule/session.ts'
import { askedRows } from '../../extras.ts'
import { many, one, type Values } from '../../fields.tsx'
import { Facts, formatsText, HowAccepted, Notice, prefectureName, SampleNote, Steps } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { dateText, hoursText } from '../../text/when.ts'
import { placeRow } from '../session-facts.tsx'
import { Hidden } from './values.tsx'

function valueRows(frame: PageContext, values: Values, extras: [string, string][]): [string, Child][] {
  const t = texts(frame.locale)
  const { labels } = t.book
  const name = (names: Record<string, string>, key: string) => names[key] ?? key
  const employees = one(values, 'employees')
  const rows: [string, string][] = [
    [labels.company, one(values, 'company')],
    [labels.name, one(values, 'name')],
    [labels.name_kana, one(values, 'name_kana')],
    [labels.email, narrowAddress(one(values, 'email'))],
    [labels.phone, phoneText(one(values, 'phone'))],
    [labels.prefecture, prefectureName(frame.locale, one(values, 'prefecture'))],
    [labels.employees, employees === '' ? '' : t.people(Number(narrow(employees)))],
    [labels.industry, name(t.industries, one(values, 'industry'))],
    [labels.corporate_number, narrow(one(values, 'corporate_number'))],
    [
      labels.topics,
      many(values, 'topics')
        .map((topic) => name(t.topics, topic))
        .join(frame.locale === 'ja' ? '、' : ', '),
    ],
    [labels.message, one(values, 'message')],
    ...extras,
    [labels.consent, t.confirm.consented],
  ]
  return rows.map(([label, value]): [string, Child] => [
    label,
    value.trim() === '' ? <span class="soft">{t.none}</span> : <span class="typed">{value}</span>,
  ])
}

/** Asks about an e-mail address that looks like a slip. */
function Meant({ frame, meant }: { frame: PageContext; meant: string | null }) {
  const t = texts(frame.locale).confirm
  return meant && <Notice what={{ what: t.meant(meant), next: t.meantText(t.edit) }} tone="warn" />
}

/** The second step: shows everything once more. No place is taken yet. */
export function ConfirmPage(props: {
  frame: PageContext
  session: Session
  slot: Slot | null
  /** Whether the application is for the waiting list. */
  waits: boolean
  values: Values
  /** What the session asks, and what was answered. */
  asked: Asking
  extras: Extras
  /** The address that they probably meant, if the one they typed looks like a slip. */
  meant?: string | null
  idempotencyKey: string
  /** The fingerprint of the place as shown. */
  shown: string
  /** The address that takes this page's place in the history. */
  after: string
  /** Whether the session is not as it was shown before. */
  changed: boolean
}) {
  const { frame, session, slot, waits, values, idempotencyKey, shown, changed, after } = props
  const t = texts(frame.locale)
  const action = `/sessions/${session.id}/book`
  const applies = session.acceptance !== 'first_come'
  const notYet = applies ? t.confirm.apply : { what: t.confirm.notYet, next: t.confirm.check }
  const anyTime = slot === null && session.slots.length > 0
  const undecided = anyTime ? t.wait.anySlot : t.timeUndecided
  const time = anyTime ? null : (slot ?? settledHours(session))
  const format = session.formats.find((each) => each === one(values, 'format'))
  const seats = one(values, 'seats')
  return (
    <Layout
      frame={frame}
      title={`${t.confirm.title} ${session.title[frame.locale]}`}
      nav="calendar"
      form="edit"
      noindex
      narrow
    >
      <Steps frame={frame} at={1} />
      <h1>{t.confirm.title}</h1>
      <SampleNote frame={frame} session={session} />
      {changed && <Notice what={t.confirm.changed} tone="stop" alert />}
      <Notice what={waits ? { what: t.wait.notYet, next: t.wait.check } : notYet} tone="warn" />
      <HowAccepted frame={frame} session={session} until />
      <section class="card" aria-label={t.book.about}>
        <h2>{session.title[frame.locale]}</h2>
        <Facts
          rows={[
            [t.session.date, <b>{session.date === null ? t.dateUndecided : dateText(frame.locale, session.date)}</b>],
            [t.session.time, time === null ? undecided : <b class="num">{hoursText(frame.locale, time)}</b>],
            [t.session.form, format ? t.formatLong[format] : formatsText(t, session)],
            placeRow(frame, session, format ? [format] : session.formats),
            seats === '' ? null : [t.book.labels.seats, t.people(Number(narrow(seats)))],
            [t.session.cost, t.session.free],
          ]}
        />
      </section>
      <section class="card" aria-labelledby="you">
        <h2 id="you">{t.book.you}</h2>
        <Meant frame={frame} meant={props.meant ?? null} />
        <Facts rows={valueRows(frame, values, askedRows(frame.locale, props.asked, props.extras))} />
      </section>
      <div class="decide" data-unkept={after}>
        <form method="post" action={action}>
          <Hidden frame={frame} values={values} />
          <input type="hidden" name="idempotency_key" value={idempotencyKey} />
          <input type="hidden" name="shown" value={shown} />
          <input type="hidden" name="step" value="book" />
          <button class="btn wide" type="submit">
            {waits ? t.wait.submit : applies ? t.confirm.apply.submit : t.confirm.submit}
          </button>
        </form>
        <form id="edit" method="post" action={action}>
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
