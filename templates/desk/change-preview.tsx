import type { Child } from 'hono/jsx'
import { settledHours } from '../../src/base/hours.ts'
import type { Faults } from '../../src/base/input.ts'
import { phoneText } from '../../src/base/japan/phone.ts'
import type { ResultKind, Standing } from '../../src/base/standing.ts'
import type { Concerned } from '../../src/changes/queries.ts'
import type { LetterFile } from '../../src/messages/letter-file.ts'
import type { Clash } from '../../src/schedule/clashes.ts'
import { ErrorSummary, many, one, TextField, type Values } from '../fields.tsx'
import { Crumbs, Notice, prefectureName, Receipt, Whose } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { dayText, hoursText } from '../text/when.ts'
import { type CallWords, Spoken } from './call.tsx'
import { Console } from './console.tsx'
import { Documents } from './messages/sample.tsx'
import { Carried } from './offer-fields.tsx'
import type { DeskView } from './view.ts'

/**
 * The result of a draw or the standing that a letter or call is about. How many people get one. A standing is named
 * if people of another get other words.
 */
type Sample = { result?: ResultKind; standing?: Standing; people?: number }

/**
 * The effects of an act on bookings. People without e-mail are called, or are `texted`: they get a short message. The
 * letters are those of the first person of each standing who gets one; so are the calls in `spoken`. `messages` has the
 * first short message. Each is empty if nobody gets one.
 */
export type Preview = {
  parties: Concerned[]
  /** Those who stay as they are, because their own time is over. */
  past?: Concerned[]
  calls: Concerned[]
  texted: Concerned[]
  /** Those who hear nothing: the act takes back a change that they never heard of. */
  silent?: Concerned[]
  letters: (Sample & { subject: string; text: string; files?: readonly LetterFile[] })[]
  spoken: (Sample & CallWords)[]
  messages: (Sample & { text: string })[]
}

type PreviewView = DeskView & {
  title: string
  nav?: 'bookings' | 'schedule'
  /** The page that the change begins on: its name and address. */
  from: [name: string, path: string]
  /** The form's address, with `step` `do` or `edit`. */
  action: string
  /** Where to go back to instead of a form to edit. */
  back?: string
  values: Values
  preview: Preview
  /** How many are concerned, in words. */
  concerned: string
  /** Shown instead of the list if no booking is concerned. Without it, the list is shown empty. */
  nobody?: string
  /** Whether the people are listed by letter and call. */
  listed?: boolean
  /** How many people who asked for the date get a letter in English. */
  followingEnglish?: number
  /** More about the act, before the people concerned. */
  about?: Child
  /** The tick that the person to be called knows already. */
  told?: Child
  /** Whether each person to be called has a tick of their own. */
  toldEach?: boolean
  /** How to take it back, in words. */
  wayBack?: string | undefined
  /** What else the desk or the venue has at that time. Then `beside`, the reason for holding both, is asked for. */
  clashes?: Clash[]
  errors?: Faults
  /** The fingerprint of what the page shows. */
  shown: string
  /** Whether it is not as it was shown before. */
  changed?: boolean
  /** How many letters had left when it was found to be changed. */
  sent?: number
  go: string
}

/** A day with its hours, prefecture and title. */
function clashText(frame: PageContext, clash: Clash): string {
  const { date, prefecture, title_ja, title_en } = clash
  const time = settledHours(clash)
  const hours = time === null ? '' : hoursText(frame.locale, time)
  const day = date === null ? '' : dayText(frame.locale, date)
  return `${day} ${hours} ${prefectureName(frame.locale, prefecture)} ${frame.locale === 'ja' ? title_ja : title_en}`
}

/** What else the desk or the venue has at that time, and the field for the reason to hold both. Nothing without any. */
export function Clashes(props: { frame: PageContext; clashes: Clash[]; values: Values; errors: Faults }) {
  const { frame, clashes, values, errors } = props
  const t = deskTexts(frame.locale).session
  if (clashes.length === 0) return null
  return (
    <section class="card">
      <input type="hidden" name="seen" value={clashes.map(({ id }) => id).join(' ')} />
      <Notice what={t.clash} tone="stop" />
      <ul class="plain">
        {clashes.map((clash) => (
          <li>
            <a href={clash.series === undefined ? `/desk/sessions/${clash.id}` : `/desk/series/${clash.series}`}>
              {clashText(frame, clash)}
            </a>{' '}
            <span class="pill">{t.same[clash.same]}</span>{' '}
            <span class="soft">{deskTexts(frame.locale).seats(clash.seats_taken)}</span>
          </li>
        ))}
      </ul>
      <TextField
        frame={frame}
        name="beside"
        label={t.beside}
        required
        value={one(values, 'beside')}
        error={errors.beside}
      />
    </section>
  )
}

/** How many of the people concerned read English. */
export function englishIn({ parties, silent = [] }: Preview): number {
  const unsaid = new Set(silent.map(({ id }) => id))
  return parties.filter(({ id, locale }) => locale === 'en' && !unsaid.has(id)).length
}

