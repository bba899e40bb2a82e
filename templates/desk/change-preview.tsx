import type { Concerned } from '../../src/changes/queries.ts'
import type { Values } from '../fields.tsx'
import { Crumbs, Notice } from '../kit.tsx'
import { deskTexts } from '../text/desk.ts'
import { Console } from './console.tsx'
import { Carried } from './offer-fields.tsx'
import type { DeskView } from './view.ts'

/**
 * The effects of a change of sessions: the bookings concerned, and the people without e-mail (to be called). The letter
 * is that of the first person, or null if nobody gets one.
 */
export type Preview = { parties: Concerned[]; calls: Concerned[]; letter: { subject: string; text: string } | null }

type PreviewView = DeskView & {
  title: string
  /** The page that the change begins on: its name and address. */
  from: [name: string, path: string]
  /** The form's address, with `step` `do` or `edit`. */
  action: string
  values: Values
  preview: Preview
  /** How many are concerned, in words. */
  concerned: string
  /** Shown instead of the list if no booking is concerned. Without it, the list is shown empty. */
  nobody?: string
  /** Whether each person to be called is marked by a telephone. */
  marked?: boolean
  go: string
}

function Parties({ frame, preview, concerned, nobody, marked = false }: PreviewView) {
  const t = deskTexts(frame.locale).session
  const { parties, calls } = preview
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
            <li>{t.byMail(parties.length - calls.length)}</li>
            <li>{t.byPhone(calls.length)}</li>
            {calls.map((party) => (
              <li>
                {marked && (
                  <>
                    <span class="pill tel">☎</span>{' '}
                  </>
                )}
                {party.number} <bdi>{party.company}</bdi> <bdi>{party.name}</bdi> {party.phone}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** Shows the people concerned by a change of sessions, and the letter, before the change is made. */
export function ChangePreviewPage(view: PreviewView) {
  const { frame, staff, title, from, action, values, preview, go } = view
  const t = deskTexts(frame.locale).session
  const { letter } = preview
  return (
    <Console frame={frame} staff={staff} title={t.previewTitle} nav="schedule">
      <Crumbs frame={frame} links={[from]} />
      <h1>{title}</h1>
      <Notice what={{ what: t.previewTitle, next: t.nothingYet }} tone="warn" />
      <Parties {...view} />
      {letter && (
        <section class="card">
          <h2>{t.letter}</h2>
          <p>
            <b>{letter.subject}</b>
          </p>
          <pre class="typed">{letter.text}</pre>
        </section>
      )}
      <form class="acts" action={action} method="post">
        <Carried values={values} />
        <button class="btn stop" type="submit" name="step" value="do">
          {go}
        </button>
        <button class="btn quiet" type="submit" name="step" value="edit">
          {t.edit}
        </button>
      </form>
    </Console>
  )
}
