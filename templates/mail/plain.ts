import type { LetterSection, LetterView } from './booking-letter.ts'
import { wrapped } from './wrap.ts'

const RULE = '-'.repeat(40)

function sectionText({ title, lines, links }: LetterSection): string[] {
  const short = links.filter((link) => !link.long)
  return ['', ...wrapped(`■ ${title}`), ...lines.flatMap((line) => wrapped(line)), ...short.map((link) => link.url)]
}

/** The text part of a letter: lines of at most 35 full-width characters, links on lines of their own. */
export function letterText(view: LetterView): string {
  const colon = view.locale === 'ja' ? '：' : ': '
  const paragraphs = (lines: string[]) => lines.flatMap((line) => wrapped(line))
  return [
    // First our words: a stranger may have typed the names.
    ...(view.company === '' && view.dear === '' ? [] : [...wrapped(view.heading), '']),
    ...(view.company === '' ? [] : wrapped(view.company)),
    ...(view.dear === '' ? [] : [...wrapped(view.dear), '']),
    ...paragraphs(view.opening),
    ...(view.facts.length === 0
      ? []
      : ['', RULE, ...view.facts.flatMap(({ label, value }) => wrapped(`${label}${colon}${value}`, '  ')), RULE]),
    ...view.sections.flatMap(sectionText),
    // Facts end with a rule of their own.
    ...(view.facts.length > 0 && view.sections.length === 0 ? [] : ['', RULE]),
    ...paragraphs(view.signature),
    RULE,
    ...wrapped(view.footnote),
    '',
  ].join('\n')
}
