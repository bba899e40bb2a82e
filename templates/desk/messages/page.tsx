import type { Faults } from '../../../src/base/input.ts'
import type { LeftOut } from '../../../src/messages/left-out.ts'
import type { LetterFile } from '../../../src/messages/letter-file.ts'
import type { Progress } from '../../../src/messages/queries.ts'
import type { Receiver, Targeted } from '../../../src/messages/receivers.ts'
import type { MessageRow } from '../../../src/store/schema.ts'
import {
  AreaField,
  ChoiceField,
  ErrorSummary,
  Options,
  one,
  SelectField,
  TextField,
  type Values,
} from '../../fields.tsx'
import { Crumbs, Facts, Notice, Receipt, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { messageTexts } from '../../text/messages.ts'
import { hoursText, momentText } from '../../text/when.ts'
import { ChangePreviewPage, type Preview } from '../change-preview.tsx'
import { Console } from '../console.tsx'
import { Carried } from '../offer-fields.tsx'
import { titleOf } from '../session/title.ts'
import type { DeskView } from '../view.ts'
import { MessageFileField, MessageFiles, type Refusal, refusalText } from './files.tsx'
import { LeftOutRows } from './left-out.tsx'
import { Documents } from './sample.tsx'
import { TargetFact, TargetLink } from './target.tsx'

const FIELDS = ['slot', 'subject_ja', 'body_ja', 'subject_en', 'body_en', 'pending'] as const

/** The fields that the form shows. The others, which say to whom it goes, are carried along. */
const SHOWN: readonly string[] = [...FIELDS, 'key', 'files', 'document']

/** Whom a message is to, in words. */
function targetText(frame: PageContext, { session, slot, series }: Targeted): string {
  const t = messageTexts(frame.locale).to
  if (series) return t.series(frame.locale === 'ja' ? series.title_ja : series.title_en)
  if (!session) return t.ledger
  const day = titleOf(frame, session)
  return slot ? t.slot(day, hoursText(frame.locale, slot)) : t.session(day)
}

/** The page that a message begins on. */
function fromOf(frame: PageContext, { session, series }: Targeted): [string, string] {
  const t = messageTexts(frame.locale)
  if (series) return [frame.locale === 'ja' ? series.title_ja : series.title_en, `/desk/series/${series.id}`]
  return session ? [titleOf(frame, session), `/desk/sessions/${session.id}`] : [t.targets.ledger, '/desk/bookings']
}

function SlotField({ frame, session, values }: { frame: PageContext; values: Values } & Pick<Targeted, 'session'>) {
  const t = messageTexts(frame.locale)
  if (!session || session.slots.length === 0) return <input type="hidden" name="slot" value={one(values, 'slot')} />
  const names = Object.fromEntries(session.slots.map((slot) => [slot.id, hoursText(frame.locale, slot)]))
  return (
    <SelectField frame={frame} name="slot" label={t.labels.slot}>
      <Options names={{ '': t.everySlot, ...names }} chosen={one(values, 'slot')} />
    </SelectField>
  )
}

type Form = DeskView & {
  targeted: Targeted
  values: Values
  errors: Faults
  refusal: string | null
  /** The ticked bookings that get none. */
  left: readonly LeftOut[]
  /** The documents that are there already, and why one was not taken. */
  documents: readonly LetterFile[]
  fileRefusal: Refusal | null
}

/** The words of a new message. */
export function MessageFormPage(view: Form) {
  const { frame, staff, targeted, values, errors, refusal, left, documents, fileRefusal } = view
  const t = messageTexts(frame.locale)
  const { what, ...whys } = t.refused
  const carried = Object.fromEntries(Object.entries(values).filter(([name]) => !SHOWN.includes(name)))
  const english = ['subject_en', 'body_en'].some((name) => one(values, name) !== '' || errors[name] !== undefined)
  return (
    <Console frame={frame} staff={staff} title={t.send} nav="letters">
      <Crumbs frame={frame} links={[fromOf(frame, targeted)]} />
      <h1>{t.send}</h1>
      <p class="lead">{t.newLead(targetText(frame, { ...targeted, slot: null }))}</p>
      {refusal && <Notice what={{ what, next: wordFor(whys, refusal) ?? whys.changed }} tone="stop" alert />}
      <LeftOutRows frame={frame} rows={left} />
      <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={t.labels} />
      {fileRefusal && <Notice what={{ what: refusalText(frame, fileRefusal), next: '' }} tone="stop" alert />}
      <form id="form" class="card" action="/desk/messages/new" method="post" enctype="multipart/form-data" novalidate>
        <input type="hidden" name="key" value={one(values, 'key')} />
        <input type="hidden" name="files" value={one(values, 'files')} />
        <Carried values={carried} />
        <SlotField frame={frame} session={targeted.session} values={values} />
        <ChoiceField
          frame={frame}
          name="pending"
          label={t.labels.pending}
          type="checkbox"
          help={t.placed}
          error={errors.pending}
          choices={[{ value: 'true', label: t.pending, checked: one(values, 'pending') === 'true' }]}
        />
        <TextField
          frame={frame}
          name="subject_ja"
          label={t.labels.subject_ja}
          required
          value={one(values, 'subject_ja')}
          error={errors.subject_ja}
        />
        <AreaField
          frame={frame}
          name="body_ja"
          label={t.labels.body_ja}
          required
          help={t.help}
          value={one(values, 'body_ja')}
          error={errors.body_ja}
        />
        <details open={english}>
          <summary>{t.english}</summary>
          <TextField
            frame={frame}
            name="subject_en"
            label={t.labels.subject_en}
            value={one(values, 'subject_en')}
            error={errors.subject_en}
          />
          <AreaField
            frame={frame}
            name="body_en"
            label={t.labels.body_en}
            value={one(values, 'body_en')}
            error={errors.body_en}
          />
        </details>
        <MessageFileField frame={frame} refusal={fileRefusal} />
        <p class="after">
          <button class="btn" type="submit" name="step" value="look">
            {t.look}
          </button>
        </p>
        <MessageFiles frame={frame} files={documents} />
      </form>
    </Console>
  )
}

function Receivers({ frame, people, refusing }: { frame: PageContext; people: Receiver[]; refusing: number }) {
  const t = messageTexts(frame.locale)
  return (
    <section class="card">
      {refusing > 0 && <p>{t.refusing(refusing)}</p>}
      <details>
        <summary>{t.who}</summary>
        <ul class="plain">
          {people.map(({ number, company, name, email }) => (
            <li>
              {email === null && <span class="pill tel">☎</span>} <Receipt number={number} /> <bdi>{company}</bdi>{' '}
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}

/** Shows who gets a message and what it says, before it is sent. */
export function MessageLookPage(
  view: DeskView & {
    targeted: Targeted
    values: Values
    preview: Preview
    people: Receiver[]
    /** The ticked bookings that get none. */
    left: readonly LeftOut[]
    refusing: number
    refusal: 'changed' | 'used' | null
    shown: string
  },
) {
  const { frame, targeted, preview, people, left, refusing, refusal } = view
  const t = messageTexts(frame.locale)
  const calls = preview.calls.length
  return (
    <ChangePreviewPage
      {...view}
      title={`${t.send}：${targetText(frame, targeted)}`}
      nav="bookings"
      from={fromOf(frame, targeted)}
      action="/desk/messages/new"
      toldEach
      concerned={t.count(people.length)}
      about={
        <>
          {refusal && <Notice what={{ what: t.refused.what, next: t.refused[refusal] }} tone="stop" alert />}
          <TargetFact frame={frame} targets={[targeted]} otherwise={t.to.ledger} all={false} />
          <Receivers frame={frame} people={people} refusing={refusing} />
          <LeftOutRows frame={frame} rows={left} />
        </>
      }
      go={t.go(people.length - calls, calls)}
    />
  )
}

/** The messages to people of one's prefectures. */
export function MessagesPage({
  frame,
  staff,
  messages,
  targets,
}: DeskView & { messages: MessageRow[]; targets: ReadonlyMap<string, Targeted> }) {
  const t = messageTexts(frame.locale)
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="letters">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      {staff.role === 'secretariat' && (
        <p>
          <a href="/desk/texts">{t.texts.title}</a>
        </p>
      )}
      {messages.length === 0 ? (
        <p class="card empty">{t.empty}</p>
      ) : (
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
              {messages.map((message) => (
                <tr>
                  <td class="num" data-label={t.columns.at}>
                    {momentText(frame.locale, message.created_at)}
                  </td>
                  <td data-label={t.columns.subject}>
                    <a href={`/desk/messages/${message.id}`}>{message.subject_ja || t.erased}</a>
                  </td>
                  <td data-label={t.columns.to}>
                    <TargetLink
                      frame={frame}
                      targeted={targets.get(message.id)}
                      otherwise={t.targets[message.target]}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Console>
  )
}

/** How many people a desk has called about a message, and how many it has to. */
function callRows(frame: PageContext, { calls }: Progress): Parameters<typeof Facts>[0]['rows'] {
  const t = messageTexts(frame.locale)
  return [
    calls.waiting === 0
      ? null
      : [
          t.calls.waiting,
          <>
            {String(calls.waiting)} <a href="/desk#calls">{t.toCalls}</a>
          </>,
        ],
    calls.made === 0 ? null : [t.calls.made, String(calls.made)],
  ]
}

function Far({ frame, progress }: { frame: PageContext; progress: Progress }) {
  const t = messageTexts(frame.locale)
  const { letters, lately } = progress
  const all = letters.sent + letters.waiting + letters.failed
  if (letters.kept > 0 && all === 0) {
    return (
      <section class="card">
        <p role="status">{t.kept(letters.kept)}</p>
        <Facts rows={callRows(frame, progress)} />
      </section>
    )
  }
  return (
    <section class="card">
      <label for="progress">{t.progress}</label>
      <progress id="progress" class="progress" max={String(Math.max(1, all))} value={String(letters.sent)} />
      <p role="status">{t.of(letters.sent, all)}</p>
      {letters.waiting > 0 && lately > 0 && <p>{t.rate(lately, Math.ceil(letters.waiting / lately))}</p>}
      <Facts
        rows={[
          [t.letters.sent, String(letters.sent)],
          [t.letters.waiting, String(letters.waiting)],
          letters.failed === 0
            ? null
            : [
                t.letters.failed,
                <>
                  {String(letters.failed)} <a href="/desk/outbox?state=failed">{t.toFailed}</a>
                </>,
              ],
          letters.withheld === 0 ? null : [t.letters.withheld, String(letters.withheld)],
          ...callRows(frame, progress),
        ]}
      />
    </section>
  )
}

/**
 * One message: its words, and how far its letters and calls are. `reloads`: whether the page reloads itself, which can be
 * stopped. It is null if nothing is under way.
 */
export function MessagePage(
  view: DeskView & {
    message: MessageRow
    /** What it is about; of people chosen in the ledger, their sessions. */
    targets: Targeted[]
    files: readonly LetterFile[]
    progress: Progress
    reloads: boolean | null
    done: string | undefined
  },
) {
  const { frame, staff, message, targets, files, progress, reloads, done } = view
  const t = messageTexts(frame.locale)
  const path = `/desk/messages/${message.id}`
  const subject = message.subject_ja || t.erased
  return (
    <Console frame={frame} staff={staff} title={subject} nav="letters">
      <Crumbs frame={frame} links={[[t.title, '/desk/messages']]} />
      <h1>{subject}</h1>
      <p class="lead">{momentText(frame.locale, message.created_at)}</p>
      <TargetFact
        frame={frame}
        targets={targets}
        otherwise={message.target === 'ledger' ? t.to.ledger : t.targets[message.target]}
        all={message.target === 'ledger'}
      />
      {done === 'sent' && <Notice what={{ what: t.sent, next: '' }} tone="done" alert />}
      <Far frame={frame} progress={progress} />
      {reloads !== null && (
        <p>
          <a href={reloads ? `${path}?still=1` : path}>{reloads ? t.still : t.follow}</a>
        </p>
      )}
      <section class="card">
        <h2>{t.japanese}</h2>
        <pre class="typed">{message.body_ja}</pre>
        {message.body_en !== null && (
          <>
            <h2>{t.englishText}</h2>
            <p>
              <b>{message.subject_en}</b>
            </p>
            <pre class="typed">{message.body_en}</pre>
          </>
        )}
        <Documents frame={frame} files={files} />
      </section>
    </Console>
  )
}
