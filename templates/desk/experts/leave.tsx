import type { Faults } from '../../../src/base/input.ts'
import type { OpenMatch } from '../../../src/experts/queries.ts'
import { ErrorSummary, one, type Values, WhenField } from '../../fields.tsx'
import { prefectureName } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { dayText, momentText } from '../../text/when.ts'
import { ExpertFrame, type ExpertView } from './parts.tsx'

type OwnTime = { session: string; date: string; title_ja: string; title_en: string; prefecture: string }

type LeaveView = ExpertView & {
  open: readonly OpenMatch[]
  duties: readonly OwnTime[]
  hours: number
  values: Values
  errors: Faults
  refusal: 'left' | 'cases' | 'changed' | null
}

function Open({ frame, open }: Pick<LeaveView, 'frame' | 'open'>) {
  const t = deskTexts(frame.locale).experts.leave
  if (open.length === 0) return <p>{t.noneOpen}</p>
  return (
    <>
      <h2>{t.open(open.length)}</h2>
      <ul class="plain">
        {open.map(({ number, prefecture, state, expires_at: until }) => (
          <li>
            <span class="num nowrap">{number}</span> {prefectureName(frame.locale, prefecture)}{' '}
            <span class="pill">{state === 'accepted' ? t.match.accepted : t.match.offered}</span>{' '}
            {state === 'offered' && until !== null && <span class="soft">{momentText(frame.locale, until)}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

function Duties({ frame, duties }: Pick<LeaveView, 'frame' | 'duties'>) {
  const t = deskTexts(frame.locale).experts.leave
  if (duties.length === 0) return <p>{t.noDuties}</p>
  return (
    <>
      <h2>{t.duties(duties.length)}</h2>
      <p>{t.duty}</p>
      <ul class="plain">
        {duties.map(({ session, date, title_ja, title_en, prefecture }) => (
          <li>
            <a href={`/desk/sessions/${session}`}>
              {dayText(frame.locale, date)} {prefectureName(frame.locale, prefecture)}{' '}
              {frame.locale === 'ja' ? title_ja : title_en}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What is open of an expert, and the form that ends the work of the expert for good. */
export function LeavePage(view: LeaveView) {
  const { frame, expert, open, duties, hours, values, errors, refusal } = view
  const t = deskTexts(frame.locale).experts
  return (
    <ExpertFrame view={view} at="leave" title={t.leave.title(expert.name)} refusal={refusal && t.refused[refusal]}>
      {expert.state !== 'left' && (
        <>
          <p class="lead">{t.leave.lead}</p>
          <section class="card narrow">
            <Open frame={frame} open={open} />
            <Duties frame={frame} duties={duties} />
            {hours > 0 && <p>{t.leave.hours(hours)}</p>}
            <p>{t.leave.stays}</p>
          </section>
          <ErrorSummary frame={frame} errors={errors} fields={['ends_on']} labels={{ ends_on: t.leave.on }} />
          {open.length === 0 && (
            <form id="form" class="card narrow" action={`/desk/experts/${expert.id}/leave`} method="post" novalidate>
              <input type="hidden" name="revision" value={one(values, 'revision')} />
              <WhenField
                frame={frame}
                name="ends_on"
                type="date"
                label={t.leave.on}
                required
                value={one(values, 'ends_on')}
                error={errors.ends_on}
              />
              <p class="after">
                <button class="btn" type="submit">
                  {t.leave.save}
                </button>
              </p>
            </form>
          )}
        </>
      )}
    </ExpertFrame>
  )
}
