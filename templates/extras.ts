import type { Locale } from '../src/base/locale.ts'
import type { Answer, Answered, Asking, Extras, Question, Support } from '../src/base/questions.ts'
import { questionTexts } from './text/questions.ts'

/** An answer in words. An option that is no longer offered keeps the words with which it was chosen. */
export function answerText(locale: Locale, { kind, options }: Question, answer: Answer): string {
  const t = questionTexts(locale)
  if (kind === 'tick') return t.yes
  if (kind !== 'choice' && kind !== 'choices') return String(answer)
  return [answer]
    .flat()
    .map((id) => options.find((option) => option.id === id)?.[locale] ?? String(id))
    .join(t.between)
}

/** The support that somebody needs, in words; empty if they need none. */
export function supportText(locale: Locale, support: Support): string {
  const t = questionTexts(locale)
  const { interpreter, other } = support
  const ticked = (['wheelchair', 'captions', 'sign_language'] as const).filter((need) => support[need])
  const needs = ticked.map((need) => t.needs[need])
  return [...(interpreter ? [t.interpreterFor(interpreter)] : []), ...needs, ...(other ? [other] : [])].join(t.between)
}

/** What a booking says besides its own fields, as labels and texts: answers, companions, support. */
export function extraRows(locale: Locale, { answers, companions, support }: Extras): [label: string, text: string][] {
  const t = questionTexts(locale)
  const rows = answers.map(({ question, answer }: Answered): [string, string] => [
    question.label[locale],
    answerText(locale, question, answer),
  ])
  const names = companions.join(t.between)
  const needed = supportText(locale, support)
  return [
    ...rows,
    ...(names === '' ? [] : [[t.companions, names] as [string, string]]),
    ...(needed === '' ? [] : [[t.support, needed] as [string, string]]),
  ]
}

/** The same, with an empty text for each question that was asked and left empty. */
export function askedRows(locale: Locale, asked: Asking, extras: Extras): [label: string, text: string][] {
  const t = questionTexts(locale)
  const answerTo = ({ id }: Question) => extras.answers.find(({ question }) => question.id === id)?.answer
  return [
    ...asked.questions.map((question): [string, string] => {
      const answer = answerTo(question)
      return [question.label[locale], answer === undefined ? '' : answerText(locale, question, answer)]
    }),
    ...(asked.companions === null ? [] : [[t.companions, extras.companions.join(t.between)] as [string, string]]),
    ...extraRows(locale, { ...extras, answers: [], companions: [] }),
  ]
}