/** Warns that people who read English would get a reason in Japanese. */
function ReasonInJapanese({ frame, values, preview, followingEnglish = 0 }: PreviewView) {
  const english = englishIn(preview) + followingEnglish
  const isMissing = one(values, 'reason_ja').trim() !== '' && one(values, 'reason_en').trim() === ''
  if (!isMissing || english === 0) return null
  return <Notice what={deskTexts(frame.locale).session.reasonInJapanese(english)} tone="warn" />
}

/** How many people get a letter. */
function mailed({ parties, calls, texted, silent = [] }: Preview): number {
  return parties.length - calls.length - texted.length - silent.length
}

function Parties({ frame, preview, concerned, nobody, listed = true, toldEach = false, values }: PreviewView) {
  const t = deskTexts(frame.locale).session
  const told = many(values, 'told')
  const { parties, past = [], calls, texted, silent = [] } = preview
  if (!listed) return null
  return (
    <section class="card">
      {parties.length === 0 && nobody !== undefined ? (
        <p>{nobody}</p>
      ) : (
        <>
          <p>
            <b>{concerned}</b>
          </p>
          <ul class="plain">
            <li>{t.byMail(mailed(preview))}</li>
            {texted.length > 0 && <li>{t.bySms(texted.length)}</li>}
            <li>{t.byPhone(calls.length)}</li>
            {silent.length > 0 && <li>{t.silent(silent.length)}</li>}
            {calls.map((party) => (
              <li>
                <span class="pill tel">☎</span> <Receipt number={party.number} /> <bdi>{party.company}</bdi>{' '}
                <bdi>{party.name}</bdi> <span class="num phone">{phoneText(party.phone)}</span>
                {toldEach && (
                  <label class="choice">
                    <input type="checkbox" name="told" value={party.id} form="form" checked={told.includes(party.id)} />
                    <span class="choice-label">
                      {deskTexts(frame.locale).booking.told}
                      <Whose company={party.company} />
                    </span>
                  </label>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {past.length > 0 && (
        <>
          <p>{t.past(past.length)}</p>
          <ul class="plain">
            {past.map((party) => (
              <li>
                <Receipt number={party.number} /> <bdi>{party.company}</bdi> <bdi>{party.name}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** Shows the people concerned by an act, and the letter, before the act is done. */
export function ChangePreviewPage(view: PreviewView) {
  const { frame, staff, title, nav = 'schedule', from, action, back, preview, about, shown, changed = false, go } = view
  const { clashes = [], errors = {}, sent = 0, values } = view
  // The ticks of who knows already are on the page itself.
  const { told: _, ...typed } = values
  const { beside: __, ...carried } = typed
  const t = deskTexts(frame.locale).session
  const { standings } = texts(frame.locale)
  const sampleTitle = ({ result, standing }: Sample, what: string) => {
    if (result) return t.toResult[result](what)
    return standing ? t.toStanding(standings[standing], what) : what
  }
  return (
    <Console frame={frame} staff={staff} title={t.previewTitle} nav={nav}>
      <Crumbs frame={frame} links={[from]} />
      <h1>{title}</h1>
      {changed && <Notice what={sent > 0 ? t.changedHalfway(sent) : t.changedSince} tone="stop" alert />}
      <Notice what={{ what: t.previewTitle, next: t.nothingYet }} tone="warn" />
      <ErrorSummary frame={frame} errors={errors} fields={['beside']} labels={{ beside: t.beside }} />
      <ReasonInJapanese {...view} />
      {about}
      <Parties {...view} />
      {preview.letters.map((letter) => (
        <section class="card">
          <h2>{sampleTitle(letter, t.letter(letter.people ?? mailed(preview)))}</h2>
          <p>
            <b>{letter.subject}</b>
          </p>
          <pre class="typed">{letter.text}</pre>
          <Documents frame={frame} files={letter.files ?? []} />
        </section>
      ))}
      {preview.spoken.map(({ kind, heading, facts, ...sample }) => (
        <section class="card">
          <h2>{sampleTitle(sample, t.spoken(sample.people ?? preview.calls.length))}</h2>
          <p>
            <b>{heading}</b>
          </p>
          <Spoken frame={frame} kind={kind} facts={facts} />
        </section>
      ))}
      {preview.messages.map(({ text, ...sample }) => (
        <section class="card">
          <h2>{sampleTitle(sample, t.shortMessage(sample.people ?? preview.texted.length))}</h2>
          <pre class="typed">{text}</pre>
        </section>
      ))}
      <form id="form" action={action} method="post" novalidate data-busy={deskTexts(frame.locale).busy}>
        <Carried values={clashes.length > 0 ? carried : typed} />
        <input type="hidden" name="shown" value={shown} />
        <Clashes frame={frame} clashes={clashes} values={values} errors={errors} />
        {view.told}
        {view.wayBack !== undefined && <p>{view.wayBack}</p>}
        <div class="acts">
          <button class="btn stop" type="submit" name="step" value="do">
            {go}
          </button>
          {back === undefined ? (
            <button class="btn quiet" type="submit" name="step" value="edit">
              {t.edit}
            </button>
          ) : (
            <a class="btn quiet" href={back}>
              {t.leave}
            </a>
          )}
        </div>
        <p class="soft" role="status" />
      </form>
    </Console>
  )
}
