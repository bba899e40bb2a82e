import type { Faults } from '../src/base/input.ts'
import { type Asking, answerField, type Extras, offered, type Question } from '../src/base/questions.ts'
import { AreaField, ChoiceField, many, one, TextField, type Values } from './fields.tsx'
import type { PageContext } from './layout.tsx'
import { questionTexts } from './text/questions.ts'

type Part = { frame: PageContext; asked: Asking; values: Values; errors: Faults }

/** Whether somebody has to answer: never for a desk, which may not know. */
type Desk = { desk?: boolean }

/** The fields of a person that `Extras` fill in, apart from answers. */
const OTHERS = [
  'companions',
  'support.interpreter',
  'support.wheelchair',
  'support.captions',
  'support.sign_language',
  'support.other',
] as const

const TICKED = ['wheelchair', 'captions', 'sign_language'] as const

/** The names of all fields for answers, companions and support, in the order of the form. */
export function extraFields(asked: Asking): string[] {
  return [...asked.questions.map(answerField), ...OTHERS]
}

/** The names of the fields among typed values, whatever is asked. */
export function extrasTyped(values: Values): string[] {
  return Object.keys(values).filter((name) => name.startsWith('answers.') || OTHERS.some((other) => other === name))
}

/** What a booking says, as typed values. */
export function extraValues({ answers, companions, support }: Extras): Values {
  const typed = answers.map(({ question, answer }): [string, string | string[]] => [
    answerField(question),
    Array.isArray(answer) ? answer : String(answer),
  ])
  const needs = Object.entries(support).map(([need, value]): [string, string] => [`support.${need}`, String(value)])
  return { ...Object.fromEntries([...typed, ...needs]), companions: companions.join('\n') }
}

/** The words for these fields in the list of faults. */
export function extraLabels(frame: PageContext, asked: Asking): Record<string, string> {
  const t = questionTexts(frame.locale)
  return {
    ...Object.fromEntries(asked.questions.map((question) => [answerField(question), question.label[frame.locale]])),
    companions: t.companions,
    ...Object.fromEntries(Object.entries(t.needs).map(([name, label]) => [`support.${name}`, label])),
  }
}

function AnswerField({ frame, values, errors, question, desk = false }: Part & Desk & { question: Question }) {
  const { kind } = question
  const { locale } = frame
  const name = answerField(question)
  const common = {
    frame,
    name,
    label: question.label[locale],
    error: errors[name],
    required: question.required && !desk,
  }
  const chosen = many(values, name)
  if (kind === 'text') return <TextField {...common} value={one(values, name)} />
  if (kind === 'number') return <TextField {...common} value={one(values, name)} inputmode="numeric" size="short" />
  if (kind === 'tick') {
    const choices = [{ value: 'true', label: questionTexts(locale).yes, checked: chosen.includes('true') }]
    return <ChoiceField {...common} type="checkbox" choices={choices} />
  }
  const several = kind === 'choices'
  const options = offered(question).map((option) => ({
    value: option.id,
    label: option[locale],
    checked: chosen.includes(option.id),
  }))
  // A radio button cannot be unticked again.
  const none = { value: '', label: questionTexts(locale).noAnswer, checked: chosen.length === 0 }
  return (
    <ChoiceField
      {...common}
      type={several ? 'checkbox' : 'radio'}
      {...(several && { help: questionTexts(locale).several })}
      choices={several || common.required ? options : [...options, none]}
    />
  )
}

/** The questions of a session, and the names of those who come along. Nothing if it asks nothing. */
export function QuestionFields(props: Part & Desk) {
  const { frame, asked, values, errors, desk = false } = props
  const t = questionTexts(frame.locale)
  return (
    <>
      {asked.questions.map((question) => (
        <AnswerField {...props} question={question} />
      ))}
      {asked.companions !== null && (
        <AreaField
          frame={frame}
          name="companions"
          label={t.companions}
          help={t.companionsHelp}
          required={asked.companions === 'required' && !desk && one(values, 'seats') !== '1'}
          error={errors.companions}
          value={one(values, 'companions')}
        />
      )}
    </>
  )
}

/** Languages and support, closed until somebody needs them. */
export function SupportFields({ frame, values, errors }: Omit<Part, 'asked'>) {
  const t = questionTexts(frame.locale)
  const isUsed = extrasTyped(values).some(
    (name) => name !== 'companions' && !name.startsWith('answers.') && one(values, name) !== '',
  )
  const isFaulty = Object.keys(errors).some((name) => name.startsWith('support.'))
  return (
    <details class="support" open={isUsed || isFaulty}>
      <summary>{t.support}</summary>
      <p class="soft">{t.supportLead}</p>
      <TextField
        frame={frame}
        name="support.interpreter"
        label={t.needs.interpreter}
        help={t.interpreterHelp}
        error={errors['support.interpreter']}
        value={one(values, 'support.interpreter')}
      />
      <fieldset class="field">
        <legend>{t.supportKinds}</legend>
        <div class="choices">
          {TICKED.map((need) => (
            <label class="choice">
              <input
                id={`support.${need}`}
                type="checkbox"
                name={`support.${need}`}
                value="true"
                checked={one(values, `support.${need}`) === 'true'}
              />
              <span class="choice-label">{t.needs[need]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <AreaField
        frame={frame}
        name="support.other"
        label={t.needs.other}
        error={errors['support.other']}
        value={one(values, 'support.other')}
      />
    </details>
  )
}
