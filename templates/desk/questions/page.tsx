import type { Faults } from '../../../src/base/input.ts'
import { QUESTION_KINDS } from '../../../src/base/vocabulary.ts'
import type { Owned } from '../../../src/planning/questions/queries.ts'
import type { QuestionRow } from '../../../src/store/schema.ts'
import { AreaField, ErrorSummary, Options, one, SavedNow, SelectField, TextField, type Values } from '../../fields.tsx'
import { Crumbs, Notice, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { questionTexts } from '../../text/questions.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dayText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

const FIELDS = ['kind', 'label_ja', 'label_en', 'required', 'options']

type Form = { frame: PageContext; values: Values; errors: Faults }

/** The words of a question, or what it asks for. */
function wordsOf(frame: PageContext, { kind, label_ja, label_en }: QuestionRow): string {
  const { kinds } = questionTexts(frame.locale).editor
  return kind === 'companions' ? kinds.companions : frame.locale === 'ja' ? label_ja : label_en
}

function Fields({ frame, values, errors, isNew }: Form & { isNew: boolean }) {
  const t = questionTexts(frame.locale).editor
  const field = { frame }
  const isOf = (...kinds: string[]) => isNew || kinds.includes(one(values, 'kind'))
  return (
    <>
      {isNew && (
        <SelectField {...field} name="kind" label={t.labels.kind} required error={errors.kind}>
          <Options
            names={Object.fromEntries(QUESTION_KINDS.map((kind) => [kind, t.kinds[kind]]))}
            chosen={one(values, 'kind') || 'text'}
          />
        </SelectField>
      )}
      {(isNew || one(values, 'kind') !== 'companions') && (
        <div class="columns">
          <TextField
            {...field}
            name="label_ja"
            label={t.labels.label_ja}
            required={!isNew}
            {...(isNew && { help: t.labelHelp, condition: t.labelNeeded })}
            value={one(values, 'label_ja')}
            error={errors.label_ja}
          />
          <TextField
            {...field}
            name="label_en"
            label={t.labels.label_en}
            help={t.enHelp}
            value={one(values, 'label_en')}
            error={errors.label_en}
          />
        </div>
      )}
      {isOf('choice', 'choices') && (
        <AreaField
          {...field}
          name="options"
          label={t.labels.options}
          help={t.optionsHelp}
          value={one(values, 'options')}
          error={errors.options}
        />
      )}
      <div class="field">
        <label class="choice">
          <input
            id="required"
            type="checkbox"
            name="required"
            value="true"
            checked={one(values, 'required') === 'true'}
            aria-describedby="required-help"
          />
          <span class="choice-label">{t.requiredTick}</span>
        </label>
        <p class="help" id="required-help">
          {t.requiredHelp}
        </p>
        <SavedNow
          frame={frame}
          name="required"
          typed={one(values, 'required')}
          words={{ '': t.optional, true: t.required }}
        />
      </div>
    </>
  )
}

/** A button of a question, named with its words for people who hear the page. */
function Button(props: { frame: PageContext; question: QuestionRow; act: string; children: string }) {
  const { frame, question, act, children } = props
  return (
    <form action={`/desk/questions/${question.id}/${act}`} method="post">
      <button class="btn quiet small-btn" type="submit">
        {children}
        <span class="sr"> {wordsOf(frame, question)}</span>
      </button>
    </form>
  )
}

function About({ frame, question, linked = false }: { frame: PageContext; question: QuestionRow; linked?: boolean }) {
  const t = questionTexts(frame.locale).editor
  const words = wordsOf(frame, question)
  return (
    <>
      {linked ? <a href={`/desk/questions/${question.id}`}>{words}</a> : words}{' '}
      <span class="soft">
        {question.kind === 'companions' ? '' : `${t.kinds[question.kind]} `}
        {question.required === 1 ? t.required : t.optional}
      </span>
    </>
  )
}

function Asked({ frame, questions }: { frame: PageContext; questions: QuestionRow[] }) {
  const t = questionTexts(frame.locale).editor
  return (
    <section class="card">
      <ol class="plain">
        {questions.map((question, i) => (
          <li>
            <p>
              <About frame={frame} question={question} linked />
            </p>
            <div class="acts">
              {i > 0 && (
                <Button frame={frame} question={question} act="up">
                  {t.up}
                </Button>
              )}
              {i < questions.length - 1 && (
                <Button frame={frame} question={question} act="down">
                  {t.down}
                </Button>
              )}
              <Button frame={frame} question={question} act="retire">
                {t.retire}
              </Button>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Retired({ frame, questions }: { frame: PageContext; questions: QuestionRow[] }) {
  const t = questionTexts(frame.locale).editor
  return (
    <details class="card">
      <summary>{t.retired}</summary>
      <ul class="plain">
        {questions.map((question) => (
          <li>
            <About frame={frame} question={question} />
            <div class="acts">
              <Button frame={frame} question={question} act="restore">
                {t.restore}
              </Button>
              <Button frame={frame} question={question} act="remove">
                {t.remove}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}

type Against = { values: Values; errors: Faults; refusal: string | null }

function Refused({ frame, refusal }: { frame: PageContext; refusal: string | null }) {
  const { what, ...whys } = questionTexts(frame.locale).editor.refused
  const next = wordFor(whys, refusal) ?? whys.changed
  return refusal && <Notice what={{ what, next }} tone="stop" alert />
}

/** What a series or a session asks the people who book, in order, and the form for another question. */
export function QuestionsPage(
  view: DeskView &
    Owned &
    Against & {
      questions: QuestionRow[]
      /** The questions of the series of a session. */
      inherited: QuestionRow[]
      done: string | undefined
    },
) {
  const { frame, staff, owner, series, session, questions, inherited, values, errors, refusal, done } = view
  const t = questionTexts(frame.locale).editor
  const row = series ?? session
  const name = row === null ? '' : frame.locale === 'ja' ? row.title_ja : row.title_en
  const day = session?.date ? dayText(frame.locale, session.date) : ''
  const back = owner.series === null ? `/desk/sessions/${owner.session}` : `/desk/series/${owner.series}`
  const said = wordFor(t.done, done)
  const asked = questions.filter(({ retired_at }) => retired_at === null)
  const retired = questions.filter(({ retired_at }) => retired_at !== null)
  const above = inherited.filter(({ retired_at }) => retired_at === null)
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="schedule">
      <Crumbs frame={frame} links={[[`${day} ${name}`.trim(), back]]} />
      <h1>{t.of(`${day} ${name}`.trim())}</h1>
      <p class="lead">{t.lead}</p>
      {said && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      <Refused frame={frame} refusal={refusal} />
      <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={t.labels} />
      {above.length > 0 && (
        <section class="card">
          <h2>{t.inherited}</h2>
          <ul class="plain">
            {above.map((question) => (
              <li>
                <About frame={frame} question={question} linked />
              </li>
            ))}
          </ul>
        </section>
      )}
      {session && session.series !== null && <h2>{t.own}</h2>}
      {asked.length === 0 ? <p class="card empty">{t.none}</p> : <Asked frame={frame} questions={asked} />}
      {retired.length > 0 && <Retired frame={frame} questions={retired} />}
      <form id="form" class="card narrow" action="/desk/questions" method="post" novalidate>
        <h2>{t.add}</h2>
        <input type="hidden" name="key" value={one(values, 'key')} />
        <input type="hidden" name={series ? 'series' : 'session'} value={owner.series ?? owner.session} />
        <Fields frame={frame} values={values} errors={errors} isNew />
        <p class="after">
          <button class="btn" type="submit">
            {t.add}
          </button>
        </p>
      </form>
    </Console>
  )
}

/** One question. Its kind stays. */
export function QuestionFormPage(view: DeskView & Against & { question: QuestionRow; back: string }) {
  const { frame, staff, question, back, values, errors, refusal } = view
  const t = questionTexts(frame.locale).editor
  return (
    <Console frame={frame} staff={staff} title={t.edit} nav="schedule">
      <Crumbs frame={frame} links={[[t.title, back]]} />
      <h1>{t.edit}</h1>
      <p>{t.kinds[question.kind]}</p>
      <Refused frame={frame} refusal={refusal} />
      <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={t.labels} />
      <form id="form" class="card narrow" action={`/desk/questions/${question.id}`} method="post" novalidate>
        <input type="hidden" name="revision" value={one(values, 'revision') || String(question.revision)} />
        <Fields frame={frame} values={values} errors={errors} isNew={false} />
        <p class="after">
          <button class="btn" type="submit">
            {scheduleTexts(frame.locale).series.save}
          </button>
        </p>
      </form>
    </Console>
  )
}
