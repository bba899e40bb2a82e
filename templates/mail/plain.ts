import type { LetterSection, LetterView } from './booking-letter.ts'
import { wrapped } from './wrap.ts'

const RULE = '-'.repeat(40)

function sectionText({ title, lines, links }: LetterSection, columns: number | undefined): string[] {
  const short = links.filter((link) => !link.long)
  const all = [`■ ${title}`, ...lines].flatMap((line) => wrapped(line, '', columns))
  return ['', ...all, ...short.map((link) => link.url)]
}

/** The text part of a letter: lines of at most `columns` (35 full-width characters), links on lines of their own. */
export function letterText(view: LetterView, columns?: number): string {
  const colon = view.locale === 'ja' ? '：' : ': '
  const paragraphs = (lines: string[], indent = '') => lines.flatMap((line) => wrapped(line, indent, columns))
  const facts = view.facts.map(({ label, value }) => `${label}${colon}${value}`)
  return [
    // First our words: a stranger may have typed the names.
    ...(view.company === '' && view.dear === '' ? [] : [...paragraphs([view.heading]), '']),
    ...(view.company === '' ? [] : paragraphs([view.company])),
    ...(view.dear === '' ? [] : [...paragraphs([view.dear]), '']),
    ...paragraphs(view.opening),
    ...(facts.length === 0 ? [] : ['', RULE, ...paragraphs(facts, '  '), RULE]),
    ...view.sections.flatMap((section) => sectionText(section, columns)),
    // Facts end with a rule of their own.
    ...(view.facts.length > 0 && view.sections.length === 0 ? [] : ['', RULE]),
    ...paragraphs(view.signature),
    RULE,
    ...paragraphs([view.footnote]),
    '',
  ].join('\n')
}
