import type { Faults } from '../../src/base/input.ts'
import { civilTime } from '../../src/base/japan/civil.ts'
import type { LedgerLine } from '../../src/booking/ledger.ts'
import type { Concerned, HistoryLine } from '../../src/booking/queries.ts'
import type { Account } from '../../src/people/account.ts'
import type { Session } from '../../src/schedule/session.ts'
import type { DrawRow, VenueRow } from '../../src/store/schema.ts'
import { ChoiceField, ErrorSummary, many, Options, one, SelectField, TextField, type Values } from '../fields.tsx'
import { Crumbs, Facts, Mark, Notice, PrintButton, placeText, sessionHours } from '../kit.tsx'
import type { Frame } from '../layout.tsx'
import { type DeskTexts, deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { scheduleTexts } from '../text/schedule.ts'
import { dateText, dayText, momentText } from '../text/when.ts'
import { Console } from './console.tsx'
import { DayLines } from './lines.tsx'

type ActName = keyof DeskTexts['session']['names']

/** What the page of one session is written from. */
export type SessionView = {
  frame: Frame
  staff: Account
  session: Session
  lines: LedgerLine[]
  draw: DrawRow | null
  history: HistoryLine[]
  mayTend: boolean
  refusal: string | null
  done: string | undefined
  /** Whether one's own change of today may be taken back. */
  undoable: boolean
}

/** What can be done to a session as it stands. */
function possible({ status, acceptance, draw, formats, settled }: Session): ActName[] {
  if (status === 'held' || status === 'called_off') return []
  const acts: ActName[] = []
  if (acceptance === 'lottery' && status === 'closed' && draw === null) acts.push('draw')
  if (acceptance === 'lottery' && draw === 'drawn') acts.push('announce')
  if (settled !== 'time' && status !== 'skipped') acts.push('settle')
  if (settled === 'time') acts.push('reschedule')
  if (formats.some((format) => format === 'onsite' || format === 'visit')) acts.push('convert')
  if (formats.includes('onsite')) acts.push('venue')
  if (formats.includes('online')) acts.push('meeting')
  return [...acts, 'call-off']
}

function titleOf(frame: Frame, session: Session): string {
  const day = session.date === null ? texts(frame.locale).dateUndecided : dayText(frame.locale, session.date)
  return `${day} ${session.title[frame.locale]}`
}

const HOLDING = ['booked', 'requested', 'offered', 'attended', 'absent']

function About({ view }: { view: SessionView }) {
  const { frame, session, lines } = view
  const d = deskTexts(frame.locale).session
  const t = texts(frame.locale)
  const taken = lines.filter((line) => HOLDING.includes(line.status)).reduce((sum, line) => sum + line.seats, 0)
  const waiting = lines.filter((line) => line.status === 'waiting').length
  return (
    <section class="card">
      <Facts
        rows={[
          [d.state, <Mark frame={frame} session={session} />],
          [
            d.hours,
            `${session.date === null ? '' : dateText(frame.locale, session.date)} ${sessionHours(frame.locale, session) ?? ''}`,
          ],
          [d.place, placeText(frame.locale, session)],
          [d.formats, session.formats.map((format) => t.format[format]).join('・')],
          [d.capacity, `${d.taken(taken, session.capacity)} ${waiting > 0 ? d.waiting(waiting) : ''}`],
          [d.acceptance, d.acceptances[session.acceptance]],
          session.closes_at === null ? null : [d.closes, momentText(frame.locale, session.closes_at)],
          session.meeting_url === null ? null : [d.meeting, session.meeting_url],
        ]}
      />
      <p>
        <a href={`/sessions/${session.id}`}>{d.public}</a>
      </p>
    </section>
  )
}

/** What is planned of it: edited, left out or held after all. */
function Planning({ frame, session }: { frame: Frame; session: Session }) {
  const t = scheduleTexts(frame.locale).session
  const path = `/desk/sessions/${session.id}`
  return (
    <>
      <a class="btn quiet" href={`${path}/edit`}>
        {t.edit}
      </a>
      {session.status === 'skipped' ? (
        <form action={`${path}/open`} method="post">
          <button class="btn quiet" type="submit">
            {t.open}
          </button>
        </form>
      ) : (
        <a class="btn quiet" href={`${path}/skip`}>
          {t.skip}
        </a>
      )}
    </>
  )
}

/** One session: how it stands, who comes, what the desk may do. */
export function SessionPage(view: SessionView) {
  const { frame, staff, session, lines, draw, history, mayTend, refusal, done } = view
  const d = deskTexts(frame.locale)
  const t = d.session
  const said = Object.entries({ ...t.done, ...scheduleTexts(frame.locale).session.done }).find(
    ([key]) => key === done,
  )?.[1]
  const { what, ...whys } = t.refused
  const why = Object.entries(whys).find(([key]) => key === refusal)?.[1] ?? t.refused.closed
  const title = titleOf(frame, session)
  return (
    <Console frame={frame} staff={staff} title={title} nav="schedule">
      <Crumbs
        frame={frame}
        links={[[t.back, session.date === null ? '/desk/schedule' : `/desk/schedule?date=${session.date}`]]}
      />
      <div class="head">
        <h1>{title}</h1>
        <span class="ways">
          <a class="btn quiet" href={`/desk/sessions/${session.id}/sheet`}>
            {t.sheet}
          </a>
          {mayTend && session.status !== 'called_off' && session.status !== 'held' && (
            <a class="btn" href={`/desk/bookings/new?session=${session.id}`} data-key="n">
              {t.enter}
            </a>
          )}
        </span>
      </div>
      {said && (
        <Notice what={{ what: said, next: '' }} tone="done" alert>
          {LOOKED_AT.some((act) => act === done) && <a href="/desk#calls">{t.toCall}</a>}
        </Notice>
      )}
      {refusal && <Notice what={{ what, next: why }} tone="stop" alert />}
      {view.undoable && (
        <form class="acts" action={`/desk/sessions/${session.id}/undo`} method="post">
          <button class="btn quiet small-btn" type="submit">
            {scheduleTexts(frame.locale).session.undo}
          </button>
        </form>
      )}
      <About view={view} />
      {mayTend && (
        <nav class="acts" aria-label={t.acts}>
          {session.status !== 'held' && session.status !== 'called_off' && <Planning frame={frame} session={session} />}
          {possible(session).map((act) => (
            <a class={act === 'call-off' ? 'btn quiet stop' : 'btn quiet'} href={`/desk/sessions/${session.id}/${act}`}>
              {t.names[act]}
            </a>
          ))}
        </nav>
      )}
      {draw && (
        <section class="card">
          <h2>{t.drawn}</h2>
          <p class="typed">{t.drawnText(draw.seed)}</p>
        </section>
      )}
      <h2>{t.lines}</h2>
      <DayLines frame={frame} lines={lines} label={t.lines} mayTend={mayTend} slotted={session.slots.length > 0} />
      {history.length > 0 && (
        <section class="card">
          <h2>{t.history}</h2>
          <ol class="plain">
            {history.map((line) => (
              <li>
                <span class="num soft">{momentText(frame.locale, line.at)}</span>{' '}
                {t.happened[line.act as keyof typeof t.happened] ?? line.act}{' '}
                <span class="soft">{d.booking.by[line.by as keyof typeof d.booking.by] ?? line.by}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </Console>
  )
}

type ActView = { frame: Frame; staff: Account; session: Session; act: ActName; values: Values }

function Reason({ view, errors }: { view: ActView; errors: Faults }) {
  const { frame, values } = view
  const t = deskTexts(frame.locale).session
  return (
    <>
      <TextField
        frame={frame}
        name="reason_ja"
        label={t.reason}
        required
        value={one(values, 'reason_ja')}
        error={errors.reason_ja}
      />
      <TextField
        frame={frame}
        name="reason_en"
        label={t.reasonEn}
        help={t.reasonEnHelp}
        value={one(values, 'reason_en')}
        error={errors.reason_en}
      />
    </>
  )
}

function DayField(props: {
  frame: Frame
  name: string
  label: string
  type: 'date' | 'time'
  value: string
  help?: string
  bad: boolean
}) {
  return (
    <div class="field">
      <label for={props.name}>{props.label}</label>
      {props.help && (
        <p class="help" id={`${props.name}-help`}>
          {props.help}
        </p>
      )}
      <input
        id={props.name}
        name={props.name}
        type={props.type}
        value={props.value}
        aria-invalid={props.bad ? 'true' : undefined}
        aria-describedby={props.help ? `${props.name}-help` : undefined}
      />
    </div>
  )
}

function Fields({ view, errors }: { view: ActView & { venues: VenueRow[] }; errors: Faults }) {
  const { frame, session, act, values, venues } = view
  const t = deskTexts(frame.locale).session
  const day = (name: 'date' | 'starts' | 'ends', help?: string) => (
    <DayField
      frame={frame}
      name={name}
      label={t[name]}
      type={name === 'date' ? 'date' : 'time'}
      value={one(values, name) || (act === 'settle' && name === 'date' ? (session.date ?? '') : '')}
      bad={errors[name] !== undefined}
      {...(help && { help })}
    />
  )
  if (act === 'reschedule') {
    return (
      <>
        <div class="columns">
          {day('date')}
          {day('starts', t.startsHelp)}
        </div>
        <label class="choice">
          <input type="checkbox" name="postpone" value="true" checked={one(values, 'postpone') === 'true'} />
          <span class="choice-label">{t.postpone}</span>
        </label>
        <Reason view={view} errors={errors} />
      </>
    )
  }
  if (act === 'convert') {
    const into = one(values, 'into') || 'online'
    return (
      <>
        <ChoiceField
          frame={frame}
          name="into"
          type="radio"
          label={t.into}
          required
          error={errors.into}
          choices={(['online', 'phone'] as const).map((each) => ({
            value: each,
            label: texts(frame.locale).format[each],
            checked: each === into,
          }))}
        />
        <Reason view={view} errors={errors} />
      </>
    )
  }
  if (act === 'venue') {
    const names = venues.map((venue) => [venue.id, frame.locale === 'ja' ? venue.name_ja : venue.name_en] as const)
    return (
      <>
        <SelectField frame={frame} name="venue" label={t.place} required error={errors.venue}>
          <Options names={Object.fromEntries(names)} chosen={one(values, 'venue') || session.venue?.id} />
        </SelectField>
        <Reason view={view} errors={errors} />
      </>
    )
  }
  if (act === 'settle') {
    const names = venues.map((venue) => [venue.id, frame.locale === 'ja' ? venue.name_ja : venue.name_en] as const)
    const formats = texts(frame.locale).format
    const chosen = values.formats === undefined ? session.formats : many(values, 'formats')
    return (
      <>
        <div class="columns">
          {day('date')}
          {day('starts', t.settleHelp)}
          {day('ends')}
        </div>
        <ChoiceField
          frame={frame}
          name="formats"
          type="checkbox"
          label={t.formats}
          error={errors.formats}
          choices={(Object.keys(formats) as (keyof typeof formats)[]).map((format) => ({
            value: format,
            label: formats[format],
            checked: chosen.some((one_) => one_ === format),
          }))}
        />
        <div class="columns">
          <SelectField frame={frame} name="venue" label={t.place} error={errors.venue}>
            <option value="">{t.later}</option>
            <Options names={Object.fromEntries(names)} chosen={one(values, 'venue') || session.venue?.id} />
          </SelectField>
          <TextField
            frame={frame}
            name="capacity"
            label={t.capacity}
            inputmode="numeric"
            size="short"
            value={values.capacity === undefined ? String(session.capacity ?? '') : one(values, 'capacity')}
            error={errors.capacity}
          />
        </div>
      </>
    )
  }
  if (act === 'meeting') {
    return (
      <TextField
        frame={frame}
        name="url"
        label={t.url}
        help={t.urlHelp}
        required
        value={one(values, 'url') || (session.meeting_url ?? '')}
        error={errors.url}
      />
    )
  }
  return act === 'call-off' ? <Reason view={view} errors={errors} /> : null
}

/** Acts that show who is concerned before anything happens. */
const LOOKED_AT: readonly ActName[] = ['call-off', 'reschedule', 'convert', 'venue']

/** What an act asks for. */
export function ActPage(view: ActView & { errors: Faults; venues: VenueRow[] }) {
  const { frame, staff, session, act, errors } = view
  const t = deskTexts(frame.locale).session
  return (
    <Console frame={frame} staff={staff} title={t.names[act]} nav="schedule">
      <Crumbs frame={frame} links={[[titleOf(frame, session), `/desk/sessions/${session.id}`]]} />
      <h1>{t.names[act]}</h1>
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={Object.keys(errors)}
        labels={{
          reason_ja: t.reason,
          reason_en: t.reasonEn,
          date: t.date,
          starts: t.starts,
          ends: t.ends,
          url: t.url,
          into: t.into,
          venue: t.place,
        }}
      />
      <form id="form" class="card narrow" action={`/desk/sessions/${session.id}/${act}`} method="post" novalidate>
        <input type="hidden" name="revision" value={String(session.revision)} />
        <Fields view={view} errors={errors} />
        <button class="btn" type="submit">
          {LOOKED_AT.includes(act) ? t.preview : t.go}
        </button>
      </form>
    </Console>
  )
}

/** Who is concerned, who of them has to be called, and the letter as the first would get it. */
type Preview = { parties: Concerned[]; calls: Concerned[]; letter: { subject: string; text: string } | null }

/** Who is concerned, and the letter, before anything happens. */
export function PreviewPage(view: ActView & { preview: Preview }) {
  const { frame, staff, session, act, values, preview } = view
  const t = deskTexts(frame.locale).session
  const { parties, calls, letter } = preview
  const people = parties.reduce((sum, party) => sum + party.seats, 0)
  const carried = Object.entries(values).filter(([name]) => name !== 'step')
  return (
    <Console frame={frame} staff={staff} title={t.previewTitle} nav="schedule">
      <Crumbs frame={frame} links={[[titleOf(frame, session), `/desk/sessions/${session.id}`]]} />
      <h1>{t.names[act]}</h1>
      <Notice what={{ what: t.previewTitle, next: t.nothingYet }} tone="warn" />
      <section class="card">
        {parties.length === 0 ? (
          <p>{t.nobody}</p>
        ) : (
          <>
            <p>
              <b>{t.concerned(parties.length, people)}</b>
            </p>
            <ul class="plain">
              <li>{t.byMail(parties.length - calls.length)}</li>
              <li>{t.byPhone(calls.length)}</li>
              {calls.map((party) => (
                <li>
                  <span class="pill tel">☎</span> {`${party.number} ${party.company} ${party.name} ${party.phone}`}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      {letter && (
        <section class="card">
          <h2>{t.letter}</h2>
          <p>
            <b>{letter.subject}</b>
          </p>
          <pre class="typed">{letter.text}</pre>
        </section>
      )}
      <form class="acts" action={`/desk/sessions/${session.id}/${act}`} method="post">
        {carried.map(([name, value]) => (
          <input type="hidden" name={name} value={Array.isArray(value) ? (value[0] ?? '') : value} />
        ))}
        <button class="btn stop" type="submit" name="step" value="do">
          {t.go}
        </button>
        <button class="btn quiet" type="submit" name="step" value="edit">
          {t.edit}
        </button>
      </form>
    </Console>
  )
}

/** The day sheet (受付簿), for the printer. */
export function SheetPage(props: { frame: Frame; staff: Account; session: Session; lines: LedgerLine[] }) {
  const { frame, staff, session, lines } = props
  const d = deskTexts(frame.locale)
  const t = d.session
  const here = lines.filter((line) => line.status !== 'waiting')
  return (
    <Console frame={frame} staff={staff} title={t.sheetTitle} nav="today">
      <Crumbs frame={frame} links={[[titleOf(frame, session), `/desk/sessions/${session.id}`]]} />
      <div class="head">
        <h1>{`${t.sheetTitle} ${titleOf(frame, session)}`}</h1>
        <PrintButton frame={frame} />
      </div>
      <p>
        {placeText(frame.locale, session)} {sessionHours(frame.locale, session)}{' '}
        <span class="soft">{t.printed(momentText(frame.locale, frame.now))}</span>
      </p>
      <table class="list sheet">
        <thead>
          <tr>
            {Object.values(t.sheetColumns).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {here.map((line) => (
            <tr>
              <td class="num">{line.starts_at === null ? '' : civilTime(line.starts_at)}</td>
              <td class="num">{line.number}</td>
              <td>
                <b>{line.company}</b>
                <span class="block">{`${line.name}（${line.name_kana}）`}</span>
              </td>
              <td class="num">{String(line.seats)}</td>
              <td>{texts(frame.locale).format[line.format]}</td>
              <td class="num">{line.phone}</td>
              <td>{line.came_at === null ? '□' : civilTime(line.came_at)}</td>
              <td>{line.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {here.length === 0 && <p class="card empty">{d.today.noLines}</p>}
    </Console>
  )
}
