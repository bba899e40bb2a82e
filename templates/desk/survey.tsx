import type { SurveyFigures } from '../../src/survey/survey.ts'
import { PrefectureOptions } from '../fields.tsx'
import { Crumbs, Notice } from '../kit.tsx'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { Console } from './console.tsx'
import { choosable, type DeskView } from './view.ts'

const MARKS = [5, 4, 3, 2, 1] as const

/** One question: each answer with its count. */
function Question(props: { title: string; note: string; rows: [name: string, answers: number][] }) {
  return (
    <section class="card">
      <h2>{props.title}</h2>
      <p class="soft">{props.note}</p>
      <table class="list">
        <tbody>
          {props.rows.map(([name, answers]) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="num">{String(answers)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The results of the survey. */
export function SurveyFiguresPage(
  props: DeskView & {
    prefecture: string | undefined
    month: string | undefined
    thisMonth: string
    found: SurveyFigures | null
    comments: string[]
  },
) {
  const { frame, staff, prefecture, month, found, comments } = props
  const t = texts(frame.locale).survey
  const d = deskTexts(frame.locale)
  return (
    <Console frame={frame} staff={staff} title={d.survey.title} nav="figures">
      <Crumbs frame={frame} links={[[d.nav.figures, '/desk/figures']]} />
      <h1>{d.survey.title}</h1>
      <p class="lead">{d.survey.lead}</p>
      <form class="card filters" action="/desk/survey" method="get">
        <label>
          <span>{d.ledger.prefecture}</span>
          <select name="prefecture">
            {staff.role === 'secretariat' && <option value="">{d.everywhere}</option>}
            <PrefectureOptions frame={frame} chosen={prefecture} only={choosable(staff)} />
          </select>
        </label>
        <label>
          <span>{d.survey.month}</span>
          <input type="month" name="month" value={month ?? ''} max={props.thisMonth} />
        </label>
        <button class="btn quiet" type="submit">
          {d.letters.go}
        </button>
      </form>
      {found === null ? (
        <Notice what={d.survey.few} />
      ) : (
        <>
          <p>
            <b>{d.survey.answers(found.answers)}</b>
          </p>
          <div class="two">
            {(['satisfaction', 'understood', 'recommend'] as const).map((name) => (
              <Question
                title={t.questions[name]}
                note={d.survey.mean(found[name].mean)}
                rows={MARKS.map((mark) => [t.marks[name][mark], found[name].counts[mark]])}
              />
            ))}
            <Question
              title={t.questions.telework}
              note=""
              rows={(Object.keys(t.teleworks) as (keyof typeof t.teleworks)[]).map((one) => [
                t.teleworks[one],
                found.telework[one],
              ])}
            />
          </div>
          {comments.length > 0 && (
            <section class="card">
              <h2>{t.labels.comment}</h2>
              <ul class="plain">
                {comments.map((comment) => (
                  <li class="typed">{comment}</li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </Console>
  )
}
